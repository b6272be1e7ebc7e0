import type { Params } from './params.ts';

const HASHES = 2 ** 32;

/**
 * The sample of a shingle set that candidates are found by: all hashes in the lowest part of the range (FracMinHash, Irber et al.
 * 2022), and at least the `keysMin` lowest (bottom-k, Broder 1997). Two samples meet in proportion to what the sets share.
 * @param shingles sorted, unique; `size` of them
 */
export function sampleKeys(shingles: Uint32Array, params: Params, size = shingles.length): Uint32Array {
  const limit = params.keyFraction * HASHES;
  let kept = Math.min(params.keysMin, size);
  while (kept < size && (shingles[kept] as number) < limit) kept++;
  return shingles.slice(0, kept);
}
