/**
 * What the tokeniser does with a character, as one number: the folded UTF-16 unit in the low 16 bits, flags above.
 * 0 ends a token. Built from Unicode's own tables on first sight of a character, so that a text costs one lookup a unit.
 */
export const BREAK = 0;
/** A character that stands alone as a token: scripts written without spaces. */
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

const UNKNOWN = -1;
const UNITS = 1 << 16;

const WORD = /[\p{L}\p{N}\p{M}]/u;
const NUMERAL = /\p{Nd}/u;
const CAPITAL_LETTER = /[\p{Lu}\p{Lt}]/u;
const SPACELESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const SENTENCE_END_MARK = /[.!?\n\r\u2028\u2029\u3002\uff01\uff0e\uff1f\u061f\u06d4\u0964]/u;
const APOSTROPHE = /['`\u00b4\u02b9\u02bb\u02bc\u02bd\u2018\u2019\u201a\u201b\u2032\u2035\uff07]/u;
const INVISIBLE = /\p{Cf}|[\ufe00-\ufe0f]|\u034f/u;
/** Accents, and the vowel points of Hebrew and Arabic: outlets write them or leave them out. */
const ACCENT = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670]/gu;

const codes = new Int32Array(UNITS).fill(UNKNOWN);
const expansions = new Map<number, Uint16Array>();
const beyond = new Map<number, number>();

/** Code of one UTF-16 unit. */
export function foldUnit(unit: number): number {
  const known = codes[unit] as number;
  if (known !== UNKNOWN) return known;
  const code = unit >= 0xd800 && unit < 0xdc00 ? SURROGATE : unit < 0xe000 && unit >= 0xdc00 ? BREAK : codeOf(unit);
  codes[unit] = code;
  return code;
}

/** The table itself, for the one loop that cannot afford a call; -1 where `foldUnit` has not been asked yet. */
export const FOLD_TABLE: Int32Array = codes;

/** Code of a character beyond the first plane; the low 16 bits are never used, ask `expansionOf`. */
export function foldCodePoint(point: number): number {
  const known = beyond.get(point);
  if (known !== undefined) return known;
  const code = codeOf(point);
  beyond.set(point, code);
  return code;
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
  const flags =
    (SPACELESS.test(character) ? ALONE : 0) |
    (CAPITAL_LETTER.test(character) ? CAPITAL : 0) |
    (NUMERAL.test(folded) ? DIGIT : 0);
  if (folded.length === 1 && point < UNITS) return folded.charCodeAt(0) | flags;
  expansions.set(
    point,
    Uint16Array.from(folded, (_, i) => folded.charCodeAt(i)),
  );
  return EXPANDS | flags;
}

/** Compatibility form without accents, case folded (upper then lower, which also folds the sharp s and the final sigma). */
function foldCharacter(character: string): string {
  const plain = character.normalize('NFKD').replace(ACCENT, '').normalize('NFKC');
  const folded = plain.toUpperCase().toLowerCase().normalize('NFKC').replace(ACCENT, '');
  return Array.from(folded)
    .filter((part) => WORD.test(part))
    .join('');
}

for (let unit = 0; unit < 128; unit++) foldUnit(unit);
