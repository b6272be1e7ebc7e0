import { isInitial, readCapital } from './context.ts';
import {
  ALONE,
  BREAK,
  CAPITAL,
  COMPOSES,
  codeAt,
  DENSE,
  DIGIT,
  EXPANDS,
  expansionOf,
  FOLD_TABLE,
  isHighSurrogate,
  JOINS,
  LOOKS_LATIN,
  SENTENCE_END,
  SKIP,
  SPACE,
  SURROGATE,
  UNIT_BITS,
} from './folding.ts';
import { joinHalves } from './hashing.ts';
import { hashFolded } from './plain.ts';
import { createRoom, type Room } from './reading.ts';

/** Flags of a token. */
export const HAS_DIGIT = 1;
export const HAS_CAPITAL = 2;
export const STARTS_SENTENCE = 4;
/** One character of Han or kana. */
export const IS_IDEOGRAPH = 8;
/** One letter with its marks, of a script without spaces. */
export const IS_CLUSTER = 16;

/**
 * The words of a text in their order. The arrays are views of a buffer that the next call overwrites: copy what is kept.
 * `starts` and `ends` are UTF-16 offsets into `text`.
 */
export interface Tokens {
  count: number;
  /** 64-bit hash of each folded token, in two halves, the low one first. */
  halves: Int32Array;
  /** 32-bit hash of each folded token. */
  hashes: Uint32Array;
  flags: Uint8Array;
  starts: Uint32Array;
  ends: Uint32Array;
  /** The folded tokens, each followed by a blank; `foldedSize` units. */
  folded: Uint16Array;
  foldedSize: number;
  /** Whether some tokens are single characters, of a script without spaces. */
  isSpaceless: boolean;
  /** The text that the offsets refer to: the input, composed where its script needs that. */
  text: string;
}

/** Stands after each folded token. */
export const SEPARATOR = SPACE;
/** Nearly every character of Han and kana: one unit that folds to one. */
const PLAIN_IDEOGRAPH = ALONE | DENSE;
const IDEOGRAPH_BITS = PLAIN_IDEOGRAPH | EXPANDS | COMPOSES;
/** Khmer coeng and Myanmar virama: the letter after them is written below the one before. */
const STACKERS = [0x17d2, 0x1039];

/**
 * Tokens of a text: runs of letters, digits and marks, folded (NFKC, case, accents, look-alikes), apostrophes and zero-width
 * characters dropped. Scripts written without spaces give one token a character: Thai, Lao, Khmer and Burmese with its marks.
 */
export function tokenise(text: string): Tokens {
  return read(text, false);
}

const UNITS_AT_START = 1 << 14;
const copyIn = createRoom(UNITS_AT_START);

function read(text: string, isComposed: boolean): Tokens {
  const room = copyIn(text);
  const scanned = scan(text, room, isComposed);
  if (scanned === null) return read(text.normalize('NFKC'), true);
  const { count, foldedSize } = scanned;
  const { hashes, halves, flags, starts, ends, folded } = room;
  hashFolded(folded, foldedSize, halves);
  for (let i = 0; i < count; i++) hashes[i] = joinHalves(halves[i * 2] as number, halves[i * 2 + 1] as number);
  return { ...scanned, halves, hashes, flags, starts, ends, folded, text };
}

type Scanned = Pick<Tokens, 'count' | 'foldedSize' | 'isSpaceless'>;

/**
 * Writes some tokens of a composed text that lies in `room`, and the next ones overwrite them; all but their hashes.
 * @param from where a token before has ended, or the text begins: `isStart`
 * @returns the size of what was folded
 */
export function scanSome(text: string, room: Room, from: number, count: number, isStart: boolean): number {
  return scan(text, room, true, from, count, isStart)?.foldedSize ?? 0;
}

