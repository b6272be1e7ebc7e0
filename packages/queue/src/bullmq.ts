import type { JobsOptions } from 'bullmq';
import { showQueues } from './job-board.ts';
import { type JobPayload, type NewJob, newJob, queueName, readPayload } from './jobs.ts';
import {
  type Consumer,
  type Handler,
  JOB_KINDS,
  type JobKind,
  type Queue,
  type QueueDepth,
  type QueueName,
} from './queue.ts';
import { keepScheduled, type Schedules } from './scheduled.ts';
import { answered, settledWithin } from './within.ts';

/** What went wrong, and where. The articles are safe in each case: the ledger has them. */
export interface QueueErrorFacts {
  /**
   * `connection`: the engine is away or failed; `handler`: a handler threw; `payload`: a job could not be read and was dropped;
   * `drain`: jobs were still in hand when the time to close was over; `unavailable`: articles could not be handed over.
   */
  kind: 'connection' | 'handler' | 'payload' | 'drain' | 'unavailable';
  stage: QueueName;
  articleIds?: string[];
}

export type OnQueueError = (error: Error, facts: QueueErrorFacts) => void;

/** Time limits of a queue in milliseconds, with defaults that suit a service. */
export interface QueueTimes {
  /** How long a call may wait for the engine. */
  callMs?: number;
  /** How long a worker may be silent before another may take its jobs; what is longer than the default counts as that. */
  lockMs?: number;
  /** How long a consumer that closes leaves its handlers alone before it aborts them. */
  drainMs?: number;
}

/** The parts of BullMQ's queue and worker that are used, whatever engine is behind them. */
export interface Producer extends Schedules {
  add(name: string, data: JobPayload, opts: JobsOptions): Promise<unknown>;
  addBulk(jobs: NewJob[]): Promise<unknown>;
  getJobCounts(...types: ('waiting' | 'prioritized' | 'delayed' | 'active')[]): Promise<Record<string, number>>;
  close(): Promise<void>;
}

export interface JobWorker {
  close(): Promise<void>;
  /** Cuts the connections, whatever is in hand. */
  abandon(): void;
}

export interface WorkerTimes {
  concurrency: number;
  lockDuration: number;
  stalledInterval: number;
  maxStalledCount: number;
  drainDelay: number;
  runRetryDelay: number;
}

/** What becomes a queue or a worker of BullMQ's. `onError` hears of trouble with the connection. */
export interface ProducerParts {
  stage: QueueName;
  name: string;
  onError: (error: Error) => void;
}

export interface WorkerParts extends ProducerParts {
  process: (job: { data: unknown }) => Promise<void>;
  times: WorkerTimes;
}

/** BullMQ on one kind of database. */
export interface Engine {
  /** Whether it can tell which workers there are, in all processes. */
  knowsWorkers: boolean;
  producer(parts: ProducerParts): Promise<Producer>;
  worker(parts: WorkerParts): Promise<JobWorker>;
  /** Closes what producers and workers share. */
  close(): Promise<void>;
}

export const QUEUE_TIMES = {
  // An embedded engine shares its one thread with the store; a batch of 500 jobs takes it 0.1 s when it is idle.
  callMs: 5_000,
  lockMs: 30_000,
  // Less than the 30 s that a container is given to stop.
  drainMs: 25_000,
} as const satisfies Required<QueueTimes>;

// Jobs of silent workers are looked for this often in the time that one may be silent.
const STALLED_LOOKS = 3;
// Five killed workers failed 20 jobs at BullMQ's own 1, and none at 5.
const STALLED_MAX = 5;
// A wake-up that was lost is made good by asking, this often.
const POLL_EVERY_S = 5;
// After an outage a worker asks again this soon; BullMQ's own 15 s would be the longest part of the outage.
const RETRY_EVERY_MS = 1_000;
// One statement adds this many jobs: enough to be fast, and short enough not to hold up others in an embedded engine.
const ADD_AT_ONCE_MAX = 500;
// Looks after feeds in one process at once: one that waits for a slow site must not be the only one.
const LOOKS_MAX = 2;
// Time for handlers that were aborted to end, and for the engine to hear of it.
const GRACE_MS = 2_000;

