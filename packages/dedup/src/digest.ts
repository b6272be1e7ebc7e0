import { joinHalves, mix } from './hashing.ts';
import { kernel, low, states, statesBytes, TOKEN_ROOM, tokenHashes } from './kernel.ts';
import { PARAMS } from './params.ts';
import { sampleKeys } from './sample.ts';
import { shinglesByPosition, sortedUnique, sortFirst } from './shingle.ts';

/** What the four states of an identity start with, so that no text hashes to zeros: digits of pi. */
const SEEDS = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];
const HASHES = 2 ** 32;

const { keyFraction, keysMin, shingleWords } = PARAMS;
/** More are sorted by comparing, because ranking grows with their square. */
const RANKED_MAX = 160;
/** How many of the lowest shingles are sorted for each key that is needed; with 1.6, one text in 100 has too few and sorts all. */
const LOW_FOR_EACH_KEY = 1.6;

/** What is kept of the `count` tokens in the kernel's memory: their `identityOf`, and `sampleKeys` of their shingles, in one pass. */
export function digestPlain(count: number): { hash: string; keys: Uint32Array } {
  states.set(SEEDS);
  const found = kernel.absorb(count, Math.ceil(lowFraction(count) * HASHES) - 1);
  return { hash: identity(count), keys: keysOfPlain(count, found) };
}

/**
 * The identity of a sequence of tokens: 128 bits, in hex. Each token turns four states of 32 bits over. The turn is one to one in
 * the state, and the first two states take in one half of the token's hash each: two texts that differ in one word have one hash
 * only if the words have, by accident once in 2^64. Words are hashed apart, so that a word boundary cannot be moved unseen. Not
 * cryptographic: who searches for two texts with one hash will find them.
 * @param halves two for each token, the low one first
 */
export function identityOf(halves: Int32Array, count: number): string {
  states.set(SEEDS);
  for (let from = 0; from < count; from += TOKEN_ROOM) {
    const to = Math.min(count, from + TOKEN_ROOM);
    tokenHashes.set(halves.subarray(from * 2, to * 2));
    kernel.absorb(to - from, 0);
  }
  return identity(count);
}

function identity(count: number): string {
  const [a, b, c, d] = [states[0] as number, states[1] as number, states[2] as number, states[3] as number];
  states[0] = mix(a ^ count);
  states[1] = mix(b ^ count);
  states[2] = mix(c ^ a);
  states[3] = mix(d ^ b);
  return statesBytes.toString('hex');
}

/** The part of the range of hashes that is looked at for keys: `keyFraction`, or more where a text has so few shingles. */
function lowFraction(count: number): number {
  return Math.max(keyFraction, Math.min(1, (keysMin * LOW_FOR_EACH_KEY) / Math.max(1, count)));
}

/** `sampleKeys` of a text's shingles as they come, of which only the lowest are sorted. */
export function keysOf(shingles: Uint32Array): Uint32Array {
  const fraction = lowFraction(shingles.length);
  const limit = fraction * HASHES;
  const lowest = sortedUnique(shingles.filter((shingle) => shingle < limit));
  const isEnough = lowest.length >= keysMin || fraction === 1;
  return sampleKeys(isEnough ? lowest : sortedUnique(shingles), PARAMS);
}

function keysOfPlain(count: number, found: number): Uint32Array {
  const kept = found < RANKED_MAX ? kernel.rank(found) : sortFirst(low, found);
  if (count >= shingleWords && kept >= keysMin) return sampleKeys(low, PARAMS, kept);
  const hashes = Uint32Array.from({ length: count }, (_, i) =>
    joinHalves(tokenHashes[i * 2] as number, tokenHashes[i * 2 + 1] as number),
  );
  return keysOf(shinglesByPosition(hashes, count, shingleWords));
}
