import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { align } from './align.ts';
import { commonShingles } from './common.ts';
import { PARAMS } from './params.ts';
import { sign } from './signature.ts';
import { passage } from './spell.ts';
import { wordsOf } from './words.ts';

function aligned(one: string, other: string) {
  const [a, b] = [wordsOf(sign(one)), wordsOf(sign(other))];
  const { aligned: count, gaps } = align(a, b, commonShingles(a, b), PARAMS);
  return {
    count,
    sizes: [a.count, b.count],
    gaps,
    places: gaps.map((gap) => [passage(a, gap.aFrom, gap.aTo), passage(b, gap.bFrom, gap.bTo), gap.where]),
  };
}

describe('an alignment', () => {
  it('finds each replaced word between words that stayed', () => {
    const { places } = aligned(
      'we saw a high of 79 degrees and a low of 41 degrees in town today',
      'we saw a high of 56 degrees and a low of 44 degrees in town today',
    );
    expect(places).toEqual([
      ['79', '56', 'inside'],
      ['41', '44', 'inside'],
    ]);
  });

  it('tells what was added, cut and put before or after', () => {
    const { places } = aligned(
      'menu one two three four five six seven',
      'one two three extra words four five six seven end',
    );
    expect(places).toEqual([
      ['menu', '', 'lead'],
      ['', 'extra words', 'inside'],
      ['', 'end', 'tail'],
    ]);
  });

  it('aligns words that repeat all over both texts', () => {
    const { count } = aligned('x y x y x y x y a', 'x y x y x y x y b');
    expect(count).toBe(8);
  });

  it('accounts for every word of both texts once', () => {
    const anyWords = fc.array(fc.constantFrom(...'abcdefgh'), { minLength: 1, maxLength: 60 }).map((w) => w.join(' '));
    fc.assert(
      fc.property(anyWords, anyWords, (one, other) => {
        const { count, sizes, gaps } = aligned(one, other);
        const outside = (from: 'aFrom' | 'bFrom', to: 'aTo' | 'bTo') =>
          gaps.reduce((sum, gap) => sum + gap[to] - gap[from], 0);
        expect([count + outside('aFrom', 'aTo'), count + outside('bFrom', 'bTo')]).toEqual(sizes);
      }),
    );
  });

  it('of a text with itself leaves nothing out', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...'abcdefgh'), { minLength: 3, maxLength: 60 }), (words) => {
        expect(aligned(words.join(' '), words.join(' '))).toMatchObject({ count: words.length, gaps: [] });
      }),
    );
  });
});
