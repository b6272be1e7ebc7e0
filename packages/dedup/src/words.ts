import type { Letters } from './letters.ts';
import { shinglesByPosition } from './shingle.ts';
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
  /** The shingles of the signed text, sorted, and beside each where it stands; for a repeated one `firstPlace` tells where it stands first. */
  shingles: Uint32Array;
  places: Int32Array;
}

const UNSEEN = -1;
const REPEATED = -2;
const HASHES = 2 ** 32;

function readWords({ comparison, shingles }: SignedText, shingleWords: number): Words {
  const tokens = tokenise(comparison);
  const { count, hashes, flags, starts, ends, text } = tokens;
  return {
    count,
    hashes: hashes.slice(0, count),
    flags: flags.slice(0, count),
    starts: starts.slice(0, count),
    ends: ends.slice(0, count),
    text,
    ...lettersOf(tokens),
    shingles,
    places: placesOf(shingles, shinglesByPosition(hashes, count, shingleWords)),
  };
}

function lettersOf({ count, folded, foldedSize }: Tokens): Pick<Words, 'letters' | 'letterStarts'> {
  const letters = new Uint16Array(foldedSize - count);
  const letterStarts = new Uint32Array(count + 1);
  let written = 0;
  let word = 0;
  for (let i = 0; i < foldedSize; i++) {
    const unit = folded[i] as number;
    if (unit === SEPARATOR) letterStarts[++word] = written;
    else letters[written++] = unit;
  }
  return { letters, letterStarts };
}

/** Where each of the sorted shingles stands in the text: 0 or more where that is one place, less than -1 where there are several. */
function placesOf(sorted: Uint32Array, byPosition: Uint32Array): Int32Array {
  const places = new Int32Array(sorted.length).fill(UNSEEN);
  const last = sorted.length - 1;
  for (let position = 0; position < byPosition.length; position++) {
    const hash = byPosition[position] as number;
    // Hashes are spread evenly, so the place in the order is nearly where the value says.
    let at = Math.min(last, Math.floor((hash / HASHES) * sorted.length));
    while (at < last && (sorted[at] as number) < hash) at++;
    while (at > 0 && (sorted[at] as number) > hash) at--;
    const place = places[at] as number;
    if (place === UNSEEN) places[at] = position;
    else if (place >= 0) places[at] = REPEATED - place;
  }
  return places;
}

/** Where a shingle stands first, by its entry in `places`. */
export function firstPlace(place: number): number {
  return place >= 0 ? place : REPEATED - place;
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

/** Read once for each text and kept as long as the text itself, because reading costs more than comparing: about 35 bytes a word. */
const read = new WeakMap<SignedText, Words>();

export function wordsOf(text: SignedText, shingleWords: number): Words {
  let words = read.get(text);
  if (words === undefined) {
    words = readWords(text, shingleWords);
    read.set(text, words);
  }
  return words;
}
