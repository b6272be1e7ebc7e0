import fc from 'fast-check';
import { expect, test } from 'vitest';
import { REASONS, type Reason } from './outcome.ts';
import { outcomeAfter, retryDelayMs } from './retry.ts';

const settings = { retryBaseMs: 5_000, retryMaxMs: 3_600_000 };
const reasons = Object.keys(REASONS) as Reason[];

test('the wait doubles with each attempt, and the jitter takes at most half of it', () => {
  expect([1, 2, 3, 4].map((attempt) => retryDelayMs(attempt, 5_000, 3_600_000, 1))).toEqual([
    5_000, 10_000, 20_000, 40_000,
  ]);
  expect([1, 2, 3, 4].map((attempt) => retryDelayMs(attempt, 5_000, 3_600_000, 0))).toEqual([
    2_500, 5_000, 10_000, 20_000,
  ]);
});

test('no wait is negative or over the maximum, and with the same luck a later one is never shorter', () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.nat(10_000),
      fc.integer({ min: 1, max: 1e5 }),
      fc.integer({ min: 1, max: 1e8 }),
      unit,
      (attempt, base, max, random) => {
        const waitMs = retryDelayMs(attempt, base, max, random);
        expect(waitMs).toBeGreaterThanOrEqual(0);
        expect(waitMs).toBeLessThanOrEqual(max);
        expect(retryDelayMs(attempt + 1, base, max, random)).toBeGreaterThanOrEqual(waitMs);
      },
    ),
  );
});

test('a reason is retried exactly as often as it says, then the article is rejected for that reason', () => {
  for (const reason of reasons) {
    const ends = Array.from({ length: REASONS[reason].retries + 2 }, (_, i) =>
      outcomeAfter(reason, i + 1, settings, 0.5),
    );
    expect(ends.filter((end) => end.kind === 'retry')).toHaveLength(REASONS[reason].retries);
    expect(ends.at(-1)).toEqual({ kind: 'rejected', reason, detail: REASONS[reason].text });
    expect(ends.every((end) => end.reason === reason)).toBe(true);
  }
});

test('a site may ask for a longer wait, not for a shorter one, and not for one above the maximum', () => {
  const waitMs = (retryAfterMs: number | null) => {
    const end = outcomeAfter('http-too-many-requests', 1, settings, 1, { detail: '429', retryAfterMs });
    return end.kind === 'retry' ? end.afterMs : null;
  };
  expect(waitMs(null)).toBe(5_000);
  expect(waitMs(1)).toBe(5_000);
  expect(waitMs(90_000)).toBe(90_000);
  expect(waitMs(86_400_000)).toBe(3_600_000);
});

test('the evidence of the stage is kept as the detail', () => {
  expect(outcomeAfter('http-not-found', 1, settings, 0, { detail: 'status 410' })).toEqual({
    kind: 'rejected',
    reason: 'http-not-found',
    detail: 'status 410',
  });
});
