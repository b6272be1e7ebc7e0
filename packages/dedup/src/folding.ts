import { LOOKS_ALWAYS, LOOKS_IN_LATIN_WORDS } from './confusables.ts';
import { highSpreadOf, lowSpreadOf } from './hashing.ts';
import { ENDS, table } from './kernel.ts';

/**
 * What a reader does with a character, as one number: the folded UTF-16 unit in the low 16 bits, flags above.
 * 0 ends a token. Built from Unicode's own tables on first sight of a character, so that a text costs one lookup a unit.
 */
export const BREAK = 0;
/** A character that begins a token of its own: scripts written without spaces. */
export const ALONE = 1 << 16;
export const CAPITAL = 1 << 17;
export const DIGIT = 1 << 18;
/** Ends a token, and what follows begins a sentence. */
export const SENTENCE_END = 1 << 19;
/** Folds to several units: ask `expansionOf`. */
export const EXPANDS = 1 << 20;
/** As if it were not there: apostrophes, zero-width characters, combining accents. */
export const SKIP = 1 << 21;
/** First half of a character beyond the first plane: ask `foldCodePoint`. */
export const SURROGATE = 1 << 22;
/** A mark of a script without spaces: belongs to the token of the character before it. */
export const JOINS = 1 << 23;
/** Has several spellings that depend on its neighbours: the text is composed (NFKC) before it is read. */
export const COMPOSES = 1 << 24;
/** A capital that is read as the Latin one that it looks like where it stands in a word with Latin letters: ask `readCapital`. */
export const LOOKS_LATIN = 1 << 25;
/** With `ALONE`: a character stands for a syllable or a word (Han, kana), not for a letter. */
export const DENSE = 1 << 26;

export const UNIT_BITS = 0xffff;
export const SPACE = 0x20;
export const FULL_STOP = 0x2e;

const UNKNOWN = -1;
const UNITS = 1 << 16;

const WORD = /[\p{L}\p{N}\p{M}]/u;
const NUMERAL = /\p{Nd}/u;
const CAPITAL_LETTER = /[\p{Lu}\p{Lt}]/u;
/** By extension, because the long vowel mark of kana belongs to two scripts. */
const HAN_OR_KANA = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]/u;
const SPACELESS_LETTERS = /[\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u;
const MARK = /\p{M}/u;
const SENTENCE_END_MARK = /[.!?\n\r\u2028\u2029\u3002\uff01\uff0e\uff1f\u061f\u06d4\u0964]/u;
const APOSTROPHE = /['`\u00b4\u02b9\u02bb\u02bc\u02bd\u2018\u2019\u201a\u201b\u2032\u2035\uff07]/u;
/** Soft hyphens, joiners, marks of direction, variation selectors, fillers; enclosing marks; the Arabic tatweel. */
const INVISIBLE = /[\p{Cf}\p{DI}\p{Me}\u0640]/u;
/** Accents, and the vowel points of Hebrew and Arabic: outlets write them or leave them out. */
const ACCENT =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]/gu;
/** What composes with the character before it: marks, the vowels and finals of Hangul, the voiced marks of narrow kana. */
const COMPOSING = /[\p{M}\u1160-\u11ff\ud7b0-\ud7ff\uff9e\uff9f]/u;
/** Longer expansions are composed away, so that folded text needs at most two units for each that is read. */
const EXPANSION_MAX = 2;

const codes = new Int32Array(UNITS).fill(UNKNOWN);
const expansions = new Map<number, Uint16Array>();
const beyond = new Map<number, number>();

/** Code of one UTF-16 unit. */
export function foldUnit(unit: number): number {
  const known = codes[unit] as number;
  if (known !== UNKNOWN) return known;
  const code = isHighSurrogate(unit) ? SURROGATE : unit < 0xe000 && unit >= 0xdc00 ? BREAK : codeOf(unit);
  codes[unit] = code;
  tellKernel(unit, code);
  return code;
}

/** Puts plain letters, digits and breaks into the kernel's table; the others stay what it must ask for. */
function tellKernel(unit: number, code: number): void {
  if (code === BREAK || (code === SENTENCE_END && unit !== FULL_STOP)) table[unit * 2] = ENDS;
  else if ((code & ~(UNIT_BITS | CAPITAL | DIGIT)) === 0) {
    table[unit * 2] = lowSpreadOf(code & UNIT_BITS);
    table[unit * 2 + 1] = highSpreadOf(code & UNIT_BITS);
  }
}

/** The table itself, for the one loop that cannot afford a call; -1 where `foldUnit` has not been asked yet. */
export const FOLD_TABLE: Int32Array = codes;

/** Code of a character beyond the first plane; the low 16 bits are never used, ask `expansionOf`. */
function foldCodePoint(point: number): number {
  const known = beyond.get(point);
  if (known !== undefined) return known;
  const code = codeOf(point);
  beyond.set(point, code);
  return code;
}

/** Code of the character at an offset, whatever it takes to find it; half a character is a break. */
export function codeAt(text: string, at: number): number {
  const point = text.codePointAt(at) as number;
  if (point > UNIT_BITS) return foldCodePoint(point);
  const code = foldUnit(point);
  return code === SURROGATE ? BREAK : code;
}

export function isHighSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xd800;
}

