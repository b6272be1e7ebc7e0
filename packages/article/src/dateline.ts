/** The opening of agency copy: `SEOUL, May 30 (UPI) --`. Hand-parsed: one pattern for all its forms would be a trap for the reader and the CPU. */
import { agencyOfList, agencyOfName } from './agency.ts';
import type { Dateline } from './article.ts';
import { monthOf } from './months.ts';
import { type Span, splitLines } from './sentences.ts';

/** A headline, a caption and a byline may stand before it, hardly more. */
const PARAGRAPHS_MAX = 5;
/** One that names an agency is distinctive: it is found below a site's menu, too. */
const AGENCY_PARAGRAPHS_MAX = 25;
const OPENING_CHARS_MAX = 6000;
/** `FRANKFURT AM MAIN, Germany, September 30, 2025 (Agence France-Presse)` has 69. */
const HEAD_CHARS_MAX = 90;
const PLACE_WORDS_MAX = 7;
/** What announces a text and stands where a place would: `BREAKING --`. */
const NO_PLACES = new Set(
  'ADVERTISEMENT ANALYSIS BREAKING BREAKING NEWS COMMENT CORRECTION EDITORIAL EXCLUSIVE EXPLAINER FACT CHECK FILE FOTOS INTERVIEW LIVE NOTE OPINION PHOTOS QUIZ REVIEW UPDATE UPDATED VIDEO WATCH WARNING'
    .split(' ')
    .concat('BREAKING NEWS', 'FACT CHECK', 'LIVE UPDATES', 'EDITOR’S NOTE', "EDITOR'S NOTE"),
);
const SEPARATOR = /^\s{0,3}(?:[.:]?\s?(?:--?|__?|[–—―])|:|\.-)(?=[\s\p{L}"“„«'‘])\s{0,3}/u;
const SMALL_PLACE_WORDS = new Set(
  'a al am am an and auf da de del der di do du el en im in la las le les los of on sur the und upon van y'.split(' '),
);

export interface FoundDateline extends Span {
  dateline: Dateline;
}

/**
 * The dateline of a body: in one of its first paragraphs, at its beginning. Forms: `PLACE, DATE (AGENCY) --`, `Place (agency) -`,
 * `(AGENCY) --`, `PLACE, DATE --`, `(AGENCY) - PLACE, DATE -`, `新华社北京5月30日电`, `(서울=연합뉴스)`.
 * @returns where it stands, the separator included, or null
 */
export function datelineOf(body: string): FoundDateline | null {
  const lines = splitLines(body.slice(0, OPENING_CHARS_MAX)).slice(0, AGENCY_PARAGRAPHS_MAX);
  for (const [number, line] of lines.entries()) {
    const text = body.slice(line.start, line.end);
    const isOpening = number < PARAGRAPHS_MAX;
    const found = withAgency(text) ?? (isOpening ? withoutAgency(text) : null) ?? eastAsian(text);
    if (found !== null) return { ...found, start: line.start, end: line.start + found.end };
  }
  return null;
}

/** A dateline on its own, as structured data give it: `SEOUL, May 30 (UPI)`. */
export function readDateline(text: string): Dateline {
  const found = withAgency(`${text.trim()} -- x`);
  if (found !== null) return { ...found.dateline, text: text.trim() };
  return { ...placeAndDate(text), agency: null, text: text.trim() };
}

interface Head {
  end: number;
  dateline: Dateline;
}

function withAgency(text: string): Head | null {
  const open = text.slice(0, HEAD_CHARS_MAX).search(/[([]/);
  if (open === -1) return null;
  const close = text.slice(open, open + 50).search(/[)\]]/);
  if (close === -1) return null;
  const agency = agencyOfList(text.slice(open + 1, open + close).trim());
  if (agency === null || agency.isPhotoOnly === true) return null;
  const head = text
    .slice(0, open)
    .trim()
    .replace(/^["“„«]/, '');
  if (head !== '' && (!isPlaceAndDate(head) || agencyOfName(head) !== null)) return null;
  const after = text.slice(open + close + 1);
  const separator = SEPARATOR.exec(after)?.[0];
  const { place, date } = placeAndDate(head);
  // Indian agencies write no separator; then the date must vouch for it, or `Jane Roe (AP) said` would pass.
  if (separator === undefined && (date === null || !/^\s\p{Lu}/u.test(after))) return null;
  const end = open + close + 1 + (separator ?? ' ').length;
  const inner = head === '' ? placeAfterAgency(text.slice(end)) : null;
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

/** `(ANSA) - ROMA, 30 MAG -`: the place follows the agency. */
function placeAfterAgency(rest: string): { place: string | null; date: string | null; length: number } | null {
  const found = withoutAgency(rest);
  return found === null ? null : { ...found.dateline, length: found.end };
}

/** `WASHINGTON, May 30 —`: a place in capitals and a dash, or a place with a date and a dash. */
function withoutAgency(text: string): Head | null {
  const start = text.slice(0, HEAD_CHARS_MAX);
  const dash = /\s{1,3}(?:--?|[–—―])\s|[–—―]/u.exec(start);
  // A sentence begins after it; `NASA - the space agency` goes on.
  if (dash === null || dash.index === 0) return null;
  const head = text.slice(0, dash.index).trim();
  if (
    !isPlaceAndDate(head) ||
    NO_PLACES.has(
      head
        .replace(/[^\p{L}' ’].*$/u, '')
        .trim()
        .toUpperCase(),
    )
  )
    return null;
  const { place, date } = placeAndDate(head);
  if (place === null || !isInCapitals(place.split(',')[0] ?? '')) return null;
  const end = dash.index + dash[0].length;
  if (!/^["“„«'‘]?[\p{Lu}\p{Lo}\d]/u.test(text.slice(end, end + 4)) || /\d/.test(place)) return null;
  // A single hyphen joins words as often as it parts them: only a date makes it a dateline.
  if (date === null && dash[0].trim() === '-') return null;
  return { end, dateline: { place, date, agency: null, text: text.slice(0, end).trim() } };
}

function isInCapitals(place: string): boolean {
  return /\p{Lu}{3}/u.test(place) && !/\p{Ll}{2}/u.test(place);
}

function isPlaceAndDate(head: string): boolean {
  const { place, date } = placeAndDate(head);
  if (place === null) return date !== null;
  if (/[!?;"“”…]/.test(place)) return false;
  const words = place.split(/[\s,/]+/u).filter((word) => word !== '');
  if (words.length > PLACE_WORDS_MAX || /^(?:by|posted|updated|published|photo)\b/i.test(place)) return false;
  return words.every((word) => /^[\p{Lu}\p{Lo}]/u.test(word) || SMALL_PLACE_WORDS.has(word));
}

const WEEKDAY = /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\.?)$/i;

/** Cuts the trailing date off a head: `SEOUL, South Korea, May 30` is a place of two parts and a date. */
function placeAndDate(head: string): { place: string | null; date: string | null } {
  const words = [...head.matchAll(/[^\s,]+/gu)];
  let first = words.length;
  let months = 0;
  while (first > 0 && isDateWord(words[first - 1]?.[0] ?? '')) {
    // A second month is a name: the last word of Rio de Janeiro is January in Portuguese.
    if (monthOf(words[first - 1]?.[0] ?? '') !== null && ++months > 1) break;
    first -= 1;
  }
  while (words[first]?.[0].toLowerCase() === 'de') first += 1;
  const dateWords = words.slice(first).map((word) => word[0]);
  const isDate = dateWords.some((word) => monthOf(word) !== null) && dateWords.some((word) => /^\d/.test(word));
  const at = isDate ? (words[first]?.index ?? head.length) : head.length;
  const place = head
    .slice(0, at)
    .replace(/[\s,.:]+$/u, '')
    .trim();
  return { place: place === '' ? null : place, date: isDate ? head.slice(at).trim().replace(/,$/, '') : null };
}

function isDateWord(word: string): boolean {
  return (
    monthOf(word) !== null || WEEKDAY.test(word) || /^(?:\d{1,2}(?:st|nd|rd|th|\.|º)?|(?:19|20)\d\d|de)$/i.test(word)
  );
}

const CHINESE = /^(?:新华社|新華社|中新社)([\p{Script=Han}]{2,12}?)(\d{1,2}月\d{1,2}日)电[\s(（]?/u;
const KOREAN = /^[([]([\p{Script=Hangul}]{2,12})=(\p{Script=Hangul}{2,8})[)\]]\s{0,3}/u;

function eastAsian(text: string): Head | null {
  const found = CHINESE.exec(text) ?? KOREAN.exec(text);
  if (found === null) return null;
  const isKorean = found[2]?.includes('日') === false;
  const agency = isKorean ? agencyOfName(found[2] ?? '') : agencyOfName(text.slice(0, 3));
  if (isKorean && agency === null) return null;
  return {
    end: found[0].length,
    dateline: {
      place: found[1] ?? null,
      date: isKorean ? null : (found[2] ?? null),
      agency: agency === null ? null : { id: agency.id, name: agency.name },
      text: found[0].trim(),
    },
  };
}
