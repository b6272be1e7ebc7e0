import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countWords, type WordOperation, wordDiff } from './word-diff.ts';

const told = (operations: WordOperation[]) =>
  operations.map(({ kind, text }) => `${{ kept: '', removed: '-', added: '+' }[kind]}${text}`).join('|');

const SHORE = `The pilot boat left at dawn. Its crew of four had slept badly, the harbour master said.

Nobody aboard had seen the buoy, which has been dark since Friday.`;

describe('the word diff', () => {
  test('of a text with itself keeps it whole', () => {
    expect(told(wordDiff(SHORE, SHORE))).toBe(SHORE);
    expect(wordDiff('', '')).toEqual([]);
  });

  test('names a replaced word, and leaves the mark after it alone', () => {
    expect(told(wordDiff('The boat sailed, empty.', 'The ship sailed, empty.'))).toBe(
      'The |-boat |+ship |sailed, empty.',
    );
    expect(told(wordDiff('It cost 4,100 crowns.', 'It cost 4,200 crowns.'))).toBe('It cost |-4,100 |+4,200 |crowns.');
  });

  test('shows a sentence that is new as that sentence, even where it begins like the next one', () => {
    const longer = 'The pilot came. The tide fell. The ferry sailed.';
    expect(told(wordDiff('The pilot came. The ferry sailed.', longer))).toBe(
      'The pilot came. |+The tide fell. |The ferry sailed.',
    );
    expect(told(wordDiff(longer, 'The pilot came. The ferry sailed.'))).toBe(
      'The pilot came. |-The tide fell. |The ferry sailed.',
    );
  });

  test('takes no notice of the kind of quotes, dashes and spaces', () => {
    const straight = `"It's late," she said - and left.`;
    const curly = `“It’s  late,” she said – and\nleft.`;
    expect(wordDiff(straight, curly).map(({ kind }) => kind)).toEqual(['kept']);
    expect(wordDiff('caf\u00e9', 'cafe\u0301').map(({ kind }) => kind)).toEqual(['kept']);
  });

  test('does not keep a lone word that only happens to stand in both of two long passages', () => {
    const operations = wordDiff(
      'Rescuers searched the shore by night for hours.',
      'Seven small children sang the anthem loudly together again.',
    );
    expect(operations.map(({ kind }) => kind)).toEqual(['removed', 'added', 'kept']);
  });

  test('compares scripts without spaces by their characters', () => {
    expect(told(wordDiff('船は港を出た。', '船は朝に港を出た。'))).toBe('船は|+朝に|港を出た。');
    expect(countWords('船は港を出た。')).toBe(6);
  });

  test('counts words and no marks', () => {
    expect(countWords(`"Don't," said No. 7 — at 9:30, for 4,100 crowns.`)).toBe(9);
    expect(countWords(' … ')).toBe(0);
  });
});

describe('the word diff of any two texts', () => {
  test('compares whole sentences where too many words differ, and the words of those that do', () => {
    const sentence = (n: number) => `Line ${n} says that boat ${n * 7} came in with ${n % 9} crates of fish.`;
    const lines = Array.from({ length: 900 }, (_, n) => sentence(n));
    const changed = lines.map((line, n) =>
      n % 3 === 0 ? line.replace('came in with', `never brought us the promised`) : line,
    );
    const operations = wordDiff(lines.join(' '), changed.join(' '));
    const kept = operations.filter(({ kind }) => kind === 'kept').reduce((sum, { text }) => sum + countWords(text), 0);
    expect(kept).toBeGreaterThan(600 * 13);
    expect(kept).toBeLessThan(900 * 13);
  });

  test('covers both texts without a gap, whatever they are', () => {
    const words = fc.array(fc.constantFrom('the', 'boat', '. ', '\n\n', ' ', '7', 'fish', '"', '港', '\ud800', '-'), {
      maxLength: 60,
    });
    const text = words.map((list) => list.join(' ')).filter((joined) => /\S/.test(joined));
    fc.assert(
      fc.property(text, text, (a, b) => {
        let [atA, atB] = [0, 0];
        for (const { kind, text: shown, a: inA, b: inB } of wordDiff(a, b)) {
          expect([inA.start, inB.start]).toEqual([atA, atB]);
          [atA, atB] = [inA.end, inB.end];
          expect(shown).toBe(kind === 'removed' ? a.slice(inA.start, atA) : b.slice(inB.start, atB));
          if (kind === 'added') expect(atA).toBe(inA.start);
          if (kind === 'removed') expect(atB).toBe(inB.start);
        }
        expect([atA, atB]).toEqual([a.length, b.length]);
      }),
    );
  });

  test('ends on texts that are made to be hard to compare', () => {
    const many = (word: (n: number) => string, count = 60_000) => Array.from({ length: count }, (_, n) => word(n));
    const hostile: [string[], string[]][] = [
      [many((n) => `a${n}`), many((n) => `b${n}`)],
      [
        ['x', ...many((n) => `w${n % 2}`), 'y'],
        ['z', ...many((n) => `w${n % 3}`), 'q'],
      ],
      [many((n) => `w${(n * n) % 7}.`), many((n) => `w${(n * 3) % 5}.`)],
      [many(() => '.'), many((n) => (n % 2 === 0 ? '!' : '.'))],
      [['-'.repeat(500_000)], ["'a".repeat(250_000)]],
    ];
    for (const [a, b] of hostile) {
      const operations = wordDiff(a.join(' '), b.join(' '));
      expect(operations.at(-1)?.b.end).toBe(b.join(' ').length);
    }
  });
});
