import { describe, expect, it } from 'vitest';
import { printedSimilarity } from './printed.ts';

describe('similarity as printed', () => {
  it('counts shingles of five words, site text included', () => {
    const text = 'one two three four five six seven eight';
    expect(printedSimilarity(text, `${text} nine ten`)).toEqual({ shared: 4, jaccard: 4 / 6, aInB: 1, bInA: 4 / 6 });
  });

  it('of two empty bodies is nothing', () => {
    expect(printedSimilarity('', ' ')).toEqual({ shared: 0, jaccard: 0, aInB: 0, bInA: 0 });
  });
});
