/** Hash functions of words. None is cryptographic: they keep texts apart by accident, not against somebody who searches for a collision. */

const MIX_1 = 0x85ebca6b;
const MIX_2 = 0xc2b2ae35;
/** 2^32 over the golden ratio: neighbouring numbers land far apart. */
const GOLDEN = 0x9e3779b1;

/** Spreads the bits of a 32-bit hash over all of it, one to one (the finaliser of MurmurHash3). */
export function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), MIX_1);
  h = Math.imul(h ^ (h >>> 13), MIX_2);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Makes the high half of what stands for a unit another number than the low half: digits of pi. */
const HIGH = 0x243f6a88;

/** What stands for a folded unit in the hash of its word is 64 bits, another for each unit: the low half, signed, and the high one. */
export function lowSpreadOf(unit: number): number {
  return mix(Math.imul(unit, GOLDEN)) | 0;
}

export function highSpreadOf(unit: number): number {
  return mix(Math.imul(unit, GOLDEN) ^ HIGH) | 0;
}

/**
 * The hash of a word in 64 bits, as two signed halves: unit by unit, from 0, `hash = rotate(hash, 5) + spread`. Two words that differ
 * in one unit differ in it. No products, because each unit waits for the one before, and for a product three times as long. The
 * form that `kernel.wat` is held to.
 */
export function halvesOf(word: string): { low: number; high: number } {
  let low = 0;
  let high = 0;
  for (let i = 0; i < word.length; i++) {
    const unit = word.charCodeAt(i);
    const turned = (low << 5) | (high >>> 27);
    const sum = (turned >>> 0) + (lowSpreadOf(unit) >>> 0);
    high = (((high << 5) | (low >>> 27)) + highSpreadOf(unit) + (sum > 0xffffffff ? 1 : 0)) | 0;
    low = sum | 0;
  }
  return { low, high };
}

/** 32-bit hash, signed, of a word from its two halves. */
export function joinHalves(low: number, high: number): number {
  return low ^ Math.imul(high, GOLDEN);
}

/** 32-bit hash of one word as it is given. */
export function hashOf(word: string): number {
  const { low, high } = halvesOf(word);
  return joinHalves(low, high) >>> 0;
}
