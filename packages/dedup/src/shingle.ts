import { mix } from './hashing.ts';
import type { Params } from './params.ts';
import { IS_CLUSTER, IS_IDEOGRAPH, type Tokens } from './tokens.ts';

/** Odd, so that every bit of every word counts, and not 1, so that their order does. */
const PLACE = 0x9e3779b1;

/**
 * Hashes of all runs of `width` consecutive tokens, by position: entry i stands for tokens i to i + width - 1.
 * A text with fewer tokens, but at least one, is a single shingle of all of them.
 */
export function shinglesByPosition(hashes: Uint32Array, count: number, width: number): Uint32Array {
  const size = Math.min(width, count);
  const shingles = new Uint32Array(count === 0 ? 0 : count - size + 1);
  if (size === 3) writeThrees(hashes, count, shingles);
  else for (let i = 0; i < shingles.length; i++) shingles[i] = hashRun(hashes, i, i + size);
  return shingles;
}

/**
 * The same for the tokens of a text of any script: where a token is a single character, the shingle that begins with it is as many
 * characters long as tell as much as `shingleWords` words, or ends with the text. There are as many as if all were words.
 */
export function shinglesOf({ hashes, count, flags, isSpaceless }: Tokens, params: ShingleParams): Uint32Array {
  const shingles = shinglesByPosition(hashes, count, params.shingleWords);
  if (!isSpaceless) return shingles;
  for (let i = 0; i < shingles.length; i++) {
    const flag = flags[i] as number;
    if ((flag & (IS_IDEOGRAPH | IS_CLUSTER)) !== 0)
      shingles[i] = hashRun(hashes, i, Math.min(i + shingleSize(flag, params), count));
  }
  return shingles;
}

/** Tokens in the shingle that begins with a token of these flags, where the text has as many. */
export function shingleSize(flag: number, params: ShingleParams): number {
  if ((flag & IS_IDEOGRAPH) !== 0) return params.shingleIdeographs;
  return (flag & IS_CLUSTER) !== 0 ? params.shingleClusters : params.shingleWords;
}

export type ShingleParams = Pick<Params, 'shingleWords' | 'shingleIdeographs' | 'shingleClusters'>;

/** Hash of the tokens `from` to `to`, end exclusive: a polynomial, spread over all bits. */
function hashRun(hashes: Uint32Array, from: number, to: number): number {
  let h = 0;
  for (let i = from; i < to; i++) h = (Math.imul(h, PLACE) + (hashes[i] as number)) | 0;
  return mix(h);
}

/** `hashRun` of every three of at least three tokens, with the products that neighbours share computed once. */
function writeThrees(hashes: Uint32Array, count: number, into: Uint32Array): void {
  let two = (Math.imul(hashes[0] as number, PLACE) + (hashes[1] as number)) | 0;
  for (let i = 2; i < count; i++) {
    const hash = hashes[i] as number;
    into[i - 2] = mix(Math.imul(two, PLACE) + hash);
    two = (Math.imul(hashes[i - 1] as number, PLACE) + hash) | 0;
  }
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
  return sorted.slice(0, dropRepeats(sorted, sorted.length));
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

/** Sorts the first `size` values and moves the distinct ones to the front; returns their number. */
export function sortFirst(values: Uint32Array, size: number): number {
  values.subarray(0, size).sort();
  return dropRepeats(values, size);
}

/** Moves the distinct ones of the first `size` values, which are sorted, to the front; returns their number. */
function dropRepeats(sorted: Uint32Array, size: number): number {
  let kept = 0;
  for (let i = 0; i < size; i++) {
    const value = sorted[i] as number;
    if (kept === 0 || value !== sorted[kept - 1]) sorted[kept++] = value;
  }
  return kept;
}
