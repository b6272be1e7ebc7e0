import type { CandidateTable, Furniture } from '@wirefold/dedup';
import { createSpill, type Spill } from './spill.ts';

/** The temporary files of a batch. */
export interface Spills {
  /** The lines as they will be written, without the fields that are added. */
  lines: Spill;
  /** What was read of each article. */
  readings: Spill;
  /** Each article signed: keys, comparison text, and what the choice of a canonical asks for. */
  signed: Spill;
  /** The `match` of each mirror, as JSON. */
  matches: Spill;
}

/** What all threads are given before the first job. Memory is shared, so each row's place is written by one thread and read by all. */
export interface BatchContext {
  spills: Spills;
  /** When the batch began, ISO 8601: what relative times are relative to. */
  seenAt: string;
  /** How many threads share the memory for texts. */
  threads: number;
  /** Texts that were printed further apart are not linked; 0 for no limit. */
  windowDays: number;
}

/** A row is a good line, numbered from 0 in the order of the input. What is known of each when all are read. */
export interface ReadRows {
  count: number;
  /** Number of its source. */
  sources: Uint32Array;
  /** Where its reading lies in the spill; length 0 for a line that is no article. */
  readingStarts: Float64Array;
  readingLengths: Uint32Array;
}

/** What is known of each row when all are signed. */
export interface SignedRows {
  /** Four 32-bit parts of the hash of its text. */
  hashes: Uint32Array;
  words: Uint32Array;
  signedStarts: Float64Array;
  signedLengths: Uint32Array;
  /** How many keys it has; 0 for a text that links to none but its equal. */
  keyCounts: Uint32Array;
}

export interface PlacedRows {
  /** For an article's row the row whose text hash names its story; `NOWHERE` where it was not placed. */
  stories: Uint32Array;
  /** Where its `match` lies; length 0 for a canonical. */
  matchStarts: Float64Array;
  matchLengths: Uint32Array;
}

export const NOWHERE = 0xffffffff;

/** What comes to be known between the passes, and is given to all threads. */
export type Share =
  | { kind: 'rows'; read: ReadRows; signed: SignedRows; placed: PlacedRows }
  | { kind: 'furniture'; furniture: Map<number, Furniture> }
  | { kind: 'links'; table: CandidateTable; parents: Int32Array }
  | { kind: 'texts'; textOf: Uint32Array };

export function openSpills(folder: string): Spills {
  return {
    lines: createSpill(folder),
    readings: createSpill(folder),
    signed: createSpill(folder),
    matches: createSpill(folder),
  };
}

const sharedBytes = (count: number, bytes: number) => new SharedArrayBuffer(count * bytes);
export const sharedUint32 = (count: number) => new Uint32Array(sharedBytes(count, 4));
export const sharedInt32 = (count: number) => new Int32Array(sharedBytes(count, 4));
export const sharedFloat64 = (count: number) => new Float64Array(sharedBytes(count, 8));

export function createSignedRows(count: number): SignedRows {
  return {
    hashes: sharedUint32(count * 4),
    words: sharedUint32(count),
    signedStarts: sharedFloat64(count),
    signedLengths: sharedUint32(count),
    keyCounts: sharedUint32(count),
  };
}

export function createPlacedRows(count: number): PlacedRows {
  return {
    stories: sharedUint32(count).fill(NOWHERE),
    matchStarts: sharedFloat64(count),
    matchLengths: sharedUint32(count),
  };
}
