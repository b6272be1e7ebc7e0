import { setMaxListeners } from 'node:events';
import { NO_FURNITURE } from '@wirefold/dedup';
import type { Queue, RetrySettings } from '@wirefold/queue';
import type { Claim, ReadBefore, SourceFurniture, Store } from '@wirefold/store';
import { type Fetcher, REDIRECTS_MAX } from './fetch/fetcher.ts';
import { FAILURES_BEFORE_GIVING_UP, type PaceSettings } from './fetch/pace.ts';
import { createPlaces, type Places } from './fetch/places.ts';
import type { Failed, FetchResult, NotModified } from './fetch/result.ts';
import { createRobotsDesk, type RobotsDesk } from './fetch/robots-desk.ts';
import { type Busy, startVisit } from './fetch/visit.ts';
import { type FrontierSettings, startFrontier } from './frontier.ts';
import {
  completed,
  type Ingested,
  inTurn,
  isIncomplete,
  type NotIngested,
  notIngested,
  type Read,
  readFetched,
  readPushed,
  signRead,
  type Timed,
} from './reading.ts';
import { asBefore, besideEarlier } from './rereading.ts';
import { bug, collectResults, type IngestEvents, type Results } from './results.ts';

/** Fetches at once in one process: enough to keep two cores busy with extracting, few enough to hold their bodies in memory. */
const FETCHES_MAX = 32;

export interface IngestOptions {
  store: Store;
  queue: Queue;
  fetcher: Fetcher;
  events: IngestEvents;
  settings: RetrySettings &
    PaceSettings &
    FrontierSettings & {
      /** Jobs at once. */
      ingestConcurrency: number;
      leaseMs: number;
      /** The fetcher's deadline; what the lease leaves beyond it bounds the wait for a place. */
      fetchDeadlineMs: number;
    };
  /** A clock for durations, in milliseconds from any start; the system's where it is left out. */
  now?: () => number;
}

/** Starts taking `ingest` jobs: URL, page or text in; signed article out. */
export async function startIngest(options: IngestOptions): Promise<{ close(): Promise<void> }> {
  const now = options.now ?? (() => performance.now());
  const { store, fetcher } = options;
  const robots = createRobotsDesk({ store, fetcher, now });
  const stage: IngestStage = { ...options, now, robots, places: createPlaces(FETCHES_MAX) };
  const { ingestConcurrency: concurrency } = options.settings;
  const consumer = await options.queue.consume('ingest', (articleIds, signal) => ingest(stage, articleIds, signal), {
    concurrency,
  });
  const frontier = startFrontier(options);
  return {
    async close() {
      await frontier.stop();
      await consumer.close();
    },
  };
}

interface IngestStage extends IngestOptions {
  now: () => number;
  robots: RobotsDesk;
  places: Places;
}

/**
 * One job. Pushed content is read at once and saved together; URLs are fetched side by side and saved as they come. What was not
 * worked on, because its host is busy or the process stops, goes back to the ledger.
 */
async function ingest(stage: IngestStage, articleIds: string[], signal: AbortSignal): Promise<void> {
  const { store, settings } = stage;
  // Every fetch of every job listens to this signal.
  setMaxListeners(0, signal);
  const claims = await store.claim('ingest', articleIds, settings.leaseMs);
  if (claims.length === 0) return;
  const results = collectResults({ ...stage, signal });
  const job: Job = { ...stage, signal, results, waiting: waitFor(settings, signal) };
  try {
    const pushed = claims.filter((claim) => claim.pushed !== null);
    const toFetch = claims.filter((claim) => claim.pushed === null);
    await Promise.all([readAll(job, pushed), ...toFetch.map((claim) => fetchOne(job, claim))]);
    await results.written();
  } finally {
    job.waiting.end();
  }
}

interface Job extends IngestStage {
  signal: AbortSignal;
  results: Results;
  waiting: { signal: AbortSignal; end(): void };
}

/**
 * How long this job's claims may wait for a place. Waiting and fetching together must stay inside of the lease, with as much
 * left for reading and saving; a claim that outlives its lease is fetched for nothing.
 */
function waitFor({ leaseMs, fetchDeadlineMs }: IngestOptions['settings'], signal: AbortSignal): Job['waiting'] {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const stop = () => controller.abort();
  const timer = setTimeout(stop, Math.max(0, (leaseMs - fetchDeadlineMs) / 2));
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    },
  };
}

/** Reads all, then asks once what is known of their sources, and signs those whose body is new. */
async function readAll(job: Job, claims: Claim[]): Promise<void> {
  const { now, events, results, signal } = job;
  const before = await beforeOf(job, claims);
  const works = claims.map((claim): Work => ({ claim, read: null, ingested: null, durationMs: 0 }));
  await inTurn(works, signal, (work) => {
    const startedAt = now();
    const { claim } = work;
    const earlier = before.get(claim.articleId);
    work.read = guarded(events, claim, () => {
      const read = readPushed(claim, timedBy(job));
      return read === null ? null : besideEarlier(read, earlier);
    });
    const { read } = work;
    if (read !== null) work.ingested = guarded(events, claim, () => asBefore(claim, read, earlier));
    work.durationMs = now() - startedAt;
  });
  const furniture = await furnitureOf(
    job,
    works.map(({ read, ingested }) => (ingested === null ? read : null)),
  );
  await inTurn(works, signal, (work) => {
    const { claim, read } = work;
    const startedAt = now();
    if (read !== null)
      work.ingested ??= guarded(events, claim, () => signRead(claim, read, furniture(read), timedBy(job)));
    work.durationMs += now() - startedAt;
  });
  results.give(works);
}

