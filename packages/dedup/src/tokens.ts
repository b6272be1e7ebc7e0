import { hash as digest } from 'node:crypto';
import {
  ALONE,
  BREAK,
  CAPITAL,
  DIGIT,
  EXPANDS,
  expansionOf,
  FOLD_TABLE,
  foldCodePoint,
  foldUnit,
  SENTENCE_END,
  SKIP,
  SURROGATE,
} from './folding.ts';

/** Flags of a token. */
export const HAS_DIGIT = 1;
export const HAS_CAPITAL = 2;
export const STARTS_SENTENCE = 4;

/**
 * The words of a text in their order. The arrays are views of a buffer that the next call overwrites: copy what is kept.
 * `starts` and `ends` are UTF-16 offsets into `text`.
 */
export interface Tokens {
  count: number;
  /** 32-bit hash of each folded token. */
  hashes: Uint32Array;
  flags: Uint8Array;
  starts: Uint32Array;
  ends: Uint32Array;
  /** The folded tokens, each followed by a blank; `foldedSize` units. */
  folded: Uint16Array;
  foldedSize: number;
  /** The text that the offsets refer to: the input, composed where its script needs that. */
  text: string;
}

const UNITS_AT_START = 1 << 14;
/** Stands after each folded token. */
export const SEPARATOR = 0x20;
const UNIT_BITS = 0xffff;
/** A code with any of these belongs to a word. */
const WORD_BITS = UNIT_BITS | EXPANDS;
const FULL_STOP = 0x2e;
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const MIX_1 = 0x85ebca6b;
const MIX_2 = 0xc2b2ae35;

/** Working memory, kept between calls because allocating it costs more than tokenising. */
let room = allocate(UNITS_AT_START);

function allocate(units: number) {
  const input = new Uint16Array(units);
  return {
    units,
    input,
    inputBytes: Buffer.from(input.buffer),
    // One token may be as short as one unit, and is followed by a separator; an expansion is at most 18 units (U+FDFA).
    folded: new Uint16Array(units * 2 + 64),
    hashes: new Uint32Array(units),
    flags: new Uint8Array(units),
    starts: new Uint32Array(units),
    ends: new Uint32Array(units),
  };
}

/** Scripts whose characters have several spellings in Unicode, and compatibility forms: composed before they are read. */
const NEEDS_COMPOSING = /[\u0900-\u1fff]|[\u2070-\u209f]|[\u20d0-\uffff]/;

/**
 * Tokens of a text: runs of letters, digits and marks, folded (NFKC, case, accents), apostrophes and zero-width characters
 * dropped; scripts written without spaces give one token a character.
 */
export function tokenise(text: string): Tokens {
  return scan(NEEDS_COMPOSING.test(text) ? text.normalize('NFKC') : text);
}

/** Tokens, and the identity of their sequence: 128 bits of SHA-256 over the folded tokens, in hex. */
export function tokeniseAndHash(text: string): { tokens: Tokens; hash: string } {
  const tokens = tokenise(text);
  const bytes = new Uint8Array(tokens.folded.buffer, 0, tokens.foldedSize * 2);
  return { tokens, hash: digest('sha256', bytes, 'hex').slice(0, 32) };
}

function scan(text: string): Tokens {
  const length = text.length;
  if (length >= room.units) room = allocate(2 ** Math.ceil(Math.log2(length + 1)));
  const { input, folded, hashes, flags, starts, ends } = room;
  room.inputBytes.write(text, 0, 'utf16le');
  input[length] = SEPARATOR;
  // A local name, because an import is looked up in its module at each use.
  const table = FOLD_TABLE;
  let written = 0;
  let count = 0;
  let flag = STARTS_SENTENCE;
  for (let i = 0; i < length; ) {
    let code = table[input[i] as number] as number;
    if (code < 0 || code === SURROGATE) code = codeAt(text, i);
    if ((code & WORD_BITS) === 0) {
      if (code === SENTENCE_END) flag = STARTS_SENTENCE;
      i++;
      continue;
    }
    const start = i;
    let hash = FNV_OFFSET;
    if ((code & CAPITAL) !== 0) flag |= HAS_CAPITAL;
    for (;;) {
      // Nearly every unit is a small letter inside a word, or the space after it; the rest of the loop is for the others.
      while (code > 0 && code <= UNIT_BITS) {
        folded[written++] = code;
        hash = Math.imul(hash ^ code, FNV_PRIME);
        code = table[input[++i] as number] as number;
      }
      if (code === BREAK) break;
      if (code < 0 || code === SURROGATE) {
        code = codeAt(text, i);
        continue;
      }
      if ((code & WORD_BITS) === 0 ? code !== SKIP && !isInitial(input, i, length) : (code & ALONE) !== 0 && i > start)
        break;
      if ((code & DIGIT) !== 0) flag |= HAS_DIGIT;
      if ((code & EXPANDS) !== 0) {
        const point = text.codePointAt(i) as number;
        const parts = expansionOf(point);
        folded.set(parts, written);
        written += parts.length;
        for (let part = 0; part < parts.length; part++) hash = Math.imul(hash ^ (parts[part] as number), FNV_PRIME);
        if (point > UNIT_BITS) i++;
      } else if ((code & UNIT_BITS) !== 0) {
        folded[written++] = code & UNIT_BITS;
        hash = Math.imul(hash ^ (code & UNIT_BITS), FNV_PRIME);
      }
      i++;
      if ((code & ALONE) !== 0) break;
      code = table[input[i] as number] as number;
    }
    hashes[count] = mix(hash);
    flags[count] = flag;
    starts[count] = start;
    ends[count++] = i;
    folded[written++] = SEPARATOR;
    flag = 0;
  }
  return { count, hashes, flags, starts, ends, folded, foldedSize: written, text };
}

/** The code of the character at an offset, whatever it takes to find it. */
function codeAt(text: string, at: number): number {
  const point = text.codePointAt(at) as number;
  if (point > UNIT_BITS) return foldCodePoint(point);
  const code = foldUnit(point);
  return code === SURROGATE ? BREAK : code;
}

/** Whether a full stop stands inside dotted initials here: `U.S.` is the word `us`, `p.m.` the word `pm`. */
function isInitial(input: Uint16Array, at: number, length: number): boolean {
  return (
    input[at] === FULL_STOP &&
    at > 0 &&
    at + 1 < length &&
    isLoneLetter(input, at - 1, length) &&
    isLoneLetter(input, at + 1, length)
  );
}

function isLoneLetter(input: Uint16Array, at: number, length: number): boolean {
  return isLetter(input, at, length) && !isLetter(input, at - 1, length) && !isLetter(input, at + 1, length);
}

function isLetter(input: Uint16Array, at: number, length: number): boolean {
  if (at < 0 || at >= length) return false;
  const code = foldUnit(input[at] as number);
  return (code & UNIT_BITS) !== 0 && (code & (DIGIT | ALONE)) === 0;
}

/** 32-bit hash of one word as it is given: FNV-1a over its UTF-16 units, finished by `mix`. */
export function hashOf(word: string): number {
  let hash = FNV_OFFSET;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), FNV_PRIME);
  return mix(hash);
}

/** Spreads the bits of a 32-bit hash over all of it (the finaliser of MurmurHash3). */
export function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), MIX_1);
  h = Math.imul(h ^ (h >>> 13), MIX_2);
  return (h ^ (h >>> 16)) >>> 0;
}
