import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identityOf } from './digest.ts';
import { halvesOf, hashOf } from './hashing.ts';
import { PARAMS } from './params.ts';
import { sampleKeys } from './sample.ts';
import { shinglesOf, sortedUnique } from './shingle.ts';
import { sign } from './signature.ts';
import { SEPARATOR, tokenise } from './tokens.ts';

/** Pieces of texts of all kinds: what stands next to what is what a fast reader gets wrong. */
const PIECES = [
  ..."aZé9 .'’-\n،。",
  'the ferry',
  'U.S.',
  'p.m. ',
  "don't",
  'ß',
  'ﬁ',
  '½',
  'ﷺ',
  'e\u0301',
  '\u00ad',
  '\u200b',
  '\u200d',
  '\u{e0041}',
  '\ufeff',
  'Вoston',
  'ВОЙНА',
  'Ελλάδα',
  '東京',
  'サーバー',
  'ｶﾞ',
  'น้ำ',
  'ខ្មែរ',
  'မြန်မာ',
  'क्ष',
  'שָׁלוֹם',
  'كِتَاب',
  '١٢',
  '한국',
  '한',
  '𠮷',
  '𝐁',
  '🚢',
  '\ud800',
  '\udc00',
];

const mixedText = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join(''));
const anyText = fc.oneof(mixedText, fc.string({ unit: 'binary', maxLength: 80 }), fc.string({ maxLength: 200 }));

function foldedTokens(text: string): string[] {
  const { folded, foldedSize } = tokenise(text);
  return String.fromCharCode(...folded.subarray(0, foldedSize))
    .split(String.fromCharCode(SEPARATOR))
    .slice(0, -1);
}

/** `sign` as it is defined, step by step. */
function signSlowly(text: string) {
  const tokens = tokenise(text);
  const words = tokens.count;
  return {
    words,
    hash: identityOf(tokens.halves, words),
    keys: sampleKeys(sortedUnique(shinglesOf(tokens, PARAMS)), PARAMS),
  };
}

describe('signing', () => {
  it('reads the tokens of any text as the tokeniser does, and samples their shingles', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(sign(text)).toMatchObject(signSlowly(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('reads texts of all lengths so, also where words repeat and where a text is longer than working memory', () => {
    const lengths = [1, 2, 3, 15, 16, 17, 18, 33, 250, 2000, 300_000];
    for (const [at, length] of lengths.entries()) {
      const words = Array.from({ length }, (_, i) => `w${((i * 7919) % (length / ((at % 3) + 1))).toFixed(0)}`);
      const text = words.join(' ');
      expect(sign(text)).toMatchObject(signSlowly(text));
    }
  });
});

describe('a token', () => {
  it('has the hash of its folded letters, taken one after the other', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const words = foldedTokens(text);
        const { hashes, halves, count } = tokenise(text);
        expect(count).toBe(words.length);
        expect(Array.from(hashes.subarray(0, count))).toEqual(words.map(hashOf));
        words.forEach((word, i) => {
          expect({ low: halves[i * 2], high: halves[i * 2 + 1] }).toEqual(halvesOf(word));
        });
      }),
    );
  });

  it('has another hash with two letters swapped, next to each other or far apart', () => {
    const word = 'abcdefghijklmnopqrstuvwxyz0123456789abcdefgh';
    for (const distance of [1, 2, 16, 32]) {
      for (let at = 0; at + distance < word.length; at++) {
        const [x, y] = [word[at] as string, word[at + distance] as string];
        if (x === y) continue;
        const swapped = `${word.slice(0, at)}${y}${word.slice(at + 1, at + distance)}${x}${word.slice(at + distance + 1)}`;
        expect(halvesOf(swapped).low).not.toBe(halvesOf(word).low);
        expect(halvesOf(swapped).high).not.toBe(halvesOf(word).high);
      }
    }
  });
});

describe('the identity of a text', () => {
  it('differs for texts that differ in one word, in the order of words, or in a word boundary', () => {
    const words = Array.from({ length: 400 }, (_, i) => `word${i}`);
    const variants = [words.join(' ')];
    for (let i = 0; i + 64 < words.length; i++) {
      variants.push(words.with(i, 'other').join(' '));
      for (const distance of [1, 2, 32, 64])
        variants.push(
          words
            .with(i, words[i + distance] as string)
            .with(i + distance, words[i] as string)
            .join(' '),
        );
      variants.push(`${words.slice(0, i + 1).join(' ')}${words.slice(i + 1).join(' ')}`);
    }
    expect(new Set(variants.map((text) => sign(text).hash)).size).toBe(variants.length);
    expect(new Set(variants.map((text) => sign(text).hash.slice(0, 16))).size).toBe(variants.length);
  });

  it('is spread over all bits, also for texts of one letter', () => {
    const hashes = Array.from(
      { length: 4096 },
      (_, i) => sign(String.fromCharCode(0x1400 + (i % 600)).repeat(1 + (i % 7))).hash,
    );
    const different = new Set(hashes);
    for (let bit = 0; bit < 128; bit++) {
      const ones = [...different].filter(
        (hash) => ((Number.parseInt(hash[bit >> 2] as string, 16) >> (bit & 3)) & 1) === 1,
      );
      expect(Math.abs(ones.length / different.size - 0.5)).toBeLessThan(0.05);
    }
  });
});
