/** Dates as people and mail servers write them: `May 30, 2025, 10:15 a.m. ET`, `30. Mai 2025`, `Fri, 30 May 2025 10:15:00 GMT`. */
import { isDay, monthOf } from './months.ts';

export interface Day {
  year: number;
  /** 1 to 12 */
  month: number;
  day: number;
}

export interface WrittenDate extends Day {
  /** Milliseconds since midnight by the clock of the zone, or null where no time is written. */
  timeMs: number | null;
  /** The zone's lead over UTC in minutes, and how far off that may be; null where no zone is written. */
  zone: { minutes: number; uncertaintyMinutes: number } | null;
}

/** Minutes ahead of UTC. `IST` is left out: India, Israel and Ireland use it. */
const ZONES: Readonly<Record<string, number>> = {
  GMT: 0,
  UTC: 0,
  Z: 0,
  WET: 0,
  WEST: 60,
  BST: 60,
  CET: 60,
  CEST: 120,
  MEZ: 60,
  MESZ: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  HST: -600,
  JST: 540,
  KST: 540,
  HKT: 480,
  SGT: 480,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
};
/** Without the season the hour is open: the middle of standard and summer time, half an hour off either way. */
const SEASONLESS_ZONES: Readonly<Record<string, number>> = { ET: -270, CT: -330, MT: -390, PT: -450 };

const YEAR = /\d{4}/;
const CLOCK = /(?<![\d:.])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?:\s?([ap])\.?\s?m\b)?/i;
const HALF_DAY_CLOCK = /(?<![\d:.])(\d{1,2})(?:\.(\d{2}))?\s?([ap])\.?m\b/i;
const DOTTED_CLOCK = /(?<![\d:.])(\d{1,2})(?:\.(\d{2}) uhr|h(\d{2})\b| uhr)/i;
const OFFSET = /^\s{0,2}\(?(?:GMT|UTC)?\s?([+\u2212-])(\d{1,2}):?(\d{2})?(?!\d)/;

/** Finds the first date of a short text; null where there is none, or where day and month could be exchanged. */
export function findWrittenDate(text: string): WrittenDate | null {
  if (!YEAR.test(text)) return null;
  const day = dayByMonthName(text) ?? dayByNumbers(text);
  if (day === null || !isDay(day.year, day.month, day.day)) return null;
  const clock = clockOf(text);
  if (clock === null) return { ...day, timeMs: null, zone: null };
  return { ...day, timeMs: clock.timeMs, zone: zoneOf(text, clock.end) };
}

function dayByMonthName(text: string): Day | null {
  const words = text.match(/[\p{L}\p{M}]+|\d+|[:']/gu) ?? [];
  for (let at = 0; at < words.length; at += 1) {
    const month = monthOf(words[at] ?? '');
    if (month === null) continue;
    const day = dayBefore(words, at) ?? numberIn(words[at + 1], 1, 31);
    const year =
      words
        .slice(at + 1)
        .map((word) => yearOf(word))
        .find((found) => found !== null) ?? yearOf(words[at - 1]);
    if (day !== null && year !== null && year !== undefined) return { year, month, day };
  }
  return null;
}

/** `30 May`, `30th of May`, `30 de mayo`; not the minutes of `10:15 May 30`. */
function dayBefore(words: readonly string[], month: number): number | null {
  let at = month - 1;
  while (at > 0 && /^(?:st|nd|rd|th|er|of|de|di|d|')$/i.test(words[at] ?? '')) at -= 1;
  return words[at - 1] === ':' ? null : numberIn(words[at], 1, 31);
}

function numberIn(word: string | undefined, min: number, max: number): number | null {
  if (word === undefined || !/^\d{1,2}$/.test(word)) return null;
  const number = Number(word);
  return number >= min && number <= max ? number : null;
}

function yearOf(word: string | undefined): number | null {
  return word !== undefined && /^(?:1[89]|20)\d\d$/.test(word) ? Number(word) : null;
}

function dayByNumbers(text: string): Day | null {
  const cjk = /(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]/u.exec(text);
  const big = cjk ?? /(?<!\d)(\d{4})([/.-])(\d{1,2})\2(\d{1,2})(?!\d)/.exec(text);
  if (big !== null) {
    const [year, month, day] = big
      .slice(1)
      .filter((part) => /^\d/.test(part))
      .map(Number);
    return { year: year ?? 0, month: month ?? 0, day: day ?? 0 };
  }
  const small = /(?<!\d)(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)/.exec(text);
  if (small === null) return null;
  const [first, second, year] = [Number(small[1]), Number(small[3]), Number(small[4])];
  // Dots are written day first everywhere. With other marks the order differs by country, and only a number over 12 tells.
  if (small[2] === '.' || first > 12 || first === second) return { year, month: second, day: first };
  return second > 12 ? { year, month: first, day: second } : null;
}

function clockOf(text: string): { timeMs: number; end: number } | null {
  const full = CLOCK.exec(text);
  if (full !== null) return timeOf(full, full[1], full[2], full[3], full[4]);
  const half = HALF_DAY_CLOCK.exec(text);
  if (half !== null) return timeOf(half, half[1], half[2], undefined, half[3]);
  const dotted = DOTTED_CLOCK.exec(text);
  return dotted === null ? null : timeOf(dotted, dotted[1], dotted[2] ?? dotted[3], undefined, undefined);
}

function timeOf(
  match: RegExpExecArray,
  hours: string | undefined,
  minutes: string | undefined,
  seconds: string | undefined,
  half: string | undefined,
): { timeMs: number; end: number } | null {
  let hour = Number(hours);
  const minute = Number(minutes ?? 0);
  const second = Math.min(Number(seconds ?? 0), 59);
  if (half !== undefined && (hour < 1 || hour > 12)) return null;
  if (half !== undefined) hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  if (hour > 23 || minute > 59) return null;
  return { timeMs: ((hour * 60 + minute) * 60 + second) * 1000, end: match.index + match[0].length };
}

function zoneOf(text: string, from: number): WrittenDate['zone'] {
  const [, sign, hours, minutes] = OFFSET.exec(text.slice(from)) ?? [];
  if (hours !== undefined) {
    const total = Number(hours) * 60 + Number(minutes ?? 0);
    return Number(hours) > 14 ? null : { minutes: sign === '+' ? total : -total, uncertaintyMinutes: 0 };
  }
  for (const [word] of text.slice(from).matchAll(/\b[A-Z]{1,4}\b/g)) {
    const exact = Object.hasOwn(ZONES, word) ? ZONES[word] : undefined;
    if (exact !== undefined) return { minutes: exact, uncertaintyMinutes: 0 };
    const open = Object.hasOwn(SEASONLESS_ZONES, word) ? SEASONLESS_ZONES[word] : undefined;
    if (open !== undefined) return { minutes: open, uncertaintyMinutes: 30 };
  }
  return null;
}
