import { setMaxListeners } from 'node:events';
import type { Queue, RetrySettings } from '@wirefold/queue';
import type { Claim, Store } from '@wirefold/store';
import type { Fetcher } from './fetch/fetcher.ts';
import { createPace, type Pace } from './fetch/pace.ts';
import { type Ingested, ingestFetched, ingestPushed, inTurn, notIngested, type Timed } from './reading.ts';
import { bug, collectResults, type IngestEvents, type Results } from './results.ts';

/** Fetches at once in one process: enough to keep two cores busy with extracting, few enough to hold their bodies in memory. */
const FETCHES_MAX = 32;

export interface IngestOptions {
  store: Store;
  queue: Queue;
  fetcher: Fetcher;
  events: IngestEvents;
  settings: RetrySettings & {
    /** Jobs at once. */
    ingestConcurrency: number;
    leaseMs: number;
    /** The fetcher's deadline; what the lease leaves beyond it bounds the wait for a host. */
    fetchDeadlineMs: number;
  };
  /** A clock for durations, in milliseconds from any start; the system's where it is left out. */
  now?: () => number;
}

/** Starts taking `ingest` jobs: URL, page or text in; signed article out. */
export async function startIngest(options: IngestOptions): Promise<{ close(): Promise<void> }> {
  const stage: IngestStage = {
    ...options,
    now: options.now ?? (() => performance.now()),
    pace: createPace(FETCHES_MAX),
  };
  const { ingestConcurrency: concurrency } = options.settings;
  return options.queue.consume('ingest', (articleIds, signal) => ingest(stage, articleIds, signal), { concurrency });
}

interface IngestStage extends IngestOptions {
  now: () => number;
  pace: Pace;
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
 * How long this job's claims may wait for their hosts. Waiting and fetching together must stay inside of the lease, with as much
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

async function readAll(job: Job, claims: Claim[]): Promise<void> {
  const { now, events, results, signal } = job;
  const left = new Set(claims);
  const read: { claim: Claim; ingested: Ingested | null; durationMs: number }[] = [];
  await inTurn(claims, signal, (claim) => {
    left.delete(claim);
    const startedAt = now();
    const ingested = guarded(events, claim, () => ingestPushed(claim, timedBy(job)));
    read.push({ claim, ingested, durationMs: now() - startedAt });
  });
  for (const claim of left) read.push({ claim, ingested: null, durationMs: 0 });
  results.give(read);
}

/** Waits for a place, fetches, reads. A claim that gets no place is given back, and left alone for a while. */
async function fetchOne(job: Job, claim: Claim): Promise<void> {
  const { now, events, results, pace, waiting } = job;
  const leave = await pace.enter(hostOf(claim.url), waiting.signal);
  if (leave === null) {
    results.give([{ claim, ingested: null, durationMs: 0 }]);
    return;
  }
  const startedAt = now();
  let ingested: Ingested | null = null;
  try {
    ingested = await fetchAndRead(job, claim);
  } catch (cause) {
    // An aborted fetch is no end: the claim goes back.
    if (!job.signal.aborted) ingested = bug(events, claim, cause);
  } finally {
    leave();
  }
  results.give([{ claim, ingested, durationMs: now() - startedAt }]);
}

async function fetchAndRead(job: Job, claim: Claim): Promise<Ingested> {
  const { fetcher, events, now, signal } = job;
  if (claim.url === null) return notIngested('url-not-allowed', 'neither a URL nor content');
  const startedAt = now();
  const result = await fetcher.fetchPage(claim.url, signal);
  events.timed('fetch', now() - startedAt);
  if (!result.ok) return result;
  return ingestFetched(claim, result.page, timedBy(job));
}

function guarded(events: IngestEvents, claim: Claim, work: () => Ingested | null): Ingested | null {
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

/** What is paced: the host and port. URLs that are none share a place, and the fetcher refuses them at once. */
function hostOf(url: string | null): string {
  return url !== null && URL.canParse(url) ? new URL(url).host : '';
}
