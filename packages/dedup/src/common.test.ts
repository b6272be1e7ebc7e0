import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Common } from './align.ts';
import { commonShingles, plainCommonShingles, sharedAtMost } from './common.ts';
import { sign } from './signature.ts';
import { isInKernel, type Words, wordsOf, woven } from './words.ts';

/** Few different words make shingles that repeat, many make none; some of either in one text. */
const few = fc.array(fc.constantFrom(...'abcdefgh'), { minLength: 1, maxLength: 60 });
const many = fc.array(
  fc.nat(400).map((word) => `w${word}`),
  { maxLength: 500 },
);
const text = fc.oneof(
  few.map((words) => words.join(' ')),
  fc.tuple(many, few, many).map((parts) => parts.flat().join(' ')),
);

function shinglesIn(words: Words): Set<number> {
  const { memory, shinglesAt, shingles } = woven(words);
  return new Set(memory.subarray(shinglesAt, shinglesAt + shingles));
}

function listed({ shared, runs, columns }: Common) {
  const column = (from: Int32Array) => Array.from(from.subarray(0, runs));
  return { shared, a: column(columns.a), b: column(columns.b), lengths: column(columns.lengths) };
}

describe('shared shingles', () => {
  it('are counted as sets have them, and counting ends early only where they are too few', () => {
    fc.assert(
      fc.property(text, text, fc.nat(60), (one, other, sharedMin) => {
        const [a, b] = [wordsOf(sign(one)), wordsOf(sign(other))];
        const own = shinglesIn(a);
        const shared = [...shinglesIn(b)].filter((shingle) => own.has(shingle)).length;
        expect(commonShingles(a, b).shared).toBe(shared);
        const counted = commonShingles(a, b, sharedMin).shared;
        if (shared >= sharedMin) expect(counted).toBe(shared);
        else expect(counted).toBeLessThan(sharedMin);
      }),
    );
  });

  it('are found by the kernel as by its plain form, with the same runs', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [a, b] = [wordsOf(sign(one)), wordsOf(sign(`${other} ${one.slice(0, 90)}`))];
        expect(listed(commonShingles(a, b))).toEqual(listed(plainCommonShingles(a, b)));
      }),
    );
  });

  it('are never more than the bits of both texts allow', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [a, b] = [wordsOf(sign(one)), wordsOf(sign(`${other} ${one.slice(0, 400)}`))];
        expect(sharedAtMost(a, b)).toBeGreaterThanOrEqual(commonShingles(a, b).shared);
        expect(sharedAtMost(b, a)).toBe(sharedAtMost(a, b));
      }),
    );
  });

  it('of texts that are too long for the kernel are the same ones', () => {
    const long = Array.from({ length: 66_000 }, (_, i) => `w${(i * 7919) % 50_021}`);
    const [a, b] = [wordsOf(sign(long.join(' '))), wordsOf(sign(long.slice(300, 900).join(' ')))];
    expect(isInKernel(a)).toBe(false);
    const found = { shared: 598, runs: 1 };
    expect(commonShingles(a, b)).toMatchObject(found);
    expect(commonShingles(b, a)).toMatchObject(found);
    expect(sharedAtMost(a, b)).toBeGreaterThanOrEqual(598);
  });
});
