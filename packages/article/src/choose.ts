/** From weights to the blocks of the article: the region that holds them, then what is kept inside and outside of it. */
import { isInside, type MeasuredBlock, outermost } from './blocks.ts';
import type { PageNode } from './scanned.ts';

/** A block adds to the region that holds it when it weighs more than this, and takes away when it weighs less. */
const REGION_WEIGHT = 0.4;
const REGION_WORDS_MAX = 80;
const INSIDE_WEIGHT_MIN = 0.45;
const OUTSIDE_WEIGHT_MIN = 0.9;
/** A short block between kept ones (a subheading, a name in an interview) is kept from this weight. */
const BETWEEN_WEIGHT_MIN = 0.25;
const BETWEEN_REACH_BLOCKS = 2;
/** Below this yield the rules were wrong about the page: they are asked again, less strictly. */
const YIELD_WORDS_MIN = 25;
/** Not even then is text chosen that weighs less. */
const LENIENT_WEIGHT_MIN = 0.03;
const OWN_ARTICLE_WORDS_MIN = 20;

/**
 * Chooses the blocks of the article, in page order.
 * @param weights one for each block, 0 to 1
 * @param headline index of the block with the headline, -1 when unknown
 */
export function choose(
  blocks: readonly MeasuredBlock[],
  weights: readonly number[],
  headline: number,
): MeasuredBlock[] {
  let chosen = select(blocks, weights, REGION_WEIGHT, INSIDE_WEIGHT_MIN);
  const most = weights.reduce((a, b) => Math.max(a, b), 0);
  if (wordsOf(chosen) < YIELD_WORDS_MIN && most > LENIENT_WEIGHT_MIN) {
    const lenient = select(blocks, weights, Math.min(REGION_WEIGHT, most * 0.6), Math.min(0.25, most * 0.7));
    if (wordsOf(lenient) > wordsOf(chosen)) chosen = lenient;
  }
  return withoutRepeats(ownArticle(chosen, blocks, headline));
}

/** A paragraph that a page prints twice, in a summary or for another screen, is one paragraph. */
function withoutRepeats(chosen: readonly MeasuredBlock[]): MeasuredBlock[] {
  const seen = new Set<string>();
  return chosen.filter(({ text, isProse }) => {
    if (!isProse) return true;
    const isNew = !seen.has(text);
    seen.add(text);
    return isNew;
  });
}

const wordsOf = (blocks: readonly MeasuredBlock[]): number => blocks.reduce((sum, block) => sum + block.words, 0);

function select(
  blocks: readonly MeasuredBlock[],
  weights: readonly number[],
  regionWeight: number,
  insideMin: number,
): MeasuredBlock[] {
  const region = bestRegion(blocks, weights, regionWeight);
  if (region === null) return [];
  const kept = blocks.map((block, i) => {
    const weight = weights[i] ?? 0;
    return weight > (isInside(block.node, region) ? insideMin : OUTSIDE_WEIGHT_MIN);
  });
  const between = blocks.map((block, i) => {
    if (kept[i] || (weights[i] ?? 0) < BETWEEN_WEIGHT_MIN || !isInside(block.node, region)) return kept[i];
    return hasKept(kept, i, -1) && hasKept(kept, i, 1);
  });
  return blocks.filter((_, i) => between[i]);
}

function hasKept(kept: readonly boolean[], from: number, step: 1 | -1): boolean {
  for (let reach = 1; reach <= BETWEEN_REACH_BLOCKS; reach += 1) if (kept[from + reach * step]) return true;
  return false;
}

/** The element whose blocks weigh the most together, where blocks under `regionWeight` count against it. */
function bestRegion(
  blocks: readonly MeasuredBlock[],
  weights: readonly number[],
  regionWeight: number,
): PageNode | null {
  const scores = new Map<PageNode, number>();
  blocks.forEach((block, i) => {
    const gain = (Math.min(block.words, REGION_WORDS_MAX) + 1) * ((weights[i] ?? 0) - regionWeight);
    for (let node: PageNode | null = block.node; node !== null; node = node.parent) {
      scores.set(node, (scores.get(node) ?? 0) + gain);
    }
  });
  let best: PageNode | null = null;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const [node, score] of scores) {
    const isTie = Math.abs(score - bestScore) < 1e-9;
    if (isTie ? best !== null && node.depth > best.depth : score > bestScore) {
      best = node;
      bestScore = score;
    }
  }
  return best;
}

/** On a page with several `<article>` elements, the one that holds the headline. */
function ownArticle(chosen: MeasuredBlock[], blocks: readonly MeasuredBlock[], headline: number): MeasuredBlock[] {
  const titled = blocks[headline];
  const own = titled === undefined ? null : outermost(titled.node, 'article');
  if (own === null) return chosen;
  const mine = chosen.filter(({ node }) => {
    const article = outermost(node, 'article');
    return article === null || article === own;
  });
  const inOwn = mine.filter(({ node }) => isInside(node, own));
  return wordsOf(inOwn) >= OWN_ARTICLE_WORDS_MIN ? mine : chosen;
}
