import type { Readable, Writable } from 'node:stream';
import { learnSources, linkTexts, type Progress, planRows, readRows, shareRows, signRows } from './batch-passes.ts';
import { createPool, type Pool } from './batch-pool.ts';
import { type BatchContext, openSpills } from './batch-shared.ts';
import { writeRows } from './batch-write.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { rowWriter } from './json-lines.ts';
import { closeSpill, emptySpill } from './spill.ts';

/** Bad lines beyond this are counted and not named: a file of another kind has nothing but bad lines. */
const BAD_LINES_NAMED_MAX = 20;
const PROGRESS_EVERY = 10_000;

export interface ClusterOptions {
  /** Threads that read, sign and compare; with 1 there is no other than the main one. */
  threads: number;
  /** Texts that were printed further apart are not linked; 0 for no limit. */
  windowDays: number;
  /** Where temporary files go. */
  tmp: string;
  /** Which lines are written. */
  keep: 'all' | 'canonical';
}

/**
 * Groups the articles of a JSONL file, plain or gzip, by the rules of the service: writes each line with `story`, `canonical` and
 * `match`, in the order of the input. Story ids follow from the texts, so that the same articles in another order get the same ids.
 * Articles lie in temporary files meanwhile; memory holds some 700 bytes for each. Progress, bad lines by number and a summary go to
 * `progress`.
 * @throws with the code `SPILL_ERROR` where there is no room for temporary files
 */
export async function clusterFile(
  input: Readable,
  output: Writable,
  progress: Writable,
  options: ClusterOptions,
): Promise<ExitCode> {
  const { threads, windowDays } = options;
  const seenAt = new Date().toISOString();
  const context: BatchContext = { spills: openSpills(options.tmp), seenAt, threads, windowDays };
  const pool = createPool(threads, context);
  try {
    return await cluster(input, output, progress, options, context, pool);
  } finally {
    await pool.close();
    Object.values(context.spills).forEach(closeSpill);
  }
}

async function cluster(
  input: Readable,
  output: Writable,
  progress: Writable,
  { keep }: ClusterOptions,
  context: BatchContext,
  pool: Pool,
): Promise<ExitCode> {
  const startedAt = performance.now();
  const say = (text: string) => progress.write(`wirefold: ${text}\n`);
  const onProgress = progressTo(say);
  let bad = 0;
  const onBad = ({ number, problem }: { number: number; problem: string }) => {
    if (++bad <= BAD_LINES_NAMED_MAX) say(`line ${number}: ${problem}`);
  };
  const rows = await readRows(input, pool, onBad, onProgress);
  const { signed, placed } = shareRows(rows, pool);
  const sources = await learnSources(rows, pool);
  if (sources > 0)
    say(`${sources} of ${rows.sourceKeys.length} sources repeat text of their own, which does not count`);
  const batches = await signRows(rows, pool, onProgress);
  emptySpill(context.spills.readings);
  const { standing, root, count } = await linkTexts(rows, signed, batches, pool, onProgress);
  await planRows(standing, root, pool, onProgress);
  const isWanted = keep === 'all' ? () => true : ({ canonical }: { canonical: boolean }) => canonical;
  const stories = await writeRows({ rows, signed, placed, standing }, context, isWanted, rowWriter(output));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  if (rows.count >= PROGRESS_EVERY)
    say(`${count.candidates} candidates, ${count.compared} compared, ${count.indexBytes} bytes of index`);
  say(`${rows.count} articles, ${stories} stories, ${bad} bad lines, ${seconds} s`);
  return bad > 0 ? EXIT.someBad : EXIT.ok;
}

/** Says how far a pass is, once in a while. */
function progressTo(say: (text: string) => void): Progress {
  const said = new Map<string, number>();
  return (pass, done, of) => {
    const step = Math.floor(done / PROGRESS_EVERY);
    if (step <= (said.get(pass) ?? 0)) return;
    said.set(pass, step);
    const figure = step * PROGRESS_EVERY;
    say(pass === 'read' ? `${figure} lines read` : `${figure}${of === null ? '' : ` of ${of}`} articles ${pass}`);
  };
}
