import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { doDigitsAgree, isPrefix, type Letters, lettersApart, lettersApartAtLeast } from './letters.ts';

/** The letters of a word, in the middle of others. */
function letters(word: string): Letters {
  const units = Uint16Array.from(`<${word}>`, (_, i) => `<${word}>`.charCodeAt(i));
  return { units, from: 1, to: word.length + 1 };
}

/** The textbook recursion, for short words. */
function distance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const rest = distance(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1);
  const swapped =
    a[0] === b[1] && a[1] === b[0] && a.length > 1 && b.length > 1 ? distance(a.slice(2), b.slice(2)) + 1 : 99;
  return Math.min(rest, distance(a.slice(1), b) + 1, distance(a, b.slice(1)) + 1, swapped);
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });

describe('letters apart', () => {
  it('are what the recursion counts, up to the given most', () => {
    fc.assert(
      fc.property(word, word, fc.nat(6), (a, b, most) => {
        const exact = distance(a, b);
        const found = lettersApart(letters(a), letters(b), most);
        if (exact <= most) expect(found).toBe(exact);
        else expect(found).toBeGreaterThan(most);
      }),
    );
  });

  it('are never fewer than the quick count says, but for swapped neighbours, which it counts as none', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(lettersApartAtLeast(letters(a), letters(b))).toBeLessThanOrEqual(distance(a, b));
      }),
    );
  });

  it('agree in their digits where one has none or both the same', () => {
    expect(doDigitsAgree(letters('room'), letters('r00m'))).toBe(true);
    expect(doDigitsAgree(letters('may5'), letters('mav5'))).toBe(true);
    expect(doDigitsAgree(letters('may5'), letters('may6'))).toBe(false);
  });

  it('begin with those of a shorter word', () => {
    expect(isPrefix(letters('sen'), letters('senator'))).toBe(true);
    expect(isPrefix(letters('sun'), letters('senator'))).toBe(false);
  });
});
