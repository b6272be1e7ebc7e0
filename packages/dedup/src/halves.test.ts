import { describe, expect, it } from 'vitest';
import { createHalves } from './halves.ts';

describe('working memory in two halves', () => {
  it('leaves places untouched until half of the memory was taken since', () => {
    const memory = createHalves(100, 64);
    const taken = Array.from({ length: 9 }, () => memory.take(8));
    expect(taken).toEqual([100, 108, 116, 124, 132, 140, 148, 156, 100]);
  });

  it('tells by its turn what is in danger', () => {
    const memory = createHalves(0, 64);
    const turns = [20, 12, 1, 31, 32, 1].map((size) => {
      memory.take(size);
      return memory.turn;
    });
    expect(turns).toEqual([0, 0, 1, 1, 2, 3]);
  });
});
