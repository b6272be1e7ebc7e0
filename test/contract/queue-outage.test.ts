import { spawn } from 'node:child_process';
import { once } from 'node:events';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { type StartedPostgres, startPostgres } from '../support/postgres.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { openTest, type QueueTest } from './queue.ts';
import type { Place } from './queue-place.ts';
import { until } from './until.ts';

/** The longest that jobs may take to flow again once the engine is back, and that a caller may wait while it is away. */
const RESUMED_MS = 10_000;

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

const redis = await startRedis();
if ('missing' in redis) test.skip(`queue and outages of Redis: ${redis.missing}`, () => {});
else {
  describeRedis(redis);
  describeLateRedis();
}

const postgres = await startPostgres();
if ('missing' in postgres) test.skip(`queue and outages of Postgres: ${postgres.missing}`, () => {});
else describePostgres(postgres);

/** A queue with a consumer that keeps the ids it was given. */
async function openConsuming(place: Place, onId: (id: string) => Promise<unknown> = async () => undefined) {
  const on = await openTest(place);
  opened.push(on);
  const handled: string[] = [];
  await on.consume('ingest', async ([id = '']) => {
    await onId(id);
    handled.push(id);
  });
  return { ...on, handled };
}

/** Adds a job as the sweeper does, again until it is taken, and waits until it is handled. */
async function flowsAgain({ queue, handled }: QueueTest & { handled: string[] }, id: string): Promise<void> {
  const isTaken = () =>
    queue.add('ingest', [[id]]).then(
      () => true,
      () => false,
    );
  await until(isTaken);
  await until(() => handled.includes(id));
}

async function restarted(old: TestRedis): Promise<TestRedis> {
  old.kill();
  await old.stop();
  return await startAt(old.port);
}

async function startAt(port: number): Promise<TestRedis> {
  const server = await startRedis({ port });
  if ('missing' in server) throw new Error(server.missing);
  return server;
}

function describeRedis(first: TestRedis): void {
  let server = first;
  const place: Place = { redisUrl: first.url };
  afterAll(() => server.stop());

  describe('queue on a Redis that fails', () => {
    test('jobs flow again after FLUSHALL, also through a consumer with a job in hand', async () => {
      const on = await openConsuming(place, async (id) => id === 'in-hand' && (await server.send('FLUSHALL')));
      await on.queue.add('ingest', [['in-hand'], ['flushed']]);
      await until(() => on.handled.includes('in-hand'));
      await flowsAgain(on, 'after');
      expect(on.handled).not.toContain('flushed');
    });

    test('feeds are looked after again after FLUSHALL', async () => {
      const on = await openTest(place);
      opened.push(on);
      const looks: number[] = [];
      const consumer = await on.queue.lookAfterFeeds(async () => void looks.push(looks.length), { everyMs: 200 });
      await until(() => looks.length >= 2);
      await server.send('FLUSHALL');
      const before = looks.length;
      await until(() => looks.length >= before + 3);
      await consumer.close();
    });

    test(
      'jobs flow again when Redis was killed and started, through the consumers that were there',
      async () => {
        const on = await openConsuming(place);
        await on.queue.add('ingest', [['before']]);
        await until(() => on.handled.includes('before'));
        server = await restarted(server);
        await flowsAgain(on, 'after');
        expect(on.reported.filter(([, { kind }]) => kind !== 'connection')).toEqual([]);
      },
      RESUMED_MS,
    );

    test(
      'add and depth reject while Redis is away, and the consumer closes',
      async () => {
        const on = await openConsuming(place);
        await on.queue.depth('ingest');
        server.kill();
        await server.stop();
        await expect(on.queue.add('ingest', [['a']])).rejects.toThrow('the queue is not available');
        await expect(on.queue.add('ingest', [['a'], ['b']])).rejects.toThrow('the queue is not available');
        await expect(on.queue.depth('ingest')).rejects.toThrow('the queue is not available');
        await on.close();
        server = await startAt(server.port);
      },
      RESUMED_MS,
    );

    test(
      'a frozen Redis does not hold up the caller',
      async () => {
        const on = await openConsuming(place);
        await on.queue.depth('ingest');
        process.kill(server.pid, 'SIGSTOP');
        try {
          await expect(on.queue.add('ingest', [['a']])).rejects.toThrow('the queue is not available');
        } finally {
          process.kill(server.pid, 'SIGCONT');
        }
      },
      RESUMED_MS,
    );
  });
}

function describeLateRedis(): void {
  describe('queue on a Redis that comes late', () => {
    test(
      'a queue that is opened before Redis works once Redis is there',
      async () => {
        const port = await freePort();
        const on = await openConsuming({ redisUrl: `redis://127.0.0.1:${port}` });
        await expect(on.queue.add('ingest', [['early']])).rejects.toThrow('the queue is not available');
        const late = await startAt(port);
        opened.push({ close: late.stop });
        await flowsAgain(on, 'late');
      },
      RESUMED_MS,
    );

    test('a process whose Redis never came ends when it is closed', async () => {
      const program = `
        import { setTimeout as sleep } from 'node:timers/promises';
        import { openRedisQueue } from '@wirefold/queue';
        const queue = await openRedisQueue({ url: 'redis://127.0.0.1:${await freePort()}', onError() {} });
        const consumer = await queue.consume('ingest', async () => {}, { concurrency: 1 });
        await sleep(500);
        await consumer.close();
        await queue.close();`;
      const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
        cwd: import.meta.dirname,
        stdio: 'inherit',
      });
      expect(await once(child, 'exit')).toEqual([0, null]);
    });
  });
}

function describePostgres(server: StartedPostgres): void {
  const place: Place = { databaseUrl: server.url };
  afterAll(() => server.stop());
  const asAdmin = async (statement: string) => {
    const admin = new pg.Client(server.url);
    await admin.connect();
    await admin.query(statement);
    await admin.end();
  };

  describe('queue on a Postgres that fails', () => {
    test(
      'jobs flow again when all connections were ended',
      async () => {
        const on = await openConsuming(place);
        await on.queue.add('ingest', [['before']]);
        await until(() => on.handled.includes('before'));
        await asAdmin(`select pg_terminate_backend(pid) from pg_stat_activity
          where backend_type = 'client backend' and pid <> pg_backend_pid()`);
        await flowsAgain(on, 'after');
      },
      RESUMED_MS,
    );

    test(
      'jobs flow again when Postgres was killed and started',
      async () => {
        const on = await openConsuming(place);
        // The servers of tests commit without waiting for the disk: without this a kill would undo the queue's very schema.
        await asAdmin('checkpoint');
        process.kill(server.pid, 'SIGKILL');
        await server.restart();
        await flowsAgain(on, 'after');
      },
      RESUMED_MS,
    );
  });
}
