/**
 * How languages write months and times ago, from the Unicode Common Locale Data Repository as `Intl` carries it: what the hand-written
 * tables of English and its neighbours lack. Built when first asked for, which takes some 50 ms.
 */

const LANGUAGES = (
  'en de fr es pt it nl sv da nb nn fi is et lv lt pl cs sk sl hr sr bs bg mk ro hu el sq tr az ru uk be kk ka hy he ar fa ur ps hi bn ' +
  'mr gu pa ta te kn ml si ne th lo km my vi id ms fil sw af zu xh am so ha yo ga cy eu ca gl mn uz ky'
).split(' ');
const UNITS: readonly [unit: Intl.RelativeTimeFormatUnit, unitMs: number][] = [
  ['second', 1000],
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 24 * 3_600_000],
  ['week', 7 * 24 * 3_600_000],
  ['month', 30 * 24 * 3_600_000],
  ['year', 365 * 24 * 3_600_000],
];
/** One of each plural form of the languages above. */
const COUNTS = [1, 2, 3, 5, 11, 20, 21, 100];

/** What a phrase with its number replaced by `#` counts in, and its count where the words hold it: `yesterday`, `قبل ساعتين`. */
export interface AgoPhrase {
  unitMs: number;
  count: number | null;
}

let agoPhrases: ReadonlyMap<string, AgoPhrase> | null = null;
let months: ReadonlyMap<string, number> | null = null;

/** The phrase for a time ago, in lower case with `#` for its number; undefined for any other text. */
export function agoPhraseOf(phrase: string): AgoPhrase | undefined {
  agoPhrases ??= unambiguous(allAgoPhrases());
  return agoPhrases.get(phrase);
}

/** The number of a month by its name in lower case; undefined for any other word. */
export function localeMonthOf(word: string): number | undefined {
  months ??= unambiguous(allMonths());
  return months.get(word);
}

/** Drops what means one thing in one language and another in another. */
function unambiguous<Value>(all: readonly (readonly [string, Value])[]): Map<string, Value> {
  const found = new Map<string, Value>();
  const dropped = new Set<string>();
  for (const [words, value] of all) {
    const known = found.get(words);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(value)) dropped.add(words);
    found.set(words, value);
  }
  for (const words of dropped) found.delete(words);
  return found;
}

function allAgoPhrases(): [string, AgoPhrase][] {
  const all: [string, AgoPhrase][] = [];
  for (const language of LANGUAGES) {
    for (const style of ['long', 'short', 'narrow'] as const) {
      const always = new Intl.RelativeTimeFormat(`${language}-u-nu-latn`, { style });
      for (const [unit, unitMs] of UNITS) {
        for (const count of COUNTS) {
          const parts = always.formatToParts(-count, unit);
          const hasNumber = parts.some(({ type }) => type === 'integer');
          const phrase = foldPhrase(parts.map(({ type, value }) => (type === 'integer' ? '#' : value)).join(''));
          if (isPhrase(phrase)) all.push([phrase, { unitMs, count: hasNumber ? null : count }]);
        }
      }
    }
    const day = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
    for (const count of [0, 1, 2]) {
      const phrase = foldPhrase(day.format(-count, 'day'));
      if (!/\d/.test(phrase)) all.push([phrase, { unitMs: 24 * 3_600_000, count }]);
    }
  }
  return all;
}

/** A sign alone, as `-5 h`, is a duration or a score elsewhere. */
function isPhrase(phrase: string): boolean {
  return !/[-−+\d]/.test(phrase) && (phrase.match(/[\p{L}\p{M}]/gu)?.length ?? 0) >= 2;
}

function allMonths(): [string, number][] {
  const all: [string, number][] = [];
  for (const language of LANGUAGES) {
    for (const month of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, {
        day: 'numeric',
        month,
        timeZone: 'UTC',
      });
      for (let number = 1; number <= 12; number += 1) {
        const name = format.formatToParts(Date.UTC(2024, number - 1, 15)).find(({ type }) => type === 'month')?.value;
        const word = name === undefined ? '' : foldPhrase(name).replace(/\.$/, '');
        // Short forms in plain letters are words elsewhere: `sad` and `lab` are months of Somali.
        if (/^[\p{L}\p{M}]{2,}$/u.test(word) && (month === 'long' || !/^[a-z]+$/.test(word))) all.push([word, number]);
      }
    }
  }
  return all;
}

/** Lower case, composed, plain spaces and apostrophes, no marks of direction. */
export function foldPhrase(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\u200e\u200f\u061c]/g, '')
    .replace(/[’`]/g, "'")
    .replace(/\s+/gu, ' ')
    .trim();
}
