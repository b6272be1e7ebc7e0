import type { Gap } from './align.ts';
import { doDigitsAgree, isPrefix, type Letters, lettersApart, lettersApartAtLeast, sizeOf } from './letters.ts';
import type { Params } from './params.ts';
import { createSpeller, flagsAt, lettersIn, type Spelled, unitsEnd, wordAt } from './spell.ts';
import { HAS_CAPITAL, HAS_DIGIT, STARTS_SENTENCE, tokenise } from './tokens.ts';
import { hashAt, type Words } from './words.ts';

/** What stands at one replaced place. */
export type Place =
  /** The same words, misread or spelled in another way. */
  | { kind: 'spelling' }
  /** Other words, and no number or name that differs. */
  | { kind: 'wording' }
  /** How many facts differ: each number counts, names count once, and words of a script without capitals half. */
  | { kind: 'facts'; changes: number };

const SPELLING: Place = { kind: 'spelling' };
const WORDING: Place = { kind: 'wording' };

/** Words by which outlets sign and date their copy: a place at the edge of a text that holds one is no part of the story. */
const COPY_MARKS = new Set(
  hashesOf(
    'by ap afp upi reuters cnn bbc dpa pa press presse agence staff correspondent newsroom photo file updated posted published ' +
      'modified share shares shared comment comments ago copyright advertisement von par por',
  ),
);

/** House styles differ in which numbers they spell out. By hash of the word. */
const NUMBER_WORDS = new Map(
  [
    'zero null zéro cero',
    'one eins un uno',
    'two zwei deux dos',
    'three drei trois tres',
    'four vier quatre cuatro',
    'five fünf cinq cinco',
    'six sechs six seis',
    'seven sieben sept siete',
    'eight acht huit ocho',
    'nine neun neuf nueve',
    'ten zehn dix diez',
    'eleven elf onze once',
    'twelve zwölf douze doce',
  ].flatMap((words, value) => hashesOf(words).map((hash): [number, string] => [hash, String(value)])),
);

function hashesOf(words: string): number[] {
  const { hashes, count } = tokenise(words);
  return Array.from(Int32Array.from(hashes.subarray(0, count)));
}

/** A number by its value, or a name. */
interface Fact {
  number: string | null;
  name: Letters | null;
  /** Words of a script without capitals: a name, or another wording. */
  isCaseless?: true;
}

/** How far two spellings of one wording may be apart. */
export interface Tolerance {
  /** Shorter ones must be equal. */
  lettersMin: number;
  /** Part of the letters of the longer one. */
  shareMax: number;
}

const spellA = createSpeller();
const spellB = createSpeller();
const spellOne = createSpeller();

/**
 * The most facts that may differ at a gap with words on both sides, without reading it: none where one side cannot hold any. From the
 * raw letters: it holds none when it has no number word, and nothing but small letters and marks that are common in Latin script.
 */
export function changesAtMost(a: Words, b: Words, gap: Gap, params: Params): number {
  const { aFrom, aTo, bFrom, bTo } = gap;
  if (Math.max(aTo - aFrom, bTo - bFrom) > params.placeWordsMax) return 0;
  if (!mayHoldFact(a, aFrom, aTo) || !mayHoldFact(b, bFrom, bTo)) return 0;
  if (gap.where !== 'inside' && hasCopyMark(a, b, gap)) return 0;
  return Math.min(aTo - aFrom, bTo - bFrom);
}

function mayHoldFact(words: Words, from: number, to: number): boolean {
  const { text } = words;
  for (let at = from; at < to; at++) if (NUMBER_WORDS.has(hashAt(words, at))) return true;
  const end = unitsEnd(words, to - 1);
  for (let unit = from === 0 ? 0 : unitsEnd(words, from - 1); unit < end; unit++)
    if (!isQuiet(text.charCodeAt(unit))) return true;
  return false;
}

