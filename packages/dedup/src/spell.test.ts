import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sign } from './signature.ts';
import { createSpeller, flagsAt, lettersIn, passage, wordAt } from './spell.ts';
import { SEPARATOR, tokenise } from './tokens.ts';
import { wordsOf } from './words.ts';

const spell = createSpeller();

/** Pieces whose reading depends on what stands beside them: initials, look-alikes, marks, scripts without spaces, invisible characters. */
const PIECES = [
  'Oslo',
  'o’clock’',
  'U.S.',
  'p.m',
  '. ',
  ' ',
  '\n',
  'В',
  'а',
  'Нa',
  '東京',
  'ไทย',
  '2024',
  '\u200b',
  '𝐁',
  'e\u0301',
  'ﬁ',
  '—',
];
const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join(''));

/** Each word of a text as reading the whole of it has it. */
function whole(given: string) {
  const { count, flags, starts, ends, folded, foldedSize, text: read } = tokenise(given);
  const letters = String.fromCharCode(...folded.subarray(0, foldedSize)).split(String.fromCharCode(SEPARATOR));
  return Array.from({ length: count }, (_, at) => ({
    flags: flags[at],
    printed: read.slice(starts[at], ends[at]),
    letters: letters[at],
  }));
}

describe('some words of a text', () => {
  it('are spelled as they are where the whole text is read, in any script', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.integer({ min: 1, max: 12 }), (given, start, size) => {
        const words = wordsOf(sign(given));
        const expected = whole(given);
        expect(words.count).toBe(expected.length);
        if (words.count === 0) return;
        const from = start % words.count;
        const to = Math.min(words.count, from + size);
        const spelled = spell(words, from, to);
        for (let at = from; at < to; at++) {
          const { units, from: first, to: end } = lettersIn(spelled, at, at + 1);
          expect({
            flags: flagsAt(spelled, at),
            printed: wordAt(spelled, at),
            letters: String.fromCharCode(...units.subarray(first, end)),
          }).toEqual(expected[at]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are printed as a passage from the first to the last of them', () => {
    const words = wordsOf(sign('Rain fell (hard) on  the U.S. coast, it said.'));
    expect(passage(words, 1, 6)).toBe('fell (hard) on  the U.S');
    expect(passage(words, 3, 3)).toBe('');
  });
});