/** The queue that everybody sees, on an engine. */
export async function queueOn(engine: Engine, times: Required<QueueTimes>, onError: OnQueueError): Promise<Queue> {
  const producers = new Map<QueueName, Producer>();
  for (const stage of [...JOB_KINDS, 'feeds'] as const) {
    producers.set(stage, await engine.producer(partsOf(stage, onError)));
  }
  const producerOf = (stage: QueueName) => producers.get(stage) as Producer;
  return {
    add: (stage, batches) => add(producerOf(stage), stage, batches, times.callMs),
    consume: (stage, handler, { concurrency }) =>
      startConsumer({ engine, times, onError, stage, handler, concurrency }),
    async lookAfterFeeds(look, { everyMs }) {
      const parts = partsOf('feeds', onError);
      const schedule = keepScheduled(producerOf('feeds'), { ...parts, everyMs, callMs: times.callMs });
      const handler: Handler = (_ids, signal) =>
        look(signal).catch((cause) => onError(asError(cause), { kind: 'handler', stage: 'feeds' }));
      const consumer = await startConsumer({ engine, times, onError, stage: 'feeds', handler, concurrency: LOOKS_MAX });
      return { close: () => schedule.stop().then(() => consumer.close()) };
    },
    showOn: (board, options) => showQueues(producers, board, { ...options, showWorkers: engine.knowsWorkers }),
    depth: (stage) => depth(producerOf(stage), times.callMs),
    async close() {
      for (const producer of producers.values()) await settledWithin(producer.close(), GRACE_MS);
      await engine.close();
    },
  };
}

function partsOf(stage: QueueName, onError: OnQueueError): ProducerParts {
  return { stage, name: queueName(stage), onError: (error) => onError(error, { kind: 'connection', stage }) };
}

async function add(producer: Producer, stage: JobKind, batches: string[][], callMs: number): Promise<void> {
  const jobs = batches.map((ids) => newJob(stage, ids));
  for (let start = 0; start < jobs.length; start += ADD_AT_ONCE_MAX) {
    const some = jobs.slice(start, start + ADD_AT_ONCE_MAX);
    const [only] = some;
    // On Postgres, many at once go through temporary tables: too much for one.
    const added = some.length === 1 && only ? producer.add(only.name, only.data, only.opts) : producer.addBulk(some);
    await answered(added, callMs);
  }
}

async function depth(producer: Producer, callMs: number): Promise<QueueDepth> {
  const counts = await answered(producer.getJobCounts('waiting', 'prioritized', 'delayed', 'active'), callMs);
  const { waiting = 0, prioritized = 0, delayed = 0, active = 0 } = counts;
  return { waiting: waiting + prioritized + delayed, active };
}

interface ConsumerParts {
  engine: Engine;
  times: Required<QueueTimes>;
  onError: OnQueueError;
  stage: QueueName;
  handler: Handler;
  concurrency: number;
}

async function startConsumer({
  engine,
  times,
  onError,
  stage,
  handler,
  concurrency,
}: ConsumerParts): Promise<Consumer> {
  const jobs = { inHand: 0, closing: new AbortController() };
  const process: WorkerParts['process'] = async ({ data }) => {
    const payload = readPayload(data);
    if (!payload.ok) {
      onError(new Error(`unreadable job: ${payload.problem}`), { kind: 'payload', stage });
      return;
    }
    jobs.inHand += 1;
    try {
      await handler(payload.ids, jobs.closing.signal);
    } catch (cause) {
      onError(asError(cause), { kind: 'handler', stage, articleIds: payload.ids });
    } finally {
      jobs.inHand -= 1;
    }
  };
  const lockMs = Math.min(times.lockMs, QUEUE_TIMES.lockMs);
  const worker = await engine.worker({
    ...partsOf(stage, onError),
    process,
    times: {
      concurrency,
      lockDuration: lockMs,
      stalledInterval: Math.ceil(lockMs / STALLED_LOOKS),
      maxStalledCount: STALLED_MAX,
      drainDelay: POLL_EVERY_S,
      runRetryDelay: RETRY_EVERY_MS,
    },
  });
  const onLate = (error: Error) => onError(error, { kind: 'drain', stage });
  let closed: Promise<void> | undefined;
  return {
    close() {
      closed ??= closeWorker(worker, jobs, times.drainMs, onLate);
      return closed;
    },
  };
}

/**
 * Lets the jobs in hand end for `drainMs`, then aborts them. A worker that has nothing in hand and still does not close has lost its
 * engine, and is left alone.
 */
async function closeWorker(
  worker: JobWorker,
  jobs: { readonly inHand: number; readonly closing: AbortController },
  drainMs: number,
  onLate: (error: Error) => void,
): Promise<void> {
  const closed = worker.close();
  const stepMs = Math.min(drainMs, GRACE_MS);
  for (let waitedMs = 0; waitedMs < drainMs; waitedMs += stepMs) {
    if ((await settledWithin(closed, stepMs)).kind !== 'late') return;
    if (jobs.inHand === 0) break;
  }
  jobs.closing.abort(new Error('the consumer is closing'));
  if (jobs.inHand > 0 && (await settledWithin(closed, GRACE_MS)).kind !== 'late') return;
  if (jobs.inHand > 0) onLate(new Error(`${jobs.inHand} jobs did not end; their articles will be handed out again`));
  worker.abandon();
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}