/** What was made of a claim so far. */
interface Work {
  claim: Claim;
  read: Read | null;
  ingested: Ingested | null;
  durationMs: number;
}

/** What those of the articles were that were read before. */
async function beforeOf({ store }: Job, claims: Claim[]): Promise<Map<string, ReadBefore>> {
  const ids = claims.filter(({ isRead }) => isRead).map(({ articleId }) => articleId);
  return ids.length === 0 ? new Map() : store.readBefore(ids);
}

/** The furniture of the sources of what was read, asked for at once. */
async function furnitureOf({ store }: Job, reads: (Read | null)[]): Promise<(read: Read) => SourceFurniture> {
  const keyOf = (read: Read | null) => (read?.ok === true ? read.article.source.key : null);
  const keys = [...new Set(reads.flatMap((read) => keyOf(read) ?? []))];
  const known = keys.length === 0 ? new Map<string, SourceFurniture>() : await store.furniture(keys);
  return (read) => known.get(keyOf(read) ?? '') ?? { version: 0, furniture: NO_FURNITURE };
}

/** Fetches and reads, where the turn of the host is to be had. A claim whose host is busy is given back, to wait there. */
async function fetchOne(job: Job, claim: Claim): Promise<void> {
  const { now, events, results, places, waiting } = job;
  const leave = await places.enter(waiting.signal);
  if (leave === null) {
    results.give([{ claim, ingested: null, durationMs: 0 }]);
    return;
  }
  const startedAt = now();
  let ingested: Ingested | Busy | null = null;
  try {
    ingested = await fetchAndRead(job, claim);
  } catch (cause) {
    // An aborted fetch is no end: the claim goes back.
    if (!job.signal.aborted) ingested = bug(events, claim, cause);
  } finally {
    leave();
  }
  const ended = ingested !== null && 'busyAt' in ingested ? await putOff(job, claim, ingested.busyAt) : ingested;
  if (ended !== MOVED) results.give([{ claim, ingested: ended, durationMs: now() - startedAt }]);
}

const MOVED = 'moved';

/** What becomes of a claim whose host is busy: it waits there, and where a redirect led there, goes on from there. */
async function putOff({ store }: Job, claim: Claim, busyAt: URL): Promise<NotIngested | null | typeof MOVED> {
  if (claim.fetchUrl === null || new URL(claim.fetchUrl).host === busyAt.host) return null;
  if (claim.moves >= REDIRECTS_MAX) {
    return notIngested('too-many-redirects', `put off at more than ${REDIRECTS_MAX} hosts`);
  }
  const { articleId, token } = claim;
  await store.moveTo({ articleId, token, url: busyAt.href, host: busyAt.host });
  return MOVED;
}

async function fetchAndRead(job: Job, claim: Claim): Promise<Ingested | Busy> {
  const { fetcher, events, now, signal } = job;
  if (claim.fetchUrl === null) return notIngested('url-not-allowed', 'neither a URL nor content');
  const visit = startVisit(job);
  const startedAt = now();
  let result: FetchResult | NotModified | Failed | Busy;
  try {
    result = await fetcher.fetchAgain(claim.fetchUrl, signal, visit.gate, claim.fetched);
  } catch (error) {
    await visit.end('broken off');
    throw error;
  }
  const failure = !result.ok && 'reason' in result ? result : null;
  const isUnchanged = !result.ok && 'isKnown' in result;
  const ended = await visit.end(isUnchanged ? 'unchanged' : failure);
  if (failure !== null && ended !== null && ended.failures >= FAILURES_BEFORE_GIVING_UP) {
    await giveUp(job, ended.host, failure);
  }
  events.timed('fetch', now() - startedAt);
  const { articleId, token } = claim;
  if (!result.ok)
    return 'isKnown' in result ? { ok: true, unchanged: { articleId, token, fetched: null, cards: [] } } : result;
  const before = (await beforeOf(job, [claim])).get(articleId);
  const complete = await withEntry(job, claim, readFetched(result.page, timedBy(job)));
  const read = besideEarlier(complete, before);
  const known = asBefore(claim, read, before);
  if (known !== null) return known;
  const furniture = await furnitureOf(job, [read]);
  return signRead(claim, read, furniture(read), timedBy(job));
}

/** Where a page does not say its title or its time, a feed that it stood in does. */
async function withEntry({ store }: Job, { articleId }: Claim, read: Read): Promise<Read> {
  if (!isIncomplete(read)) return read;
  return completed(read, await store.entriesOf(articleId));
}

/** Ends, visibly, what waits for a host that has not answered for hours: one try an hour would never come to an end of it. */
async function giveUp({ store, events }: Job, host: string, { reason, detail }: Failed): Promise<void> {
  for (;;) {
    const ended = await store.giveUpHost(host, 'host-down', `${reason}: ${detail}`);
    for (const articleId of ended) {
      events.rejected({ stage: 'ingest', articleId, url: null, reason: 'host-down', detail: host });
    }
    if (ended.length === 0) return;
  }
}

function guarded<Made>(events: IngestEvents, claim: Claim, work: () => Made): Made | NotIngested {
  try {
    return work();
  } catch (cause) {
    return bug(events, claim, cause);
  }
}

function timedBy({ events, now }: IngestStage): Timed {
  return (stage, work) => {
    const startedAt = now();
    const value = work();
    events.timed(stage, now() - startedAt);
    return value;
  };
}
