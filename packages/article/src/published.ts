/** When was it published, as far as a field or a label of the page says so, and how sure is that. */
import type { Published } from './article.ts';
import { isDay } from './months.ts';
import { ageOf, DAY_MS } from './relative-time.ts';
import { findWrittenDate } from './written-date.ts';

/** A label with a date has at most this many characters; longer texts are prose, whose dates are not the article's. */
const LABEL_CHARS_MAX = 120;
/** A clock may be wrong and an embargo ahead, but a date further ahead is an event's or an offer's. */
const AHEAD_MAX_MS = 2 * DAY_MS;
/** No agency is older; earlier years are errors of a content system. */
const YEAR_MIN = 1846;
/** Copy is printed within days of its dateline. Further back the missing year cannot be told: archives are pushed in, too. */
const DATELINE_AGE_MAX_MS = 7 * DAY_MS;
const MINUTE_MS = 60_000;

const LABEL =
  /^(?:(?:first |last |originally )?(?:published|posted|updated|created|modified|released|veröffentlicht|aktualisiert|stand|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|gepubliceerd)(?: on| at| am| le| el| il| op)?|date)\s?:?\s+/i;
const ISO =
  /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}(?::?\d{2})?(?!\d))?)?(?![\d-])/i;
const ISO_BASIC = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(?:(\d{2}))?()(Z|[+-]\d{2}:?\d{2})?)?$/i;
const EPOCH = /^\d{10}(?:\d{3})?$/;

/**
 * Reads a date: ISO 8601, RFC 2822, seconds or milliseconds since 1970, written dates in the languages of months.ts, and
 * relative times, which are counted back from `seenAt`. Absurd years and dates more than two days after `seenAt` are refused.
 * Uncertainty: none for an instant with its zone; a unit for a relative time; a day for a bare date, taken as noon UTC, and
 * for a time without a zone, taken as UTC, since zones lie up to 14 hours apart from it.
 * @param seenAt when the page was read, ISO 8601
 */
export function parsePublished(text: string, seenAt: string): Published | null {
  const evidence = text.trim();
  const seenMs = Date.parse(seenAt);
  if (evidence === '' || evidence.length > LABEL_CHARS_MAX || Number.isNaN(seenMs)) return null;
  const label = evidence.replace(/\s+/gu, ' ').replace(LABEL, '');
  const found = iso(label) ?? epoch(label) ?? relative(label, seenMs) ?? written(label);
  if (found === null || !isPlausible(found.atMs, seenMs)) return null;
  return { at: instantOf(found), uncertaintyMs: found.uncertaintyMs, evidence };
}

export interface Instant {
  atMs: number;
  /** Of the zone that was written. */
  zoneMinutes?: number;
}

interface Found extends Instant {
  uncertaintyMs: number;
}

/** The instant by the clock that it was written by: a reader wants the day that the outlet printed. */
export function instantOf({ atMs, zoneMinutes = 0 }: Instant): string {
  if (zoneMinutes === 0) return new Date(atMs).toISOString();
  const local = new Date(atMs + zoneMinutes * MINUTE_MS).toISOString();
  const digits = (value: number): string => String(value).padStart(2, '0');
  const lead = Math.abs(zoneMinutes);
  return `${local.slice(0, -1)}${zoneMinutes < 0 ? '-' : '+'}${digits(Math.floor(lead / 60))}:${digits(lead % 60)}`;
}

function isPlausible(atMs: number, seenMs: number): boolean {
  // The zero of 1970 is what an empty field of a content system becomes.
  return atMs !== 0 && atMs >= Date.UTC(YEAR_MIN, 0) && atMs <= seenMs + AHEAD_MAX_MS;
}

function relative(label: string, seenMs: number): Found | null {
  const age = ageOf(label);
  return age === null ? null : { atMs: seenMs - age.ageMs, uncertaintyMs: age.uncertaintyMs };
}

function iso(label: string): Found | null {
  const match = ISO.exec(label) ?? ISO_BASIC.exec(label);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0] = match.slice(1, 4).map(Number);
  // Below 100 the language's own calendar function would add 1900.
  if (year < YEAR_MIN || !isDay(year, month, day)) return null;
  const midnight = Date.UTC(year, month - 1, day);
  if (match[4] === undefined) return { atMs: midnight + DAY_MS / 2, uncertaintyMs: DAY_MS };
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6] ?? 0)];
  if (hour > 24 || minute > 59 || second > 60) return null;
  const fractionMs = Math.floor(Number(`0.${match[7] === undefined || match[7] === '' ? '0' : match[7]}`) * 1000);
  const atMs = midnight + ((hour * 60 + minute) * 60 + second) * 1000 + fractionMs;
  const zone = match[8];
  if (zone === undefined) return { atMs, uncertaintyMs: DAY_MS };
  const minutes = minutesOf(zone);
  return { atMs: atMs - minutes * MINUTE_MS, uncertaintyMs: 0, zoneMinutes: minutes };
}

function minutesOf(zone: string): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  const total = Number(hours) * 60 + Number(minutes);
  return sign === '-' ? -total : total;
}

function epoch(label: string): Found | null {
  if (!EPOCH.test(label)) return null;
  return { atMs: Number(label) * (label.length === 10 ? 1000 : 1), uncertaintyMs: 0 };
}

function written(label: string): Found | null {
  const date = findWrittenDate(label);
  if (date === null || date.year < YEAR_MIN) return null;
  const midnight = Date.UTC(date.year, date.month - 1, date.day);
  if (date.timeMs === null) return { atMs: midnight + DAY_MS / 2, uncertaintyMs: DAY_MS };
  if (date.zone === null) return { atMs: midnight + date.timeMs, uncertaintyMs: DAY_MS };
  const atMs = midnight + date.timeMs - date.zone.minutes * MINUTE_MS;
  const uncertaintyMs = date.zone.uncertaintyMinutes * MINUTE_MS;
  return { atMs, uncertaintyMs, ...(uncertaintyMs === 0 && { zoneMinutes: date.zone.minutes }) };
}

/**
 * The day that a dateline gives, for a text without any other time. A date without a year counts only if it was within the
 * week before `seenAt`; the nearest past year would turn `March 5` of 1987 into this year's, with a day's uncertainty.
 */
export function publishedOfDateline(date: string | null, seenAt: string): Published | null {
  if (date === null) return null;
  const stated = parsePublished(date, seenAt);
  if (stated !== null) return stated;
  const seenMs = Date.parse(seenAt);
  if (Number.isNaN(seenMs)) return null;
  const seenYear = new Date(seenMs).getUTCFullYear();
  for (const year of [seenYear, seenYear - 1, seenYear + 1]) {
    const found = parsePublished(`${date} ${year}`, seenAt);
    const ageMs = found === null ? Number.POSITIVE_INFINITY : seenMs - Date.parse(found.at);
    if (found !== null && ageMs <= DATELINE_AGE_MAX_MS && ageMs >= -DAY_MS) return { ...found, evidence: date };
  }
  return null;
}
