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
  return copied(shingles, kept);
}

/** Samples of about a hundred texts lie in one buffer, because making one costs as much as a sixth of signing. */
const BUFFER_KEYS = 1 << 12;
let buffer = new ArrayBuffer(0);
let used = 0;

function copied(keys: Uint32Array, count: number): Uint32Array {
  const size = count * Uint32Array.BYTES_PER_ELEMENT;
  if (size > buffer.byteLength - used) {
    if (size > BUFFER_KEYS) return keys.slice(0, count);
    buffer = new ArrayBuffer(BUFFER_KEYS * Uint32Array.BYTES_PER_ELEMENT);
    used = 0;
  }
  const copy = new Uint32Array(buffer, used, count);
  for (let i = 0; i < count; i++) copy[i] = keys[i] as number;
  used += size;
  return copy;
}
