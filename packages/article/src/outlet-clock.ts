/** By which clock an outlet tells the time: many state an instant in UTC and show its readers the hour of the place. */
import type { Published } from './article.ts';
import { instantOf } from './published.ts';
import { findWrittenDate } from './written-date.ts';

const MINUTE_MS = 60_000;
/** Where people live, nearly all zones by whole or half hours. Twelve behind is a clock of twelve hours in the afternoon. */
const ZONE_MINUTES_MIN = -11 * 60;
const ZONE_MINUTES_MAX = 14 * 60;
const ZONE_STEP_MINUTES = 30;
const CLOCK = /\d:\d\d/;

/**
 * A time stated in UTC, by the clock of the shown time where both are one instant; null where they are not, or the stated one has a zone
 * of its own. A stated time without any zone is one instant with the shown one only where that has its zone.
 */
export function byShownClock(stated: Published, shown: Published): Published | null {
  const date = stated.at.endsWith('Z') ? findWrittenDate(shown.evidence) : null;
  if (date === null || date.timeMs === null) return null;
  if (stated.uncertaintyMs > 0 && !CLOCK.test(stated.evidence)) return null;
  const leadMs = Date.UTC(date.year, date.month - 1, date.day) + date.timeMs - Date.parse(stated.at);
  const minutes = Math.round(leadMs / MINUTE_MS / ZONE_STEP_MINUTES) * ZONE_STEP_MINUTES;
  // Seconds are left out where a time is shown.
  if (minutes < ZONE_MINUTES_MIN || minutes > ZONE_MINUTES_MAX) return null;
  if (Math.abs(leadMs - minutes * MINUTE_MS) >= MINUTE_MS) return null;
  const { zone } = date;
  if (zone !== null && Math.abs(zone.minutes - minutes) > zone.uncertaintyMinutes) return null;
  if (zone === null && stated.uncertaintyMs > 0) return null;
  return { ...stated, at: instantOf({ atMs: Date.parse(stated.at), zoneMinutes: minutes }), uncertaintyMs: 0 };
}
