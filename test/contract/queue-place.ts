import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type OnQueueError, openPostgresQueue, openRedisQueue, type Queue, type QueueTimes } from '@wirefold/queue';
import { openStore } from '@wirefold/store';
import { Redis } from 'ioredis';

/** Where a queue's jobs are: what a process has to be told to open it. */
export type Place = { redisUrl: string } | { databaseUrl: string } | { dataDir: string };

/** Short, so that a test need not wait for the job of a killed process. */
const QUICK: QueueTimes = { lockMs: 1_000, drainMs: 1_000 };

const HOLDER = fileURLToPath(new URL('./queue-holder.ts', import.meta.url));

/** A queue, and what a test does to it behind its back. */
export interface OpenedPlace {
  queue: Queue;
  /** Makes every waiting job of `ingest` one of a version that nobody knows. */
  spoil(): Promise<void>;
  /** Closes the queue and what it lives in. */
  closeAll(): Promise<void>;
}

const UNKNOWN = JSON.stringify({ v: 99, ids: ['a'] });

/** Opens the queue at a place as a process of its own would. */
export function openAt(place: Place, onError: OnQueueError): Promise<OpenedPlace> {
  return 'redisUrl' in place ? openOnRedis(place.redisUrl, onError) : openOnStore(place, onError);
}

async function openOnRedis(url: string, onError: OnQueueError): Promise<OpenedPlace> {
  const queue = await openRedisQueue({ url, onError, ...QUICK });
  return {
    queue,
    async spoil() {
      const redis = new Redis(url);
      for (const key of await redis.keys('{ingest}:*:b????????????????????????????????'))
        await redis.hset(key, 'data', UNKNOWN);
      redis.disconnect();
    },
    closeAll: () => queue.close(),
  };
}

async function openOnStore(place: Exclude<Place, { redisUrl: string }>, onError: OnQueueError): Promise<OpenedPlace> {
  const databaseUrl = 'databaseUrl' in place ? place.databaseUrl : null;
  const dataDir = 'dataDir' in place ? place.dataDir : null;
  const { store, pool } = await openStore({ databaseUrl, dataDir, signatureVersion: 1 });
  const queue = await openPostgresQueue({ pool, onError, ...QUICK });
  return {
    queue,
    spoil: async () => void (await pool.query('update bullmq.job set data = $1::jsonb', [UNKNOWN])),
    async closeAll() {
      await queue.close();
      await store.close();
    },
  };
}

/** Starts a process that adds one job for `articleIds`, takes it, and is killed with it in its hands. */
export async function killWithJobInHand(place: Place, articleIds: string[]): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', HOLDER, JSON.stringify(place), JSON.stringify(articleIds)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const exited = once(child, 'exit');
  const [word] = await Promise.race([once(child.stdout, 'data'), exited]);
  child.kill('SIGKILL');
  await exited;
  if (String(word) !== 'holding\n') throw new Error(`the holding process ended with ${word}`);
}

/** A folder for an embedded engine, and its removal. */
export function temporaryFolder(): { dataDir: string; remove(): void } {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'wirefold-queue-'));
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}
