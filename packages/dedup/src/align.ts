import type { Params } from './params.ts';
import { AGAIN, ONCE, placeOf, type Words } from './words.ts';

/** `length` equal words, from `a` on in the one text and from `b` on in the other. */
interface Run {
  a: number;
  b: number;
  length: number;
}

/** Words that stand in the one text where others, or none, stand in the other. Ends are exclusive. */
export interface Gap {
  aFrom: number;
  aTo: number;
  bFrom: number;
  bTo: number;
  /** At the very start of both texts, at the very end, or between aligned words. */
  where: 'lead' | 'tail' | 'inside';
}

export interface Alignment {
  /** Words that both texts have in the same order. */
  aligned: number;
  /** In their order; never empty on both sides. */
  gaps: Gap[];
}

/**
 * Aligns two texts by the shingles that stand once in each (patience diff): the heaviest chain of common runs, grown word by word,
 * and the gaps between them divided by the longest common subsequence of their words where they are small.
 */
export function align(a: Words, b: Words, common: Common, params: Params): Alignment {
  const runs = grow(a, b, chainOfWords(a, b, common, params));
  const alignment: Alignment = { aligned: 0, gaps: [] };
  let aEnd = 0;
  let bEnd = 0;
  for (let i = 0; i <= runs.length; i++) {
    const run = runs[i] ?? { a: a.count, b: b.count, length: 0 };
    const where = i === 0 ? 'lead' : i === runs.length ? 'tail' : 'inside';
    const gap: Gap = { aFrom: aEnd, aTo: run.a, bFrom: bEnd, bTo: run.b, where };
    if (run.a > aEnd && run.b > bEnd) divide(a, b, gap, params, alignment);
    else if (run.a > aEnd || run.b > bEnd) alignment.gaps.push(gap);
    alignment.aligned += run.length;
    aEnd = run.a + run.length;
    bEnd = run.b + run.length;
  }
  return alignment;
}

/** The shingles that two texts share. */
export interface Common {
  /** How many distinct shingles both have. */
  shared: number;
  /** For shingles of `b` by position, where they stand in `a`, else negative. Valid until the next call. */
  partners: Int32Array;
}

/** Working memory of `commonShingles`. */
let partners = new Int32Array(1 << 12);
const NONE = -1;

/**
 * Looks up every shingle of `a` among those of `b`, which is in the processor's cache where one text is compared with many. Shingles
 * that are repeated in a text say little of its order and are left out, unless they are most of what is shared: then the body is
 * printed twice, and their first places count.
 * @param sharedMin with fewer nothing is done: looking up ends, with some of those that are shared, once they cannot be as many
 */
export function commonShingles(a: Words, b: Words, sharedMin = 0): Common {
  if (b.count > partners.length) partners = new Int32Array(b.count * 2);
  partners.fill(NONE, 0, b.count);
  const { shingles, standings } = a;
  const others = b.shingles;
  let missesLeft = a.distinct - sharedMin;
  let shared = 0;
  let placed = 0;
  let next = 0;
  for (let place = 0; place < shingles.length; place++) {
    const standing = standings[place];
    if (standing === AGAIN) continue;
    const shingle = shingles[place] as number;
    // In copies a shared shingle mostly follows another one.
    const isNext = shingle === others[next] && b.standings[next] !== AGAIN;
    const found = isNext ? next : placeOf(b, shingle);
    if (found < 0) {
      if (--missesLeft < 0) break;
      continue;
    }
    shared++;
    next = found + 1;
    if (standing !== ONCE || b.standings[found] !== ONCE) continue;
    partners[found] = place;
    placed++;
  }
  if (placed * 2 < shared) placeRepeated(a, b);
  return { shared, partners };
}

function placeRepeated(a: Words, b: Words): void {
  for (let place = 0; place < a.shingles.length; place++) {
    if (a.standings[place] === AGAIN) continue;
    const found = placeOf(b, a.shingles[place] as number);
    if (found >= 0) partners[found] = place;
  }
}

/** Runs of shared shingles in the order of `b`; lengths in shingles. */
function commonRuns(b: Words, { partners: found }: Common): Run[] {
  const runs: Run[] = [];
  let run: Run = { a: -2, b: -2, length: 0 };
  for (let i = 0; i < b.count; i++) {
    const at = found[i] as number;
    if (at < 0) continue;
    if (at === run.a + run.length && i === run.b + run.length) run.length++;
    else {
      run = { a: at, b: i, length: 1 };
      runs.push(run);
    }
  }
  return runs;
}

/** The chain of runs with the most shingles that stand in the same order in both texts. */
function heaviestChain(runs: Run[]): Run[] {
  const weights: number[] = [];
  /** The greatest weight up to each run: where it is no greater than what was found, nothing before is. */
  const heaviest: number[] = [];
  const previous: number[] = [];
  let top = -1;
  for (let i = 0; i < runs.length; i++) {
    const run = runs[i] as Run;
    let weight = 0;
    let before = -1;
    for (let j = i - 1; j >= 0 && (heaviest[j] as number) > weight; j--) {
      const other = runs[j] as Run;
      if (other.a + other.length <= run.a && (weights[j] as number) > weight) {
        weight = weights[j] as number;
        before = j;
      }
    }
    weights.push(weight + run.length);
    heaviest.push(Math.max(weight + run.length, heaviest[i - 1] ?? 0));
    previous.push(before);
    if (top < 0 || weight + run.length > (weights[top] as number)) top = i;
  }
  const chain: Run[] = [];
  for (let i = top; i >= 0; i = previous[i] as number) chain.push(runs[i] as Run);
  return chain.reverse();
}

