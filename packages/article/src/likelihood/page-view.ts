/** A page as the model looks at it: every block with its words and its likeness to what the metadata says, and what the page adds up to. */
import { isProse, linkShareOf } from '../blocks.ts';
import type { Block, PageNode } from '../scanned.ts';
import { addTo, type Container, type Containers, containersOf, EMPTY_CONTAINER, likelyBody } from './containers.ts';
import { type Groups, groupReader } from './labels.ts';
import { foldWords, type Wording, wordingOf } from './words.ts';

/** A longer block is no title. */
const TITLE_WORDS_MAX = 40;
/** A description is compared with the beginning of a paragraph only. */
const DESCRIBED_WORDS = 100;
/** Words in a row that a block shares with the structured body. */
const RUN_WORDS = 4;
const STRUCTURED_WORDS_MAX = 20_000;

export interface BlockView {
  block: Block;
  node: PageNode;
  wording: Wording;
  words: number;
  linkShare: number;
  isProse: boolean;
  /** The element and the two around it, by tag and label: paragraphs of one body share it. */
  signature: string;
  /** Share of the block's words that the title has, and of the title's that the block has. */
  titleShare: number;
  titleCover: number;
  descriptionShare: number;
  /** Share of the block's runs of four words that stand in the structured body; -1 where a page has none. */
  structuredShare: number;
  /** Words of the page before this block. */
  wordsBefore: number;
}

export interface PageView {
  views: readonly BlockView[];
  words: number;
  containers: Containers;
  groupsOf: (node: PageNode) => Groups;
  /** What the blocks of each signature add up to. */
  signatures: ReadonlyMap<string, Container>;
  /** How often each text stands on the page. */
  texts: ReadonlyMap<string, number>;
  likelyBody: PageNode | null;
  /** Index of the block with the headline, -1 when none has it. */
  headline: number;
  /** Index of the block with the most words outside of links. */
  longest: number;
}

/** What the metadata says that blocks are compared with. */
export interface Declared {
  title: string;
  description: string;
  /** The text of the structured body, or null where a page has none. */
  structuredBody: string | null;
}

export function viewPage(blocks: readonly Block[], headline: number, declared: Declared): PageView {
  const title = wordSet(declared.title);
  const description = wordSet(declared.description);
  const runs = declared.structuredBody === null ? null : runsOf(foldWords(declared.structuredBody));
  const signatureOf = signatureReader();
  let words = 0;
  const views = blocks.map((block): BlockView => {
    const wording = wordingOf(block.text);
    const linkShare = linkShareOf(block);
    const looked = runs === null ? wording.list.slice(0, DESCRIBED_WORDS) : wording.list;
    const folded = looked.map((word) => word.toLowerCase());
    const inTitle = wording.list.length <= TITLE_WORDS_MAX ? shareIn(folded, title) : 0;
    const view: BlockView = {
      block,
      node: block.node,
      wording,
      words: wording.words,
      linkShare,
      isProse: isProse(wording.words, linkShare),
      signature: signatureOf(block.node),
      titleShare: inTitle,
      titleCover: (inTitle * folded.length) / Math.max(1, title.size),
      descriptionShare: shareIn(folded.slice(0, DESCRIBED_WORDS), description),
      structuredShare: runs === null ? -1 : sharedRuns(folded, runs),
      wordsBefore: words,
    };
    words += wording.words;
    return view;
  });
  const containers = containersOf(views);
  const groupsOf = groupReader();
  return {
    views,
    words,
    containers,
    groupsOf,
    signatures: signatureSums(views),
    texts: textCounts(views),
    likelyBody: likelyBody(views, containers, groupsOf),
    headline,
    longest: longestOf(views),
  };
}

const wordSet = (text: string): ReadonlySet<string> => new Set(foldWords(text));

function shareIn(words: readonly string[], known: ReadonlySet<string>): number {
  if (known.size === 0 || words.length === 0) return 0;
  let found = 0;
  for (const word of words) if (known.has(word)) found += 1;
  return found / words.length;
}

function runsOf(words: readonly string[]): ReadonlySet<string> {
  const runs = new Set<string>();
  const end = Math.min(words.length, STRUCTURED_WORDS_MAX);
  for (let at = 0; at < end; at += 1) runs.add(words.slice(at, at + RUN_WORDS).join(' '));
  return runs;
}

function sharedRuns(words: readonly string[], runs: ReadonlySet<string>): number {
  const count = Math.max(1, words.length - RUN_WORDS + 1);
  let found = 0;
  for (let at = 0; at < count; at += 1) if (runs.has(words.slice(at, at + RUN_WORDS).join(' '))) found += 1;
  return found / count;
}

/** Numbers each kind of element once: labels are long, and there are few of them. */
function signatureReader(): (node: PageNode) => string {
  const kinds = new Map<string, number>();
  const byNode = new Map<PageNode, number>();
  const kindOf = (node: PageNode | null): number => {
    if (node === null) return -1;
    const known = byNode.get(node);
    if (known !== undefined) return known;
    const name = `${node.tag}.${node.label}`;
    const kind = kinds.get(name) ?? kinds.size;
    kinds.set(name, kind);
    byNode.set(node, kind);
    return kind;
  };
  return (node) => `${kindOf(node)} ${kindOf(node.parent)} ${kindOf(node.parent?.parent ?? null)}`;
}

function signatureSums(views: readonly BlockView[]): Map<string, Container> {
  const sums = new Map<string, Container>();
  for (const view of views) {
    const sum = sums.get(view.signature) ?? { ...EMPTY_CONTAINER };
    addTo(sum, view);
    sums.set(view.signature, sum);
  }
  return sums;
}

function textCounts(views: readonly BlockView[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { block, words } of views) if (words >= 2) counts.set(block.text, (counts.get(block.text) ?? 0) + 1);
  return counts;
}

function longestOf(views: readonly BlockView[]): number {
  let longest = 0;
  let most = 0;
  views.forEach(({ words, linkShare }, index) => {
    const own = words * (1 - linkShare);
    if (own > most) {
      most = own;
      longest = index;
    }
  });
  return longest;
}
