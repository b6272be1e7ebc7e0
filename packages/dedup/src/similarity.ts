import type { Similarity } from './text.ts';

/**
 * Number of values that two sorted arrays of distinct values share, of which the first `aLength` and `bLength` are looked at.
 * @param enough where to stop counting: this many are as good as any more
 */
export function countShared(
  a: Uint32Array,
  b: Uint32Array,
  aLength = a.length,
  bLength = b.length,
  enough = Number.POSITIVE_INFINITY,
): number {
  let i = 0;
  let j = 0;
  let shared = 0;
  while (i < aLength && j < bLength) {
    const x = a[i] as number;
    const y = b[j] as number;
    // Which side is smaller is random, and a branch on it is guessed wrong half of the time: the sign is added instead.
    const difference = ((x >>> 1) - (y >>> 1)) | 0;
    if (difference !== 0) {
      const isLess = difference >>> 31;
      i += isLess;
      j += 1 - isLess;
    } else if (x === y) {
      if (++shared >= enough) break;
      i++;
      j++;
    } else if (x < y) i++;
    else j++;
  }
  return shared;
}

/** Jaccard and both containments of two sorted arrays of distinct values, exact. */
export function similarityOf(a: Uint32Array, b: Uint32Array): Similarity {
  return similarityFrom(countShared(a, b), a.length, b.length);
}

export function similarityFrom(shared: number, aSize: number, bSize: number): Similarity {
  const union = aSize + bSize - shared;
  return {
    shared,
    jaccard: union === 0 ? 0 : shared / union,
    aInB: aSize === 0 ? 0 : shared / aSize,
    bInA: bSize === 0 ? 0 : shared / bSize,
  };
}