/** The chain in words: a run of n shingles covers n + w - 1 words, and neighbours never overlap. */
function chainOfWords(a: Words, b: Words, common: Common, params: Params): Run[] {
  let runs = commonRuns(b, common);
  if (runs.length > params.runsMax) {
    const lengths = runs.map((run) => run.length).sort((x, y) => y - x);
    const limit = lengths[params.runsMax] as number;
    runs = runs.filter((run) => run.length > limit);
  }
  const chain: Run[] = [];
  let aEnd = 0;
  let bEnd = 0;
  for (const run of heaviestChain(runs)) {
    const cut = Math.max(aEnd - run.a, bEnd - run.b, 0);
    const words = run.length + params.shingleWords - 1;
    const length = Math.min(words, a.count - run.a, b.count - run.b) - cut;
    if (length <= 0) continue;
    chain.push({ a: run.a + cut, b: run.b + cut, length });
    aEnd = run.a + cut + length;
    bEnd = run.b + cut + length;
  }
  return chain;
}

/** Extends each run by the equal words after and before it, which no unique shingle covers. */
function grow(a: Words, b: Words, runs: Run[]): Run[] {
  let aFloor = 0;
  let bFloor = 0;
  for (let i = 0; i < runs.length; i++) {
    const run = runs[i] as Run;
    const next = runs[i + 1] ?? { a: a.count, b: b.count };
    while (run.a > aFloor && run.b > bFloor && a.hashes[run.a - 1] === b.hashes[run.b - 1]) {
      run.a--;
      run.b--;
      run.length++;
    }
    aFloor = run.a + run.length;
    bFloor = run.b + run.length;
    while (aFloor < next.a && bFloor < next.b && a.hashes[aFloor] === b.hashes[bFloor]) {
      run.length++;
      aFloor++;
      bFloor++;
    }
  }
  return runs;
}

/** Working memory of `divide`, for lengths of common subsequences. */
let cells = new Uint16Array(1 << 13);

/** Adds a gap with words on both sides to the alignment: divided at the words that both sides have in order, or whole. */
function divide(a: Words, b: Words, gap: Gap, params: Params, into: Alignment): void {
  const aSize = gap.aTo - gap.aFrom;
  const bSize = gap.bTo - gap.bFrom;
  // Outside the aligned part two unlike pieces of furniture meet; only a short place is worth a closer look there.
  const isFar = gap.where !== 'inside' && Math.max(aSize, bSize) > params.placeWordsMax;
  const common = isFar || aSize * bSize > params.gapCellsMax ? 0 : fillCells(a, b, gap);
  if (common === 0 || common < params.gapAlignedMin * Math.min(aSize, bSize)) {
    into.gaps.push(gap);
    return;
  }
  into.aligned += common;
  const row = bSize + 1;
  let i = 0;
  let j = 0;
  let aDone = 0;
  let bDone = 0;
  while (i < aSize && j < bSize) {
    if (a.hashes[gap.aFrom + i] === b.hashes[gap.bFrom + j]) {
      addPart(gap, aDone, i, bDone, j, into);
      aDone = ++i;
      bDone = ++j;
    } else if ((cells[(i + 1) * row + j] as number) >= (cells[i * row + j + 1] as number)) i++;
    else j++;
  }
  addPart(gap, aDone, aSize, bDone, bSize, into);
}

function addPart(gap: Gap, aFrom: number, aTo: number, bFrom: number, bTo: number, into: Alignment): void {
  if (aFrom === aTo && bFrom === bTo) return;
  const [aStart, bStart] = [gap.aFrom, gap.bFrom];
  into.gaps.push({
    aFrom: aStart + aFrom,
    aTo: aStart + aTo,
    bFrom: bStart + bFrom,
    bTo: bStart + bTo,
    where: gap.where,
  });
}

/** Longest common subsequence of the words of a gap: `cells` holds its length for each pair of ends, the answer is the whole's. */
function fillCells(a: Words, b: Words, gap: Gap): number {
  const aSize = gap.aTo - gap.aFrom;
  const bSize = gap.bTo - gap.bFrom;
  const row = bSize + 1;
  if ((aSize + 1) * row > cells.length) cells = new Uint16Array((aSize + 1) * row * 2);
  cells.fill(0, aSize * row, (aSize + 1) * row);
  for (let i = aSize - 1; i >= 0; i--) {
    cells[i * row + bSize] = 0;
    const word = a.hashes[gap.aFrom + i];
    for (let j = bSize - 1; j >= 0; j--) {
      const down = cells[(i + 1) * row + j] as number;
      const right = cells[i * row + j + 1] as number;
      const both = (cells[(i + 1) * row + j + 1] as number) + 1;
      cells[i * row + j] = word === b.hashes[gap.bFrom + j] ? both : Math.max(down, right);
    }
  }
  return cells[0] as number;
}
