/** What was kept of a page and what was dropped, block by block, with the reason: the very decisions that the reading was made by. */
import type { Paragraph, Reading } from './article.ts';
import type { BlockDecision, DropReason } from './choose.ts';
import { type Groups, groupReader, hasGroup } from './likelihood/labels.ts';
import { phraseOf } from './phrases.ts';
import { type BodyOrigin, type Page, readChosen } from './read-page.ts';
import type { PageNode } from './scanned.ts';

/** A block with this share of its text in links is a list of links; what is less may be a paragraph with some. */
const LINKS_SHARE_MIN = 0.5;

/**
 * Why a block was kept (`text`) or dropped: the model finds it `unlikely` to be the article's, it repeats the `title` or is a `repeated`
 * paragraph, it is a `phrase` by which sites speak for themselves or part of a `consent` text, it belongs to `another-article`, it
 * is a heading that `heads-nothing`, or it was `replaced` as all others by structured data.
 */
export type BlockReason = 'text' | DropReason | 'replaced';

export interface ExplainedBlock {
  text: string;
  isKept: boolean;
  reason: BlockReason;
  /** What a person sees in a block that is unlikely or a phrase: the phrase that it is, the place where it stands, or links. The model weighs more than that. */
  detail: string | null;
  /** How likely it is the article's own text by the model, 0 to 1. */
  likelihood: number;
  words: number;
  /** Share of the text that stands in links, 0 to 1. */
  linkShare: number;
  /** What it is in the body, where it was kept. */
  kind: Paragraph['kind'] | null;
}

export interface PageExplanation {
  reading: Reading;
  origin: BodyOrigin;
  /** In page order. */
  blocks: ExplainedBlock[];
}

/** Reads a page as `readPage` does, and tells of each of its blocks what was decided. Never throws, in linear time. */
export function explainPage(page: Page): PageExplanation {
  const { reading, extraction, origin } = readChosen(page);
  const isReplaced = origin === 'structured-data';
  const kinds = reading.ok && !isReplaced ? reading.article.paragraphs.map(({ kind }) => kind) : [];
  const detailOf = detailReader(extraction.decisions);
  let paragraphs = 0;
  const blocks = extraction.decisions.map((decision): ExplainedBlock => {
    const { text, words, linkShare } = decision.block;
    const isKept = decision.dropped === null && !isReplaced;
    return {
      text,
      isKept,
      reason: isReplaced ? 'replaced' : (decision.dropped ?? 'text'),
      detail: isSeen(decision.dropped) && !isReplaced ? detailOf(decision) : null,
      likelihood: decision.likelihood,
      words,
      linkShare,
      kind: isKept ? (kinds[paragraphs++] ?? null) : null,
    };
  });
  return { reading, origin, blocks };
}

const isSeen = (dropped: DropReason | null): boolean => dropped === 'unlikely' || dropped === 'phrase';

/** Places of a site's own, by their groups of labels, and what a person calls them; the more telling ones first. */
const PLACES = [
  ['commentList', 'comments'],
  ['advertisement', 'advertisement'],
  ['signUp', 'sign-up'],
  ['overlay', 'overlay'],
  ['navigation', 'navigation'],
  ['footer', 'footer'],
  ['related', 'related'],
  ['share', 'share'],
  ['side', 'side'],
  ['author', 'author'],
  ['picture', 'picture'],
  ['data', 'data about the article'],
] as const;
const PLACE_TAGS: ReadonlyMap<string, string> = new Map([
  ['nav', 'navigation'],
  ['footer', 'footer'],
  ['aside', 'side'],
  ['form', 'sign-up'],
  ['figure', 'picture'],
]);

function detailReader(decisions: readonly BlockDecision[]): (decision: BlockDecision) => string | null {
  const groupsOf = groupReader();
  const holding = new Set<PageNode>();
  for (const { block, dropped } of decisions) {
    if (dropped !== null) continue;
    for (let node: PageNode | null = block.node; node !== null && !holding.has(node); node = node.parent)
      holding.add(node);
  }
  return ({ block }) => {
    const phrase = phraseOf(block.text);
    if (phrase !== null) return phrase.name;
    // An element around kept text says nothing about what else it holds.
    for (let node: PageNode | null = block.node; node !== null && !holding.has(node); node = node.parent) {
      const place = PLACE_TAGS.get(node.tag) ?? placeOf(groupsOf(node));
      if (place !== null) return place;
    }
    return block.linkShare >= LINKS_SHARE_MIN ? 'links' : null;
  };
}

function placeOf(groups: Groups): string | null {
  return PLACES.find(([group]) => hasGroup(groups, group))?.[1] ?? null;
}
