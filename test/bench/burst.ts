import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type MadeSites, startMadeSites, testHostsOf } from '../support/made-sites.ts';
import { startPostgres } from '../support/postgres.ts';
import { startRedis } from '../support/redis.ts';
import { startEmbedded, startScaled, USUAL_SETTINGS, type Wirefold } from '../support/wirefold.ts';

/**
 * A burst of URLs: how soon each request is answered 202, and how soon pages are answered meanwhile and while the workers then fetch. In
 * both shapes, with the pace that is the default. `npm run bench -- burst [URLS]`. These are times of a clock: run it on a machine that
 * does nothing else, and mind the load that is printed.
 */

const URLS = Number(process.argv[2] ?? 10_000);
const HOSTS = 200;
/** One of the two ways is as small as a careful client's request, the other as large as a request may be. */
const WAYS = [
  { name: 'JSON', items: 100, type: 'application/json' },
  { name: 'NDJSON', items: 1000, type: 'application/x-ndjson' },
] as const;
/** The last one is answered without asking the store: what it takes is the machine's and the process's own delay. */
const PAGES = ['/', '/monitor', '/v1/queues', '/problems/gone'];
const BETWEEN_PAGES_MS = 100;
/** The whole monitor with its day is what a person loads; an open one follows by what is asked for ten times a second. */
const BETWEEN_MONITORS_MS = 1_000;
/** How long pages are still asked for after the burst, while its articles are fetched. */
const AFTER_MS = 10_000;
const TICKS_A_SECOND = 100;
const SETTINGS = { ...USUAL_SETTINGS, REQUESTS_A_MINUTE_MAX: '0' };

type Way = (typeof WAYS)[number];

/** Each way has hosts of its own, so that its pages are new. */
const hostOf = ({ name }: Way, number: number) => `site${number % HOSTS}.${name.toLowerCase()}.example`;

const quantile = (values: number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? Number.NaN;

function line(name: string, ms: number[], more = ''): string {
  const figures = [0.5, 0.99, 1].map((share) => `${quantile(ms, share).toFixed(0)} ms`.padStart(9));
  return `  ${name.padEnd(26)} ${figures.join(' ')}${more}\n`;
}

/** Milliseconds of processor time that a process has used. */
async function processorMs(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return ((Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND) * 1000;
}

async function timed(work: () => Promise<Response>, status: number): Promise<number> {
  const startedAt = performance.now();
  const answer = await work();
  await answer.text();
  if (answer.status !== status) throw new Error(`${answer.url} answered ${answer.status}`);
  return performance.now() - startedAt;
}

/** Posts all URLs, one request after the other; the milliseconds to each 202. */
async function post(baseUrl: string, way: Way): Promise<number[]> {
  const { items, type } = way;
  const took: number[] = [];
  for (let at = 0; at < URLS; at += items) {
    const urls = Array.from({ length: Math.min(items, URLS - at) }, (_, index) => {
      const number = at + index;
      return { url: `http://${hostOf(way, number)}/news/${number}` };
    });
    const isList = type === 'application/json';
    const body = isList ? JSON.stringify(urls) : urls.map((each) => JSON.stringify(each)).join('\n');
    const headers = { 'content-type': type };
    took.push(await timed(() => fetch(`${baseUrl}/v1/articles`, { method: 'POST', headers, body }), 202));
  }
  return took;
}

/** A process that stands still for longer than it keeps idle connections closes them as the next request comes: asked again, as browsers do. */
async function fetchAgain(url: string, tries = 4): Promise<Response> {
  return fetch(url).catch((error) => (tries > 0 ? fetchAgain(url, tries - 1) : Promise.reject(error)));
}

/** Asks for a page again and again until `signal` says stop. */
async function askAgain(url: string, betweenMs: number, signal: AbortSignal): Promise<number[]> {
  const took: number[] = [];
  while (!signal.aborted) {
    took.push(await timed(() => fetchAgain(url), 200));
    await sleep(betweenMs);
  }
  return took;
}

async function measure(shape: string, wirefold: Wirefold): Promise<void> {
  process.stdout.write(`${shape}\n`);
  const front = wirefold.processes.find(({ name }) => name === 'api' || name === 'serve');
  for (const way of WAYS) {
    const asking = new AbortController();
    const pages = PAGES.map((path) => {
      const betweenMs = path === '/monitor' ? BETWEEN_MONITORS_MS : BETWEEN_PAGES_MS;
      return askAgain(wirefold.baseUrl + path, betweenMs, asking.signal);
    });
    const [load = 0] = loadavg();
    const before = await processorMs(front?.child.pid as number);
    const posts = await post(wirefold.baseUrl, way);
    const cpuMs = ((await processorMs(front?.child.pid as number)) - before) / posts.length;
    await sleep(AFTER_MS);
    asking.abort();
    const more = `   ${cpuMs.toFixed(0)} ms of ${front?.name}'s processor each; load before ${load.toFixed(1)}`;
    process.stdout.write(line(`202, ${way.items} as ${way.name}`, posts, more));
    for (const [at, took] of (await Promise.all(pages)).entries()) {
      process.stdout.write(line(`GET ${PAGES[at]} meanwhile`, took));
    }
  }
}

async function embedded(environment: Record<string, string>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'wirefold-bench-'));
  const wirefold = await startEmbedded(dataDir, environment);
  try {
    await measure('embedded: one process, PGlite', wirefold);
  } finally {
    await wirefold.stop();
    await rm(dataDir, { recursive: true });
  }
}

async function scaled(environment: Record<string, string>): Promise<void> {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  if ('missing' in postgres) throw new Error(postgres.missing);
  if ('missing' in redis) throw new Error(redis.missing);
  const wirefold = await startScaled(postgres.url, redis.url, environment);
  try {
    await measure('Redis and Postgres: one api, two ingest, two cluster', wirefold);
  } finally {
    await wirefold.stop();
    await Promise.all([postgres.stop(), redis.stop()]);
  }
}

const sites: MadeSites = await startMadeSites(URLS, () => 0);
try {
  const hosts = WAYS.flatMap((way) => Array.from({ length: HOSTS }, (_, at) => hostOf(way, at)));
  const environment = { ...SETTINGS, FETCH_TEST_HOSTS: testHostsOf(hosts, sites.port) };
  process.stdout.write(`${URLS} URLs of ${HOSTS} hosts (${process.version})\n`);
  process.stdout.write(`  ${''.padEnd(26)} ${['p50', 'p99', 'most'].map((name) => name.padStart(9)).join(' ')}\n`);
  await scaled(environment);
  await embedded(environment);
} finally {
  sites.stop();
}