/** Small letters of Latin-1, its marks and general punctuation: no capital, no digit, and no letter of a script without capitals. */
function isQuiet(unit: number): boolean {
  if (unit < 0x80) return !((unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a));
  return (unit >= 0xdf && unit <= 0xff) || (unit >= 0x2010 && unit <= 0x201f);
}

/** Whether the two sides of a gap are one wording, spelled in two ways. */
export function isSpelledAlike(a: Words, b: Words, gap: Gap, tolerance: Tolerance, params: Params): boolean {
  const aLetters = lettersIn(spellA(a, gap.aFrom, gap.aTo), gap.aFrom, gap.aTo);
  const bLetters = lettersIn(spellB(b, gap.bFrom, gap.bTo), gap.bFrom, gap.bTo);
  return isSpelling(aLetters, bLetters, tolerance, params);
}

/** Weighs a gap with words on both sides, at most `spellingWordsMax` of them. */
export function weighPlace(a: Words, b: Words, gap: Gap, tolerance: Tolerance, params: Params): Place {
  const aSpelled = spellA(a, gap.aFrom, gap.aTo);
  const bSpelled = spellB(b, gap.bFrom, gap.bTo);
  const [aLetters, bLetters] = [lettersIn(aSpelled, gap.aFrom, gap.aTo), lettersIn(bSpelled, gap.bFrom, gap.bTo)];
  if (isSpelling(aLetters, bLetters, tolerance, params)) return SPELLING;
  const size = Math.max(gap.aTo - gap.aFrom, gap.bTo - gap.bFrom);
  if (size > params.placeWordsMax || (gap.where !== 'inside' && hasCopyMark(a, b, gap))) return WORDING;
  const aFacts = factsOf(a, aSpelled, gap.aFrom, gap.aTo, b);
  if (aFacts.length === 0) return WORDING;
  const bFacts = factsOf(b, bSpelled, gap.bFrom, gap.bTo, a);
  const aOnly = aFacts.filter((fact) => !bFacts.some((other) => isSameFact(fact, other, tolerance, params)));
  const bOnly = bFacts.filter((fact) => !aFacts.some((other) => isSameFact(fact, other, tolerance, params)));
  if (aOnly.length === 0 || bOnly.length === 0 || isInitialism(aOnly, bOnly) || isInitialism(bOnly, aOnly))
    return WORDING;
  const numbers = Math.min(numbersIn(aOnly), numbersIn(bOnly));
  const isCaseless =
    numbers === 0 && (aOnly.every((fact) => fact.isCaseless) || bOnly.every((fact) => fact.isCaseless));
  return { kind: 'facts', changes: isCaseless ? params.caselessChanges : Math.max(1, numbers) };
}

/** Whether two short passages are one wording, letter by letter; digits must agree, because a misread digit is another number. */
function isSpelling(a: Letters, b: Letters, tolerance: Tolerance, params: Params): boolean {
  const longer = Math.max(sizeOf(a), sizeOf(b));
  if (longer < tolerance.lettersMin || longer > params.spellingLettersMax) return false;
  const most = Math.max(1, Math.floor(longer * tolerance.shareMax));
  if (longer - Math.min(sizeOf(a), sizeOf(b)) > most || lettersApartAtLeast(a, b) > most) return false;
  return lettersApart(a, b, most) <= most && doDigitsAgree(a, b);
}

function hasCopyMark(a: Words, b: Words, gap: Gap): boolean {
  return holdsCopyMark(a, gap.aFrom, gap.aTo) || holdsCopyMark(b, gap.bFrom, gap.bTo);
}

function holdsCopyMark(words: Words, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (COPY_MARKS.has(hashAt(words, i))) return true;
  return false;
}

const CASELESS = /\p{Lo}/u;

