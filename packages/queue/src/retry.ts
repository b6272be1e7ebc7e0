import { type Outcome, REASONS, type Reason } from './outcome.ts';

/** How retries are spaced, as the configuration gives it. */
export interface RetrySettings {
  /** Middle of the wait before the second attempt, in milliseconds. */
  retryBaseMs: number;
  /** No wait is longer than this, in milliseconds. */
  retryMaxMs: number;
}

/** What the failing stage knows beyond the reason. */
export interface RetryEvidence {
  /** What happened, in words; the text of the reason where it is not given. */
  detail?: string;
  /** The wait that the site asked for (`Retry-After`), in milliseconds. */
  retryAfterMs?: number | null;
}

// Beyond this many doublings every sensible base is over every sensible maximum, and the power stays a finite number.
const DOUBLINGS_MAX = 30;

/**
 * The wait before the next attempt in milliseconds: it doubles with each attempt from `baseMs` to `maxMs`, and `random` (0 to 1)
 * spreads it over half to all of that, so that articles which failed together do not come back together ("equal jitter", Marc
 * Brooker, Exponential Backoff And Jitter, AWS Architecture Blog 2015). `attempt` counts from 1.
 */
export function retryDelayMs(attempt: number, baseMs: number, maxMs: number, random: number): number {
  const doublings = Math.min(Math.max(attempt - 1, 0), DOUBLINGS_MAX);
  const wholeMs = Math.min(baseMs * 2 ** doublings, maxMs);
  return Math.round(wholeMs / 2 + random * (wholeMs / 2));
}

/**
 * The end of a stage that failed for `reason` at its `attempt`-th try (from 1): a retry while the reason allows one, then a
 * rejection. A site may ask for a longer wait than ours, but never for one above `retryMaxMs`.
 */
export function outcomeAfter(
  reason: Reason,
  attempt: number,
  { retryBaseMs, retryMaxMs }: RetrySettings,
  random: number,
  { detail = REASONS[reason].text, retryAfterMs = null }: RetryEvidence = {},
): Exclude<Outcome, { kind: 'done' }> {
  if (attempt > REASONS[reason].retries) return { kind: 'rejected', reason, detail };
  const backoffMs = retryDelayMs(attempt, retryBaseMs, retryMaxMs, random);
  return { kind: 'retry', reason, detail, afterMs: Math.min(Math.max(backoffMs, retryAfterMs ?? 0), retryMaxMs) };
}
