/** When a feed is polled next: as often as it changes, and not before its site wants it. Pure. */
import type { NextPoll } from '@wirefold/store';

export interface IntervalSettings {
  feedIntervalMinMs: number;
  feedIntervalMaxMs: number;
}

/** What an answer says of when to come back. */
export interface Wishes {
  /** How long the copy is fresh, by `Cache-Control`, `Expires` and RSS `<ttl>`. */
  freshMs: number;
  /** Hours (UTC) and days of the week (0 is Sunday) in which nobody should come. */
  skipHours: readonly number[];
  skipDays: readonly number[];
}

export const NO_WISHES: Wishes = { freshMs: 0, skipHours: [], skipDays: [] };

/** A feed that brought something is asked in half the time, one that did not in one and a half times it. */
const FASTER = 0.5;
const SLOWER = 1.5;

/** Feeds that were subscribed together should not be polled together for ever. */
const JITTER = 0.1;

const HOUR_MS = 3_600_000;
const HOURS_OF_WEEK = 7 * 24;
/** From here on a doubling is beyond every bound. */
const DOUBLINGS_MAX = 20;

/** @param random between 0 and 1 */
export function nextPoll(
  { intervalMs, isChanged }: { intervalMs: number; isChanged: boolean },
  wishes: Wishes,
  settings: IntervalSettings,
  { nowMs, random }: { nowMs: number; random: number },
): NextPoll {
  const wanted = clamp(intervalMs * (isChanged ? FASTER : SLOWER), settings);
  const jittered = wanted * (1 + JITTER * random);
  // A site may ask for more time, but not for so much that its news would be lost.
  const politeMs = Math.min(Math.max(jittered, wishes.freshMs), Math.max(settings.feedIntervalMaxMs, jittered));
  return { intervalMs: Math.round(wanted), afterMs: Math.round(beyondSkipped(politeMs, wishes, nowMs)) };
}

/** After `failures` in a row, this one included: longer and longer, and not before the site said. */
export function nextAfterFailure(
  { intervalMs, failures, retryAfterMs }: { intervalMs: number; failures: number; retryAfterMs: number | null },
  settings: IntervalSettings,
): NextPoll {
  const { feedIntervalMinMs, feedIntervalMaxMs } = settings;
  const backOffMs = Math.min(feedIntervalMinMs * 2 ** Math.min(failures - 1, DOUBLINGS_MAX), feedIntervalMaxMs);
  return { intervalMs, afterMs: Math.max(backOffMs, retryAfterMs ?? 0) };
}

function clamp(ms: number, { feedIntervalMinMs, feedIntervalMaxMs }: IntervalSettings): number {
  return Math.min(Math.max(ms, feedIntervalMinMs), feedIntervalMaxMs);
}

/** The first moment from then on that is not skipped; a feed that skips the whole week is not believed. */
function beyondSkipped(afterMs: number, { skipHours, skipDays }: Wishes, nowMs: number): number {
  if (skipHours.length === 0 && skipDays.length === 0) return afterMs;
  let atMs = nowMs + afterMs;
  for (let hours = 0; hours < HOURS_OF_WEEK; hours += 1) {
    const at = new Date(atMs);
    if (!skipHours.includes(at.getUTCHours()) && !skipDays.includes(at.getUTCDay())) return atMs - nowMs;
    atMs = (Math.floor(atMs / HOUR_MS) + 1) * HOUR_MS;
  }
  return afterMs;
}
