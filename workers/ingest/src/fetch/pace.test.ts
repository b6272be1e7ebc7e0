import { describe, expect, it } from 'vitest';
import { FAILURES_BEFORE_GIVING_UP, pauseAfter, type Turn } from './pace.ts';

const SETTINGS = { hostDelayMinMs: 1_000, hostDelayMaxMs: 30_000 };
const QUICK: Turn = { failuresBefore: 0, latencyMs: 50, crawlDelayMs: null, reason: null, retryAfterMs: null };

const delayAfter = (turn: Partial<Turn>) => pauseAfter({ ...QUICK, ...turn }, SETTINGS).delayMs;

describe('the pause after a turn', () => {
  it.each([
    [{}, 1_000, 'is a second after a quick answer'],
    [{ latencyMs: 2_000 }, 10_000, 'is five times what the answer took'],
    [{ latencyMs: 20_000 }, 30_000, 'is half a minute at most'],
    [{ crawlDelayMs: 7_000 }, 7_000, 'is what robots.txt asks for'],
    [{ crawlDelayMs: 7_000, latencyMs: 2_000 }, 10_000, 'is the longer of the two'],
    [{ crawlDelayMs: 600_000 }, 30_000, 'is bounded whatever robots.txt asks for'],
    [{ reason: 'http-too-many-requests', retryAfterMs: 120_000 }, 120_000, 'is what Retry-After asks for'],
    [{ reason: 'http-server-error', retryAfterMs: 300 }, 1_000, 'is not shorter for a Retry-After'],
    [{ reason: 'http-not-found', failuresBefore: 9 }, 1_000, 'is the usual one where only the page is wrong'],
  ] as [Partial<Turn>, number, string][])('%o: %i ms, which %s', (turn, expected) => {
    expect(delayAfter(turn)).toBe(expected);
  });

  it('grows with failures in a row, and ends with the first answer', () => {
    const delays: number[] = [];
    let failures = 0;
    for (let i = 0; i < FAILURES_BEFORE_GIVING_UP; i += 1) {
      const pause = pauseAfter({ ...QUICK, failuresBefore: failures, reason: 'connection-failed' }, SETTINGS);
      expect(pause.trouble).toBe('connection-failed');
      failures = pause.failures;
      delays.push(pause.delayMs / 1_000);
    }
    expect(delays).toEqual([1, 1, 1, 1, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600, 3_600, 3_600]);
    expect(pauseAfter({ ...QUICK, failuresBefore: failures }, SETTINGS)).toEqual({
      delayMs: 1_000,
      failures: 0,
      trouble: null,
    });
  });
});
