import { expect, test } from 'vitest';
import { addCounts, quantileOf } from './timing.ts';

const counts = (...filled: [bucket: number, count: number][]) => {
  const all = Array<number>(57).fill(0);
  for (const [bucket, count] of filled) all[bucket] = count;
  return all;
};

test('a quantile lies in the bucket that holds it', () => {
  const mixed = counts([4, 90], [20, 9], [40, 1]);
  expect(quantileOf(mixed, 0.5)).toBeGreaterThan(2 ** 1.5);
  expect(quantileOf(mixed, 0.5)).toBeLessThanOrEqual(4);
  expect(quantileOf(mixed, 0.95)).toBeGreaterThan(2 ** 9.5);
  expect(quantileOf(mixed, 0.95)).toBeLessThanOrEqual(1024);
  expect(quantileOf(mixed, 1)).toBe(2 ** 20);
});

test('quantiles rise with the share, and there are none of nothing', () => {
  const mixed = counts([0, 5], [1, 5], [3, 5]);
  const all = [0, 0.1, 0.3, 0.5, 0.7, 0.9, 1].map((share) => quantileOf(mixed, share) ?? Number.NaN);
  expect(all).toEqual(all.toSorted((a, b) => a - b));
  expect(quantileOf(counts(), 0.5)).toBeNull();
});

test('histograms of releases with more buckets add up', () => {
  const sum = [1, 2];
  addCounts(sum, [1, 1, 3]);
  addCounts(sum, [1]);
  expect(sum).toEqual([3, 3, 3]);
});