/** Writes the tokens from an offset on, all but their hashes; null says that the text has to be composed first. */
function scan(
  text: string,
  room: Room,
  isComposed: boolean,
  from = 0,
  countMax = Number.POSITIVE_INFINITY,
  isStart = true,
): Scanned | null {
  const { input, folded, flags, starts, ends } = room;
  // Local names, because an import is looked up in its module at each use.
  const [table, length, unitBits, wordBits] = [FOLD_TABLE, text.length, UNIT_BITS, UNIT_BITS | EXPANDS];
  let foldedSize = 0;
  let count = 0;
  let flag = isStart ? STARTS_SENTENCE : 0;
  let isSpaceless = false;
  for (let i = from; i < length && count < countMax; ) {
    let code = table[input[i] as number] as number;
    if (code < 0 || code === SURROGATE) code = codeAt(text, i);
    if ((code & wordBits) === 0) {
      if (code === SENTENCE_END) flag = STARTS_SENTENCE;
      i++;
      continue;
    }
    starts[count] = i;
    if ((code & CAPITAL) !== 0) flag |= HAS_CAPITAL;
    if ((code & IDEOGRAPH_BITS) === PLAIN_IDEOGRAPH) {
      folded[foldedSize++] = code & unitBits;
      flag |= IS_IDEOGRAPH;
      i++;
      isSpaceless = true;
    } else if ((code & ALONE) !== 0) {
      if ((code & COMPOSES) !== 0 && !isComposed) return null;
      const end = clusterEnd(text, i);
      for (; i < end; i += widthAt(input, i)) foldedSize = writeFolded(folded, foldedSize, text, i);
      flag |= (code & DENSE) !== 0 ? IS_IDEOGRAPH : IS_CLUSTER;
      isSpaceless = true;
    } else {
      for (;;) {
        // Nearly every unit is a small letter inside a word, or the space after it; the rest of the loop is for the others.
        while (code > 0 && code <= unitBits) {
          folded[foldedSize++] = code;
          code = table[input[++i] as number] as number;
        }
        if (code < 0 || code === SURROGATE) code = codeAt(text, i);
        if (code === BREAK || (code & ALONE) !== 0) break;
        if ((code & COMPOSES) !== 0 && !isComposed) return null;
        if ((code & wordBits) === 0 && code !== SKIP && !isInitial(input, i, length)) break;
        if ((code & DIGIT) !== 0) flag |= HAS_DIGIT;
        if ((code & LOOKS_LATIN) !== 0) folded[foldedSize++] = readCapital(input, i, length);
        else if ((code & EXPANDS) !== 0) foldedSize = writeFolded(folded, foldedSize, text, i);
        else if ((code & unitBits) !== 0) folded[foldedSize++] = code & unitBits;
        i += widthAt(input, i);
        code = table[input[i] as number] as number;
      }
    }
    ends[count] = i;
    flags[count++] = flag;
    folded[foldedSize++] = SEPARATOR;
    flag = 0;
  }
  return { count, foldedSize, isSpaceless };
}

function widthAt(input: Uint16Array, at: number): number {
  return isHighSurrogate(input[at] as number) ? 2 : 1;
}

/** Where the token ends that begins with a character without spaces: after its marks, and after letters that are written below it. */
function clusterEnd(text: string, start: number): number {
  let isStacked = false;
  let end = start;
  do {
    const point = text.codePointAt(end) as number;
    isStacked = STACKERS.includes(point);
    end += point > UNIT_BITS ? 2 : 1;
  } while (end < text.length && isPartOfCluster(codeAt(text, end), isStacked));
  return end;
}

function isPartOfCluster(code: number, isStacked: boolean): boolean {
  return code === SKIP || (code & JOINS) !== 0 || (isStacked && (code & (ALONE | DENSE)) === ALONE);
}

/** Adds what the character at an offset folds to; returns the new size. */
function writeFolded(folded: Uint16Array, size: number, text: string, at: number): number {
  const code = codeAt(text, at);
  if ((code & EXPANDS) !== 0) {
    const parts = expansionOf(text.codePointAt(at) as number);
    folded.set(parts, size);
    return size + parts.length;
  }
  if ((code & UNIT_BITS) === 0) return size;
  folded[size] = code & UNIT_BITS;
  return size + 1;
}
