import { describe, expect, it } from 'vitest';
import { createHalves } from './halves.ts';

describe('working memory in two halves', () => {
  it('leaves a block untouched until half of the memory was taken since', () => {
    const memory = createHalves<string>(64);
    const blocks = Array.from({ length: 9 }, () => memory.take(8));
    const distinct = new Set(blocks.slice(0, 8).map(({ buffer, from }) => `${buffer === blocks[0]?.buffer} ${from}`));
    expect(distinct.size).toBe(8);
    expect(blocks[8]).toEqual(blocks[0]);
  });

  it('keeps what was named, first as young, then as old, and then forgets it', () => {
    const memory = createHalves<string>(64);
    memory.take(32);
    memory.keep('a', 'first');
    expect([memory.young('a'), memory.old('a')]).toEqual(['first', undefined]);
    memory.take(32);
    expect([memory.young('a'), memory.old('a')]).toEqual([undefined, 'first']);
    memory.take(32);
    expect([memory.young('a'), memory.old('a')]).toEqual([undefined, undefined]);
  });

  it('gives what does not fit into a half a buffer of its own', () => {
    const memory = createHalves<string>(64);
    const small = memory.take(8);
    const large = memory.take(40);
    expect(large.buffer.byteLength).toBe(40);
    expect(memory.take(8)).toEqual({ buffer: small.buffer, from: 8 });
  });
});
