import type { Reason } from '@wirefold/queue';

/** A site that takes long is slow or busy: it is left alone for a multiple of what it took. */
const LATENCY_TIMES = 5;

/** Failures in a row from which on a host is left alone for longer and longer. Fewer may be the fault of single pages. */
const FAILURES_BEFORE_BREAK = 5;

/** The first such pause; each further failure doubles it. */
const BREAK_MS = 60_000;

/** The longest, after which a host is tried again. */
const BREAK_MAX_MS = 3_600_000;

/** Failures in a row at which what waits for the host is given up: by the pauses above, some four hours after the first. */
export const FAILURES_BEFORE_GIVING_UP = 14;

/** What says that a host is in trouble, or has enough of us. The others are the page's own. */
const TROUBLE: ReadonlySet<Reason> = new Set<Reason>([
  'host-not-found',
  'connection-failed',
  'deadline-exceeded',
  'http-server-error',
  'http-too-many-requests',
  'robots-unreachable',
]);

/** The bounds of the pause between two fetches of a host, as the configuration gives them. */
export interface PaceSettings {
  hostDelayMinMs: number;
  hostDelayMaxMs: number;
}

/** What one turn at a host was like. */
export interface Turn {
  /** Failures in a row before it. */
  failuresBefore: number;
  /** From the first byte that was sent to the last that came. */
  latencyMs: number;
  /** `Crawl-delay` of its robots.txt; null where it has none. */
  crawlDelayMs: number | null;
  /** Why the fetch failed; null where it did not. */
  reason: Reason | null;
  /** `Retry-After`, bounded; null where there was none. */
  retryAfterMs: number | null;
}

export interface Pause {
  delayMs: number;
  /** Failures in a row, this turn included. */
  failures: number;
  /** The reason, where it tells of the host. */
  trouble: Reason | null;
}

/**
 * How long a host is left alone after a turn: as long as it asks for, or five times what the turn took, within the bounds; longer where
 * it said when to come back, and where it fails time after time.
 */
export function pauseAfter(turn: Turn, { hostDelayMinMs, hostDelayMaxMs }: PaceSettings): Pause {
  const { failuresBefore, latencyMs, crawlDelayMs, reason, retryAfterMs } = turn;
  const wantedMs = Math.max(crawlDelayMs ?? 0, LATENCY_TIMES * latencyMs);
  const politeMs = Math.min(Math.max(wantedMs, hostDelayMinMs), hostDelayMaxMs);
  if (reason === null || !TROUBLE.has(reason)) return { delayMs: politeMs, failures: 0, trouble: null };
  const failures = failuresBefore + 1;
  const delayMs = Math.max(politeMs, breakMs(failures), retryAfterMs ?? 0);
  return { delayMs, failures, trouble: reason };
}

function breakMs(failures: number): number {
  const beyond = failures - FAILURES_BEFORE_BREAK;
  return beyond < 0 ? 0 : Math.min(BREAK_MS * 2 ** Math.min(beyond, 10), BREAK_MAX_MS);
}
