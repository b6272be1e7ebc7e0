import { type MadeSites, startMadeSites, testHostsOf } from '../support/made-sites.ts';
import { startPostgres } from '../support/postgres.ts';
import { startRedis } from '../support/redis.ts';
import { eventually, startScaled, USUAL_SETTINGS, type Wirefold } from '../support/wirefold.ts';

/**
 * Does a slow host hold up the others? Two hundred fast hosts alone, and then behind a thousand pages of one host that takes two
 * seconds for each; from the submission of an article to its story. One api, two ingest and two cluster processes on Redis and
 * Postgres, with the pace that is the default.
 */

const SLOW = 'slow.example';
const SLOW_PAGES = 1000;
const SLOW_MS = 2000;
const FAST_HOSTS = Array.from({ length: 200 }, (_, at) => `fast${at}.example`);
const PAGES_A_HOST = 5;
const FAST_PAGES = FAST_HOSTS.length * PAGES_A_HOST;
const DEADLINE_MS = 300_000;
const ITEMS_PER_POST = 500;

interface ArticleAnswer {
  state: string;
  receivedAt: string;
  endedAt: string | null;
}

/** Every text is printed once, so that no host waits for the stories of another. */
const slowUrls = Array.from({ length: SLOW_PAGES }, (_, at) => `http://${SLOW}/news/${FAST_PAGES + at}`);
const fastUrls = Array.from(
  { length: FAST_PAGES },
  (_, at) => `http://${FAST_HOSTS[at % FAST_HOSTS.length]}/news/${at}`,
);

async function submit(wirefold: Wirefold, urls: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < urls.length; at += ITEMS_PER_POST) {
    const items = urls.slice(at, at + ITEMS_PER_POST).map((url) => ({ url }));
    const { status, body } = await wirefold.post('/v1/articles', items);
    if (status !== 202) throw new Error(`the service answered ${status}`);
    ids.push(...(body as { items: { id: string }[] }).items.map(({ id }) => id));
  }
  return ids;
}

/** Seconds from the submission to the story, sorted. */
async function secondsToStory(wirefold: Wirefold, ids: string[]): Promise<number[]> {
  const open = new Set(ids);
  const seconds: number[] = [];
  await eventually(async () => {
    for (const id of open) {
      const { state, receivedAt, endedAt } = (await wirefold.get(`/v1/articles/${id}`)).body as ArticleAnswer;
      if (state === 'failed') throw new Error(`article ${id} failed`);
      if (state !== 'done' || endedAt === null) return false;
      seconds.push((Date.parse(endedAt) - Date.parse(receivedAt)) / 1000);
      open.delete(id);
    }
    return true;
  }, DEADLINE_MS);
  return seconds.sort((a, b) => a - b);
}

const quantile = (sorted: number[], share: number) => sorted[Math.ceil(sorted.length * share) - 1] as number;

/** A new service, so that neither run has hosts that the other has slowed down. */
async function measure(databaseUrl: string, redisUrl: string, sites: MadeSites, first: string[]): Promise<number[]> {
  const wirefold = await startScaled(databaseUrl, redisUrl, {
    ...USUAL_SETTINGS,
    FETCH_TEST_HOSTS: testHostsOf([SLOW, ...FAST_HOSTS], sites.port),
  });
  try {
    await submit(wirefold, first);
    return await secondsToStory(wirefold, await submit(wirefold, fastUrls));
  } finally {
    await wirefold.stop();
  }
}

async function withServers<Value>(work: (databaseUrl: string, redisUrl: string) => Promise<Value>): Promise<Value> {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  if ('missing' in postgres) throw new Error(postgres.missing);
  if ('missing' in redis) throw new Error(redis.missing);
  try {
    return await work(postgres.url, redis.url);
  } finally {
    await Promise.all([postgres.stop(), redis.stop()]);
  }
}

function line(name: string, seconds: number[]): string {
  const [half, most, last] = [0.5, 0.95, 1].map((share) => `${quantile(seconds, share).toFixed(2)} s`);
  return `${name}: p50 ${half}, p95 ${most}, the last ${last}\n`;
}

const sites = await startMadeSites(FAST_PAGES + SLOW_PAGES, (host) => (host === SLOW ? SLOW_MS : 0));
try {
  process.stdout.write(
    `${FAST_PAGES} pages of ${FAST_HOSTS.length} fast hosts, from submission to story (${process.version})\n`,
  );
  const alone = await withServers((database, redis) => measure(database, redis, sites, []));
  process.stdout.write(line('alone', alone));
  const beside = await withServers((database, redis) => measure(database, redis, sites, slowUrls));
  process.stdout.write(line(`behind ${SLOW_PAGES} pages of a host that takes ${SLOW_MS / 1000} s`, beside));
  process.stdout.write(`p95 is ${(quantile(beside, 0.95) / quantile(alone, 0.95)).toFixed(2)} times that alone\n`);
} finally {
  sites.stop();
}
