import { judge, type SignedText } from '@wirefold/dedup';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partition } from './partition.ts';
import { signed, words } from './testing/members.ts';

const groupsOf = (texts: SignedText[]) => partition(texts, judge);

/** Texts of a few families: whole, cut at either end, and with paragraphs of their own. */
function family(name: string): SignedText[] {
  const [first, second, third] = [words(`${name}a`, 60), words(`${name}b`, 60), words(`${name}c`, 60)];
  return [
    signed(first, second, third),
    signed(first, second),
    signed(second, third),
    signed(first, second, third, words(`${name}own`, 15)),
  ];
}

const CORPUS = [...family('ferry'), ...family('budget'), ...family('library'), signed(words('alone', 90))];

describe('the partition', () => {
  it('puts the copies of a text into one group and keeps other texts apart', () => {
    const sizes = groupsOf(CORPUS).map(({ texts }) => texts.length);
    expect(sizes.sort()).toEqual([1, 4, 4, 4]);
  });

  it('links every text of a group to its centre', () => {
    const byHash = new Map(CORPUS.map((text) => [text.hash, text]));
    for (const { centre, texts } of groupsOf(CORPUS)) {
      for (const hash of texts) {
        const [middle, text] = [byHash.get(centre), byHash.get(hash)];
        if (middle === undefined || text === undefined) throw new Error('a group holds a text that was not given');
        expect(hash === centre || judge(middle, text).linked).toBe(true);
      }
    }
  });

  it('is the same for every order of the texts, and with repeats', () => {
    const expected = groupsOf(CORPUS);
    const places = [...CORPUS.keys()];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(places, { minLength: places.length }),
        fc.array(fc.constantFrom(...places), { maxLength: 5 }),
        (order, repeats) => {
          const texts = [...order, ...repeats].map((at) => CORPUS[at] as SignedText);
          expect(groupsOf(texts)).toEqual(expected);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('of texts that do not touch is the partitions of their parts together', () => {
    const parts = [family('one'), family('two')];
    const together = groupsOf(parts.flat()).map(({ texts }) => texts);
    const apart = parts.flatMap((part) => groupsOf(part).map(({ texts }) => texts));
    expect(together.sort()).toEqual(apart.sort());
  });
});