/** The units that a character with `EXPANDS` folds to. */
export function expansionOf(point: number): Uint16Array {
  return expansions.get(point) as Uint16Array;
}

function codeOf(point: number): number {
  const character = String.fromCodePoint(point);
  if (APOSTROPHE.test(character) || INVISIBLE.test(character)) return SKIP;
  if (SENTENCE_END_MARK.test(character)) return SENTENCE_END;
  const folded = foldCharacter(character);
  if (folded === '') return WORD.test(character) ? SKIP : BREAK;
  const isAstral = point >= UNITS;
  const isWide = folded.length > (isAstral ? 2 * EXPANSION_MAX : EXPANSION_MAX);
  const script = scriptFlags(folded);
  const isSplit = script !== 0 && Array.from(folded).length > 1;
  const isCluster = script !== 0 && (script & DENSE) === 0;
  const flags =
    script |
    (CAPITAL_LETTER.test(character) ? CAPITAL : 0) |
    (NUMERAL.test(folded) ? DIGIT : 0) |
    (LOOKS_IN_LATIN_WORDS.has(character) ? LOOKS_LATIN : 0) |
    (COMPOSING.test(character) || isWide || isSplit || isCluster ? COMPOSES : 0);
  if (folded.length === 1 && !isAstral) return folded.charCodeAt(0) | flags;
  expansions.set(
    point,
    Uint16Array.from(folded, (_, i) => folded.charCodeAt(i)),
  );
  return EXPANDS | flags;
}

/** Digits of every script are digits, and run together as in English. */
function scriptFlags(folded: string): number {
  if (HAN_OR_KANA.test(folded)) return ALONE | DENSE;
  if (!SPACELESS_LETTERS.test(folded)) return 0;
  return MARK.test(folded) ? JOINS : ALONE;
}

/**
 * Compatibility form without accents, case folded (upper then lower, which also folds the sharp s and the final sigma), digits by
 * their value, and look-alikes by what they look like.
 */
function foldCharacter(character: string): string {
  const plain = character.normalize('NFKD').replace(ACCENT, '').normalize('NFKC');
  const folded = plain.toUpperCase().toLowerCase().normalize('NFKC').replace(ACCENT, '');
  return Array.from(folded)
    .filter((part) => WORD.test(part))
    .map((part) => (NUMERAL.test(part) ? digitOf(part) : (LOOKS_ALWAYS.get(part) ?? part)))
    .join('');
}

/** Unicode has the decimal digits of each script in a row, from zero to nine. */
function digitOf(numeral: string): string {
  const point = numeral.codePointAt(0) as number;
  let first = point;
  while (NUMERAL.test(String.fromCodePoint(first - 1))) first--;
  return String((point - first) % 10);
}

for (let unit = 0; unit < 256; unit++) foldUnit(unit);
