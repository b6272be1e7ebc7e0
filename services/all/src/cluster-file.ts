import type { Readable, Writable } from 'node:stream';
import { type BatchLine, batchLineSchema, clusterBatch, type Placement, signLine } from './cluster-batch.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { readJsonLine, rowWriter } from './json-lines.ts';
import { linesOf } from './lines.ts';

/** Bad lines beyond this are counted and not named: a file of another kind has nothing but bad lines. */
const BAD_LINES_NAMED_MAX = 20;
const PROGRESS_EVERY_LINES = 10_000;
const EXPECTED = 'an object {id?, url?, source?, title?, text, published?}';

/** A line with its answers; `story`, `canonical` and `match` of the input are replaced, every other field is kept. */
type Row = BatchLine & Placement;

/**
 * Groups the articles of a JSONL file, plain or gzip: writes each line with `story`, `canonical` and `match`, in the order of the
 * input. Progress, bad lines by number and a summary go to `progress`.
 */
export async function clusterFile(input: Readable, output: Writable, progress: Writable): Promise<ExitCode> {
  const startedAt = performance.now();
  const seenAt = new Date().toISOString();
  const rows: { line: BatchLine; signed: ReturnType<typeof signLine> }[] = [];
  let bad = 0;
  for await (const { number, text } of linesOf(input)) {
    const reading = readJsonLine(text, batchLineSchema, EXPECTED);
    if (reading.ok) rows.push({ line: reading.value, signed: signLine(reading.value, seenAt) });
    else if (++bad <= BAD_LINES_NAMED_MAX) progress.write(`wirefold: line ${number}: ${reading.problem}\n`);
    if (number % PROGRESS_EVERY_LINES === 0) progress.write(`wirefold: ${number} lines read\n`);
  }
  const placements = clusterBatch(rows.map(({ signed }) => signed));
  const writer = rowWriter(output);
  for (const [at, { line }] of rows.entries()) {
    const row: Row = { ...line, ...(placements[at] as Placement) };
    if (!(await writer.write(row))) break;
  }
  const stories = new Set(placements.map(({ story }) => story)).size;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  progress.write(`wirefold: ${rows.length} articles, ${stories} stories, ${bad} bad lines, ${seconds} s\n`);
  return bad > 0 ? EXIT.someBad : EXIT.ok;
}
