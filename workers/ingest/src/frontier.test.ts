import { PARAMS } from '@wirefold/dedup';
import { openPostgresQueue, type Queue } from '@wirefold/queue';
import { createEvents } from '@wirefold/runtime';
import { openStore } from '@wirefold/store';
import { expect, test } from 'vitest';
import { startFrontier } from './frontier.ts';
import { until, urlSubmission } from './testing/stage.ts';

const SETTINGS = { hostsEveryMs: 5, resendAfterMs: 60_000, claimsMax: 5 };
/** More jobs than the queue is given while it holds them. */
const DEEP = 201;
/** Each look asks for the depth of both stages. */
const LOOKS = 2 * 5;

test('an article is not marked as handed out while the queue holds plenty, and is handed out when it does not', async () => {
  const { store, pool } = await openStore({ databaseUrl: null, dataDir: null, signatureVersion: PARAMS.version });
  const queue = await openPostgresQueue({ pool, onError: () => {} });
  const events = createEvents({ level: 'error', service: 'test' });
  const waiting = Array.from({ length: DEEP }, (_, at) => [`job-${at}`]);
  await queue.add('ingest', waiting);
  const article = urlSubmission('https://one.example/a');
  await store.submit([article]);
  let looks = 0;
  const watched: Queue = {
    ...queue,
    depth(stage) {
      looks += 1;
      return queue.depth(stage);
    },
  };
  const frontier = startFrontier({ store, queue: watched, events, settings: SETTINGS });
  const handedAt = async () => {
    const { rows } = await pool.query<{ handed_at: Date | null }>('select handed_at from article');
    return rows[0]?.handed_at ?? null;
  };
  await until(async () => (looks >= LOOKS ? true : null));
  expect(await handedAt()).toBeNull();
  const taken: string[] = [];
  const consumer = await queue.consume('ingest', async (ids) => void taken.push(...ids), { concurrency: 50 });
  await until(async () => (taken.includes(article.id) ? true : null));
  expect(await handedAt()).not.toBeNull();
  await frontier.stop();
  await consumer.close();
  await queue.close();
  await store.close();
});
