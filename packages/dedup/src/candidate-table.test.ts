import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCandidateTable, createCandidateWalk } from './candidate-table.ts';
import { shareKey } from './signature.ts';

/** Sorted samples of keys from so small a range that many meet. */
const texts = fc.array(
  fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 45 }).map((keys) => keys.sort((a, b) => a - b)),
  { maxLength: 30 },
);

function tableOf(keys: number[][], keyTextsMax?: number) {
  const starts = new Uint32Array(keys.length + 1);
  for (const [at, own] of keys.entries()) starts[at + 1] = (starts[at] as number) + own.length;
  // Spread over the whole range, so that several digits of the sort count.
  const values = keys.flat().map((key) => key * 0x4000001);
  return buildCandidateTable(starts, Uint32Array.from(values), keyTextsMax);
}

function candidatesIn(keys: number[][], keyTextsMax?: number): number[][] {
  const walk = createCandidateWalk(tableOf(keys, keyTextsMax));
  return keys.map((_, text) => [...walk(text)].sort((a, b) => a - b));
}

const keysOf = (values: number[]) => ({ keys: Uint32Array.from(values) });

describe('the table of candidates', () => {
  it('finds exactly the pairs that share enough keys', () => {
    fc.assert(
      fc.property(texts, (keys) => {
        const expected = keys.map((own, text) =>
          keys.slice(0, text).flatMap((other, at) => (shareKey(keysOf(own), keysOf(other)) ? [at] : [])),
        );
        expect(candidatesIn(keys)).toEqual(expected);
      }),
    );
  });

  it('drops a key that too many hold for all of them, whatever their order', () => {
    const keys = [[1, 2], [1, 3], [1, 2], [1]];
    expect(candidatesIn(keys, 3)).toEqual([[], [], [0], []]);
    expect(candidatesIn(keys.toReversed(), 3)).toEqual([[], [], [], [1]]);
  });

  it('counts a dropped key as shared where both have one, as long as they share another', () => {
    // Of 40 keys six have to be shared, and one of these is held by everybody.
    const own = (from: number) => Array.from({ length: 34 }, (_, at) => from + at);
    const keys = [
      [0, 1, 2, 3, 4, 5, ...own(100)],
      [0, 1, 2, 3, 4, 5, ...own(200)],
      [0, ...own(300), 400, 401, 402, 403, 404],
    ];
    const values = keys.map((each) => each.map((key) => key * 1000));
    const starts = Uint32Array.from([0, 40, 80, 120]);
    const walk = createCandidateWalk(buildCandidateTable(starts, Uint32Array.from(values.flat()), 2));
    expect([0, 1, 2].map((text) => [...walk(text)].sort((a, b) => a - b))).toEqual([[], [0], []]);
  });
});
