/** The body of a page: measured blocks, weighed by rules, chosen, and joined as paragraphs. */
import { isInside, type MeasuredBlock, measure } from './blocks.ts';
import { choose } from './choose.ts';
import { PARAGRAPH_GAP } from './paragraph.ts';
import { phraseOf } from './phrases.ts';
import { type NodePlace, placeReader } from './places.ts';
import type { Block, PageNode } from './scanned.ts';
import { weigh } from './weigh.ts';

export interface Extraction {
  /** Paragraphs, with an empty line between them. */
  body: string;
  /** All blocks of the page, measured. */
  blocks: MeasuredBlock[];
  /** Those that make the body, in page order. */
  chosen: MeasuredBlock[];
  /** Index of the block that holds the headline, -1 when none does. */
  headline: number;
  /** All blocks that were decided on, with the weight that each was chosen by. */
  weighed: WeighedBlock[];
}

/** What decided on a block beside its weight: it belongs to another article, it repeats the title, it stands under the headline. */
export type Cause = 'foreign-card' | 'title' | 'standfirst';

export interface WeighedBlock {
  block: MeasuredBlock;
  /** 0 (furniture) to 1 (the article). */
  weight: number;
  cause: Cause | null;
}

/** Elements of the page that hold other articles. */
export type ForeignParts = (blocks: readonly MeasuredBlock[], headline: number) => readonly PageNode[];

const NO_FOREIGN: ForeignParts = () => [];

/** The longest body of the development pages has 55,000 characters; a book has a million. */
const BODY_CHARS_MAX = 1_000_000;
/** A block of more words is a paragraph, though it may begin as the title does. */
const HEADLINE_WORDS_MAX = 40;
/** Between a headline and its standfirst stand a byline, a date and buttons. */
const STANDFIRST_REACH_BLOCKS = 12;
const STANDFIRST_WORDS_MIN = 6;
const STANDFIRST_WORDS_MAX = 100;
const STANDFIRST_LINK_SHARE_MAX = 0.3;

/**
 * Extracts the body from the blocks of a page.
 * @param titles what the page's metadata calls the article, best first
 * @param descriptions what the metadata says about the article: many sites show it under the headline
 * @param foreignOf elements that hold other articles: nothing of them is chosen
 */
export function extract(
  scanned: readonly Block[],
  titles: readonly string[],
  descriptions: readonly string[] = [],
  foreignOf: ForeignParts = NO_FOREIGN,
): Extraction {
  const blocks = measure(scanned);
  const keys = titles.map(keyOf).filter((key) => key.length > 0);
  const headline = findHeadline(blocks, keys);
  const foreign = foreignOf(blocks, headline);
  const isForeign = (block: MeasuredBlock): boolean => foreign.some((node) => isInside(block.node, node));
  const causes = new Map<MeasuredBlock, Cause>(blocks.filter(isForeign).map((block) => [block, 'foreign-card']));
  const own = weigh(blocks, headline);
  const weights = blocks.map((block, i) => (causes.has(block) ? 0 : (own[i] ?? 0)));
  const picked = choose(blocks, weights, headline);
  for (const block of picked) if (isTitle(block, keys)) causes.set(block, 'title');
  const untitled = picked.filter((block) => causes.get(block) !== 'title');
  const chosen = withStandfirst(untitled, blocks, headline, descriptions.map(keyOf));
  if (chosen.length > untitled.length && chosen[0] !== undefined) causes.set(chosen[0], 'standfirst');
  const weighed = blocks.map((block, i) => ({ block, weight: weights[i] ?? 0, cause: causes.get(block) ?? null }));
  return { body: joinParagraphs(chosen.map((block) => block.text)), blocks, chosen, headline, weighed };
}

/** Paragraphs with an empty line between them, cut at the longest body there is. */
export function joinParagraphs(paragraphs: readonly string[]): string {
  return paragraphs.join(PARAGRAPH_GAP).slice(0, BODY_CHARS_MAX);
}

/** Folded for comparing titles: letters and digits in lower case, one space between words. */
export function keyOf(title: string): string {
  return title
    .slice(0, 1000)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The paragraph under the headline stands outside the body on most sites, and is part of the article. */
function withStandfirst(
  chosen: MeasuredBlock[],
  blocks: readonly MeasuredBlock[],
  headline: number,
  descriptions: readonly string[],
): MeasuredBlock[] {
  const first = chosen[0];
  if (headline < 0 || first === undefined || first.index <= headline) return chosen;
  const placeOf = placeReader();
  const between = blocks.slice(headline + 1, Math.min(first.index, headline + 1 + STANDFIRST_REACH_BLOCKS));
  const found = between.find((block) => {
    if (block.words < STANDFIRST_WORDS_MIN || block.words > STANDFIRST_WORDS_MAX) return false;
    if (block.linkShare > STANDFIRST_LINK_SHARE_MAX || phraseOf(block.text) !== null) return false;
    return isLabelledStandfirst(block.node, placeOf) || descriptions.includes(keyOf(block.text));
  });
  if (found === undefined || chosen.some(({ text }) => text.startsWith(found.text))) return chosen;
  return [found, ...chosen];
}

function isLabelledStandfirst(node: PageNode, placeOf: (node: PageNode) => NodePlace): boolean {
  return placeOf(node).isStandfirst || (node.parent !== null && placeOf(node.parent).isStandfirst);
}

function isTitle(block: MeasuredBlock, keys: readonly string[]): boolean {
  return block.words <= HEADLINE_WORDS_MAX && keys.includes(keyOf(block.text));
}

function findHeadline(blocks: readonly MeasuredBlock[], keys: readonly string[]): number {
  const firstHeading = blocks.findIndex((block) => block.node.tag === 'h1');
  const matches = blocks.filter((block) => {
    if (block.words > HEADLINE_WORDS_MAX || block.words < 2) return false;
    const key = keyOf(block.text);
    return keys.some((title) => title === key || (key.length > title.length * 0.6 && title.includes(key)));
  });
  const heading = matches.find((block) => /^h[1-3]$/.test(block.node.tag));
  return heading?.index ?? (firstHeading >= 0 ? firstHeading : (matches[0]?.index ?? -1));
}
