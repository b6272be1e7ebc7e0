import { createHalves } from './halves.ts';
import { KEPT_BYTES_MAX, KEPT_FROM, kernel, LOW_FROM, memory, WOVEN_BYTES_MAX, WOVEN_FROM } from './kernel.ts';
import { PARAMS } from './params.ts';
import { NOT_PLAIN, readPlain } from './plain.ts';
import { shinglesByPosition, shinglesOf } from './shingle.ts';
import type { SignedText } from './text.ts';
import { tokenise } from './tokens.ts';

/**
 * A text with its words in order, and where each of its shingles stands. How words are spelled is read where it is asked: `spell`.
 * Parts are named by the place in `memory` where they begin, because views of it cost more to make than to read.
 */
export interface Words {
  /** The kernel's memory; or, for a text that is too long for it, one of its own, without what the kernel writes. */
  memory: Int32Array;
  count: number;
  /** 32-bit hash of each word. */
  hashesAt: number;
  /** For each word the byte of `text`, with two bytes to a unit, at which its last unit stands. */
  endsAt: number;
  /** What the kernel's `mark` writes, and how many bits are set: at most as many as there are distinct shingles. */
  bitsAt: number;
  bitsSet: number;
  /** How many shingles there are. The others are known once they are `woven`. */
  shingles: number;
  /** Hashes of the shingles, by the place where they begin, and how many distinct ones there are. */
  shinglesAt: number;
  distinct: number;
  /** What the kernel's `index` writes, with the last slot of the table. */
  standsAt: number;
  tableAt: number;
  lastSlot: number;
  /** The turn of the memory for shingles in which they were written. */
  wovenTurn: number;
  hash: string;
  comparison: string;
  /** What was read: the comparison text, composed where its script needs that. */
  text: string;
  /** Whether each word is read by itself: `readPlain` could read the text. */
  isPlain: boolean;
  /** Words that were asked for by their hash: whether they stand somewhere without a capital. Null before any was. */
  small: Map<number, boolean> | null;
}

export function hashAt({ memory: places, hashesAt }: Words, at: number): number {
  return places[hashesAt + at] as number;
}

type Identified = Pick<SignedText, 'hash' | 'comparison'>;

const BYTES = 4;
/** Words, ends and bits of all texts; shingles, stands and tables of those that were compared last. */
const kept = createHalves(KEPT_FROM / BYTES, KEPT_BYTES_MAX / BYTES);
const shinglesOfLast = createHalves(WOVEN_FROM / BYTES, WOVEN_BYTES_MAX / BYTES);
/** Texts by `numberOf`: of this turn of `kept`, and of the last. */
let young = new Map<number, Words>();
let old = new Map<number, Words>();

/**
 * The words of a text. Texts of one hash may differ in their capitals: what is kept of one is not taken for the other. Valid until the
 * words of many other texts were asked for; of two texts there are never so many.
 */
export function wordsOf(text: Identified): Words {
  const number = numberOf(text.hash);
  const known = young.get(number);
  if (known !== undefined && isOf(text, known)) return known;
  const older = old.get(number);
  const words = older !== undefined && isOf(text, older) ? moved(older) : readWords(text, readPlain(text.comparison));
  young.set(number, words);
  return words;
}

/**
 * Keeps the words of a text that was just read, so that it is not read again when it is compared soon.
 * @param count the answer of `readPlain`, whose tokens are still in the kernel's memory
 */
export function keepWords(text: Identified, count: number): void {
  young.set(numberOf(text.hash), readWords(text, count));
}

const isOf = ({ hash, comparison }: Identified, words: Words) => words.hash === hash && words.comparison === comparison;

const NUMBER_DIGITS = 7;

/** A part of a text's hash. */
function numberOf(hash: string): number {
  let number = 0;
  for (let i = 0; i < NUMBER_DIGITS; i++) {
    const unit = hash.charCodeAt(i);
    // The digits of hex by their low bits: those of a to f are 1 to 6.
    number = (number << 4) | ((unit & 0xf) + (unit >> 6) * 9);
  }
  return number;
}

function takeKept(size: number): number {
  const { turn } = kept;
  const at = kept.take(size);
  if (kept.turn !== turn) {
    [young, old] = [old, young];
    young.clear();
  }
  return at;
}

function readWords(text: Identified, count: number): Words {
  if (count === NOT_PLAIN || !doesFit(count)) return readAnyWords(text);
  const words = wordsAt(memory, takeKept(2 * count + BITS_SIZE), count, text, text.comparison, true);
  kernel.keep(count, words.hashesAt * BYTES, words.endsAt * BYTES);
  weave(words, LOW_FROM / BYTES);
  words.bitsSet = kernel.mark(words.shingles, LOW_FROM, words.bitsAt * BYTES);
  return words;
}

