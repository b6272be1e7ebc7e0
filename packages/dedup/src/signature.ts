import { digestPlain, identityOf, keysOf } from './digest.ts';
import { PARAMS, type Params } from './params.ts';
import { NOT_PLAIN, readPlain } from './plain.ts';
import { shinglesOf } from './shingle.ts';
import { countShared } from './similarity.ts';
import type { SignedText } from './text.ts';
import { type Tokens, tokenise } from './tokens.ts';
import { keepWords } from './words.ts';

/**
 * Makes a text ready for comparing.
 * @param comparison the body without its boilerplate; what is left out here never counts
 */
export function sign(comparison: string): SignedText {
  return signRead(comparison, readPlain(comparison));
}

/**
 * The same, for texts that are compared soon: what is read of each of the last thousands is kept, and not read again. Takes a tenth
 * longer, and memory.
 */
export function signToCompare(comparison: string): SignedText {
  const words = readPlain(comparison);
  const text = signRead(comparison, words);
  if (words >= PARAMS.briefWords) keepWords(text, words);
  return text;
}

function signRead(comparison: string, words: number): SignedText {
  if (words === NOT_PLAIN) return signTokens(comparison, tokenise(comparison));
  const { hash, keys } = digestPlain(words);
  return { version: PARAMS.version, hash, words, comparison, keys };
}

function signTokens(comparison: string, tokens: Tokens): SignedText {
  return {
    version: PARAMS.version,
    hash: identityOf(tokens.halves, tokens.count),
    words: tokens.count,
    comparison,
    keys: keysOf(shinglesOf(tokens, PARAMS)),
  };
}

/** The size of a sample, and the highest hash up to which it holds every shingle of its text. */
export interface SampleReach {
  size: number;
  reach: number;
}

export function reachOf({ keys }: Pick<SignedText, 'keys'>, params: Params = PARAMS): SampleReach {
  return { size: keys.length, reach: reachIn(keys, params) };
}

function reachIn(keys: Uint32Array, { keysMin, keyFraction }: Params): number {
  const size = keys.length;
  return size < keysMin ? HASH_MAX : Math.max(keys[size - 1] as number, keyFraction * HASH_MAX);
}

/**
 * How many keys two texts have to share to be compared: `keyShareMin` of those that the smaller one may be expected to have where both
 * samples are complete, and one. A short text has most of its keys where a long one has none.
 */
export function keysNeeded(a: SampleReach, b: SampleReach, params: Params = PARAMS): number {
  const end = Math.min(a.reach, b.reach);
  const expected = Math.min((a.size * end) / a.reach, (b.size * end) / b.reach);
  return Math.max(1, Math.ceil(params.keyShareMin * expected));
}

/** Whether two texts share enough keys to be compared. */
export function shareKey(a: Pick<SignedText, 'keys'>, b: Pick<SignedText, 'keys'>, params: Params = PARAMS): boolean {
  const needed = keysNeeded(reachOf(a, params), reachOf(b, params), params);
  return countShared(a.keys, b.keys, a.keys.length, b.keys.length, needed) >= needed;
}

/** How many keys two texts share. */
export function sharedKeys(a: Pick<SignedText, 'keys'>, b: Pick<SignedText, 'keys'>): number {
  return countShared(a.keys, b.keys);
}

/**
 * How much of the shingles of `inner` another text holds, as their keys estimate it: of the keys that lie where both samples are complete
 * (Beyer et al. 2007, for the intersection of two bottom-k samples). 0 where there is no such key.
 * @param shared how many keys they share: each of these lies where both are complete
 */
export function containmentByKeys(
  inner: Pick<SignedText, 'keys'>,
  outer: Pick<SignedText, 'keys'>,
  shared: number = sharedKeys(inner, outer),
): number {
  if (shared === 0) return 0;
  const end = Math.min(reachIn(inner.keys, PARAMS), reachIn(outer.keys, PARAMS));
  let size = inner.keys.length;
  while ((inner.keys[size - 1] as number) > end) size--;
  return shared / size;
}

const HASH_MAX = 2 ** 32 - 1;
