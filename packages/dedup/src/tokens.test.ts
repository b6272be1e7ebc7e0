import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sign } from './signature.ts';
import { HAS_CAPITAL, HAS_DIGIT, STARTS_SENTENCE, tokenise } from './tokens.ts';

function printed(text: string): string[] {
  const tokens = tokenise(text);
  return Array.from({ length: tokens.count }, (_, i) => tokens.text.slice(tokens.starts[i], tokens.ends[i]));
}

const identity = (text: string) => sign(text).hash;

describe('tokens', () => {
  it('are runs of letters, digits and marks, whatever stands between them', () => {
    expect(printed('  The ferry, no. 49M: late—again (twice)\n')).toEqual([
      'The',
      'ferry',
      'no',
      '49M',
      'late',
      'again',
      'twice',
    ]);
  });

  it('of scripts without spaces are single characters, also next to other scripts', () => {
    expect(printed('東京2024年 ไทย ferry渡し')).toEqual(['東', '京', '2024', '年', 'ไ', 'ท', 'ย', 'ferry', '渡', 'し']);
  });

  it('keep dotted initials together and end sentences apart', () => {
    expect(printed('The U.S. said so. A man left at 5 p.m. today')).toEqual(
      'The|U.S|said|so|A|man|left|at|5|p.m|today'.split('|'),
    );
    expect(identity('the U.S. navy')).toBe(identity('the US navy'));
  });

  it('say which of them hold a digit, a capital, or the start of a sentence', () => {
    const { flags, count } = tokenise('Rain fell. On 5 May Oslo\n\nflooded');
    expect(Array.from(flags.subarray(0, count))).toEqual([
      HAS_CAPITAL | STARTS_SENTENCE,
      0,
      HAS_CAPITAL | STARTS_SENTENCE,
      HAS_DIGIT,
      HAS_CAPITAL,
      HAS_CAPITAL,
      STARTS_SENTENCE,
    ]);
  });

  it.each([
    ['quotes and dashes', '“We can’t,” she said – no', '"We can\'t", she said - no'],
    ['case', 'STRASSE', 'straße'],
    ['accents, composed or not', 'Café Erdoğan', 'cafe\u0301 erdogan'],
    ['compatibility forms', 'ﬁnancial ２０２４ 𝐁old', 'financial 2024 bold'],
    ['zero-width characters and soft hyphens', 'fer\u200bry su\u00adnk', 'ferry sunk'],
    ['a byte order mark', '\ufeffferry', 'ferry'],
  ])('are the same for %s', (_, one, other) => {
    expect(identity(one)).toBe(identity(other));
  });

  it('of different words, or in another order, are another text', () => {
    expect(new Set(['a bc', 'ab c', 'abc', 'c ab', ''].map(identity)).size).toBe(5);
  });

  it('are found in any string, at offsets that rise, and folding them again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const { count, starts, ends, text: read } = tokenise(text);
        let last = 0;
        for (let i = 0; i < count; i++) {
          expect(starts[i]).toBeGreaterThanOrEqual(last);
          expect(ends[i]).toBeGreaterThan(starts[i] as number);
          last = ends[i] as number;
        }
        expect(last).toBeLessThanOrEqual(read.length);
      }),
    );
  });
});
