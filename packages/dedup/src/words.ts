import { createHalves, type Halves } from './halves.ts';
import { PARAMS } from './params.ts';
import { plainWords } from './plain-words.ts';
import { shinglesOf } from './shingle.ts';
import type { SignedText } from './text.ts';
import { tokenise } from './tokens.ts';

/** A text with its words in order, and where each of its shingles stands. How words are spelled is read where it is asked: `spell`. */
export interface Words {
  count: number;
  /** 32-bit hash of each word. */
  hashes: Uint32Array;
  /** For each word the byte of `text`, with two bytes to a unit, at which its last unit stands. */
  endBytes: Uint32Array;
  /** Hashes of the shingles, by the place where they begin; how often each stands in the text; and how many distinct ones there are. */
  shingles: Int32Array;
  standings: Uint8Array;
  distinct: number;
  /** Open-addressed by the low bits of the hash: one more than the place where the shingle stands first; 0 where the slot is free. */
  table: Int32Array;
  /** What was read: the comparison text, composed where its script needs that. */
  text: string;
  comparison: string;
  /** Whether each word is read by itself: `readPlain` could read the text. */
  isPlain: boolean;
  /** Words that were asked for by their hash: whether they stand somewhere without a capital. */
  small: Map<number, boolean>;
}

/** What stands at a place: a shingle that stands nowhere else, the first of several, or one that stood before. */
export const ONCE = 1;
const FIRST = 2;
export const AGAIN = 0;

/** Where a shingle stands first in a text; -1 where it does not stand at all. */
export function placeOf({ table, shingles }: Words, hash: number): number {
  const last = table.length - 1;
  for (let slot = hash & last; ; slot = (slot + 1) & last) {
    const first = table[slot] as number;
    if (first === 0 || shingles[first - 1] === hash) return first - 1;
  }
}

/** Bytes of the texts that are kept, about 22 a word, because a text is compared several times. */
const KEPT_BYTES_MAX = 1 << 27;

let kept: Halves<Words> | null = null;

/**
 * The words of a text. Texts of one hash may differ in their capitals: what is kept of one is not taken for the other. Valid until as
 * many bytes of other texts were read as half of what is kept.
 */
export function wordsOf({ hash, comparison }: Pick<SignedText, 'hash' | 'comparison'>): Words {
  kept ??= createHalves(KEPT_BYTES_MAX);
  const known = kept.young(hash);
  if (known !== undefined && known.comparison === comparison) return known;
  const older = kept.old(hash);
  const words =
    older !== undefined && older.comparison === comparison ? moved(older, kept) : readWords(comparison, kept);
  kept.keep(hash, words);
  return words;
}

function readWords(comparison: string, memory: Halves<Words>): Words {
  const plain = plainWords(comparison);
  if (plain === null) return readAnyWords(comparison, memory);
  const { count, shingles } = plain;
  const room = roomFor(count, shingles.length, memory);
  room.hashes.set(plain.hashes);
  room.endBytes.set(plain.endBytes);
  room.shingles.set(shingles);
  const distinct = writeTable(room);
  return wordsIn(room, { count, distinct, text: comparison, comparison, isPlain: true, small: new Map() });
}

function readAnyWords(comparison: string, memory: Halves<Words>): Words {
  const tokens = tokenise(comparison);
  const { count, text } = tokens;
  const shingles = shinglesOf(tokens, PARAMS);
  const room = roomFor(count, shingles.length, memory);
  room.hashes.set(tokens.hashes.subarray(0, count));
  for (let i = 0; i < count; i++) room.endBytes[i] = ((tokens.ends[i] as number) - 1) * 2;
  room.shingles.set(shingles);
  return wordsIn(room, { count, distinct: writeTable(room), text, comparison, isPlain: false, small: new Map() });
}

/** Words are made here alone, because code that meets objects of several layouts is several times as slow. */
function wordsIn(room: Room, about: Omit<Words, keyof Room>): Words {
  const { hashes, endBytes, shingles, standings, table } = room;
  const { count, distinct, text, comparison, isPlain, small } = about;
  return { count, hashes, endBytes, shingles, standings, distinct, table, text, comparison, isPlain, small };
}

type Room = Pick<Words, 'hashes' | 'endBytes' | 'shingles' | 'table' | 'standings'>;

const slotsFor = (shingles: number) => 2 ** Math.ceil(Math.log2(shingles * 2 + 1));
const bytesFor = (count: number, shingles: number) =>
  4 * (2 * count + shingles + slotsFor(shingles) + Math.ceil(shingles / 4));

/** Parts of one block of memory, with anything in them. */
function roomFor(count: number, shingles: number, memory: Halves<Words>): Room {
  const { buffer, from } = memory.take(bytesFor(count, shingles));
  const slots = slotsFor(shingles);
  const ends = from + 4 * count;
  const run = ends + 4 * count;
  const table = run + 4 * shingles;
  return {
    hashes: new Uint32Array(buffer, from, count),
    endBytes: new Uint32Array(buffer, ends, count),
    shingles: new Int32Array(buffer, run, shingles),
    table: new Int32Array(buffer, table, slots),
    standings: new Uint8Array(buffer, table + 4 * slots, shingles),
  };
}

/** Takes the words along to where they are in no danger. */
function moved(words: Words, memory: Halves<Words>): Words {
  const bytes = bytesFor(words.count, words.shingles.length);
  const source = new Uint8Array(words.hashes.buffer, words.hashes.byteOffset, bytes);
  const room = roomFor(words.count, words.shingles.length, memory);
  new Uint8Array(room.hashes.buffer, room.hashes.byteOffset, bytes).set(source);
  return wordsIn(room, words);
}

/** Fills the table of shingles and their standings; returns how many distinct ones there are. */
function writeTable({ shingles, table, standings }: Room): number {
  const last = table.length - 1;
  table.fill(0);
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
