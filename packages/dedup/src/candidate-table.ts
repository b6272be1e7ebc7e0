import { PARAMS, type Params } from './params.ts';
import { keysNeeded, reachOf, type SampleReach } from './signature.ts';
import { type KeyedPlaces, sortKeys } from './sort-keys.ts';

/**
 * A key that more texts hold than this finds nothing for anybody: it is a stock phrase, a wall or a template, and the work grows with
 * the square of its holders. Texts that share only such keys are not compared, so of more than 2,048 different texts that agree in all
 * keys no two find each other; the most printed agency reports have some 1,500 copies. No key of wire-dev is held by more than 256.
 */
const KEY_TEXTS_MAX = 2048;

/** Stands for a key that no other text holds, and for one that too many do. */
const ALONE = 0xffffffff;
const COMMON = 0xfffffffe;

/** An inverted index that is built once: all texts and their keys in typed arrays, texts by number from 0. */
export interface CandidateTable {
  /** Text `i` has the keys from `starts[i]` to `starts[i + 1]`. */
  starts: Uint32Array;
  /** For each of these where its holders begin, or that it has none to meet. */
  groups: Uint32Array;
  /** Texts that hold one key, ascending, one key after the other. */
  holders: Uint32Array;
  /** How many keys of a text are held by too many. */
  commons: Uint32Array;
  /** The highest hash up to which the keys of a text are complete. */
  reaches: Uint32Array;
}

/** Keys that are sorted together: the working memory is 16 bytes for each, and beyond it only one key held by more can need more. */
const SORTED_AT_ONCE = 1 << 20;
const DIGIT_BITS = 16;
const DIGITS = 1 << DIGIT_BITS;

/**
 * Builds the index in ranges of keys: 8 bytes a key and 8 a text are what it keeps.
 * @param starts text `i` has the keys from `starts[i]` to `starts[i + 1]`, ascending
 * @param keys becomes the `groups` of the table
 */
export function buildCandidateTable(
  starts: Uint32Array,
  keys: Uint32Array,
  keyTextsMax = KEY_TEXTS_MAX,
): CandidateTable {
  const texts = starts.length - 1;
  const holders = new Uint32Array(new SharedArrayBuffer(keys.length * 4));
  const commons = new Uint32Array(new SharedArrayBuffer(texts * 4));
  const reaches = new Uint32Array(new SharedArrayBuffer(texts * 4));
  for (let text = 0; text < texts; text++)
    reaches[text] = reachOf({ keys: keys.subarray(starts[text], starts[text + 1]) }).reach;
  const cursors = Uint32Array.from(starts);
  /** Where the group of the next key of each text is noted: keys are taken in ascending order, as each text has them. */
  const noted = Uint32Array.from(starts);
  let held = 0;
  for (const limit of rangesOf(keys)) {
    const range = sortedRange(starts, keys, cursors, limit);
    for (let from = 0, to = 0; from < range.keys.length; from = to) {
      while (to < range.keys.length && range.keys[to] === range.keys[from]) to++;
      const count = to - from;
      const group = count === 1 ? ALONE : count > keyTextsMax ? COMMON : held;
      for (let at = from; at < to; at++) {
        const text = range.places[at] as number;
        keys[noted[text] as number] = group;
        noted[text] = (noted[text] as number) + 1;
        if (group === COMMON) commons[text] = (commons[text] as number) + 1;
        else if (group !== ALONE) holders[held++] = text;
      }
    }
  }
  return { starts, groups: keys, holders, commons, reaches };
}

/** Upper ends, exclusive, of ranges of keys that hold about `SORTED_AT_ONCE` each. */
function rangesOf(keys: Uint32Array): number[] {
  const counts = new Uint32Array(DIGITS);
  for (let at = 0; at < keys.length; at++) {
    const digit = (keys[at] as number) >>> DIGIT_BITS;
    counts[digit] = (counts[digit] as number) + 1;
  }
  const limits: number[] = [];
  let size = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const count = counts[digit] as number;
    if (size > 0 && size + count > SORTED_AT_ONCE) {
      limits.push(digit * DIGITS);
      size = 0;
    }
    size += count;
  }
  return [...limits, 2 ** 32];
}

/** The keys below `limit` that were not taken yet, sorted, texts ascending within a key. */
function sortedRange(starts: Uint32Array, keys: Uint32Array, cursors: Uint32Array, limit: number): KeyedPlaces {
  const texts = starts.length - 1;
  const firsts = Uint32Array.from(cursors);
  let size = 0;
  for (let text = 0; text < texts; text++) {
    const end = starts[text + 1] as number;
    let at = cursors[text] as number;
    while (at < end && (keys[at] as number) < limit) at++;
    size += at - (cursors[text] as number);
    cursors[text] = at;
  }
  const range: KeyedPlaces = { keys: new Uint32Array(size), places: new Uint32Array(size) };
  for (let text = 0, filled = 0; text < texts; text++) {
    const end = cursors[text] as number;
    for (let at = firsts[text] as number; at < end; at++) {
      range.keys[filled] = keys[at] as number;
      range.places[filled++] = text;
    }
  }
  return sortKeys(range, DIGIT_BITS);
}

/**
 * Walks a table: the candidates of a text among those before it, in no order, that share enough keys with it (`shareKey`). A key that too
 * many hold counts as shared where both have one, as long as another is.
 * @returns a function whose answer is overwritten by the next call
 */
export function createCandidateWalk(table: CandidateTable, params: Params = PARAMS): (text: number) => Uint32Array {
  const { starts, groups, holders, commons, reaches } = table;
  const sampleAt = (text: number): SampleReach => ({
    size: (starts[text + 1] as number) - (starts[text] as number),
    reach: reaches[text] as number,
  });
  const meetings = new Uint32Array(starts.length - 1);
  let met = new Uint32Array(1 << 10);
  return (text) => {
    const [from, to] = [starts[text] as number, starts[text + 1] as number];
    let count = 0;
    for (let at = from; at < to; at++) {
      const group = groups[at] as number;
      if (group >= COMMON) continue;
      for (let place = group; (holders[place] as number) < text; place++) {
        const holder = holders[place] as number;
        if (meetings[holder] === 0) {
          if (count === met.length) met = doubled(met);
          met[count++] = holder;
        }
        meetings[holder] = (meetings[holder] as number) + 1;
      }
    }
    const common = commons[text] as number;
    let found = 0;
    const own = sampleAt(text);
    for (let at = 0; at < count; at++) {
      const holder = met[at] as number;
      const shared = (meetings[holder] as number) + Math.min(common, commons[holder] as number);
      meetings[holder] = 0;
      if (shared >= keysNeeded(own, sampleAt(holder), params)) met[found++] = holder;
    }
    return met.subarray(0, found);
  };
}

function doubled(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
