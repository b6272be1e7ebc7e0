import { endBytes, low, weaveAll, wordHashes } from './kernel.ts';
import { PARAMS } from './params.ts';
import { NOT_PLAIN, readPlain } from './plain.ts';
import { shinglesByPosition } from './shingle.ts';

/** What comparing asks of the words of a text. The arrays are the kernel's memory, which the next text overwrites. */
export interface PlainWords {
  count: number;
  /** 32-bit hash of each word. */
  hashes: Uint32Array;
  /** For each word the byte of the text, with two bytes to a unit, at which its last unit stands. */
  endBytes: Uint32Array;
  /** By the place where they begin. */
  shingles: Uint32Array;
}

/** The words of a text, or null where `readPlain` cannot read it. */
export function plainWords(text: string): PlainWords | null {
  const count = readPlain(text);
  if (count === NOT_PLAIN) return null;
  weaveAll(count);
  const hashes = wordHashes.subarray(0, count);
  const isShort = count < PARAMS.shingleWords;
  return {
    count,
    hashes,
    endBytes: endBytes.subarray(0, count),
    shingles: isShort
      ? shinglesByPosition(hashes, count, PARAMS.shingleWords)
      : low.subarray(0, count - PARAMS.shingleWords + 1),
  };
}
