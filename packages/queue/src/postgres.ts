import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPostgresBackend, type PgPool, runMigrations, withBackend } from 'bullmq';
import type { ClientBase, Pool, PoolClient } from 'pg';
import { type Engine, type OnQueueError, QUEUE_TIMES, type QueueTimes, queueOn } from './bullmq.ts';
import type { Queue } from './queue.ts';

// BullMQ's own name for its schema, which it insists on where it is given a pool.
const SCHEMA = 'bullmq';
// Lines of BullMQ's own event table, which nobody reads; it cannot be turned off.
const EVENTS_KEPT = 500;

// A worker of BullMQ's asks again at once when a statement failed: on a database that is away, a loop that lets nothing else run.
const FAILED_PAUSE_MS = 200;

// BullMQ's statements name its tables without their schema. It comes last, so that the store's names mean the store's tables.
const ADD_TO_SEARCH_PATH = `SELECT set_config('search_path', path || ', ${SCHEMA}', false)
  FROM current_setting('search_path') AS path WHERE path !~ '\\m${SCHEMA}\\M'`;

const SHADOWED = `SELECT relname FROM pg_class
  WHERE relnamespace = '${SCHEMA}'::regnamespace AND relkind = 'r' AND relname <> 'migration' AND NOT pg_table_is_visible(oid)`;

/**
 * The queue on the store's own Postgres, embedded or not. Creates or updates BullMQ's schema. Rejects where the database is away: then
 * there is no store either. Later outages it lives through.
 */
export async function openPostgresQueue(options: { pool: Pool; onError: OnQueueError } & QueueTimes): Promise<Queue> {
  const { pool, onError, ...times } = options;
  pool.on('connect', hearErrors);
  await migrate(pool);
  return await queueOn(postgresEngine(pool), { ...QUEUE_TIMES, ...times }, onError);
}

async function migrate(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await runMigrations(client, SCHEMA);
    await client.query(ADD_TO_SEARCH_PATH);
    const { rows } = await client.query<{ relname: string }>(SHADOWED);
    if (rows.length === 0) return;
    throw new Error(`tables of the store hide the queue's: ${rows.map((row) => row.relname).join(', ')}`);
  } finally {
    client.release();
  }
}

function postgresEngine(pool: Pool): Engine {
  const { Queue: PostgresQueue, Worker } = withBackend(createPostgresBackend);
  const connection = queuePool(pool);
  const streams = { events: { maxLen: EVENTS_KEPT } };
  return {
    // BullMQ finds them by the names of their connections, and all have those of the store.
    knowsWorkers: false,
    async producer({ name, onError }) {
      const producer = new PostgresQueue(name, { connection, streams }).on('error', onError);
      await untilReady(producer);
      return producer;
    },
    async worker({ name, process, times, onError }) {
      const worker = new Worker(name, process, { connection, ...times }).on('error', onError);
      await untilReady(worker);
      return { close: () => worker.close(), abandon: () => void worker.disconnect().catch(() => undefined) };
    },
    // The pool itself is the store's.
    close: async () => void pool.off('connect', hearErrors),
  };
}

/** BullMQ looks at the schema once, and would keep a failure for ever. */
async function untilReady(part: { waitUntilReady(): Promise<unknown>; close(): Promise<void> }): Promise<void> {
  try {
    await part.waitUntilReady();
  } catch (cause) {
    await part.close();
    throw cause;
  }
}

/**
 * A connection that breaks between two statements tells so by an event, which would end the process if nobody listened. The next
 * statement on it fails, and says as much.
 */
function hearErrors(client: ClientBase): void {
  client.on('error', () => undefined);
}

/** The store's pool as BullMQ may have it: it finds its tables on every connection, and can neither end the pool nor listen to it. */
function queuePool(pool: Pool): PgPool {
  const prepared = new WeakSet<PoolClient>();
  const connect = async () => {
    const client = await pool.connect();
    if (prepared.has(client)) return client;
    try {
      await client.query(ADD_TO_SEARCH_PATH);
      prepared.add(client);
      return client;
    } catch (cause) {
      client.release(true);
      throw cause;
    }
  };
  const query = async (text: string, values?: readonly unknown[]) => {
    try {
      const client = await connect();
      try {
        return await client.query(text, values && [...values]);
      } finally {
        client.release();
      }
    } catch (cause) {
      await sleep(FAILED_PAUSE_MS);
      throw cause;
    }
  };
  // Each queue and each worker listens to it.
  return Object.assign(new EventEmitter().setMaxListeners(0), {
    connect,
    query,
    end: async () => undefined,
  }) as unknown as PgPool;
}
