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
  const chain = grow(a, b, chainOfWords(a, b, common, params));
  const alignment: Alignment = { aligned: 0, gaps: [] };
  let aEnd = 0;
  let bEnd = 0;
  for (let i = 0; i <= chain.length; i++) {
    const run = chain[i] ?? { a: a.count, b: b.count, length: 0 };
    const where = i === 0 ? 'lead' : i === chain.length ? 'tail' : 'inside';
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
  const { shingles: others, standings: otherStandings, table } = b;
  const found = partners;
  const last = table.length - 1;
  const size = shingles.length;
  let missesLeft = a.distinct - sharedMin;
  let shared = 0;
  let placed = 0;
  let next = 0;
  for (let place = 0; place < size; place++) {
    const standing = standings[place];
    if (standing === AGAIN) continue;
    const shingle = shingles[place] as number;
    // In copies the shingle after a shared one is mostly shared, too.
    let first =
      others[next] === shingle && otherStandings[next] !== AGAIN ? next + 1 : (table[shingle & last] as number);
    for (let slot = shingle & last; first !== 0 && others[first - 1] !== shingle; first = table[slot] as number)
      slot = (slot + 1) & last;
    if (first === 0) {
      if (--missesLeft < 0) break;
      continue;
    }
    shared++;
    next = first;
    if (standing !== ONCE || otherStandings[first - 1] !== ONCE) continue;
    found[first - 1] = place;
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

/** Working memory: runs of shared shingles in the order of `b`, and the chains that end with them; lengths and weights in shingles. */
let runs = roomForRuns(1 << 10);

function roomForRuns(size: number) {
  const column = () => new Int32Array(size);
  return {
    size,
    a: column(),
    b: column(),
    lengths: column(),
    weights: column(),
    /** The greatest weight up to each run: where it is no greater than what was found, nothing before is. */
    heaviest: column(),
    previous: column(),
  };
}

/** Writes the runs, and returns how many there are. */
function writeRuns(b: Words, { partners: found }: Common): number {
  if (b.count > runs.size) runs = roomForRuns(b.count * 2);
  const { a: starts, b: ends, lengths } = runs;
  let count = 0;
  for (let i = 0; i < b.count; ) {
    const start = found[i] as number;
    if (start < 0) {
      i++;
      continue;
    }
    const from = i++;
    while (i < b.count && found[i] === start + i - from) i++;
    starts[count] = start;
    ends[count] = from;
    lengths[count++] = i - from;
  }
  return count;
}

/** Keeps the longest of the runs, fewer than `max` and one more, in their order; returns how many these are. */
function keepLongest(count: number, max: number): number {
  const { a, b, lengths } = runs;
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

/** The chain of runs with the most shingles that stand in the same order in both texts. */
function heaviestChain(count: number): Run[] {
  const { a, b, lengths, weights, heaviest, previous } = runs;
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
  const chain: Run[] = [];
  for (let i = top; i >= 0; i = previous[i] as number)
    chain.push({ a: a[i] as number, b: b[i] as number, length: lengths[i] as number });
  return chain.reverse();
}

/** The chain in words: a run of n shingles covers n + w - 1 words, and neighbours never overlap. */
function chainOfWords(a: Words, b: Words, common: Common, params: Params): Run[] {
  let count = writeRuns(b, common);
  if (count > params.runsMax) count = keepLongest(count, params.runsMax);
  const chain: Run[] = [];
  let aEnd = 0;
  let bEnd = 0;
  for (const run of heaviestChain(count)) {
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
