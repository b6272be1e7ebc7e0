import { describe, expect, test } from 'vitest';
import { NO_WISHES, nextAfterFailure, nextPoll } from './interval.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SETTINGS = { feedIntervalMinMs: 5 * MINUTE, feedIntervalMaxMs: DAY };
/** A Tuesday, 10:20 UTC. */
const NOW = { nowMs: Date.parse('2026-11-17T10:20:00Z'), random: 0 };

const after = (intervalMs: number, isChanged: boolean, wishes = {}) =>
  nextPoll({ intervalMs, isChanged }, { ...NO_WISHES, ...wishes }, SETTINGS, NOW);

describe('the time between two polls', () => {
  test('is halved by something new, and grows by half without', () => {
    expect(after(HOUR, true)).toEqual({ intervalMs: 30 * MINUTE, afterMs: 30 * MINUTE });
    expect(after(HOUR, false)).toEqual({ intervalMs: 90 * MINUTE, afterMs: 90 * MINUTE });
  });

  test('stays between its bounds', () => {
    expect(after(6 * MINUTE, true).intervalMs).toBe(5 * MINUTE);
    expect(after(20 * HOUR, false).intervalMs).toBe(DAY);
  });

  test('is not shorter than the site wishes, whose wishes are bounded, and do not change what was learned', () => {
    expect(after(10 * MINUTE, true, { freshMs: 2 * HOUR })).toEqual({ intervalMs: 5 * MINUTE, afterMs: 2 * HOUR });
    expect(after(HOUR, false, { freshMs: 365 * DAY }).afterMs).toBe(DAY);
  });

  test('differs by chance between feeds that were subscribed together, and is never shorter for it', () => {
    const { afterMs } = nextPoll({ intervalMs: HOUR, isChanged: true }, NO_WISHES, SETTINGS, { ...NOW, random: 1 });
    expect(afterMs).toBe(33 * MINUTE);
  });

  test('ends after the hours and days in which nobody should come', () => {
    expect(after(10 * MINUTE, true, { skipHours: [10, 11] }).afterMs).toBe(100 * MINUTE);
    expect(after(10 * MINUTE, true, { skipDays: [2] }).afterMs).toBe(13 * HOUR + 40 * MINUTE);
    expect(after(10 * MINUTE, true, { skipHours: [12] }).afterMs).toBe(5 * MINUTE);
  });

  test('is what it would be where every hour is skipped', () => {
    const skipHours = Array.from({ length: 24 }, (_, hour) => hour);
    expect(after(HOUR, true, { skipHours }).afterMs).toBe(30 * MINUTE);
  });
});

describe('after failures in a row', () => {
  const wait = (failures: number, retryAfterMs: number | null = null) =>
    nextAfterFailure({ intervalMs: HOUR, failures, retryAfterMs }, SETTINGS);

  test('the wait doubles up to its bound, and the interval stays for when it is well again', () => {
    expect([1, 2, 3].map((failures) => wait(failures).afterMs)).toEqual([5 * MINUTE, 10 * MINUTE, 20 * MINUTE]);
    expect(wait(1_000)).toEqual({ intervalMs: HOUR, afterMs: DAY });
  });

  test('the site is not asked before it said', () => {
    expect(wait(1, HOUR).afterMs).toBe(HOUR);
    expect(wait(9, HOUR).afterMs).toBe(1280 * MINUTE);
  });
});
