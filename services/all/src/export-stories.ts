import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { EXIT, type ExitCode } from './exit-code.ts';
import { ask, noAnswer, otherAnswer, type RunningService } from './running-service.ts';

/** Times that a table is asked for again, after it broke off or while the service is busy, without a row between them. */
const TRIES_MAX = 5;
const WAIT_MS = 1_000;
const WAIT_MAX_SECONDS = 60;
const PROGRESS_BYTES = 16 * 2 ** 20;
const BUSY = [429, 503];
const LINE_END = 0x0a;

const rowSchema = z.object({ created_at: z.string(), story_id: z.string(), article_id: z.string() });

export interface ExportAsked {
  server: RunningService;
  format: 'jsonl' | 'csv' | 'parquet';
  query: URLSearchParams;
}

export interface ExportTo {
  output: Writable;
  progress: Writable;
}

type Part =
  | { kind: 'whole' }
  | { kind: 'broken' }
  | { kind: 'busy'; waitMs: number }
  | { kind: 'failed'; code: ExitCode; problem: string };

/**
 * Writes a table of a running service. JSON lines that break off go on after the last whole line, so that no copy is missing and none
 * stands in them twice; of the other formats a part is worth nothing, and the command fails.
 */
export async function exportStories(asked: ExportAsked, to: ExportTo): Promise<ExitCode> {
  const say = (line: string) => to.progress.write(`wirefold: ${line}\n`);
  const taken: Taken = { bytes: 0, rows: 0, told: 0, after: null };
  for (let tries = 1; ; tries++) {
    const rowsBefore = taken.rows;
    const part = await takePart(asked, to, taken);
    if (part.kind === 'whole') {
      say(`${asked.format === 'jsonl' ? `${taken.rows} copies, ` : ''}${taken.bytes} bytes; all of it`);
      return EXIT.ok;
    }
    if (part.kind === 'failed') {
      say(part.problem);
      return part.code;
    }
    if (taken.rows > rowsBefore) tries = 1;
    const canGoOn = part.kind === 'busy' || asked.format === 'jsonl';
    if (!canGoOn || tries >= TRIES_MAX) {
      say(
        part.kind === 'busy' ? 'the service has too much to do' : 'the answer broke off; what was written is not whole',
      );
      return EXIT.couldNotRun;
    }
    if (part.kind === 'broken') say(`the answer broke off after ${taken.rows} copies; going on from there`);
    await wait(part.kind === 'busy' ? part.waitMs : WAIT_MS);
  }
}

interface Taken {
  bytes: number;
  rows: number;
  /** Bytes when progress was told last. */
  told: number;
  /** The last whole row; null before the first. */
  after: string | null;
}

async function takePart({ server, format, query }: ExportAsked, to: ExportTo, taken: Taken): Promise<Part> {
  const search = new URLSearchParams(query);
  if (taken.after !== null) search.set('after', taken.after);
  const answer = await ask(server, `/v1/stories.${format}?${search}`);
  if (answer === null)
    return taken.after === null
      ? { kind: 'failed', code: EXIT.couldNotRun, problem: noAnswer(server) }
      : { kind: 'broken' };
  if (BUSY.includes(answer.status)) {
    await answer.body?.cancel();
    return { kind: 'busy', waitMs: 1000 * secondsToWait(answer.headers.get('retry-after')) };
  }
  if (!answer.ok || answer.body === null) return refusal(server, answer);
  return format === 'jsonl' ? takeLines(answer.body, to, taken) : takeBytes(answer.body, to, taken);
}

async function refusal(server: RunningService, answer: Response): Promise<Part> {
  const body: unknown = await answer.json().catch(() => null);
  const code = answer.status === 400 ? EXIT.someBad : EXIT.couldNotRun;
  return { kind: 'failed', code, problem: otherAnswer(server, answer, body) };
}

function secondsToWait(header: string | null): number {
  const seconds = Number(header ?? Number.NaN);
  return seconds > 0 ? Math.min(seconds, WAIT_MAX_SECONDS) : WAIT_MS / 1000;
}

async function takeBytes(body: ReadableStream<Uint8Array>, to: ExportTo, taken: Taken): Promise<Part> {
  for await (const chunk of untilBroken(body)) {
    if (chunk === null) return { kind: 'broken' };
    await write(chunk, to, taken);
  }
  return { kind: 'whole' };
}

/** Writes whole lines only; what is left of one that breaks off is asked for again. */
async function takeLines(body: ReadableStream<Uint8Array>, to: ExportTo, taken: Taken): Promise<Part> {
  let rest: Uint8Array[] = [];
  for await (const chunk of untilBroken(body)) {
    if (chunk === null) return { kind: 'broken' };
    const end = chunk.lastIndexOf(LINE_END) + 1;
    if (end === 0) {
      rest.push(chunk);
      continue;
    }
    const lines = Buffer.concat([...rest, chunk.subarray(0, end)]);
    rest = [chunk.subarray(end)];
    const last = lines.subarray(lines.lastIndexOf(LINE_END, -2) + 1);
    const row = rowSchema.safeParse(JSON.parse(last.toString()));
    if (!row.success)
      return { kind: 'failed', code: EXIT.couldNotRun, problem: 'the service answered other rows than known' };
    await write(lines, to, taken);
    taken.rows += lines.filter((byte) => byte === LINE_END).length;
    taken.after = [row.data.created_at, row.data.story_id, row.data.article_id].join(',');
  }
  return { kind: 'whole' };
}

/** The chunks of a body, and null where it ends before its end. */
async function* untilBroken(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array | null> {
  const reader = body.getReader();
  for (;;) {
    const read = await reader.read().catch(() => null);
    if (read?.done) return;
    yield read?.value ?? null;
    if (read === null) return;
  }
}

async function write(bytes: Uint8Array, { output, progress }: ExportTo, taken: Taken): Promise<void> {
  if (!output.write(bytes)) await once(output, 'drain');
  taken.bytes += bytes.length;
  if (taken.bytes - taken.told < PROGRESS_BYTES) return;
  taken.told = taken.bytes;
  progress.write(`wirefold: ${taken.bytes} bytes so far\n`);
}
