import type { Params } from './params.ts';
import { hashAt, type Words } from './words.ts';

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
  const count = chainOfWords(a, b, common, params);
  grow(a, b, count);
  const { a: aStarts, b: bStarts, lengths } = chain;
  const alignment: Alignment = { aligned: 0, gaps: [] };
  let aEnd = 0;
  let bEnd = 0;
  for (let i = 0; i <= count; i++) {
    const isLast = i === count;
    const aStart = isLast ? a.count : (aStarts[i] as number);
    const bStart = isLast ? b.count : (bStarts[i] as number);
    const length = isLast ? 0 : (lengths[i] as number);
    if (aStart > aEnd || bStart > bEnd) {
      const where = i === 0 ? 'lead' : isLast ? 'tail' : 'inside';
      const gap: Gap = { aFrom: aEnd, aTo: aStart, bFrom: bEnd, bTo: bStart, where };
      if (aStart > aEnd && bStart > bEnd) divide(a, b, gap, params, alignment);
      else alignment.gaps.push(gap);
    }
    alignment.aligned += length;
    aEnd = aStart + length;
    bEnd = bStart + length;
  }
  return alignment;
}

/** The shingles that two texts share. */
export interface Common {
  /** How many distinct shingles both have. */
  shared: number;
  /** Runs of them that stand in the same order in both, in the order of `b`: how many, and their columns. Valid until the next call. */
  runs: number;
  columns: RunColumns;
}

/** For each run where it begins in either text, and how many shingles it has. */
export interface RunColumns {
  a: Int32Array;
  b: Int32Array;
  lengths: Int32Array;
}

/** Keeps the longest of the runs, fewer than `max` and one more, in their order; returns how many these are. */
function keepLongest({ a, b, lengths }: RunColumns, count: number, max: number): number {
  const limit = lengths.slice(0, count).sort()[count - 1 - max] as number;
  let kept = 0;
  for (let i = 0; i < count; i++) {
    if ((lengths[i] as number) <= limit) continue;
    a[kept] = a[i] as number;
    b[kept] = b[i] as number;
    lengths[kept++] = lengths[i] as number;
  }
  return kept;
}

const column = (size: number) => new Int32Array(size);

/** Working memory: the chains that end with each run, their weights in shingles. */
let chains = roomForChains(1 << 9);
/** Working memory: runs of equal words, where each begins in either text, and its words. */
let chain = roomForRuns(1 << 9);

function roomForChains(size: number) {
  return {
    size,
    weights: column(size),
    /** The greatest weight up to each run: where it is no greater than what was found, nothing before is. */
    heaviest: column(size),
    previous: column(size),
  };
}

function roomForRuns(size: number): RunColumns {
  return { a: column(size), b: column(size), lengths: column(size) };
}

/** Finds the chain of runs with the most shingles that stand in the same order in both texts: its last run, `previous` the others; or -1. */
function heaviestChain({ a, lengths }: RunColumns, count: number): number {
  if (count > chains.size) {
    chains = roomForChains(count * 2);
    chain = roomForRuns(count * 2);
  }
  const { weights, heaviest, previous } = chains;
  let top = -1;
  for (let i = 0; i < count; i++) {
    const start = a[i] as number;
    let weight = 0;
    let before = -1;
    for (let j = i - 1; j >= 0 && (heaviest[j] as number) > weight; j--) {
      if ((a[j] as number) + (lengths[j] as number) <= start && (weights[j] as number) > weight) {
        weight = weights[j] as number;
        before = j;
      }
    }
    weight += lengths[i] as number;
    weights[i] = weight;
    previous[i] = before;
    if (top < 0 || weight > (weights[top] as number)) top = i;
    heaviest[i] = weights[top] as number;
  }
  return top;
}

