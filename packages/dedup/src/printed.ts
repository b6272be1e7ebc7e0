import { hashOf } from './hashing.ts';
import { shinglesByPosition, sortedUnique } from './shingle.ts';
import { similarityOf } from './similarity.ts';
import type { Similarity } from './text.ts';

/** Words in a shingle, and what a word is: what the literature on news copies mostly takes, so that figures can be compared. */
const PRINTED_SHINGLE_WORDS = 5;
const PRINTED_WORD = /[\p{L}\p{N}_'’]+/gu;

/** How alike two bodies are as they were printed, boilerplate included, over shingles of five words. For readers; it decides nothing. */
export function printedSimilarity(a: string, b: string): Similarity {
  return similarityOf(printedShingles(a), printedShingles(b));
}

function printedShingles(body: string): Uint32Array {
  const hashes = Uint32Array.from(body.toLowerCase().match(PRINTED_WORD) ?? [], hashOf);
  return sortedUnique(shinglesByPosition(hashes, hashes.length, PRINTED_SHINGLE_WORDS));
}
