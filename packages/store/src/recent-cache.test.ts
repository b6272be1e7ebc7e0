import type { SignedText } from '@wirefold/dedup';
import { expect, it } from 'vitest';
import { RecentCache, textBytes } from './recent-cache.ts';

const text = (hash: string, keys: number) => ({
  version: 1,
  hash,
  words: keys,
  comparison: '',
  keys: new Uint32Array(keys),
});

it('forgets the text that was used longest ago once it holds too many bytes', () => {
  const cache = new RecentCache<number, SignedText>(10_000, textBytes);
  cache.put(1, text('one', 1000));
  cache.put(2, text('two', 1000));
  expect(cache.get(1)?.hash).toBe('one');
  cache.put(3, text('three', 1000));
  expect([1, 2, 3].map((id) => cache.get(id)?.hash)).toEqual(['one', undefined, 'three']);
});

it('keeps nothing that is larger than itself', () => {
  const cache = new RecentCache<number, SignedText>(1000, textBytes);
  cache.put(1, text('large', 1000));
  expect(cache.get(1)).toBeUndefined();
  cache.put(2, text('small', 10));
  expect(cache.get(2)?.hash).toBe('small');
});
