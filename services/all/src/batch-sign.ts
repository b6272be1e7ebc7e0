import { type Furniture, learnFurniture, NO_FURNITURE, PARAMS, type SignedText } from '@wirefold/dedup';
import { type Member, signBody } from '@wirefold/story';
import type { LineReading } from './batch-line.ts';
import { lengthsOf, readingAt, setParts } from './batch-read.ts';
import type { BatchContext, ReadRows, SignedRows } from './batch-shared.ts';
import { readSpill, writeSpill } from './spill.ts';

export const HASH_PARTS = 4;
const KEY_BYTES = 4;

/** The rows of a source that its furniture is learned from. */
export interface SourceSample {
  source: number;
  rows: Uint32Array;
}

/** Learns the furniture of sources; those that have none are left out. */
export function learnBatch(samples: SourceSample[], context: BatchContext, read: ReadRows): [number, Furniture][] {
  return samples.flatMap(({ source, rows }): [number, Furniture][] => {
    const printed = [...rows].flatMap((row) => {
      const { readingStarts, readingLengths } = read;
      const reading = readingAt(context, readingStarts[row] as number, readingLengths[row] as number);
      return reading === null ? [] : [{ title: reading.title, body: reading.body }];
    });
    const furniture = learnFurniture(printed);
    return furniture.lines.length + furniture.shingles.length === 0 ? [] : [[source, furniture]];
  });
}

/** Keys of signed rows, one row after the other; how many each has is noted in `SignedRows`. */
export interface SignBatch {
  keys: Uint32Array;
}

export interface SignedArticle {
  member: Member;
  text: SignedText;
}

/** A signed article as it is spilled: after its keys, as JSON. */
interface SpilledText {
  member: Member;
  text: Omit<SignedText, 'keys'>;
}

/** Signs rows `from` to `to`, end exclusive, of which the readings lie one behind the other. */
export function signBatch(
  { from, to }: { from: number; to: number },
  context: BatchContext,
  { read, signed, furniture }: { read: ReadRows; signed: SignedRows; furniture: Map<number, Furniture> },
): SignBatch {
  const [keys, records]: [number[], Buffer[]] = [[], []];
  for (const [row, reading] of readingsOf(from, to, context, read)) {
    if (reading === null) {
      records.push(Buffer.alloc(0));
      continue;
    }
    const { text, boilerplateWords } = signBody(reading, furniture.get(read.sources[row] as number) ?? NO_FURNITURE);
    setParts(signed.hashes, row, HASH_PARTS, text.hash);
    signed.words[row] = text.words;
    records.push(recordOf(reading, text, boilerplateWords));
    // A shorter text links to nothing but its equal, which is found by its hash.
    if (text.words < PARAMS.briefWords) continue;
    signed.keyCounts[row] = text.keys.length;
    for (const key of text.keys) keys.push(key);
  }
  let start = writeSpill(context.spills.signed, Buffer.concat(records));
  for (const [at, length] of lengthsOf(records).entries()) {
    signed.signedStarts[from + at] = start;
    signed.signedLengths[from + at] = length;
    start += length;
  }
  return { keys: Uint32Array.from(keys) };
}

function* readingsOf(
  from: number,
  to: number,
  { spills }: BatchContext,
  { readingStarts, readingLengths }: ReadRows,
): Generator<[row: number, reading: LineReading | null]> {
  if (from === to) return;
  const start = readingStarts[from] as number;
  const end = (readingStarts[to - 1] as number) + (readingLengths[to - 1] as number);
  const bytes = readSpill(spills.readings, start, end - start);
  for (let row = from; row < to; row++) {
    const at = (readingStarts[row] as number) - start;
    const length = readingLengths[row] as number;
    yield [row, length === 0 ? null : (JSON.parse(bytes.toString('utf8', at, at + length)) as LineReading)];
  }
}

function recordOf({ identity, printer }: LineReading, text: SignedText, boilerplateWords: number): Buffer {
  const { keys, ...rest } = text;
  // Lines may give one URL two texts: in a batch these are two articles.
  const member = { articleId: `${identity} ${text.hash}`, textHash: text.hash, ...printer, boilerplateWords };
  const json = Buffer.from(JSON.stringify({ member, text: rest } satisfies SpilledText));
  const record = Buffer.allocUnsafe((1 + keys.length) * KEY_BYTES + json.length);
  record.writeUInt32LE(keys.length);
  for (let at = 0; at < keys.length; at++) record.writeUInt32LE(keys[at] as number, (1 + at) * KEY_BYTES);
  json.copy(record, (1 + keys.length) * KEY_BYTES);
  return record;
}

/** Reads a signed article back. */
export function signedAt(
  { spills }: BatchContext,
  { signedStarts, signedLengths }: SignedRows,
  row: number,
): SignedArticle {
  const bytes = readSpill(spills.signed, signedStarts[row] as number, signedLengths[row] as number);
  const keys = new Uint32Array(bytes.readUInt32LE());
  for (let at = 0; at < keys.length; at++) keys[at] = bytes.readUInt32LE((1 + at) * KEY_BYTES);
  const { member, text } = JSON.parse(bytes.toString('utf8', (1 + keys.length) * KEY_BYTES)) as SpilledText;
  return { member, text: { ...text, keys } };
}
