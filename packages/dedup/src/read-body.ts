import { mix } from './hashing.ts';
import { PARAMS } from './params.ts';
import { plainWords } from './plain-words.ts';
import { shinglesOf } from './shingle.ts';
import { tokenise } from './tokens.ts';

const LINE_PRIME = 0x9e3779b1;
const FNV_OFFSET = 0x811c9dc5;

/** A run of words that is a line, by places (end exclusive). */
interface Line {
  from: number;
  to: number;
  hash: number;
}

/** What a body is learned by. */
export interface ReadBody {
  count: number;
  shingles: Uint32Array;
  lines: Line[];
  /** Hash of all words in their order. */
  hash: number;
}

export function readBody(body: string): ReadBody {
  const plain = plainWords(body);
  if (plain === null) return readAnyBody(body);
  const { count, hashes, endBytes, shingles } = plain;
  return { count, shingles: shingles.slice(), lines: linesOf(body, hashes, endBytes, 2), hash: hashOfWords(hashes) };
}

function readAnyBody(body: string): ReadBody {
  const tokens = tokenise(body);
  const { count, text, starts } = tokens;
  const hashes = tokens.hashes.subarray(0, count);
  return {
    count,
    shingles: shinglesOf(tokens, PARAMS),
    lines: linesOf(text, hashes, starts, 1),
    hash: hashOfWords(hashes),
  };
}

function hashOfWords(hashes: Uint32Array): number {
  let hash = FNV_OFFSET;
  for (let i = 0; i < hashes.length; i++) hash = Math.imul(hash ^ (hashes[i] as number), LINE_PRIME);
  return mix(hash);
}

/** The lines of a text. @param places where any unit of each word stands, counted in parts of which a unit has `partsOfUnit` */
export function linesOf(text: string, hashes: Uint32Array, places: Uint32Array, partsOfUnit: number): Line[] {
  const lines: Line[] = [];
  const count = hashes.length;
  let line = FNV_OFFSET;
  let from = 0;
  // The next line break is looked for once for each line, not once for each word.
  let breakAt = text.indexOf('\n');
  for (let i = 0; i < count; i++) {
    const place = (places[i] as number) / partsOfUnit;
    if (breakAt >= 0 && breakAt < place) {
      if (i > from) lines.push({ from, to: i, hash: mix(line) });
      from = i;
      line = FNV_OFFSET;
      breakAt = text.indexOf('\n', place);
    }
    line = Math.imul(line ^ (hashes[i] as number), LINE_PRIME);
  }
  if (count > from) lines.push({ from, to: count, hash: mix(line) });
  return lines;
}
