import type { Letters } from './letters.ts';
import { PARAMS } from './params.ts';
import { shinglesOf } from './shingle.ts';
import type { SignedText } from './text.ts';
import { SEPARATOR, type Tokens, tokenise } from './tokens.ts';

/** A text with its words in order, and where each of its shingles stands. */
export interface Words {
  count: number;
  /** 32-bit hash of each word. */
  hashes: Uint32Array;
  /** `HAS_DIGIT`, `HAS_CAPITAL`, `STARTS_SENTENCE`. */
  flags: Uint8Array;
  /** UTF-16 offsets into `text`. */
  starts: Uint32Array;
  ends: Uint32Array;
  text: string;
  /** The folded letters and digits of all words, without blanks; word i has those from `letterStarts[i]` to `letterStarts[i + 1]`. */
  letters: Uint16Array;
  letterStarts: Uint32Array;
  /** Hashes of the shingles, by the place where they begin; how often each stands in the text; and how many distinct ones there are. */
  shingles: Uint32Array;
  standings: Uint8Array;
  distinct: number;
  /** Open-addressed by the low bits of the hash: one more than the place where the shingle stands first; 0 where the slot is free. */
  table: Int32Array;
}

/** What stands at a place: a shingle that stands nowhere else, the first of several, or one that stood before. */
export const ONCE = 1;
export const FIRST = 2;
const AGAIN = 0;

/** Parts of one block of memory: nine blocks a text would cost more than reading it. */
function roomFor(count: number, shingles: number, letters: number) {
  const slots = 2 ** Math.ceil(Math.log2(shingles * 2 + 1));
  const block = new ArrayBuffer(4 * (4 * count + 1 + shingles + slots) + 2 * letters + count + shingles);
  let offset = 0;
  const take = <Part>(
    make: new (block: ArrayBuffer, offset: number, size: number) => Part,
    bytes: number,
    size: number,
  ) => {
    const part = new make(block, offset, size);
    offset += bytes * size;
    return part;
  };
  return {
    hashes: take(Uint32Array, 4, count),
    starts: take(Uint32Array, 4, count),
    ends: take(Uint32Array, 4, count),
    letterStarts: take(Uint32Array, 4, count + 1),
    shingles: take(Uint32Array, 4, shingles),
    table: take(Int32Array, 4, slots),
    letters: take(Uint16Array, 2, letters),
    flags: take(Uint8Array, 1, count),
    standings: take(Uint8Array, 1, shingles),
  };
}

function readWords(comparison: string): Words {
  const tokens = tokenise(comparison);
  const { count, text, foldedSize } = tokens;
  const shingles = shinglesOf(tokens, PARAMS);
  const room = roomFor(count, shingles.length, foldedSize - count);
  room.hashes.set(tokens.hashes.subarray(0, count));
  room.starts.set(tokens.starts.subarray(0, count));
  room.ends.set(tokens.ends.subarray(0, count));
  room.flags.set(tokens.flags.subarray(0, count));
  room.shingles.set(shingles);
  writeLetters(tokens, room.letters, room.letterStarts);
  return { count, text, ...room, distinct: writeTable(room.shingles, room.table, room.standings) };
}

/** Fills the table of shingles and their standings; returns how many distinct ones there are. */
function writeTable(shingles: Uint32Array, table: Int32Array, standings: Uint8Array): number {
  const last = table.length - 1;
  let distinct = 0;
  for (let place = 0; place < shingles.length; place++) {
    const hash = shingles[place] as number;
    let slot = hash & last;
    let first = table[slot] as number;
    while (first !== 0 && shingles[first - 1] !== hash) {
      slot = (slot + 1) & last;
      first = table[slot] as number;
    }
    if (first === 0) {
      table[slot] = place + 1;
      standings[place] = ONCE;
      distinct++;
    } else {
      standings[first - 1] = FIRST;
      standings[place] = AGAIN;
    }
  }
  return distinct;
}

/** Where a shingle stands first in a text; -1 where it does not stand at all. */
export function placeOf({ table, shingles }: Words, hash: number): number {
  const last = table.length - 1;
  for (let slot = hash & last; ; slot = (slot + 1) & last) {
    const first = table[slot] as number;
    if (first === 0 || shingles[first - 1] === hash) return first - 1;
  }
}

function writeLetters({ folded, foldedSize }: Tokens, letters: Uint16Array, letterStarts: Uint32Array): void {
  let written = 0;
  let word = 0;
  for (let i = 0; i < foldedSize; i++) {
    const unit = folded[i] as number;
    if (unit === SEPARATOR) letterStarts[++word] = written;
    else letters[written++] = unit;
  }
}

/** Word `at` as it is printed. */
export function wordAt(words: Words, at: number): string {
  return words.text.slice(words.starts[at], words.ends[at]);
}

/** The letters of words `from` to `to`, end exclusive. */
export function lettersIn(words: Words, from: number, to: number): Letters {
  const { letters, letterStarts } = words;
  return { units: letters, from: letterStarts[from] as number, to: letterStarts[to] as number };
}

/** Words `from` to `to`, end exclusive, as they are printed. */
export function passage(words: Words, from: number, to: number): string {
  return from < to ? words.text.slice(words.starts[from], words.ends[to - 1]) : '';
}

/** Words of the texts that are kept, about 45 bytes each: reading a text costs more than comparing it, and it is compared several times. */
const KEPT_WORDS_MAX = 4_000_000;

/** By text hash, in two generations: when the young one is full, the old one is forgotten. */
let young = new Map<string, Read>();
let old = new Map<string, Read>();
let youngWords = 0;

interface Read {
  comparison: string;
  words: Words;
}

/** The words of a text. Texts of one hash may differ in their capitals: what is kept of one is not taken for the other. */
export function wordsOf({ hash, comparison }: Pick<SignedText, 'hash' | 'comparison'>): Words {
  const known = young.get(hash);
  if (known !== undefined && known.comparison === comparison) return known.words;
  const older = old.get(hash);
  const words = older !== undefined && older.comparison === comparison ? older.words : readWords(comparison);
  if (youngWords > KEPT_WORDS_MAX / 2) {
    [old, young, youngWords] = [young, new Map(), 0];
  }
  young.set(hash, { comparison, words });
  youngWords += words.count;
  return words;
}
