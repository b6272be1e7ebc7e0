import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { type NewsSites, startNewsSites } from './support/news-sites.ts';
import { startPostgres } from './support/postgres.ts';
import { startRedis } from './support/redis.ts';
import { allEnded, expectSiteStories, siteSettings, submitSite } from './support/site-scenario.ts';
import { eventually, type Process, startScaled, type Wirefold } from './support/wirefold.ts';

const DEADLINE_MS = 90_000;

let sites: NewsSites;
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let redis: Awaited<ReturnType<typeof startRedis>>;

beforeAll(async () => {
  [sites, postgres, redis] = await Promise.all([startNewsSites(), startPostgres(), startRedis()]);
});
afterAll(async () => {
  await sites.stop();
  if ('stop' in postgres) await postgres.stop();
  if ('stop' in redis) await redis.stop();
});

/** The servers' addresses, with a database of its own for one test; a skip with the reason where a server is missing. */
async function engines(context: TestContext, name: string): Promise<{ databaseUrl: string; redisUrl: string }> {
  if ('missing' in postgres) return context.skip(postgres.missing);
  if ('missing' in redis) return context.skip(redis.missing);
  const client = new pg.Client(postgres.url);
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  await flushAll(redis.url);
  const databaseUrl = new URL(postgres.url);
  databaseUrl.pathname = `/${name}`;
  return { databaseUrl: databaseUrl.href, redisUrl: redis.url };
}

async function flushAll(redisUrl: string): Promise<void> {
  const client = new Redis(redisUrl);
  await client.flushall();
  await client.quit();
}

/** Submits the site, lets `fault` strike once the first articles are done, and holds the stories against what has to come out. */
async function survives(
  context: TestContext,
  name: string,
  fault: (wirefold: Wirefold, redisUrl: string) => Promise<void>,
) {
  const { databaseUrl, redisUrl } = await engines(context, name);
  const wirefold = await startScaled(databaseUrl, redisUrl, {
    ...siteSettings(sites.testHosts),
    METRICS_PORT: '0',
    LOG_LEVEL: 'info',
  });
  try {
    const ids = await submitSite(wirefold);
    await eventually(async () => {
      const { body } = await wirefold.get('/v1/stories');
      return (body as { stories: unknown[] }).stories.length > 0;
    }, DEADLINE_MS);
    await fault(wirefold, redisUrl);
    await allEnded(wirefold, ids.values(), DEADLINE_MS);
    await expectSiteStories(wirefold, ids);
    expect(
      wirefold.processes.filter(({ child }) => child.exitCode !== null),
      'no process ended by itself',
    ).toEqual([]);
  } finally {
    await wirefold.stop();
  }
}

/** The metrics of a worker, at the port that its log names. */
async function metricsOf({ output }: Process): Promise<string> {
  const [url = ''] = /http:[^"]*\/metrics/.exec(output.join('')) ?? [];
  return (await fetch(url)).text();
}

describe('on Redis and Postgres with two ingest and two cluster processes, the same sites become the same stories', () => {
  const timeout = 3 * DEADLINE_MS;

  it('when nothing goes wrong, and each worker tells what it did', { timeout }, (context) =>
    survives(context, 'calm', async ({ processes }) => {
      const texts = await Promise.all(processes.filter(({ name }) => name !== 'api').map(metricsOf));
      const done = (stage: string) =>
        new RegExp(`^wirefold_stage_outcomes_total\\{stage="${stage}",outcome="done"`, 'm');
      for (const stage of ['ingest', 'cluster']) expect(texts.some((text) => done(stage).test(text))).toBe(true);
    }),
  );

  it('when an ingest process is killed in the middle', { timeout }, (context) =>
    survives(context, 'ingest_killed', (wirefold) => wirefold.crash('ingest-1')),
  );

  it('when a cluster process is killed in the middle', { timeout }, (context) =>
    survives(context, 'cluster_killed', (wirefold) => wirefold.crash('cluster-1')),
  );

  it('when the api is killed in the middle', { timeout }, (context) =>
    survives(context, 'api_killed', (wirefold) => wirefold.crash('api')),
  );

  it('when Redis loses everything in the middle', { timeout }, (context) =>
    survives(context, 'redis_flushed', (_wirefold, redisUrl) => flushAll(redisUrl)),
  );
});
