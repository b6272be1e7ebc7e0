import type { SignedText } from './text.ts';

/** Texts of one counter: each has a bit of a mask of two times 32. */
export const KEY_COUNTER_TEXTS = 64;
const MASK_BITS = 32;

type Keyed = Pick<SignedText, 'keys'>;

/** Working memory: an open-addressed table of keys, and for each slot its mask in two halves, who holds it; zero where it is free. */
let keysAt = new Uint32Array(1 << 10);
let masks = new Int32Array(1 << 11);
/** Counts of up to 2 ** 16 - 1, one bit of each count in each of these, likewise in two halves. */
const PLANES = 16;
const planes = new Int32Array(2 * PLANES);

/**
 * Counts the keys that texts share with each of some others, which are at most `KEY_COUNTER_TEXTS`. Each key of these is noted once, with
 * all that hold it, and 32 counts are raised together, bit by bit: that costs a fraction of comparing keys pair by pair.
 * @returns a function whose answer, the counts in the order of `others`, the next call overwrites; it is valid until the next counter
 * is made
 */
export function createKeyCounter(others: readonly Keyed[]): (text: Keyed) => Uint16Array {
  const last = clearTable(others.reduce((sum, { keys }) => sum + keys.length, 0));
  others.forEach(({ keys }, at) => {
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as number;
      const slot = slotOf(key, last);
      keysAt[slot] = key;
      const half = slot * 2 + (at >> 5);
      masks[half] = (masks[half] as number) | (1 << (at % MASK_BITS));
    }
  });
  const counts = new Uint16Array(others.length);
  return ({ keys }) => {
    planes.fill(0);
    for (let i = 0; i < keys.length; i++) {
      const slot = slotOf(keys[i] as number, last);
      raise(masks[slot * 2] as number, 0);
      raise(masks[slot * 2 + 1] as number, 1);
    }
    const highest = MASK_BITS - Math.clz32(keys.length);
    for (let at = 0; at < others.length; at++) {
      let count = 0;
      for (let plane = 0; plane < highest; plane++)
        count |= (((planes[plane * 2 + (at >> 5)] as number) >>> (at % MASK_BITS)) & 1) << plane;
      counts[at] = count;
    }
    return counts;
  };
}

/** Makes room for so many keys; returns the last slot. */
function clearTable(size: number): number {
  const slots = 2 ** (MASK_BITS - Math.clz32(size * 2 + 1));
  if (slots > keysAt.length) {
    keysAt = new Uint32Array(slots);
    masks = new Int32Array(2 * slots);
  } else masks.fill(0, 0, 2 * slots);
  return slots - 1;
}

function slotOf(key: number, last: number): number {
  let slot = key & last;
  while (keysAt[slot] !== key && ((masks[slot * 2] as number) | (masks[slot * 2 + 1] as number)) !== 0)
    slot = (slot + 1) & last;
  return slot;
}

/** Adds one to each count of the mask: what overflows a plane is carried to the next. */
function raise(mask: number, half: number): void {
  for (let plane = half, carried = mask; carried !== 0; plane += 2) {
    const bits = planes[plane] as number;
    planes[plane] = bits ^ carried;
    carried &= bits;
  }
}