/** Numbers, by value where they are spelled out, and names: capitalised words; in a script without capitals any run of words. */
function factsOf(words: Words, spelled: Spelled, from: number, to: number, other: Words): Fact[] {
  const facts: Fact[] = [];
  for (let i = from; i < to; i++) {
    const flags = flagsAt(spelled, i);
    const number = NUMBER_WORDS.get(hashAt(words, i));
    if (number !== undefined) facts.push({ number, name: null });
    else if ((flags & HAS_DIGIT) !== 0) facts.push({ number: numberAt(spelled, i), name: null });
    else if ((flags & HAS_CAPITAL) !== 0) {
      const isName = (flags & STARTS_SENTENCE) === 0 || !standsSmall(hashAt(words, i), words, other);
      if (isName) facts.push({ number: null, name: nameAt(spelled, i) });
    } else if (CASELESS.test(wordAt(spelled, i))) {
      const start = i;
      while (i + 1 < to && (flagsAt(spelled, i + 1) & HAS_DIGIT) === 0 && CASELESS.test(wordAt(spelled, i + 1))) i++;
      facts.push({ number: null, name: lettersIn(spelled, start, i + 1), isCaseless: true });
    }
  }
  return facts;
}

/** A capital inside a sentence makes a name; one that opens a sentence does, unless the word stands small somewhere in the texts. */
function standsSmall(hash: number, a: Words, b: Words): boolean {
  return standsSmallIn(a, hash) || standsSmallIn(b, hash);
}

/** Remembered for each word, because each place where it stands has to be read. */
function standsSmallIn(words: Words, hash: number): boolean {
  words.small ??= new Map();
  const known = words.small.get(hash);
  if (known !== undefined) return known;
  let at = nextPlace(words, hash, 0);
  while (at < words.count && ((spellOne(words, at, at + 1).flags[0] as number) & HAS_CAPITAL) !== 0)
    at = nextPlace(words, hash, at + 1);
  words.small.set(hash, at < words.count);
  return at < words.count;
}

/** Where a word stands, from a place on; the number of words where it does not. */
function nextPlace(words: Words, hash: number, from: number): number {
  let at = from;
  while (at < words.count && hashAt(words, at) !== hash) at++;
  return at;
}

/** The letters of a name, without the `s` of a genitive. */
function nameAt(spelled: Spelled, at: number): Letters {
  const letters = lettersIn(spelled, at, at + 1);
  return /['’]s$/.test(wordAt(spelled, at)) ? { ...letters, to: letters.to - 1 } : letters;
}

/** `49M` and `49` are one number, and so are `07` and `7`, and the digits of every script are folded. */
function numberAt(spelled: Spelled, at: number): string {
  const { units, from, to } = lettersIn(spelled, at, at + 1);
  const folded = String.fromCharCode(...units.subarray(from, to));
  const digits = /\d+/.exec(folded)?.[0] ?? folded;
  return digits.replace(/^0+(?=\d)/, '');
}

const numbersIn = (facts: Fact[]) => facts.filter(({ number }) => number !== null).length;

/** The same number; the same name, spelled in another way or shortened (`Sen.`, `Senator`). */
function isSameFact(a: Fact, b: Fact, tolerance: Tolerance, params: Params): boolean {
  if (a.name === null || b.name === null) return a.number === b.number && a.name === b.name;
  const [short, long] = sizeOf(a.name) < sizeOf(b.name) ? [a.name, b.name] : [b.name, a.name];
  if ((sizeOf(short) >= ABBREVIATION_LETTERS_MIN || sizeOf(short) === sizeOf(long)) && isPrefix(short, long))
    return true;
  const longer = sizeOf(long);
  if (longer < tolerance.lettersMin || longer > params.spellingLettersMax) return false;
  const most = Math.max(1, Math.floor(longer * tolerance.shareMax));
  return lettersApart(short, long, most) <= most;
}

const ABBREVIATION_LETTERS_MIN = 3;

/** Whether `short` is one word made of the first letters of `long`: `US`, `United States`. */
function isInitialism(short: Fact[], long: Fact[]): boolean {
  const word = short[0]?.name ?? null;
  if (short.length !== 1 || word === null || long.length < 2 || sizeOf(word) !== long.length) return false;
  return long.every(({ name }, i) => name !== null && name.units[name.from] === word.units[word.from + i]);
}
