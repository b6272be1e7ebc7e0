import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import wabt from 'wabt';
import { identityOf } from './digest.ts';
import { FOLD_TABLE, foldUnit, UNIT_BITS } from './folding.ts';
import { halvesOf, highSpreadOf, lowSpreadOf, mix } from './hashing.ts';
import { kernel, LOOK, low, table, tokenHashes } from './kernel.ts';
import { hashFolded } from './plain.ts';

const PLACE = 0x9e3779b1n;
const UNITS = 1 << 16;
const mask = (value: bigint) => value & 0xffffffffn;
const rotate = (value: number, by: number) => (value << by) | (value >>> (32 - by)) | 0;

/** The hash of a word as one number of 64 bits. */
function wholeOf(word: string): bigint {
  let hash = 0n;
  for (let i = 0; i < word.length; i++) {
    const unit = word.charCodeAt(i);
    const spread =
      BigInt.asUintN(32, BigInt(lowSpreadOf(unit))) | (BigInt.asUintN(32, BigInt(highSpreadOf(unit))) << 32n);
    hash = BigInt.asUintN(64, ((hash << 5n) | (hash >> 59n)) + spread);
  }
  return hash;
}

/** The identity of a sequence of tokens, as it is defined. */
function identityBySteps(words: string[]): string {
  let [a, b, c, d] = [0x243f6a88, 0x85a308d3 | 0, 0x13198a2e, 0x03707344];
  for (const word of words) {
    const { low: x, high: y } = halvesOf(word);
    a = rotate(Math.imul(a ^ x, 0x85ebca6b), 13);
    b = rotate(Math.imul(b ^ y, 0xc2b2ae35), 15);
    c = rotate(Math.imul((c ^ x) + y, 0x27d4eb2f), 17);
    d = rotate(Math.imul((d ^ y) - x, 0x165667b1), 11);
  }
  const { length } = words;
  return Buffer.from(Int32Array.of(mix(a ^ length), mix(b ^ length), mix(c ^ a), mix(d ^ b)).buffer).toString('hex');
}

const words = fc.array(fc.string({ unit: fc.constantFrom(...'abcdefghijкя9中'), minLength: 1, maxLength: 70 }), {
  maxLength: 40,
});

function hashAll(given: string[]): Int32Array {
  const text = given.map((word) => `${word} `).join('');
  const halves = new Int32Array(given.length * 2);
  hashFolded(
    Uint16Array.from(text, (_, i) => text.charCodeAt(i)),
    text.length,
    halves,
  );
  return halves;
}

describe('the kernel', () => {
  it('is what its source compiles to', async () => {
    const source = readFileSync(path.join(import.meta.dirname, 'kernel.wat'), 'utf8');
    const { buffer } = (await wabt()).parseWat('kernel.wat', source).toBinary({});
    const bytes =
      Buffer.from(buffer)
        .toString('base64')
        .match(/.{1,110}/g) ?? [];
    const lines = bytes.map((line) => `  '${line}'`).join(' +\n');
    await expect(
      `/** Compiled from \`kernel.wat\` by \`kernel.test.ts\`: never edited by hand. */\nexport const KERNEL_BYTES =\n${lines};\n`,
    ).toMatchFileSnapshot('kernel-bytes.ts');
  });

  it('hashes words as their plain form does, and that as a sum in 64 bits', () => {
    fc.assert(
      fc.property(words, (given) => {
        const halves = hashAll(given);
        given.forEach((word, i) => {
          const { low: x, high: y } = halvesOf(word);
          expect([halves[i * 2], halves[i * 2 + 1]]).toEqual([x, y]);
          expect(BigInt.asUintN(32, BigInt(x)) | (BigInt.asUintN(32, BigInt(y)) << 32n)).toBe(wholeOf(word));
        });
      }),
    );
  });

  it('turns the identity of tokens as it is defined', () => {
    fc.assert(
      fc.property(words, (given) => {
        expect(identityOf(hashAll(given), given.length)).toBe(identityBySteps(given));
      }),
    );
  });

  it('finds the shingles of three tokens that are not above a limit, in their order', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 0, max: 2 ** 32 - 1 }), (given, limit) => {
        const halves = hashAll(given);
        const tokens = given.map(
          (_, i) => BigInt(halves[i * 2] as number) ^ (BigInt(halves[i * 2 + 1] as number) * PLACE),
        );
        const shingles = tokens
          .slice(2)
          .map((token, i) => (tokens[i] as bigint) * PLACE * PLACE + (tokens[i + 1] as bigint) * PLACE + token)
          .map((sum) => mix(Number(mask(sum))));
        tokenHashes.set(halves);
        const found = kernel.absorb(given.length, limit);
        expect(Array.from(low.subarray(0, found))).toEqual(shingles.filter((shingle) => shingle <= limit));
      }),
    );
  });

  it('sorts the lowest shingles, each once', () => {
    const value = fc.oneof(fc.nat(20), fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.constant(2 ** 32 - 1));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 200 }), (values) => {
        low.set(values);
        const kept = kernel.rank(values.length);
        expect(Array.from(low.subarray(0, kept))).toEqual([...new Set(values)].sort((a, b) => a - b));
      }),
    );
  });

  it('never takes what stands for a letter for one of its own signs', () => {
    for (let unit = 1; unit < UNITS; unit++) {
      expect(lowSpreadOf(unit) === 0 || (lowSpreadOf(unit) === LOOK && highSpreadOf(unit) === 0)).toBe(false);
    }
  });

  it('reads a folded letter as itself wherever it reads it without asking', () => {
    for (let unit = 0; unit < UNITS; unit++) foldUnit(unit);
    for (let unit = 0; unit < UNITS; unit++) {
      const folded = (FOLD_TABLE[unit] as number) & UNIT_BITS;
      if (folded === 0 || table[folded * 2] === LOOK) continue;
      expect([table[folded * 2], table[folded * 2 + 1]]).toEqual([lowSpreadOf(folded), highSpreadOf(folded)]);
    }
  });
});