/** What is woven of these depends on more than the hashes of words, and is kept with them. */
function readAnyWords(identified: Identified): Words {
  const tokens = tokenise(identified.comparison);
  const { count, text } = tokens;
  const shingles = shinglesOf(tokens, PARAMS);
  const isFit = doesFit(count);
  const size = 2 * count + BITS_SIZE + shingles.length;
  const places = isFit ? memory : new Int32Array(size);
  const words = wordsAt(places, isFit ? takeKept(size) : 0, count, identified, text, false);
  places.set(tokens.hashes.subarray(0, count), words.hashesAt);
  for (let i = 0; i < count; i++) places[words.endsAt + i] = ((tokens.ends[i] as number) - 1) * 2;
  words.shinglesAt = words.bitsAt + BITS_SIZE;
  places.set(shingles, words.shinglesAt);
  if (isFit) words.bitsSet = kernel.mark(shingles.length, words.shinglesAt * BYTES, words.bitsAt * BYTES);
  else words.distinct = new Set(shingles).size;
  return words;
}

const shinglesIn = (count: number) => Math.max(Math.min(count, 1), count - PARAMS.shingleWords + 1);
/** The kernel's table has 16 bits for a place. */
const SHINGLES_MAX = 0xffff;
const doesFit = (count: number) => shinglesIn(count) < SHINGLES_MAX;

/** Words are made here alone, because code that meets objects of several layouts is several times as slow. */
function wordsAt(
  places: Int32Array,
  hashesAt: number,
  count: number,
  { hash, comparison }: Identified,
  text: string,
  isPlain: boolean,
): Words {
  return {
    memory: places,
    count,
    hashesAt,
    endsAt: hashesAt + count,
    bitsAt: hashesAt + 2 * count,
    bitsSet: 0,
    shingles: shinglesIn(count),
    shinglesAt: -1,
    distinct: 0,
    standsAt: -1,
    tableAt: -1,
    lastSlot: 0,
    wovenTurn: LONG_AGO,
    hash,
    comparison,
    text,
    isPlain,
    small: null,
  };
}

const LONG_AGO = -2;

/** Whether a text is in the kernel's memory; those that are too long for it are not. */
export const isInKernel = (words: Words) => words.memory === memory;

/** Takes the words along to where they are in no danger. */
function moved(words: Words): Words {
  if (!isInKernel(words)) return words;
  const size = 2 * words.count + BITS_SIZE + (words.isPlain ? 0 : words.shingles);
  const at = takeKept(size);
  const by = at - words.hashesAt;
  memory.copyWithin(at, words.hashesAt, words.hashesAt + size);
  words.hashesAt += by;
  words.endsAt += by;
  words.bitsAt += by;
  if (!words.isPlain) words.shinglesAt += by;
  return words;
}

/** Places of the bits that stand for shingles. */
const BITS_SIZE = 256;
/** Places before the shingles, where weaving writes anything. */
const BEFORE_SHINGLES = 2;
/** More than two for each shingle, and two for none. */
const slotsFor = (shingles: number) => 2 ** (32 - Math.clz32(shingles * 2 + 2));
/** With one behind the last. */
const standsSize = (shingles: number) => (shingles + BYTES) >> 2;

/** Puts the shingles of a text where the kernel looks them up; of the last two texts they are there. */
export function woven(words: Words): Words {
  if (words.wovenTurn === shinglesOfLast.turn || !isInKernel(words)) return words;
  const { shingles, isPlain, standsAt } = words;
  const isOld = words.wovenTurn === shinglesOfLast.turn - 1;
  const own = isPlain ? shingles + BEFORE_SHINGLES : 0;
  const slots = slotsFor(shingles);
  const size = own + standsSize(shingles) + slots / 2;
  const at = shinglesOfLast.take(size);
  const from = standsAt - own;
  if (isPlain) words.shinglesAt = at + BEFORE_SHINGLES;
  words.wovenTurn = shinglesOfLast.turn;
  words.standsAt = at + own;
  words.tableAt = words.standsAt + standsSize(shingles);
  words.lastSlot = slots - 1;
  if (isOld) memory.copyWithin(at, from, from + size);
  else {
    if (isPlain) weave(words, words.shinglesAt);
    const [table, stands] = [words.tableAt * BYTES, words.standsAt * BYTES];
    words.distinct = kernel.index(shingles, words.shinglesAt * BYTES, table, words.lastSlot, stands);
  }
  return words;
}

/** Writes the shingles of a plain text to a place. */
function weave({ count, hashesAt }: Words, to: number): void {
  if (count >= PARAMS.shingleWords) {
    kernel.weave(count, hashesAt * BYTES, to * BYTES);
    return;
  }
  const hashes = Uint32Array.from(memory.subarray(hashesAt, hashesAt + count));
  memory.set(shinglesByPosition(hashes, count, PARAMS.shingleWords), to);
}
