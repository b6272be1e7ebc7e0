/** How likely each block is the article's own text, by rules: its shape, where it stands, and what it says. */
import { isInside, type MeasuredBlock, proseByNode } from './blocks.ts';
import { HEADINGS } from './markup.ts';
import { phraseOf } from './phrases.ts';
import { type NodePlace, placeReader } from './places.ts';
import type { PageNode } from './scanned.ts';

/** An element with a larger share of the page's prose is the page, whatever its label says ("has-sidebar", "comments-open"). */
const WHOLE_PAGE_SHARE = 0.4;
/** A place of a smaller factor (consent, navigation) is only excused so when it also holds the headline: consent texts are long. */
const EXCUSED_FACTOR_MIN = 0.06;
/** An element that the site calls the body counts as the body from this share of the prose. */
const BODY_SHARE_MIN = 0.35;
/** Being in the body takes away this share of the doubt, from text that could be a paragraph or a subheading. */
const BODY_BOOST = 0.5;
const PLAIN_WEIGHT_MIN = 0.2;
const OUTSIDE_BODY_FACTOR = 0.75;
/** A body inside such a place is the body of something else. */
const BAD_PLACE_FACTOR = 0.1;
const REPEATED_FACTOR = 0.3;
const BEFORE_HEADLINE_FACTOR = 0.5;

/** Weight by shape alone: the longer, and the more like a sentence, the more likely a paragraph. Set by judgement, measured as a whole. */
const SHAPE = {
  long: { wordsMin: 20, sentence: 0.93, other: 0.75 },
  middle: { wordsMin: 10, sentence: 0.85, other: 0.6 },
  short: { wordsMin: 4, sentence: 0.62 },
  rest: 0.3,
  headline: 0.15,
  heading: 0.42,
  cellFactor: 0.6,
};
const LINKS = {
  most: { share: 0.6, factor: 0.12, sentenceFactor: 0.5, sentenceWordsMin: 12 },
  many: { share: 0.35, factor: 0.6 },
};

type PlaceOf = (node: PageNode) => NodePlace;

/**
 * A weight from 0 (furniture) to 1 (the article) for each block, in order.
 * @param headline index of the block with the headline, -1 when unknown
 */
export function weigh(blocks: readonly MeasuredBlock[], headline: number): number[] {
  const prose = proseByNode(blocks);
  const total = blocks.reduce((sum, block) => sum + (block.isProse ? block.words : 0), 0);
  const placeOf = excusing(placeReader(), blocks, prose, total * WHOLE_PAGE_SHARE, blocks[headline]?.node ?? null);
  const body = mainBody(prose, total, placeOf);
  const seen = new Map<string, number>();
  for (const { text } of blocks) seen.set(text, (seen.get(text) ?? 0) + 1);
  return blocks.map((block) => {
    let weight = shapeOf(block);
    const { factor, isInBody } = placeFactor(block.node, body, placeOf);
    const phrase = phraseOf(block.text);
    weight *= factor * (phrase?.factor ?? 1);
    const isPlain = factor === 1 && phrase === null && weight >= PLAIN_WEIGHT_MIN;
    if (isInBody && isPlain) weight = 1 - (1 - weight) * BODY_BOOST;
    if (!isInBody && body !== null) weight *= OUTSIDE_BODY_FACTOR;
    const isRepeated = (seen.get(block.text) ?? 0) > 1;
    if (isRepeated && !(isInBody && block.isProse)) weight *= REPEATED_FACTOR;
    if (block.index < headline) weight *= BEFORE_HEADLINE_FACTOR;
    return weight;
  });
}

/** Places as their labels say, but for elements that hold so much of the prose, alone or with others of their label, that it says nothing. */
function excusing(
  read: PlaceOf,
  blocks: readonly MeasuredBlock[],
  prose: ReadonlyMap<PageNode, number>,
  wholeWords: number,
  headline: PageNode | null,
): PlaceOf {
  const byLabel = new Map<string, number>();
  for (const { isProse, node, words } of blocks) {
    if (isProse && node.label !== '') byLabel.set(node.label, (byLabel.get(node.label) ?? 0) + words);
  }
  return (node) => {
    const place = read(node);
    if (place.factor === 1) return place;
    if (Math.max(prose.get(node) ?? 0, byLabel.get(node.label) ?? 0) <= wholeWords) return place;
    const isExcused = place.factor >= EXCUSED_FACTOR_MIN || (headline !== null && isInside(headline, node));
    return isExcused ? { ...place, factor: 1, name: null } : place;
  };
}

/** The element that the site calls the body and that holds the most prose, innermost where several hold nearly as much. */
function mainBody(prose: ReadonlyMap<PageNode, number>, total: number, placeOf: PlaceOf): PageNode | null {
  let best: PageNode | null = null;
  let bestWords = total * BODY_SHARE_MIN;
  for (const [node, words] of prose) {
    if (!placeOf(node).isBody || words < bestWords * 0.9 || isInBadPlace(node, placeOf)) continue;
    if (words > bestWords * 1.1 || best === null || node.depth > best.depth) best = node;
    bestWords = Math.max(bestWords, words);
  }
  return best;
}

function isInBadPlace(from: PageNode, placeOf: PlaceOf): boolean {
  for (let node = from.parent; node !== null; node = node.parent) {
    if (placeOf(node).factor < BAD_PLACE_FACTOR) return true;
  }
  return false;
}

/** The smallest factor of the places around a block, up to the main body: what that stands in does not matter. */
function placeFactor(from: PageNode, body: PageNode | null, placeOf: PlaceOf): { factor: number; isInBody: boolean } {
  let factor = 1;
  for (let node: PageNode | null = from; node !== null; node = node.parent) {
    if (node === body) return { factor, isInBody: true };
    factor = Math.min(factor, placeOf(node).factor);
  }
  return { factor, isInBody: false };
}

function shapeOf(block: MeasuredBlock): number {
  const { words, linkShare, isSentence, node } = block;
  let weight = SHAPE.rest;
  if (HEADINGS.has(node.tag)) weight = node.tag === 'h1' ? SHAPE.headline : SHAPE.heading;
  else if (words >= SHAPE.long.wordsMin) weight = isSentence ? SHAPE.long.sentence : SHAPE.long.other;
  else if (words >= SHAPE.middle.wordsMin) weight = isSentence ? SHAPE.middle.sentence : SHAPE.middle.other;
  else if (words >= SHAPE.short.wordsMin && isSentence) weight = SHAPE.short.sentence;
  if (node.tag === 'td' || node.tag === 'th') weight *= SHAPE.cellFactor;
  const isLinkedSentence = isSentence && words >= LINKS.most.sentenceWordsMin;
  if (linkShare > LINKS.most.share) return weight * (isLinkedSentence ? LINKS.most.sentenceFactor : LINKS.most.factor);
  return linkShare > LINKS.many.share ? weight * LINKS.many.factor : weight;
}
