/** The place and the date of a dateline. */
import { monthOf } from './months.ts';

const PLACE_WORDS_MAX = 7;
const SMALL_PLACE_WORDS = new Set(
  'a al am am an and auf da de del der di do du el en im in la las le les los of on sur the und upon van y'.split(' '),
);
const WEEKDAY = /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\.?)$/i;
/** The date of a language whose months are not known here: from the first number on, and nothing else but words and numbers. */
const SPELLED_DATE = /^(\D{2,60}?)[\s,.،]{1,3}(\d[\p{L}\p{M}\d.,\s]{0,40})$/u;

export interface PlaceAndDate {
  place: string | null;
  date: string | null;
}

export function isInCapitals(place: string): boolean {
  return /\p{Lu}{3}/u.test(place) && !/\p{Ll}{2}/u.test(place);
}

/** Whether a text is nothing but a place, a date or both. */
export function isPlaceAndDate(head: string): boolean {
  const { place, date } = placeAndDate(head);
  if (place === null) return date !== null;
  if (/[!?;"“”…]/.test(place)) return false;
  const words = place.split(/[\s,/]+/u).filter((word) => word !== '');
  if (words.length > PLACE_WORDS_MAX || /^(?:by|posted|updated|published|photo)\b/i.test(place)) return false;
  return words.every((word) => (/^[\p{Lu}\p{Lo}]/u.test(word) && !WEEKDAY.test(word)) || SMALL_PLACE_WORDS.has(word));
}

/** Cuts the trailing date off a head: `SEOUL, South Korea, May 30` is a place of two parts and a date. */
export function placeAndDate(head: string): PlaceAndDate {
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
  return { place: place === '' ? null : place, date: isDate ? head.slice(at).trim().replace(/[,.]$/, '') : null };
}

/** The same where a sign of an agency vouches for the head, so that the date may be in any language. */
export function placeAndSpelledDate(head: string): PlaceAndDate {
  const known = placeAndDate(head);
  if (known.date !== null) return known;
  const spelled = SPELLED_DATE.exec(head.replace(/[\s,.:]+$/u, ''));
  return spelled === null ? known : { place: spelled[1]?.trim() ?? null, date: spelled[2]?.trim() ?? null };
}

function isDateWord(word: string): boolean {
  return (
    monthOf(word) !== null || WEEKDAY.test(word) || /^(?:\d{1,2}(?:st|nd|rd|th|\.|º)?|(?:19|20)\d\d\.?|de)$/i.test(word)
  );
}
