import { PARAMS, type Params } from './params.ts';
import type { SignedText } from './text.ts';

/** Finds, among the texts that were added before, those that share enough keys with a text to be compared (`shareKey`). */
export interface CandidateIndex {
  /** Adds a text and returns the numbers of its candidates, ascending. Texts are numbered from 0 in the order of their adding. */
  add(text: Pick<SignedText, 'keys'>): number[];
}

const FREE = -1;
const SLOTS_AT_START = 1 << 12;

/**
 * An inverted index in memory, on typed arrays: an open-addressed table from a key to the last text that holds it, and from there
 * a chain through the texts before. 16 bytes a key, about 500 bytes a text.
 */
export function createCandidateIndex(params: Params = PARAMS): CandidateIndex {
  let slots = new Uint32Array(SLOTS_AT_START);
  let heads = new Int32Array(SLOTS_AT_START).fill(FREE);
  let used = 0;
  /** Postings: a text, and the next posting of the same key. */
  let holders = new Int32Array(SLOTS_AT_START);
  let nexts = new Int32Array(SLOTS_AT_START);
  let postings = 0;
  let sizes = new Int32Array(SLOTS_AT_START);
  let meetings = new Int32Array(SLOTS_AT_START);
  let texts = 0;

  const slotOf = (key: number): number => {
    const last = slots.length - 1;
    let at = key & last;
    while (heads[at] !== FREE && slots[at] !== key) at = (at + 1) & last;
    return at;
  };

  const growTable = (): void => {
    const [oldSlots, oldHeads] = [slots, heads];
    slots = new Uint32Array(oldSlots.length * 2);
    heads = new Int32Array(oldHeads.length * 2).fill(FREE);
    for (let i = 0; i < oldSlots.length; i++) {
      if (oldHeads[i] === FREE) continue;
      const at = slotOf(oldSlots[i] as number);
      slots[at] = oldSlots[i] as number;
      heads[at] = oldHeads[i] as number;
    }
  };

  const insert = (key: number): void => {
    const at = slotOf(key);
    if (heads[at] === FREE) {
      used++;
      slots[at] = key;
    }
    if (postings === holders.length) [holders, nexts] = [doubled(holders), doubled(nexts)];
    holders[postings] = texts;
    nexts[postings] = heads[at] as number;
    heads[at] = postings++;
    if (used * 2 > slots.length) growTable();
  };

  return {
    add({ keys }) {
      const met: number[] = [];
      for (const key of keys) {
        for (let at = heads[slotOf(key)] as number; at !== FREE; at = nexts[at] as number) {
          const holder = holders[at] as number;
          if (meetings[holder] === 0) met.push(holder);
          meetings[holder] = (meetings[holder] as number) + 1;
        }
      }
      const found: number[] = [];
      for (const holder of met) {
        const needed = Math.max(1, params.keyShareMin * Math.min(keys.length, sizes[holder] as number));
        if ((meetings[holder] as number) >= needed) found.push(holder);
        meetings[holder] = 0;
      }
      for (const key of keys) insert(key);
      if (texts === sizes.length) [sizes, meetings] = [doubled(sizes), doubled(meetings)];
      sizes[texts++] = keys.length;
      return found.sort((x, y) => x - y);
    },
  };
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
