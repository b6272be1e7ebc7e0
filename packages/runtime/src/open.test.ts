import type { Consumer } from '@wirefold/queue';
import { afterEach, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { createEvents } from './events.ts';
import { describeEngines, type Engines, openEngines } from './open.ts';

const opened: Engines[] = [];
afterEach(async () => {
  for (const engines of opened.splice(0)) await engines.close();
});

function configOf(env: Record<string, string>) {
  const reading = readConfig(env);
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  return reading.config;
}

async function openInMemory() {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line)) };
  const events = createEvents({ level: 'info', service: 'test', destination });
  const engines = await openEngines(configOf({ DATA_DIR: 'memory:' }), events, { signatureVersion: 1 });
  opened.push(engines);
  return { ...engines, lines };
}

test('with nothing configured, store and queue share one embedded engine', async () => {
  const { store, queue, description } = await openInMemory();
  expect(description).toBe('PGlite in memory, queue in the same');
  await store.ping();
  let consumer: Consumer | undefined;
  const handled = await new Promise<string[]>((resolve, reject) => {
    const consuming = queue.consume('cluster', async (ids) => resolve(ids), { concurrency: 1 });
    consuming.then((started) => {
      consumer = started;
      return queue.add('cluster', [['a', 'b']]);
    }, reject);
  });
  await consumer?.close();
  expect(handled).toEqual(['a', 'b']);
});

test('a handler that throws is told as a bug with its article', async () => {
  const { queue, lines } = await openInMemory();
  const consumer = await queue.consume('ingest', () => Promise.reject(new Error('poison')), { concurrency: 1 });
  await queue.add('ingest', [['a']]);
  while (lines.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await consumer.close();
  expect(lines).toMatchObject([{ msg: 'bug', stage: 'ingest', articleId: 'a', err: { message: 'poison' } }]);
});

test('engines are described with their place and without their password', () => {
  const describe = (env: Record<string, string>) => describeEngines(configOf(env));
  expect(describe({})).toBe('PGlite in ./data, queue in the same');
  expect(
    describe({ DATABASE_URL: 'postgres://me:secret@db:5433/news', REDIS_URL: 'redis://:secret@cache:6380/1' }),
  ).toBe('Postgres at db:5433/news, queue on Redis at cache:6380/1');
});
