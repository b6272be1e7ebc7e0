import type { Published } from '@wirefold/article';
import type { Member } from './story.ts';

const DAY_MS = 24 * 3_600_000;
/** A time of a year that everybody writes alike; others count as none. */
const USUAL_TIME = /^\d{4}-\d\d-\d\dT/;

/**
 * The days on which a text was first and last printed, in days of UTC since 1970; null where an article that prints it does not say
 * when.
 */
export type Span = { first: number; last: number } | null;

/** The day on which an article was published, in days of UTC since 1970; null where it does not say so. */
export function publishedDay(published: Published | null): number | null {
  if (published === null || !USUAL_TIME.test(published.at)) return null;
  const time = Date.parse(published.at);
  return Number.isNaN(time) ? null : Math.floor(time / DAY_MS);
}

/**
 * The spans of the texts that these articles print, by text hash: a pure function of the set of articles. A further article never makes
 * a span shorter, so whoever adds one finds every link that its text gains.
 */
export function spansOf(members: Pick<Member, 'textHash' | 'published'>[]): Map<string, Span> {
  const spans = new Map<string, Span>();
  for (const { textHash, published } of members) {
    const day = publishedDay(published);
    const own: Span = day === null ? null : { first: day, last: day };
    const known = spans.get(textHash);
    spans.set(textHash, known === undefined ? own : joined(known, own));
  }
  return spans;
}

function joined(a: Span, b: Span): Span {
  if (a === null || b === null) return null;
  return { first: Math.min(a.first, b.first), last: Math.max(a.last, b.last) };
}

/**
 * Whether two texts may be linked: where at most `windowDays` lie between the days on which they were printed. A text that somebody
 * prints without a date is within every window; a window of 0 days has no limit.
 */
export function isWithinWindow(a: Span, b: Span, windowDays: number): boolean {
  if (windowDays === 0 || a === null || b === null) return true;
  return b.first - a.last <= windowDays && a.first - b.last <= windowDays;
}
