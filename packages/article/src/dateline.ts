/** The opening of agency copy: `SEOUL, May 30 (UPI) --`. Hand-parsed: one pattern for all its forms would be a trap for the reader and the CPU. */
import type { AgencyEntry } from './agencies.ts';
import { agencyOfList, agencyOfName, agencyOfSign } from './agency.ts';
import type { Dateline } from './article.ts';
import { eastAsianDateline } from './dateline-east-asian.ts';
import { isInCapitals, isPlaceAndDate, placeAndDate, placeAndSpelledDate } from './dateline-place.ts';
import { type Span, splitLines } from './sentences.ts';

/** A headline, a caption and a byline may stand before it, hardly more. */
const PARAGRAPHS_MAX = 5;
/** One that names an agency is distinctive: it is found below a site's menu, too. */
const AGENCY_PARAGRAPHS_MAX = 25;
const OPENING_CHARS_MAX = 6000;
/** `FRANKFURT AM MAIN, Germany, September 30, 2025 (Agence France-Presse)` has 69. */
const HEAD_CHARS_MAX = 90;
const AGENCY_CHARS_MAX = 50;
/** What announces a text and stands where a place would: `BREAKING --`. */
const NO_PLACES = new Set(
  'ADVERTISEMENT ANALYSIS BREAKING COMMENT CORRECTION EDITORIAL EXCLUSIVE EXPLAINER FILE FOTOS INTERVIEW LIVE NOTE OPINION PHOTOS QUIZ REVIEW UPDATE UPDATED VIDEO WATCH WARNING'
    .split(' ')
    .concat('BREAKING NEWS', 'FACT CHECK', 'LIVE UPDATES', 'EDITOR’S NOTE', "EDITOR'S NOTE"),
);
const SEPARATOR = /^\s{0,3}(?:[.:]?\s?(?:--?|__?|[-–—―ـ])|:|\.-)(?=[\s\p{L}"“„«'‘])\s{0,3}/u;
/** `МОСКВА, 30 мая. /ТАСС/.`: between slashes a dot is enough. */
const SLASH_SEPARATOR = /^\s{0,3}(?:\.(?=\s)|[.:]?\s?[-–—])\s{0,3}/u;
/** `EFE.- Text` and `AGI - Text`: the sign alone. */
const SIGN_ALONE = /^([\p{L}-]{2,12})\s?(?:\.-|\s[-–—])\s{1,3}(?=["“«]?\p{Lu})/u;
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '/': '/', '（': '）' };

export interface FoundDateline extends Span {
  dateline: Dateline;
}

/**
 * The dateline of a body: in one of its first paragraphs, at its beginning. Forms: `PLACE, DATE (AGENCY) --`, `Place (agency) -`,
 * `(AGENCY) --`, `PLACE, DATE --`, `PLACE, DATE, AGENCY --`, `(AGENCY) - PLACE, DATE -`, `PLACE, DATE. /AGENCY/.`, `新华社北京5月30日电`,
 * `【ソウル共同】`, `(서울=연합뉴스)`.
 * @returns where it stands, the separator included, or null
 */
export function datelineOf(body: string): FoundDateline | null {
  const lines = splitLines(body.slice(0, OPENING_CHARS_MAX)).slice(0, AGENCY_PARAGRAPHS_MAX);
  for (const [number, line] of lines.entries()) {
    const text = body.slice(line.start, line.end);
    const isOpening = number < PARAGRAPHS_MAX;
    const found = withAgency(text) ?? eastAsianDateline(text) ?? (isOpening ? openingOnly(text) : null);
    if (found !== null) return { ...found, start: line.start, end: line.start + found.end };
  }
  return null;
}

/** Forms that are less distinctive: they count at the top of the body only. */
const openingOnly = (text: string): Head | null => withBareAgency(text) ?? withoutAgency(text);

/** A dateline on its own, as structured data give it: `SEOUL, May 30 (UPI)`. Null for a time or any other text. */
export function readDateline(text: string): Dateline | null {
  const whole = text.trim();
  const found = withAgency(`${whole} -- X`);
  if (found !== null) return { ...found.dateline, text: whole };
  if (/\d:\d|\d\/\d/.test(whole) || !isPlaceAndDate(whole)) return null;
  return { ...placeAndDate(whole), agency: null, text: whole };
}

export interface Head {
  end: number;
  dateline: Dateline;
}

/** `SEOUL, May 30 (UPI) --`, and the same with other brackets or between slashes. */
function withAgency(text: string): Head | null {
  const open = text.slice(0, HEAD_CHARS_MAX).search(/[([（]|(?<=[\s.,])\/(?=\p{L})/u);
  if (open === -1) return null;
  const inside = text.slice(open + 1, open + AGENCY_CHARS_MAX);
  const length = inside.indexOf(CLOSING[text.charAt(open)] ?? ')');
  if (length === -1) return null;
  const signs = inside.slice(0, length).trim();
  const agency = agencyOfList(signs, agencyOfSign);
  if (agency === null || agency.kind === 'photo') return null;
  const head = text
    .slice(0, open)
    .trim()
    .replace(/^["“„«]/, '');
  const after = text.slice(open + length + 2);
  const separator = (text.charAt(open) === '/' ? SLASH_SEPARATOR : SEPARATOR).exec(after)?.[0];
  const { place, date } = placeAndSpelledDate(head);
  if (head !== '' && !isHeadOf(agency, { head, place, date, signs })) return null;
  // Indian agencies write no separator; then the date must vouch for it, or `Jane Roe (AP) said` would pass.
  if (separator === undefined && (date === null || !/^\s\p{Lu}/u.test(after))) return null;
  const end = open + length + 2 + (separator ?? ' ').length;
  const inner = head === '' ? placeAfterAgency(text.slice(end)) : null;
  if (inner === null && head === '' && isWeak(agency, signs)) return null;
  const whole = end + (inner?.length ?? 0);
  return {
    end: whole,
    dateline: {
      place: inner?.place ?? place,
      date: inner?.date ?? date,
      agency: { id: agency.id, name: agency.name },
      text: text.slice(0, whole).trim(),
    },
  };
}

interface HeadParts {
  head: string;
  place: string | null;
  date: string | null;
  signs: string;
}

/** Whether the words before a sign are a place and date, and the sign means the agency there. */
function isHeadOf(agency: AgencyEntry, { head, place, date, signs }: HeadParts): boolean {
  if (!isPlaceAndDate(head) && !(date !== null && place !== null && isPlaceAndDate(place))) return false;
  if (agencyOfName(head) !== null || isSpelledOut(head, signs)) return false;
  const city = (place ?? '').split(/[,(]/)[0]?.trim().toUpperCase() ?? '';
  if (agency.notAfter.includes(city) || (agency.onlyAfter !== null && !agency.onlyAfter.includes(city))) return false;
  return !isWeak(agency, signs) || date !== null || !/\p{Ll}{2}/u.test(city === '' ? 'aa' : (place ?? ''));
}

const isWeak = (agency: AgencyEntry, signs: string): boolean =>
  agency.weakCodes.includes(signs) && !agency.codes.includes(signs);

/** `American Psychological Association (APA) - ...` explains initials, and names no place. */
function isSpelledOut(head: string, signs: string): boolean {
  const initials = head.replace(/[^\p{Lu}]/gu, '');
  return signs.length > 1 && head.split(' ').length >= signs.length && initials.includes(signs.toUpperCase());
}

/** `(ANSA) - ROMA, 30 MAG -`: the place follows the agency. */
function placeAfterAgency(rest: string): { place: string | null; date: string | null; length: number } | null {
  const start = rest.slice(0, HEAD_CHARS_MAX);
  const dash = /\s{1,3}(?:--?|[–—])\s{1,3}/.exec(start);
  if (dash === null || !isPlaceAndDate(start.slice(0, dash.index))) return null;
  const { place, date } = placeAndDate(start.slice(0, dash.index));
  if (date === null && (place === null || !isInCapitals(place))) return null;
  return { place, date, length: dash.index + dash[0].length };
}

/** `ACCRA, May 30, GNA -- ` and `МОСКВА, 30 мая — РИА Новости.`: the sign without brackets, with a place and a date before it. */
function withBareAgency(text: string): Head | null {
  const alone = SIGN_ALONE.exec(text);
  const only = alone === null ? null : agencyOfName(alone[1] ?? '');
  if (alone !== null && only !== null && only.kind === 'wire') return bareHead(alone[0], only, null, null);
  const start = text.slice(0, HEAD_CHARS_MAX);
  for (const cut of start.matchAll(/[,.]\s{1,3}|\s[–—-]{1,2}\s/gu)) {
    const rest = start.slice(cut.index + cut[0].length);
    const sign = /^([\p{L}.-]{2,15}(?: \p{Lu}\p{L}{2,12})?)(?:\s?[.:]?\s?(?:--?|[–—])\s|\.\s)/u.exec(rest);
    const agency = sign === null ? null : agencyOfSign(sign[1] ?? '');
    if (sign === null || agency === null || agency.kind === 'photo') continue;
    const { place, date } = placeAndSpelledDate(start.slice(0, cut.index));
    if (place === null || date === null || !isPlaceAndDate(place)) return null;
    return bareHead(text.slice(0, cut.index + cut[0].length + sign[0].length), agency, place, date);
  }
  return null;
}

function bareHead(written: string, agency: AgencyEntry, place: string | null, date: string | null): Head {
  const named = { id: agency.id, name: agency.name };
  return { end: written.length, dateline: { place, date, agency: named, text: written.trim() } };
}

/** `OSLO -- ` and `OSLO, May 30 — `: the place in capitals, since nothing else tells it from prose. */
function withoutAgency(text: string): Head | null {
  const start = text.slice(0, HEAD_CHARS_MAX);
  const dash = /\s{1,3}(?:--?|[–—―])\s|[–—―]/u.exec(start);
  // A sentence begins after it; `NASA - the space agency` goes on.
  if (dash === null || dash.index === 0) return null;
  const head = text.slice(0, dash.index).trim();
  if (!isPlaceAndDate(head) || NO_PLACES.has(leadingWords(head))) return null;
  const { place, date } = placeAndDate(head);
  if (place === null || !isInCapitals(place.split(',')[0] ?? '')) return null;
  const end = dash.index + dash[0].length;
  if (!/^["“„«'‘]?[\p{Lu}\p{Lo}\d]/u.test(text.slice(end, end + 4)) || /\d/.test(place)) return null;
  // A single hyphen joins words as often as it parts them: only a date makes it a dateline.
  if (date === null && dash[0].trim() === '-') return null;
  return { end, dateline: { place, date, agency: null, text: text.slice(0, end).trim() } };
}

const leadingWords = (head: string): string =>
  head
    .replace(/[^\p{L}' ’].*$/u, '')
    .trim()
    .toUpperCase();
