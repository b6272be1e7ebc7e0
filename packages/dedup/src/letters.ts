/** A run of folded letters and digits: UTF-16 units `from` to `to`, end exclusive. */
export interface Letters {
  units: Uint16Array;
  from: number;
  to: number;
}

const ZERO = 0x30;
const NINE = 0x39;
const LETTER_CLASSES = 128;

const counts = new Int16Array(LETTER_CLASSES);

/** A lower bound of `lettersApart`, in one pass: letters that the one has more often than the other must be added or dropped. */
export function lettersApartAtLeast(a: Letters, b: Letters): number {
  counts.fill(0);
  count(a, 1);
  count(b, -1);
  let more = 0;
  let fewer = 0;
  for (let i = 0; i < LETTER_CLASSES; i++) {
    const difference = counts[i] as number;
    if (difference > 0) more += difference;
    else fewer -= difference;
  }
  return Math.max(more, fewer);
}

function count({ units, from, to }: Letters, step: number): void {
  for (let i = from; i < to; i++) {
    const letter = (units[i] as number) & (LETTER_CLASSES - 1);
    counts[letter] = (counts[letter] as number) + step;
  }
}

/** Working memory: three rows of the table of distances. */
let rows = new Uint16Array(1 << 10);
const FAR = 0x7fff;

/**
 * How many letters must be added, dropped, changed or swapped with their neighbour to make `b` of `a`: the Damerau-Levenshtein
 * distance with adjacent transpositions. Any number above `most` means more than `most`.
 */
export function lettersApart(a: Letters, b: Letters, most: number): number {
  const x: Letters = { units: a.units, from: a.from, to: a.to };
  const y: Letters = { units: b.units, from: b.from, to: b.to };
  // What both begin and end with never costs anything.
  while (x.from < x.to && y.from < y.to && x.units[x.from] === y.units[y.from]) {
    x.from++;
    y.from++;
  }
  while (x.from < x.to && y.from < y.to && x.units[x.to - 1] === y.units[y.to - 1]) {
    x.to--;
    y.to--;
  }
  return distance(x, y, most);
}

/** By the table of distances of all beginnings, in a band around its diagonal. */
function distance(a: Letters, b: Letters, most: number): number {
  const [aSize, bSize] = [a.to - a.from, b.to - b.from];
  if (Math.abs(aSize - bSize) > most) return most + 1;
  const width = bSize + 2;
  if (rows.length < width * 3) rows = new Uint16Array(width * 3);
  rows.fill(FAR, 0, width * 3);
  for (let j = 0; j <= Math.min(bSize, most); j++) rows[j] = j;
  for (let i = 1; i <= aSize; i++) {
    const row = (i % 3) * width;
    const last = ((i + 2) % 3) * width;
    const beforeLast = ((i + 1) % 3) * width;
    const letter = a.units[a.from + i - 1];
    const first = Math.max(1, i - most);
    const end = Math.min(bSize, i + most);
    rows[row + first - 1] = i <= most ? i : FAR;
    rows[row + end + 1] = FAR;
    let least = i <= most ? i : FAR;
    for (let j = first; j <= end; j++) {
      const other = b.units[b.from + j - 1];
      let cost = (rows[last + j - 1] as number) + (letter === other ? 0 : 1);
      cost = Math.min(cost, (rows[last + j] as number) + 1, (rows[row + j - 1] as number) + 1);
      if (i > 1 && j > 1 && letter === b.units[b.from + j - 2] && a.units[a.from + i - 2] === other)
        cost = Math.min(cost, (rows[beforeLast + j - 2] as number) + 1);
      rows[row + j] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
  }
  return rows[(aSize % 3) * width + bSize] as number;
}

/** Whether one of the two has no digits, or both have the same ones in the same order. */
export function doDigitsAgree(a: Letters, b: Letters): boolean {
  const [x, y] = [digitsOf(a), digitsOf(b)];
  return x === '' || y === '' || x === y;
}

function digitsOf({ units, from, to }: Letters): string {
  let digits = '';
  for (let i = from; i < to; i++) {
    const unit = units[i] as number;
    if (unit >= ZERO && unit <= NINE) digits += unit - ZERO;
  }
  return digits;
}

export function sizeOf({ from, to }: Letters): number {
  return to - from;
}

export function isPrefix(short: Letters, long: Letters): boolean {
  const size = sizeOf(short);
  for (let i = 0; i < size; i++) if (short.units[short.from + i] !== long.units[long.from + i]) return false;
  return size <= sizeOf(long);
}
