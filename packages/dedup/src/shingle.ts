import { mix } from './tokens.ts';

/** Odd 32-bit multipliers, one for each place in a shingle, so that the order of the words counts. */
const PLACE_1 = 0x9e3779b1;
const STEP = 0x85ebca77;

/**
 * Hashes of all runs of `width` consecutive tokens, by position: entry i stands for tokens i to i + width - 1.
 * A text with fewer tokens, but at least one, is a single shingle of all of them.
 */
export function shinglesByPosition(hashes: Uint32Array, count: number, width: number): Uint32Array {
  if (count === 0) return new Uint32Array(0);
  const size = Math.min(width, count);
  const shingles = new Uint32Array(count - size + 1);
  if (size === 3) return threes(hashes, shingles);
  for (let i = 0; i < shingles.length; i++) {
    let h = 0;
    for (let j = 0; j < size; j++) h = Math.imul(h ^ (hashes[i + j] as number), PLACE_1) + STEP;
    shingles[i] = mix(h);
  }
  return shingles;
}

/** The same for three, with the two products that neighbours share computed once. */
function threes(hashes: Uint32Array, shingles: Uint32Array): Uint32Array {
  for (let i = 0; i < shingles.length; i++) {
    let h = Math.imul(hashes[i] as number, PLACE_1) + STEP;
    h = Math.imul(h ^ (hashes[i + 1] as number), PLACE_1) + STEP;
    h = Math.imul(h ^ (hashes[i + 2] as number), PLACE_1) + STEP;
    shingles[i] = mix(h);
  }
  return shingles;
}

/** Digits of the radix sort: three passes of 11 bits cover 32. */
const RADIX_BITS = 11;
const RADIX = 1 << RADIX_BITS;
/** From this size on three passes are faster than comparing. */
const RADIX_SIZE_MIN = 128;

/** Working memory of the sort. */
const buckets = new Uint32Array(RADIX);
let spare = new Uint32Array(1 << 12);

/** Sorted ascending, each value once. Sorts the argument in place and returns a copy of its distinct values. */
export function sortedUnique(values: Uint32Array): Uint32Array {
  const sorted = values.length < RADIX_SIZE_MIN ? values.sort() : radixSorted(values);
  let size = 0;
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i] as number;
    if (size === 0 || value !== sorted[size - 1]) sorted[size++] = value;
  }
  return sorted.slice(0, size);
}

/** Least significant digit first; the answer lies in working memory. */
function radixSorted(values: Uint32Array): Uint32Array {
  if (spare.length < values.length) spare = new Uint32Array(values.length * 2);
  let from = values;
  let to: Uint32Array = spare.subarray(0, values.length);
  for (let shift = 0; shift < 32; shift += RADIX_BITS) {
    buckets.fill(0);
    for (let i = 0; i < from.length; i++) {
      const digit = ((from[i] as number) >>> shift) & (RADIX - 1);
      buckets[digit] = (buckets[digit] as number) + 1;
    }
    for (let digit = 0, next = 0; digit < RADIX; digit++) {
      const count = buckets[digit] as number;
      buckets[digit] = next;
      next += count;
    }
    for (let i = 0; i < from.length; i++) {
      const value = from[i] as number;
      const digit = (value >>> shift) & (RADIX - 1);
      const at = buckets[digit] as number;
      to[at] = value;
      buckets[digit] = at + 1;
    }
    [from, to] = [to, from];
  }
  return from;
}
