import { type OnQueueError, openPostgresQueue, openRedisQueue, type Queue } from '@wirefold/queue';
import { type OpenedStore, openStore, type Store } from '@wirefold/store';
import type { Config } from './config.ts';
import type { Events } from './events.ts';

export interface Engines {
  store: Store;
  queue: Queue;
  /** Which engines these are, for a person; without anything secret. */
  description: string;
  /** Closes the queue, then the store that it may live in. Consumers and sweepers are closed by their owners before. */
  close(): Promise<void>;
}

// What remains of the time to stop when the consumers have drained: aborting the last jobs, and closing the engines.
const AFTER_DRAIN_MS = 5_000;

type EngineConfig = Pick<Config, 'databaseUrl' | 'redisUrl' | 'dataDir' | 'databasePoolMax' | 'leaseMs' | 'shutdownMs'>;

/**
 * Opens the store and the queue that the configuration asks for: Postgres or the embedded PGlite, and Redis or the store's own
 * database. The only place that chooses. Throws what `openStore` throws. `signatureVersion` is that of the dedup parameters.
 */
export async function openEngines(
  config: EngineConfig,
  events: Pick<Events, 'queueUnavailable' | 'bug'>,
  { signatureVersion }: { signatureVersion: number },
): Promise<Engines> {
  const { databaseUrl, dataDir, databasePoolMax } = config;
  const opened = await openStore({ databaseUrl, dataDir, signatureVersion, poolSize: databasePoolMax });
  const { store } = opened;
  let queue: Queue;
  try {
    queue = await openQueue(config, opened, reportTo(events));
  } catch (cause) {
    await store.close();
    throw cause;
  }
  return {
    store,
    queue,
    description: describeEngines(config),
    async close() {
      await queue.close();
      await store.close();
    },
  };
}

function openQueue(
  { redisUrl, leaseMs, shutdownMs }: EngineConfig,
  { pool }: OpenedStore,
  onError: OnQueueError,
): Promise<Queue> {
  const drainMs = Math.max(shutdownMs - AFTER_DRAIN_MS, shutdownMs / 2);
  // The job of a killed worker must not outlast the worker's claims on its articles.
  const times = { lockMs: leaseMs, drainMs };
  return redisUrl === null
    ? openPostgresQueue({ pool, onError, ...times })
    : openRedisQueue({ url: redisUrl, onError, ...times });
}

/** A handler that throws is a bug, or has lost its store; everything else is the queue's own trouble. */
function reportTo(events: Pick<Events, 'queueUnavailable' | 'bug'>): OnQueueError {
  return (cause, { kind, stage, articleIds }) => {
    const [articleId, ...others] = articleIds ?? [];
    if (kind !== 'handler') events.queueUnavailable({ cause, kind, stage, articles: articleIds?.length ?? 0 });
    else if (articleId !== undefined && others.length === 0) events.bug({ stage, cause, articleId });
    else events.bug({ stage, cause });
  };
}

export function describeEngines({ databaseUrl, redisUrl, dataDir }: EngineConfig): string {
  const embedded = dataDir === null ? 'PGlite in memory' : `PGlite in ${dataDir}`;
  const store = databaseUrl === null ? embedded : `Postgres at ${placeOf(databaseUrl)}`;
  return `${store}, queue ${redisUrl === null ? 'in the same' : `on Redis at ${placeOf(redisUrl)}`}`;
}

/** Host, port and database of a URL, and not its password. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host || 'localhost'}${pathname === '/' ? '' : pathname}`;
}
