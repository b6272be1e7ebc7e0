/** Keys, and of each the place of the text that has it. */
export interface KeyedPlaces {
  keys: Uint32Array;
  places: Uint32Array;
}

/**
 * The keys in ascending order, each with its place: a radix sort, stable, so that places stay in order within a key. Overwrites what it
 * is given.
 * @param digitBits a pass sorts by as many; more make fewer passes, and each pass costs a walk over 2 ** digitBits counts
 */
export function sortKeys(given: KeyedPlaces, digitBits: number): KeyedPlaces {
  const size = given.keys.length;
  let from = given;
  let to: KeyedPlaces = { keys: new Uint32Array(size), places: new Uint32Array(size) };
  for (let shift = 0; shift < 32; shift += digitBits) {
    sortByDigit(from, to, shift, 2 ** digitBits);
    [from, to] = [to, from];
  }
  return from;
}

function sortByDigit(from: KeyedPlaces, to: KeyedPlaces, shift: number, digits: number): void {
  const size = from.keys.length;
  const next = new Uint32Array(digits);
  for (let at = 0; at < size; at++) {
    const digit = ((from.keys[at] as number) >>> shift) & (digits - 1);
    next[digit] = (next[digit] as number) + 1;
  }
  for (let digit = 0, start = 0; digit < digits; digit++) {
    const count = next[digit] as number;
    next[digit] = start;
    start += count;
  }
  for (let at = 0; at < size; at++) {
    const key = from.keys[at] as number;
    const digit = (key >>> shift) & (digits - 1);
    const place = next[digit] as number;
    next[digit] = place + 1;
    to.keys[place] = key;
    to.places[place] = from.places[at] as number;
  }
}
