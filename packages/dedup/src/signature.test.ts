import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PARAMS } from './params.ts';
import { sampleKeys } from './sample.ts';
import { sortedUnique } from './shingle.ts';
import { sign } from './signature.ts';
import { countShared, similarityOf } from './similarity.ts';
import { wordsOf, woven } from './words.ts';

const hashSet = fc.uniqueArray(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { maxLength: 300 });
const sorted = (values: number[]) => Uint32Array.from(values).sort();

describe('sets of shingles', () => {
  it('are sorted and hold each value once, below and above the size where the sort changes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { maxLength: 400 }),
        fc.boolean(),
        (values, isNarrow) => {
          const given = isNarrow ? values.map((value) => value % 50) : values;
          const expected = [...new Set(given)].sort((a, b) => a - b);
          expect(Array.from(sortedUnique(Uint32Array.from(given)))).toEqual(expected);
        },
      ),
    );
  });

  it('share, by Jaccard and containment, what sets of the language say', () => {
    fc.assert(
      fc.property(hashSet, hashSet, hashSet, (onlyA, onlyB, common) => {
        const a = new Set([...onlyA, ...common]);
        const b = new Set([...onlyB, ...common]);
        const shared = [...a].filter((value) => b.has(value)).length;
        const union = new Set([...a, ...b]).size;
        const [x, y] = [sorted([...a]), sorted([...b])];
        expect(countShared(x, y)).toBe(shared);
        expect(similarityOf(x, y)).toEqual({
          shared,
          jaccard: union === 0 ? 0 : shared / union,
          aInB: a.size === 0 ? 0 : shared / a.size,
          bInA: b.size === 0 ? 0 : shared / b.size,
        });
      }),
    );
  });

  it('are counted no further than is enough', () => {
    fc.assert(
      fc.property(hashSet, hashSet, fc.integer({ min: 1, max: 40 }), (own, common, enough) => {
        const a = sorted([...new Set([...own, ...common])]);
        const b = sorted([...new Set(common)]);
        expect(countShared(a, b, a.length, b.length, enough)).toBe(Math.min(enough, b.length));
      }),
    );
  });
});

describe('keys', () => {
  it('are the hashes in the lowest part of the range, and never fewer than the least number', () => {
    fc.assert(
      fc.property(hashSet, (values) => {
        const ascending = [...values].sort((a, b) => a - b);
        const expected = ascending.filter((value, i) => i < PARAMS.keysMin || value < PARAMS.keyFraction * 2 ** 32);
        expect(Array.from(sampleKeys(sorted(values), PARAMS))).toEqual(expected);
      }),
    );
  });
});

const distinctIn = (text: string) => woven(wordsOf(sign(text))).distinct;

describe('a signed text', () => {
  it('of no words has no shingles, and of fewer words than a shingle one', () => {
    expect(sign(' — ')).toMatchObject({ words: 0, keys: new Uint32Array(0) });
    expect(sign('two words')).toMatchObject({ words: 2 });
    expect(distinctIn('two words')).toBe(1);
  });

  it('has one shingle for each run of words that stands nowhere else in it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 3, maxLength: 40 }), (words) => {
        const runs = new Set(words.slice(2).map((_, i) => words.slice(i, i + PARAMS.shingleWords).join(' ')));
        expect(distinctIn(words.join(' '))).toBe(runs.size);
      }),
    );
  });
});
