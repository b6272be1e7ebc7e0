import { LOOKS_IN_LATIN_WORDS } from './confusables.ts';
import { ALONE, DIGIT, FULL_STOP, foldUnit, SKIP, UNIT_BITS } from './folding.ts';
import { PARAMS } from './params.ts';

/** How a character is read that depends on its neighbours. */

/** Whether a full stop stands inside dotted initials here: `U.S.` is the word `us`, `p.m.` the word `pm`. */
export function isInitial(input: Uint16Array, at: number, length: number): boolean {
  return (
    input[at] === FULL_STOP &&
    at > 0 &&
    at + 1 < length &&
    isLoneLetter(input, at - 1, length) &&
    isLoneLetter(input, at + 1, length)
  );
}

function isLoneLetter(input: Uint16Array, at: number, length: number): boolean {
  return isLetter(input, at, length) && !isLetter(input, at - 1, length) && !isLetter(input, at + 1, length);
}

function isLetter(input: Uint16Array, at: number, length: number): boolean {
  if (at < 0 || at >= length) return false;
  const code = foldUnit(input[at] as number);
  return (code & UNIT_BITS) !== 0 && (code & (DIGIT | ALONE)) === 0;
}

/** The folded unit of a capital with `LOOKS_LATIN`: the Latin letter that it looks like in a word with Latin letters, else its own. */
export function readCapital(input: Uint16Array, at: number, length: number): number {
  const unit = input[at] as number;
  if (!hasLatin(input, at, -1, length) && !hasLatin(input, at, 1, length)) return foldUnit(unit) & UNIT_BITS;
  return (LOOKS_IN_LATIN_WORDS.get(String.fromCharCode(unit)) as string).charCodeAt(0);
}

/** Whether the word goes on to a letter of basic Latin, from an offset in one direction. */
function hasLatin(input: Uint16Array, at: number, step: number, length: number): boolean {
  for (let i = at + step, seen = 0; i >= 0 && i < length && seen < PARAMS.lookAlikeUnitsMax; i += step, seen++) {
    const unit = input[i] as number;
    const small = unit | 0x20;
    if (small >= 0x61 && small <= 0x7a && unit < 0x80) return true;
    const code = foldUnit(unit);
    if ((code & UNIT_BITS) === 0 && code !== SKIP) return false;
  }
  return false;
}