/** Writes the chain in words, and returns its runs: one of n shingles covers n + w - 1 words, and neighbours never overlap. */
function chainOfWords(a: Words, b: Words, { runs, columns }: Common, params: Params): number {
  const count = runs > params.runsMax ? keepLongest(columns, runs, params.runsMax) : runs;
  const last = heaviestChain(columns, count);
  const { previous, heaviest: inOrder } = chains;
  // The weights are not asked for any more: the chain is turned around in their place.
  let size = 0;
  for (let run = last; run >= 0; run = previous[run] as number) size++;
  for (let run = last, i = size - 1; i >= 0; run = previous[run] as number) inOrder[i--] = run;
  let written = 0;
  let aEnd = 0;
  let bEnd = 0;
  for (let i = 0; i < size; i++) {
    const run = inOrder[i] as number;
    const aFrom = columns.a[run] as number;
    const bFrom = columns.b[run] as number;
    const cut = Math.max(aEnd - aFrom, bEnd - bFrom, 0);
    const words = (columns.lengths[run] as number) + params.shingleWords - 1;
    const length = Math.min(words, a.count - aFrom, b.count - bFrom) - cut;
    if (length <= 0) continue;
    chain.a[written] = aFrom + cut;
    chain.b[written] = bFrom + cut;
    chain.lengths[written++] = length;
    aEnd = aFrom + cut + length;
    bEnd = bFrom + cut + length;
  }
  return written;
}

/** Extends each run by the equal words after and before it, which no unique shingle covers. */
function grow(a: Words, b: Words, count: number): void {
  const { a: aStarts, b: bStarts, lengths } = chain;
  let aFloor = 0;
  let bFloor = 0;
  for (let i = 0; i < count; i++) {
    let aStart = aStarts[i] as number;
    let bStart = bStarts[i] as number;
    let aEnd = aStart + (lengths[i] as number);
    let bEnd = bStart + (lengths[i] as number);
    const aNext = i + 1 < count ? (aStarts[i + 1] as number) : a.count;
    const bNext = i + 1 < count ? (bStarts[i + 1] as number) : b.count;
    while (aStart > aFloor && bStart > bFloor && hashAt(a, aStart - 1) === hashAt(b, bStart - 1)) {
      aStart--;
      bStart--;
    }
    while (aEnd < aNext && bEnd < bNext && hashAt(a, aEnd) === hashAt(b, bEnd)) {
      aEnd++;
      bEnd++;
    }
    aStarts[i] = aStart;
    bStarts[i] = bStart;
    lengths[i] = aEnd - aStart;
    aFloor = aEnd;
    bFloor = bEnd;
  }
}

/** Working memory of `divide`, for lengths of common subsequences. */
let cells = new Uint16Array(1 << 13);

/** Adds a gap with words on both sides to the alignment: divided at the words that both sides have in order, or whole. */
function divide(a: Words, b: Words, gap: Gap, params: Params, into: Alignment): void {
  const aSize = gap.aTo - gap.aFrom;
  const bSize = gap.bTo - gap.bFrom;
  // Outside the aligned part two unlike pieces of furniture meet; only a short place is worth a closer look there.
  const isFar = gap.where !== 'inside' && Math.max(aSize, bSize) > params.placeWordsMax;
  const isWhole = isFar || aSize * bSize > params.gapCellsMax || areTwoOthers(a, b, gap);
  const common = isWhole ? 0 : fillCells(a, b, gap);
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
    if (hashAt(a, gap.aFrom + i) === hashAt(b, gap.bFrom + j)) {
      addPart(gap, aDone, i, bDone, j, into);
      aDone = ++i;
      bDone = ++j;
    } else if ((cells[(i + 1) * row + j] as number) >= (cells[i * row + j + 1] as number)) i++;
    else j++;
  }
  addPart(gap, aDone, aSize, bDone, bSize, into);
}

/** Whether one word stands against another one, which two gaps of three do. */
function areTwoOthers(a: Words, b: Words, { aFrom, aTo, bFrom, bTo }: Gap): boolean {
  return aTo - aFrom === 1 && bTo - bFrom === 1 && hashAt(a, aFrom) !== hashAt(b, bFrom);
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
    const word = hashAt(a, gap.aFrom + i);
    for (let j = bSize - 1; j >= 0; j--) {
      const down = cells[(i + 1) * row + j] as number;
      const right = cells[i * row + j + 1] as number;
      const both = (cells[(i + 1) * row + j + 1] as number) + 1;
      cells[i * row + j] = word === hashAt(b, gap.bFrom + j) ? both : Math.max(down, right);
    }
  }
  return cells[0] as number;
}
