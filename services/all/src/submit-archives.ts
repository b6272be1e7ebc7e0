import type { Readable, Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { BODY_BYTES_MAX } from '@wirefold/api';
import { z } from 'zod';
import { EXIT, type ExitCode } from './exit-code.ts';
import { BAD_NAMED_MAX } from './extract-file.ts';
import { readInputs } from './extract-input.ts';
import { rowWriter } from './json-lines.ts';
import { ask, keyHint, noAnswer, type RunningService } from './running-service.ts';
import { answerSchema } from './submit.ts';
import { tame } from './tame.ts';
import { countPassed } from './warc-passed.ts';

/** One request. A page that is larger goes by itself, as far as the service takes it. */
const BATCH_BYTES_MAX = 4 * 2 ** 20;
const BATCH_PAGES_MAX = 100;
/** How often a request is sent that the service has no room for, and the longest wait between two times. */
const TRIES_MAX = 20;
const WAIT_MAX_SECONDS = 60;
const WAIT_SECONDS = 5;
const PROGRESS_EVERY = 1000;
const BUSY = new Set([429, 503]);
/** What the answer is where no page of a request could be taken. */
const REFUSED = 422;

const problemSchema = z.looseObject({ detail: z.string().optional(), title: z.string().optional() });

/** Pages on their way, each as a line of JSON. */
interface Batch {
  lines: string[];
  urls: string[];
  bytes: number;
}

type Item = z.infer<typeof answerSchema>['items'][number];
/** What the service said of each page of a batch, or why no more can be sent. */
type Sent = { ok: true; items: Item[] } | { ok: false; problem: string };

/**
 * Submits the pages of WARC files to a running service, each with its address and its own time, one request after another: the
 * archive is read as fast as the service takes it. Prints one JSON line for each page, with its id and state.
 */
export async function submitArchives(
  files: readonly string[],
  server: RunningService,
  stdin: Readable,
  output: Writable,
  progress: Writable,
): Promise<ExitCode> {
  const say = (text: string) => progress.write(`wirefold: ${tame(text)}\n`);
  const count = { pages: 0, accepted: 0, known: 0, bad: 0 };
  const onBad = (problem: string) => {
    if (++count.bad <= BAD_NAMED_MAX) say(problem);
  };
  const passed = countPassed(say);
  const writer = rowWriter(output);
  const take = async ({ urls, lines }: Batch): Promise<string | null> => {
    const sent = await send(server, lines);
    if (!sent.ok) return sent.problem;
    for (const [at, item] of sent.items.entries()) {
      if (item.id === undefined) onBad(`${urls[at]}: ${problemOf(item.problem)}`);
      else if (item.isAccepted === true) count.accepted++;
      else count.known++;
      const { index: _, ...row } = item;
      await writer.write(item.id === undefined ? { url: urls[at], ...row } : row);
      if (++count.pages % PROGRESS_EVERY === 0) say(`${count.pages} pages`);
    }
    return null;
  };
  let problem: string | null = null;
  for await (const batch of batchesOf(files, stdin, onBad, passed.add)) {
    problem = await take(batch);
    if (problem !== null) break;
  }
  passed.tell();
  say(
    `${count.pages} pages, ${count.accepted} accepted, ${count.known} known before, ${count.bad} bad records, pages or files`,
  );
  if (problem !== null) say(problem);
  if (problem !== null || (count.pages === 0 && count.bad > 0 && count.bad === files.length)) return EXIT.couldNotRun;
  return count.bad > 0 || count.pages === 0 ? EXIT.someBad : EXIT.ok;
}

async function* batchesOf(
  files: readonly string[],
  stdin: Readable,
  onBad: (problem: string) => void,
  onPassed: ReturnType<typeof countPassed>['add'],
): AsyncGenerator<Batch> {
  let batch: Batch = { lines: [], urls: [], bytes: 0 };
  for await (const input of readInputs(files, stdin, () => true)) {
    if (input.kind === 'problem') onBad(input.problem);
    if (input.kind === 'passed') onPassed(input);
    if (input.kind !== 'page') continue;
    const { url, html, fetchedAt } = input;
    const line = `${JSON.stringify({ url, html, ...(fetchedAt !== null && { fetched: fetchedAt }) })}\n`;
    const bytes = Buffer.byteLength(line);
    if (bytes > BODY_BYTES_MAX) {
      onBad(`${url}: the page is larger than the service takes, ${BODY_BYTES_MAX} bytes`);
      continue;
    }
    const isFull = batch.bytes + bytes > BATCH_BYTES_MAX || batch.lines.length === BATCH_PAGES_MAX;
    if (isFull && batch.lines.length > 0) {
      yield batch;
      batch = { lines: [], urls: [], bytes: 0 };
    }
    batch.lines.push(line);
    batch.urls.push(url);
    batch.bytes += bytes;
  }
  if (batch.lines.length > 0) yield batch;
}

/** Sends a batch, again while the service is busy. */
async function send(server: RunningService, lines: string[]): Promise<Sent> {
  let status = 0;
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const answer = await ask(server, '/v1/articles', { method: 'POST', lines });
    if (answer === null) return { ok: false, problem: noAnswer(server) };
    status = answer.status;
    if (BUSY.has(status)) {
      await answer.body?.cancel();
      await wait(1000 * secondsToWait(answer.headers.get('retry-after')));
      continue;
    }
    const body: unknown = await answer.json().catch(() => null);
    const parsed = answerSchema.safeParse(body);
    if (parsed.success && parsed.data.items.length === lines.length) return { ok: true, items: parsed.data.items };
    if (status !== REFUSED || lines.length > 1)
      return { ok: false, problem: `${server.url} answered ${status}: ${problemOf(body)}${keyHint(answer)}` };
    return { ok: true, items: [{ problem: body }] };
  }
  return { ok: false, problem: `${server.url} answered ${status} ${TRIES_MAX} times; it has too much to do` };
}

function secondsToWait(header: string | null): number {
  const seconds = Number(header ?? Number.NaN);
  return seconds > 0 ? Math.min(seconds, WAIT_MAX_SECONDS) : WAIT_SECONDS;
}

function problemOf(problem: unknown): string {
  const parsed = problemSchema.safeParse(problem);
  return (parsed.success ? (parsed.data.detail ?? parsed.data.title) : null) ?? 'it was refused';
}
