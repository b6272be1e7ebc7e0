import { setMaxListeners } from 'node:events';
import { NO_FURNITURE } from '@wirefold/dedup';
import type { Queue, RetrySettings } from '@wirefold/queue';
import type { Claim, SourceFurniture, Store } from '@wirefold/store';
import type { Fetcher } from './fetch/fetcher.ts';
import { createPace, type Pace } from './fetch/pace.ts';
import { createRobotsDesk, type RobotsDesk } from './fetch/robots-desk.ts';
import {
  type Ingested,
  inTurn,
  type NotIngested,
  notIngested,
  type Read,
  readFetched,
  readPushed,
  signRead,
  type Timed,
} from './reading.ts';
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
  const now = options.now ?? (() => performance.now());
  const { store, fetcher } = options;
  const robots = createRobotsDesk({ store, fetcher, now });
  const stage: IngestStage = { ...options, now, robots, pace: createPace(FETCHES_MAX) };
  const { ingestConcurrency: concurrency } = options.settings;
  return options.queue.consume('ingest', (articleIds, signal) => ingest(stage, articleIds, signal), { concurrency });
}

interface IngestStage extends IngestOptions {
  now: () => number;
  robots: RobotsDesk;
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

/** Reads all, then asks once what is known of their sources, and signs all. */
async function readAll(job: Job, claims: Claim[]): Promise<void> {
  const { now, events, results, signal } = job;
  const works = claims.map((claim): Work => ({ claim, read: null, ingested: null, durationMs: 0 }));
  await inTurn(works, signal, (work) => {
    const startedAt = now();
    work.read = guarded(events, work.claim, () => readPushed(work.claim, timedBy(job)));
    work.durationMs = now() - startedAt;
  });
  const furniture = await furnitureOf(
    job,
    works.map(({ read }) => read),
  );
  await inTurn(works, signal, (work) => {
    const { claim, read } = work;
    const startedAt = now();
    if (read !== null)
      work.ingested = guarded(events, claim, () => signRead(claim, read, furniture(read), timedBy(job)));
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

/** The furniture of the sources of what was read, asked for at once. */
async function furnitureOf({ store }: Job, reads: (Read | null)[]): Promise<(read: Read) => SourceFurniture> {
  const keyOf = (read: Read | null) => (read?.ok === true ? read.article.source.key : null);
  const keys = [...new Set(reads.flatMap((read) => keyOf(read) ?? []))];
  const known = keys.length === 0 ? new Map<string, SourceFurniture>() : await store.furniture(keys);
  return (read) => known.get(keyOf(read) ?? '') ?? { version: 0, furniture: NO_FURNITURE };
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
  const { fetcher, events, now, robots, signal } = job;
  if (claim.url === null) return notIngested('url-not-allowed', 'neither a URL nor content');
  const startedAt = now();
  const result = await fetcher.fetchPage(claim.url, signal, async (url, fetchSignal) => {
    const answer = await robots.ask(url, fetchSignal);
    return answer.ok ? null : answer;
  });
  events.timed('fetch', now() - startedAt);
  if (!result.ok) return result;
  const read = readFetched(result.page, timedBy(job));
  const furniture = await furnitureOf(job, [read]);
  return signRead(claim, read, furniture(read), timedBy(job));
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

/** What is paced: the host and port. URLs that are none share a place, and the fetcher refuses them at once. */
function hostOf(url: string | null): string {
  return url !== null && URL.canParse(url) ? new URL(url).host : '';
}
