import { buildCandidateTable, type CandidateTable, type Furniture } from '@wirefold/dedup';
import { componentsOf, type Standing, samplesOf, standingOf } from './batch-groups.ts';
import type { RowRange } from './batch-jobs.ts';
import { type LinkCount, rootOf } from './batch-link.ts';
import { inOrder, type Pool } from './batch-pool.ts';
import { createRowCollector, type Rows } from './batch-rows.ts';
import {
  createPlacedRows,
  createSignedRows,
  type PlacedRows,
  type SignedRows,
  sharedInt32,
  sharedUint32,
} from './batch-shared.ts';
import type { SignBatch, SourceSample } from './batch-sign.ts';
import { type Line, linesOf } from './lines.ts';

/** Lines in a job, and letters; a job of a few milliseconds costs little to hand over and keeps no thread waiting. */
const JOB_LINES_MAX = 200;
const JOB_CHARS_MAX = 1 << 20;
/** A file with fewer lines is done before threads would be of use: starting one costs as much as some 3,000 lines. */
const MAIN_THREAD_LINES = 6000;
const JOB_ROWS = 1000;

/** How far a pass is: rows done, of all. */
export type Progress = (pass: string, done: number, of: number | null) => void;

/** Reads all lines in the order of the input. */
export async function readRows(
  input: AsyncIterable<Buffer>,
  pool: Pool,
  onBad: (line: { number: number; problem: string }) => void,
  onProgress: Progress,
): Promise<Rows> {
  const collector = createRowCollector();
  await inOrder(
    jobsOf(input, () => pool.start()),
    pool.width,
    (lines) => pool.run('read', lines),
    (batch) => {
      collector.add(batch);
      batch.bad.forEach(onBad);
      onProgress('read', batch.lastNumber, null);
    },
  );
  return collector.rows();
}

async function* jobsOf(input: AsyncIterable<Buffer>, onMany: () => void): AsyncGenerator<Line[]> {
  let lines: Line[] = [];
  let chars = 0;
  let seen = 0;
  for await (const line of linesOf(input)) {
    if (++seen === MAIN_THREAD_LINES) onMany();
    lines.push(line);
    chars += line.text?.length ?? 0;
    if (lines.length < JOB_LINES_MAX && chars < JOB_CHARS_MAX) continue;
    yield lines;
    lines = [];
    chars = 0;
  }
  if (lines.length > 0) yield lines;
}

/** Learns the furniture of all sources, and gives it to all threads. */
export async function learnSources(rows: Rows, pool: Pool): Promise<number> {
  const furniture = new Map<number, Furniture>();
  await inOrder(
    grouped(samplesOf(rows)),
    pool.width,
    (samples) => pool.run('learn', samples),
    (learned) => {
      for (const [source, found] of learned) furniture.set(source, found);
    },
  );
  pool.share({ kind: 'furniture', furniture });
  return furniture.size;
}

function* grouped(samples: Iterable<SourceSample>): Generator<SourceSample[]> {
  let group: SourceSample[] = [];
  let size = 0;
  for (const sample of samples) {
    group.push(sample);
    size += sample.rows.length;
    if (size < JOB_LINES_MAX) continue;
    yield group;
    [group, size] = [[], 0];
  }
  if (group.length > 0) yield group;
}

/** Gives all threads room for what they find out of each row. */
export function shareRows(rows: Rows, pool: Pool): { signed: SignedRows; placed: PlacedRows } {
  const { count, sources, readingStarts, readingLengths } = rows;
  const shared = { signed: createSignedRows(count), placed: createPlacedRows(count) };
  pool.share({ kind: 'rows', read: { count, sources, readingStarts, readingLengths }, ...shared });
  return shared;
}

/** Signs all rows; the keys of the pieces, in order. */
export async function signRows(rows: Rows, pool: Pool, onProgress: Progress): Promise<SignBatch[]> {
  const batches: SignBatch[] = [];
  await inOrder(
    rows.pieces,
    pool.width,
    ({ from, to }) => pool.run('sign', { from, to }),
    (batch, { to }) => {
      batches.push(batch);
      onProgress('signed', to, rows.count);
    },
  );
  return batches;
}

/** Finds which texts are connected by links. The keys are taken from `batches`, which is empty afterwards. */
export async function linkTexts(
  rows: Rows,
  signed: SignedRows,
  batches: SignBatch[],
  pool: Pool,
  onProgress: Progress,
): Promise<{ standing: Standing; root: (row: number) => number; count: LinkCount & { indexBytes: number } }> {
  const standing = standingOf(rows, signed);
  const table = indexOf(rows, signed, standing, batches);
  const parents = sharedInt32(rows.count);
  for (let row = 0; row < rows.count; row++) parents[row] = row;
  pool.share({ kind: 'links', table, parents });
  const count = { candidates: 0, compared: 0, indexBytes: bytesOf(table) };
  await inOrder(
    rangesOf(rows.count),
    pool.width,
    (range) => pool.run('link', range),
    ({ candidates, compared }, { to }) => {
      count.candidates += candidates;
      count.compared += compared;
      onProgress('compared', to, rows.count);
    },
  );
  pool.share({ kind: 'texts', textOf: standing.textOf });
  return { standing, root: (row) => rootOf(parents, row), count };
}

function* rangesOf(count: number): Generator<RowRange> {
  for (let from = 0; from < count; from += JOB_ROWS) yield { from, to: Math.min(count, from + JOB_ROWS) };
}

/** Lays the keys of the rows that stand for a text into shared memory, and builds the index over them. */
function indexOf(
  { count, pieces }: Rows,
  { keyCounts }: SignedRows,
  { textOf }: Standing,
  batches: SignBatch[],
): CandidateTable {
  const starts = sharedUint32(count + 1);
  for (let row = 0; row < count; row++)
    starts[row + 1] = (starts[row] as number) + (textOf[row] === row ? (keyCounts[row] as number) : 0);
  const keys = sharedUint32(starts[count] as number);
  for (const { from, to } of pieces) {
    // Shifted, so that what is copied is freed on the way.
    const batch = batches.shift() as SignBatch;
    for (let row = from, key = 0; row < to; row++) {
      const keyEnd = key + (keyCounts[row] as number);
      if (textOf[row] === row) keys.set(batch.keys.subarray(key, keyEnd), starts[row]);
      key = keyEnd;
    }
  }
  return buildCandidateTable(starts, keys);
}

function bytesOf({ starts, groups, holders, commons, reaches }: CandidateTable): number {
  return [starts, groups, holders, commons, reaches].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** Plans the stories of all components of more than one article. */
export async function planRows(
  standing: Standing,
  root: (row: number) => number,
  pool: Pool,
  onProgress: Progress,
): Promise<void> {
  let done = 0;
  await inOrder(
    componentsOf(standing, root, JOB_ROWS),
    pool.width,
    (components) => pool.run('plan', components),
    (_, { rows }) => {
      done += rows.length;
      onProgress('placed', done, null);
    },
  );
}
