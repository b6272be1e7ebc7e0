import { PARAMS, type Params } from './params.ts';
import { shinglesByPosition, sortedUnique } from './shingle.ts';
import { countShared } from './similarity.ts';
import type { SignedText } from './text.ts';
import { tokeniseAndHash } from './tokens.ts';

/**
 * Makes a text ready for comparing.
 * @param comparison the body without its boilerplate; what is left out here never counts
 */
export function sign(comparison: string): SignedText {
  const { tokens, hash } = tokeniseAndHash(comparison);
  const shingles = sortedUnique(shinglesByPosition(tokens.hashes, tokens.count, PARAMS.shingleWords));
  return {
    version: PARAMS.version,
    hash,
    words: tokens.count,
    comparison,
    shingles,
    keys: sampleKeys(shingles, PARAMS),
  };
}

/**
 * The sample of a shingle set that candidates are found by: all hashes in the lowest part of the range (FracMinHash, Irber et al.
 * 2022), and at least the `keysMin` lowest (bottom-k, Broder 1997). Two samples meet in proportion to what the sets share.
 * @param shingles sorted, unique
 */
export function sampleKeys(shingles: Uint32Array, params: Params): Uint32Array {
  const limit = params.keyFraction * 2 ** 32;
  let size = Math.min(params.keysMin, shingles.length);
  while (size < shingles.length && (shingles[size] as number) < limit) size++;
  return shingles.slice(0, size);
}

/** Whether two texts share enough keys to be compared: one, or `keyShareMin` of the smaller sample. */
export function shareKey(a: Pick<SignedText, 'keys'>, b: Pick<SignedText, 'keys'>, params: Params = PARAMS): boolean {
  const needed = Math.max(1, params.keyShareMin * Math.min(a.keys.length, b.keys.length));
  return countShared(a.keys, b.keys, a.keys.length, b.keys.length, needed) >= needed;
}
