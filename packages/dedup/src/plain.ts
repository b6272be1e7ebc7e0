import { isInitial, readCapital } from './context.ts';
import {
  ALONE,
  BREAK,
  COMPOSES,
  codeAt,
  EXPANDS,
  expansionOf,
  isHighSurrogate,
  JOINS,
  LOOKS_LATIN,
  SENTENCE_END,
  SPACE,
  UNIT_BITS,
} from './folding.ts';
import { highSpreadOf, lowSpreadOf } from './hashing.ts';
import { INPUT_ROOM, input, inputBytes, kernel, tokenHashes } from './kernel.ts';

/** The answer of `readPlain` to a text that needs `tokenise`. */
export const NOT_PLAIN = -1;

/**
 * Writes the hashes of the tokens of a text to the kernel's memory, and nothing else of them.
 * @returns the number of tokens, or `NOT_PLAIN`: scripts without spaces, texts that must be composed, and those that are longer than
 * the kernel's memory are left to `tokenise`
 */
export function readPlain(text: string): number {
  const { length } = text;
  if (length >= INPUT_ROOM) return NOT_PLAIN;
  inputBytes.write(text, 0, 'utf16le');
  input[length] = SPACE;
  kernel.begin();
  const end = length * 2;
  for (let i = kernel.read(0, end) / 2; i < length; i = kernel.read(i * 2, end) / 2) {
    const code = codeAt(text, i);
    if ((code & (ALONE | JOINS | COMPOSES)) !== 0) return NOT_PLAIN;
    if (code === BREAK || (code === SENTENCE_END && !isInitial(input, i, length))) kernel.endToken();
    else if ((code & LOOKS_LATIN) !== 0) addUnit(readCapital(input, i, length), i);
    else if ((code & EXPANDS) !== 0) for (const unit of expansionOf(text.codePointAt(i) as number)) addUnit(unit, i);
    else if ((code & UNIT_BITS) !== 0) addUnit(code & UNIT_BITS, i);
    i += code !== BREAK && isHighSurrogate(input[i] as number) ? 2 : 1;
  }
  return kernel.count.value;
}

function addUnit(unit: number, at: number): void {
  kernel.addUnit(lowSpreadOf(unit), highSpreadOf(unit), at * 2);
}

/**
 * The hashes of tokens that are folded already.
 * @param folded the tokens, a blank after each; `size` units
 * @param into two halves for each token, the low one first
 */
export function hashFolded(folded: Uint16Array, size: number, into: Int32Array): void {
  kernel.begin();
  let written = 0;
  for (let from = 0; from < size; from += INPUT_ROOM) {
    const units = Math.min(size - from, INPUT_ROOM);
    input.set(folded.subarray(from, from + units));
    const last = (units - 1) * 2;
    // What stops the kernel here is a letter that is not its own fold, or that it has not been told of.
    for (let at = kernel.read(0, last); at <= last; at = kernel.read(at + 2, last))
      addUnit(input[at / 2] as number, at / 2);
    into.set(tokenHashes.subarray(0, kernel.count.value * 2), written);
    written += kernel.count.value * 2;
    kernel.rewind();
  }
}
