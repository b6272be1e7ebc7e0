import { hash } from 'node:crypto';
import { batchLineSchema, EXPECTED, type LineReading, readLine } from './batch-line.ts';
import type { BatchContext } from './batch-shared.ts';
import { readJsonLine } from './json-lines.ts';
import type { Line } from './lines.ts';
import { readSpill, writeSpill } from './spill.ts';

/** What reading some lines gives: one entry in each array for each good line, in their order. */
export interface ReadBatch {
  count: number;
  bad: { number: number; problem: string }[];
  /** Number of the last line. */
  lastNumber: number;
  /** Three 32-bit parts of each article id. */
  identities: Uint32Array;
  /** Two 32-bit parts of a digest over all that was read of the article. */
  digests: Uint32Array;
  /** Places in `sourceKeys`. */
  sources: Uint32Array;
  sourceKeys: string[];
  linesStart: number;
  lineLengths: Uint32Array;
  readingsStart: number;
  readingLengths: Uint32Array;
}

export const IDENTITY_PARTS = 3;
export const DIGEST_PARTS = 2;
const PART_HEX = 8;

/** Reads lines and spills them, with what was read of each. */
export function readBatch(lines: Line[], { spills, seenAt }: BatchContext): ReadBatch {
  const bad: ReadBatch['bad'] = [];
  const identities: number[] = [];
  const digests: number[] = [];
  const sources: number[] = [];
  const numberOfSource = new Map<string, number>();
  const [printed, readings]: [Buffer[], Buffer[]] = [[], []];
  for (const { number, text } of lines) {
    const line = readJsonLine(text, batchLineSchema, EXPECTED);
    if (!line.ok) {
      bad.push({ number, problem: line.problem });
      continue;
    }
    const { identity, sourceKey, reading } = readLine(line.value, seenAt);
    const json = reading === null ? '' : JSON.stringify(reading);
    pushParts(identities, identity.slice(1), IDENTITY_PARTS);
    pushParts(digests, hash('sha1', json, 'hex'), DIGEST_PARTS);
    const source = numberOfSource.get(sourceKey) ?? numberOfSource.size;
    numberOfSource.set(sourceKey, source);
    sources.push(source);
    printed.push(Buffer.from(JSON.stringify(line.value)));
    readings.push(Buffer.from(json));
  }
  return {
    count: printed.length,
    bad,
    lastNumber: lines.at(-1)?.number ?? 0,
    identities: Uint32Array.from(identities),
    digests: Uint32Array.from(digests),
    sources: Uint32Array.from(sources),
    sourceKeys: [...numberOfSource.keys()],
    linesStart: writeSpill(spills.lines, Buffer.concat(printed)),
    lineLengths: lengthsOf(printed),
    readingsStart: writeSpill(spills.readings, Buffer.concat(readings)),
    readingLengths: lengthsOf(readings),
  };
}

function pushParts(into: number[], hex: string, parts: number): void {
  for (let part = 0; part < parts; part++)
    into.push(Number.parseInt(hex.slice(part * PART_HEX, (part + 1) * PART_HEX), 16));
}

/** The parts of a hash, as they lie in an array of such, as hex. */
export function hexOfParts(values: Uint32Array, at: number, parts: number): string {
  let hex = '';
  for (let part = 0; part < parts; part++)
    hex += (values[at * parts + part] as number).toString(16).padStart(PART_HEX, '0');
  return hex;
}

/** Splits a hash into 32-bit parts. */
export function setParts(values: Uint32Array, at: number, parts: number, hex: string): void {
  for (let part = 0; part < parts; part++)
    values[at * parts + part] = Number.parseInt(hex.slice(part * PART_HEX, (part + 1) * PART_HEX), 16);
}

export function lengthsOf(pieces: Uint8Array[]): Uint32Array {
  return Uint32Array.from(pieces, ({ length }) => length);
}

/** What was spilled of one article; null for a line that is no article. */
export function readingAt(context: BatchContext, start: number, length: number): LineReading | null {
  if (length === 0) return null;
  return JSON.parse(readSpill(context.spills.readings, start, length).toString()) as LineReading;
}
