import { describe, expect, it } from 'vitest';
import { sign, signToCompare } from './signature.ts';
import type { SignedText } from './text.ts';
import { hashAt, type Words, wordsOf, woven } from './words.ts';

/** Thirty words; with the number each text is another. */
const plain = (number: number) => `${'The ferry to Varholm was late, and nobody said why. '.repeat(3)} Ship ${number}.`;
const spaceless = (number: number) => `${'北京今天天气晴朗，最高气温三十度。'.repeat(3)}${number} 号`;

function read(words: Words) {
  const { memory, count, endsAt, shinglesAt, shingles, distinct } = woven(words);
  return {
    hashes: Array.from({ length: count }, (_, at) => hashAt(words, at)),
    ends: Array.from(memory.subarray(endsAt, endsAt + count)),
    shingles: Array.from(memory.subarray(shinglesAt, shinglesAt + shingles)),
    distinct,
  };
}

/** The words of a text that is not known by its hash. */
const afresh = ({ hash, comparison }: SignedText) => read(wordsOf({ hash: `${hash}+`.slice(1), comparison }));

describe('the words of a text', () => {
  it.each([
    ['words', plain],
    ['a script without spaces', spaceless],
  ])('that were kept from signing are those that are read when it is compared: %s', (_, text) => {
    const signed = signToCompare(text(1));
    expect(signed).toEqual(sign(text(1)));
    expect(read(wordsOf(signed))).toEqual(afresh(signed));
  });

  it.each([
    ['words', plain],
    ['a script without spaces', spaceless],
  ])('are the same after those of many other texts were asked for: %s', (_, text) => {
    const long = 'an entry of the list, '.repeat(9000);
    const signed = sign(text(2));
    const first = read(wordsOf(signed));
    // A hundred fill more than half of the memory for words, and each of them much of that for shingles.
    for (let number = 0; number < 100; number++) {
      wordsOf(sign(`${long} ${number}`));
      if (number % 20 === 0) expect(read(wordsOf(signed))).toEqual(first);
    }
    expect(read(wordsOf(signed))).toEqual(first);
  });

  it('of two texts are both at hand, however much was read before', () => {
    const texts = Array.from({ length: 400 }, (_, number) => sign(`${plain(number)} ${'and so on '.repeat(300)}`));
    for (let at = 1; at < texts.length; at++) {
      const [a, b] = [wordsOf(texts[0] as SignedText), wordsOf(texts[at] as SignedText)];
      expect(read(a)).toEqual(afresh(texts[0] as SignedText));
      expect(b.count).toBe((texts[at] as SignedText).words);
    }
  });

  it('are not those of a text with the same hash and other capitals', () => {
    const [small, large] = [sign(plain(3)), sign(plain(3).toUpperCase())];
    expect(small.hash).toBe(large.hash);
    expect(wordsOf(small).text).toBe(plain(3));
    expect(wordsOf(large).text).toBe(plain(3).toUpperCase());
  });
});
