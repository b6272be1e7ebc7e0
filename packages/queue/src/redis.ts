import { Queue as BullQueue, Worker as BullWorker } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import { type Engine, type OnQueueError, QUEUE_TIMES, type QueueTimes, queueOn } from './bullmq.ts';
import { redisPrefix } from './jobs.ts';
import type { Queue } from './queue.ts';

// A caller can do without the queue, and should not wait for it longer than a person waits for a page.
const CALL_MS = 2_000;
// Reconnect quickly and for ever: an outage is then over for us when it is over.
const RECONNECT_MAX_MS = 1_000;
// A host that swallows packets must not take the whole call's time to be noticed.
const CONNECT_MS = 2_000;
// Lines of BullMQ's own event stream, which nobody reads; it cannot be turned off.
const EVENTS_KEPT = 100;
// Each connection tells each failed attempt: one line a while says as much.
const REPORT_EVERY_MS = 5_000;

/** The queue on Redis. Redis may be away when this is called, and come and go: jobs flow while it is there. */
export async function openRedisQueue(options: { url: string; onError: OnQueueError } & QueueTimes): Promise<Queue> {
  const { url, onError, ...times } = options;
  const connection = {
    connectTimeout: CONNECT_MS,
    retryStrategy: (attempt: number) => Math.min(attempt * 100, RECONNECT_MAX_MS),
  } as const satisfies RedisOptions;
  // Fails at once where Redis is away: what waited in the process for Redis to come back would be lost with the process.
  const calls = new Redis(url, { ...connection, enableOfflineQueue: false, maxRetriesPerRequest: 0 });
  // Waits for Redis for as long as it takes, as BullMQ demands of the connections of a worker.
  const connect = () => new Redis(url, { ...connection, maxRetriesPerRequest: null });
  return await queueOn(
    redisEngine(calls, connect),
    { ...QUEUE_TIMES, callMs: CALL_MS, ...times },
    atIntervals(onError),
  );
}

function redisEngine(calls: Redis, connect: () => Redis): Engine {
  const streams = { events: { maxLen: EVENTS_KEPT } };
  return {
    knowsWorkers: true,
    async producer({ stage, name, onError }) {
      const producer = new BullQueue(name, { connection: calls, prefix: redisPrefix(stage), streams });
      return producer.on('error', onError);
    },
    async worker({ stage, name, process, times, onError }) {
      // Connections of its own, so that a worker that is abandoned takes no other with it.
      const { connection, disconnect } = withCopies(connect());
      const worker = new BullWorker(name, process, { connection, prefix: redisPrefix(stage), ...times });
      worker.on('error', onError);
      return { close: () => worker.close().finally(disconnect), abandon: disconnect };
    },
    close: async () => calls.disconnect(),
  };
}

/** A connection, and the end of it and of all copies: BullMQ makes one to wait on, and only a Redis that answers ends that. */
function withCopies(connection: Redis): { connection: Redis; disconnect(): void } {
  const all = [connection];
  const duplicate = connection.duplicate.bind(connection);
  connection.duplicate = (override) => {
    const copy = duplicate(override);
    all.push(copy);
    return copy;
  };
  return {
    connection,
    disconnect() {
      for (const each of all) {
        const isBetweenAttempts = each.status === 'reconnecting';
        each.disconnect();
        // ioredis then makes no further attempt, but tells nobody; BullMQ would wait for the end, with a timer that runs for ever.
        if (isBetweenAttempts) each.emit('end');
      }
    },
  };
}

/** Passes on at most one connection error in a while; other errors are each about a job, and all pass. */
function atIntervals(onError: OnQueueError): OnQueueError {
  let quietUntilMs = 0;
  return (error, facts) => {
    if (facts.kind === 'connection') {
      if (Date.now() < quietUntilMs) return;
      quietUntilMs = Date.now() + REPORT_EVERY_MS;
    }
    onError(error, facts);
  };
}
