import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest';
import { startPostgres } from './support/postgres.ts';
import { startRedis } from './support/redis.ts';
import { allEnded } from './support/site-scenario.ts';
import { startScaled } from './support/wirefold.ts';

const DEADLINE_MS = 90_000;
const DELAY_MS = 300;
const SLOW_MS = 2_000;
const PACED = 'paced.example';
const SLOW = 'slow.example';
const FAST = Array.from({ length: 20 }, (_, index) => `fast${index}.example`);

/** One request for a page, as the server saw it. */
interface Asked {
  host: string;
  beganAt: number;
  endedAt: number | null;
}

let postgres: Awaited<ReturnType<typeof startPostgres>>;
let redis: Awaited<ReturnType<typeof startRedis>>;
let server: Server;
const asked: Asked[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/robots.txt') return void response.writeHead(404).end();
    const host = (request.headers.host ?? '').replace(/:.*/, '');
    const one: Asked = { host, beganAt: performance.now(), endedAt: null };
    asked.push(one);
    void pause(host === SLOW ? SLOW_MS : 20).then(() => {
      one.endedAt = performance.now();
      response.writeHead(200, { 'content-type': 'text/html' }).end(pageOf(`${host}${request.url}`));
    });
  }).listen(0, '127.0.0.1');
  [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  if ('stop' in postgres) await postgres.stop();
  if ('stop' in redis) await redis.stop();
});

function pageOf(name: string): string {
  const sentences = Array.from(
    { length: 12 },
    (_, index) => `Sentence ${index} of ${name} tells what the ferries did that day.`,
  );
  return `<html lang="en"><title>${name}</title><article><h1>${name}</h1><p>${sentences.join(' ')}</p></article></html>`;
}

const urlsOf = (host: string, count: number) =>
  Array.from({ length: count }, (_, name) => `http://${host}/news/${name}`);

test('over two ingest processes a host is asked once at a time, after its pause, and a slow host holds up no other', {
  timeout: 2 * DEADLINE_MS,
}, async (context: TestContext) => {
  if ('missing' in postgres) return context.skip(postgres.missing);
  if ('missing' in redis) return context.skip(redis.missing);
  const { port } = server.address() as AddressInfo;
  const wirefold = await startScaled(postgres.url, redis.url, {
    FETCH_TEST_HOSTS: [PACED, SLOW, ...FAST].map((host) => `${host}=127.0.0.1:${port}`).join(','),
    HOST_DELAY_MIN_MS: String(DELAY_MS),
    INGEST_CONCURRENCY: '2',
  });
  try {
    const submit = async (urls: string[]) => {
      const answer = await wirefold.post(
        '/v1/articles',
        urls.map((url) => ({ url })),
      );
      return (answer.body as { items: { id: string }[] }).items.map(({ id }) => id);
    };
    await submit(urlsOf(SLOW, 40));
    const paced = await submit(urlsOf(PACED, 15));
    const fast = await submit(FAST.flatMap((host) => urlsOf(host, 2)));
    await allEnded(wirefold, [...fast, ...paced], DEADLINE_MS);
    const at = (host: string) => asked.filter((one) => one.host === host);
    expect(at(PACED)).toHaveLength(15);
    for (const host of [PACED, SLOW, ...FAST]) {
      const times = at(host);
      for (const [index, { endedAt }] of times.slice(0, -1).entries()) {
        // The pause begins after the answer has come, so that it can be longer, and never shorter.
        expect((times[index + 1]?.beganAt ?? 0) - (endedAt ?? Infinity), host).toBeGreaterThanOrEqual(DELAY_MS * 0.99);
      }
    }
    // Forty slow pages, first in line, were not waited for: those that were not even begun are most of them.
    expect(at(SLOW).length).toBeGreaterThan(0);
    expect(at(SLOW).length).toBeLessThan(20);
  } finally {
    await wirefold.stop();
  }
});
