import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitLines, splitSentences } from './sentences.ts';

const require = createRequire(import.meta.url);

function sentences(text: string): string[] {
  return splitSentences(text).map(({ start, end }) => text.slice(start, end));
}

describe('splitSentences', () => {
  it.each([
    ['One. Two! Three? Four…', ['One.', 'Two!', 'Three?', 'Four…']],
    ['He said: "Sail." She did.', ['He said: "Sail."', 'She did.']],
    ['Mr. Roe met Gov. J. Doe in St. Louis, Mo. in May.', ['Mr. Roe met Gov. J. Doe in St. Louis, Mo. in May.']],
    ['The U.S. Navy paid 3.5 million. It sails.', ['The U.S. Navy paid 3.5 million.', 'It sails.']],
    ['It sails at 10 a.m. from Oslo. Board early.', ['It sails at 10 a.m. from Oslo.', 'Board early.']],
    ['See example.com. or not.', ['See example.com. or not.']],
    ['One\n\n  Two. \nThree', ['One', 'Two.', 'Three']],
    ['渡轮开了。天气好！走吧', ['渡轮开了。', '天气好！', '走吧']],
    ['Privacy policy . This site', ['Privacy policy .', 'This site']],
    [' \n\t ', []],
  ])('splits %j', (text, expected) => {
    expect(sentences(text)).toEqual(expected);
  });

  it('agrees with the tokenizer of natural on plain sentences', () => {
    // Only this deep module: the package's root opens databases.
    const Tokenizer = require('natural/lib/natural/tokenizers/sentence_tokenizer.js') as new () => {
      tokenize(text: string): string[];
    };
    const text = 'Ferries sail again. Who would have thought so? The harbour master did! He counted 40 ships.';
    expect(sentences(text)).toEqual(new Tokenizer().tokenize(text));
    expect(
      Object.keys(require.cache).filter((path) => /[\\/]node_modules[\\/](?:mongoose|redis|pg)[\\/]/.test(path)),
    ).toEqual([]);
  });

  it('gives spans in order, without white space around them, that leave out white space only', () => {
    const text = fc
      .array(fc.oneof(fc.constantFrom('. ', '.', 'U.S. ', '"', '\n', '…', '。', ' A', 'a '), fc.string()))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (input) => {
        let last = 0;
        for (const { start, end } of splitSentences(input)) {
          expect(input.slice(last, start).trim()).toBe('');
          expect(input.slice(start, end)).toBe(input.slice(start, end).trim());
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(input.slice(last).trim()).toBe('');
      }),
    );
  });
});

describe('splitSentences of several lines', () => {
  it('gives what it gives for each line alone', () => {
    const part = fc.constantFrom('. ', 'U.S. ', 'Dr. ', '!” ', '。', ' A', 'Roe said', 'é', '\u00a0');
    const line = fc.array(part).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const sentences = (text: string) => splitSentences(text).map(({ start, end }) => text.slice(start, end));
        expect(sentences(lines.join('\n'))).toEqual(lines.flatMap(sentences));
      }),
    );
  });
});

describe('splitLines', () => {
  it('gives the lines that hold something', () => {
    const text = ' a \n\n\tb\nc ';
    expect(splitLines(text).map(({ start, end }) => text.slice(start, end))).toEqual(['a', 'b', 'c']);
  });
});
