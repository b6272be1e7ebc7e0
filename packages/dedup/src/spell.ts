import type { Letters } from './letters.ts';
import { createRoom, type Room } from './reading.ts';
import { SEPARATOR, scanSome } from './tokens.ts';
import type { Words } from './words.ts';

/** Some words of a text as they are spelled. The arrays are working memory, which the next call with the same room overwrites. */
export interface Spelled {
  /** Place in the text of the first of them; word `at` has the entries of `at - first`. */
  first: number;
  /** `HAS_DIGIT`, `HAS_CAPITAL`, `STARTS_SENTENCE`. */
  flags: Uint8Array;
  /** UTF-16 offsets into `text`, which is a part of the text. */
  starts: Uint32Array;
  ends: Uint32Array;
  text: string;
  /** Folded letters and digits without blanks; those of an entry end where those of the next begin. */
  letters: Uint16Array;
  letterStarts: Uint32Array;
}

/**
 * Units before and behind some words that have a say in how they are read, where scripts without spaces stand beside others: a
 * capital asks for Latin letters in the next 32.
 */
const CONTEXT_UNITS = 40;
const UNITS_AT_START = 1 << 10;

export type Speller = (words: Words, from: number, to: number) => Spelled;

/**
 * Reads words `from` to `to` of a text, end exclusive: reading goes on behind the word before them, as if the whole text was read.
 * Each speller has working memory of its own.
 */
export function createSpeller(): Speller {
  const copyIn = createRoom(UNITS_AT_START);
  return (words, from, to) => {
    const context = words.isPlain ? 0 : CONTEXT_UNITS;
    const start = from === 0 ? 0 : unitsEnd(words, from - 1);
    const end = to < words.count ? unitsEnd(words, to) : words.text.length;
    const cut = Math.max(0, start - context);
    const text = words.text.slice(cut, end + context);
    const room = copyIn(text);
    joinLetters(room, scanSome(text, room, start - cut, to - from, start === 0));
    const { flags, starts, ends, folded, letterStarts } = room;
    return { first: from, flags, starts, ends, text, letters: folded, letterStarts };
  };
}

/** Where a word ends in its text, but for what is dropped behind its last letter. */
export const unitsEnd = ({ memory, endsAt }: Words, at: number) => ((memory[endsAt + at] as number) >> 1) + 1;

/** Takes the blanks out of folded words, and notes where each begins. */
function joinLetters({ folded, letterStarts }: Room, foldedSize: number): void {
  let written = 0;
  let word = 0;
  letterStarts[0] = 0;
  for (let i = 0; i < foldedSize; i++) {
    const unit = folded[i] as number;
    if (unit === SEPARATOR) letterStarts[++word] = written;
    else folded[written++] = unit;
  }
}

export function flagsAt({ first, flags }: Spelled, at: number): number {
  return flags[at - first] as number;
}

/** Word `at` as it is printed. */
export function wordAt({ first, text, starts, ends }: Spelled, at: number): string {
  return text.slice(starts[at - first], ends[at - first]);
}

/** The letters of words `from` to `to`, end exclusive. */
export function lettersIn({ first, letters, letterStarts }: Spelled, from: number, to: number): Letters {
  return { units: letters, from: letterStarts[from - first] as number, to: letterStarts[to - first] as number };
}

const spellPassage = createSpeller();

/** Words `from` to `to` of a text, end exclusive, as they are printed. */
export function passage(words: Words, from: number, to: number): string {
  if (from >= to) return '';
  const { text, starts, ends } = spellPassage(words, from, to);
  return text.slice(starts[0], ends[to - 1 - from]);
}
