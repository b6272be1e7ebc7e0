/** Which blocks of a page are the article, found by laying the text that a person took from the page over its blocks. */
import { foldWords } from '../src/likelihood/words.ts';

/** 1 the article's, 0 not the article's, -1 undecided: left out of training. */
export type Label = 1 | 0 | -1;

const RUN_WORDS = 4;
/** A block is the article's when this share of its words stands in runs of the gold text, and undecided from the second share. */
const COVERED_MIN = 0.6;
const DOUBTFUL_MIN = 0.35;
const STARTS_MAX = 20;

interface Claim {
  block: number;
  /** Words of the gold text: from, to (exclusive). */
  from: number;
  to: number;
}

/**
 * Labels blocks. A text that stands on the page twice is the article's once: of all ways to lay blocks over the gold text, the one that
 * keeps the order of both and covers the most words is taken (a heaviest increasing chain).
 * @param title a block that is only the title is undecided: sets differ in whether it belongs
 */
export function labelBlocks(texts: readonly string[], gold: string, title: string): Label[] {
  const words = foldWords(gold);
  const places = placesOf(words);
  const titleKey = foldWords(title).join(' ');
  const blocks = texts.map(foldWords);
  const covered = blocks.map((block) => coverage(block, places));
  const claims = blocks.flatMap((block, index) => {
    if (block.length < RUN_WORDS || (covered[index] ?? 0) < COVERED_MIN) return [];
    return claimsOf(block, index, places);
  });
  const chain = heaviestChain(claims);
  const taken = new Uint8Array(words.length);
  const labels: Label[] = blocks.map(() => 0);
  for (const { block, from, to } of chain) {
    labels[block] = 1;
    taken.fill(1, from, to);
  }
  blocks.forEach((block, index) => {
    if (labels[index] === 1) return;
    const share = covered[index] ?? 0;
    if (block.length === 0 || block.join(' ') === titleKey) labels[index] = -1;
    else if (block.length < RUN_WORDS) labels[index] = shortLabel(block, index, { blocks, words, labels });
    else if (share >= COVERED_MIN) labels[index] = isTaken(block, index, places, taken) ? 0 : 1;
    else if (share > DOUBTFUL_MIN) labels[index] = -1;
  });
  return labels;
}

type Places = ReadonlyMap<string, readonly number[]>;

function placesOf(words: readonly string[]): Places {
  const places = new Map<string, number[]>();
  for (let at = 0; at + RUN_WORDS <= words.length; at += 1) {
    const run = words.slice(at, at + RUN_WORDS).join(' ');
    const known = places.get(run);
    if (known === undefined) places.set(run, [at]);
    else if (known.length < STARTS_MAX) known.push(at);
  }
  return places;
}

function coverage(block: readonly string[], places: Places): number {
  const covered = new Uint8Array(block.length);
  for (let at = 0; at + RUN_WORDS <= block.length; at += 1) {
    if (places.has(block.slice(at, at + RUN_WORDS).join(' '))) covered.fill(1, at, at + RUN_WORDS);
  }
  return covered.reduce((sum, one) => sum + one, 0) / Math.max(1, block.length);
}

/** Each place of the gold text where the block may lie, by its first run that stands there. */
function claimsOf(block: readonly string[], index: number, places: Places): Claim[] {
  for (let at = 0; at + RUN_WORDS <= block.length; at += 1) {
    const starts = places.get(block.slice(at, at + RUN_WORDS).join(' '));
    if (starts === undefined) continue;
    return starts.map((start) => ({ block: index, from: Math.max(0, start - at), to: start - at + block.length }));
  }
  return [];
}

function heaviestChain(claims: readonly Claim[]): Claim[] {
  const weights: number[] = [];
  const previous: number[] = [];
  let best = -1;
  claims.forEach((claim, at) => {
    let weight = 0;
    let from = -1;
    for (let other = 0; other < at; other += 1) {
      const { block, to } = claims[other] as Claim;
      if (block >= claim.block || to > claim.from + 2 || (weights[other] ?? 0) <= weight) continue;
      weight = weights[other] ?? 0;
      from = other;
    }
    weights[at] = weight + claim.to - claim.from;
    previous[at] = from;
    if (best < 0 || (weights[at] ?? 0) > (weights[best] ?? 0)) best = at;
  });
  const chain: Claim[] = [];
  for (let at = best; at >= 0; at = previous[at] ?? -1) chain.push(claims[at] as Claim);
  return chain.reverse();
}

function isTaken(block: readonly string[], index: number, places: Places, taken: Uint8Array): boolean {
  return claimsOf(block, index, places).every(({ from, to }) => {
    const part = taken.subarray(from, to);
    return part.reduce((sum, one) => sum + one, 0) > part.length / 2;
  });
}

/** A block of few words is the article's when it stands in the gold text as it stands on the page: after or before an own neighbour. */
function shortLabel(
  block: readonly string[],
  index: number,
  {
    blocks,
    words,
    labels,
  }: { blocks: readonly (readonly string[])[]; words: readonly string[]; labels: readonly Label[] },
): Label {
  const before = labels[index - 1] === 1 ? (blocks[index - 1] ?? []).slice(-3) : [];
  const after = labels[index + 1] === 1 ? (blocks[index + 1] ?? []).slice(0, 3) : [];
  const gold = ` ${words.join(' ')} `;
  if (before.length === 0 && after.length === 0) return 0;
  const isBeside = [
    [...before, ...block],
    [...block, ...after],
  ].some((run) => run.length > block.length && gold.includes(` ${run.join(' ')} `));
  return isBeside ? 1 : 0;
}
