import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { articleIdOfUrl } from '@wirefold/article';
import { PARAMS } from '@wirefold/dedup';
import { configuredFetcher, startIngest } from '@wirefold/ingest';
import { type Config, createEvents, openEngines, readConfig } from '@wirefold/runtime';
import { pagesOf, unpackIfHere } from '../support/development-pages.ts';
import { generateNews } from '../support/generated-news.ts';
import { madePage, testHostsOf } from '../support/made-sites.ts';
import { startPostgres } from '../support/postgres.ts';
import { startRedis } from '../support/redis.ts';
import { eventually } from '../support/wirefold.ts';
import { readWithReadability } from './peers/readability.ts';

/**
 * From a URL to a signed article in the store: the ingest stage with its guard, robots.txt, pace, ledger and queue (Postgres and Redis),
 * fetching real pages from sites on loopback; next to the platform's own fetch with Readability on linkedom. Processor time of this
 * process: sites, Postgres and Redis have processes of their own.
 */

const SETS = ['naeb', 'fundus'];
const MADE_PAGES = 600;
const HOSTS = Array.from({ length: 100 }, (_, at) => `site${at}.example`);
const DEADLINE_MS = 300_000;

const folder = mkdtempSync(join(tmpdir(), 'wirefold-bench-'));

/** Real pages where they are here, else pages made by rule. */
function pageFiles(): { files: string[]; said: string } {
  if (unpackIfHere(folder, SETS)) {
    const files = SETS.flatMap((set) => pagesOf(folder, set).map(({ file }) => join(folder, set, file)));
    return { files, said: `${files.length} pages of ${SETS.join(' and ')}` };
  }
  const files = generateNews(MADE_PAGES).map((article, at) => {
    const file = join(folder, `${at}.html`);
    writeFileSync(file, madePage('site.example', article));
    return file;
  });
  return { files, said: `${files.length} pages made by rule` };
}

async function startSites(files: string[]): Promise<{ port: number; stop(): void }> {
  const list = join(folder, 'files.json');
  writeFileSync(list, JSON.stringify(files));
  const program = new URL('peers/sites-process.ts', import.meta.url);
  const child = fork(program, [list], { execArgv: ['--import', 'tsx'] });
  const [port] = (await once(child, 'message')) as [number];
  return { port, stop: () => child.disconnect() };
}

/** Milliseconds of processor time that this process has used. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Seconds of this process's processor, and of the clock. */
async function timed(work: () => Promise<void>): Promise<{ cpu: number; wall: number }> {
  const before = processorMs();
  const startedAt = performance.now();
  await work();
  return { cpu: (processorMs() - before) / 1000, wall: (performance.now() - startedAt) / 1000 };
}

function settingsOf(databaseUrl: string, redisUrl: string, port: number): Config {
  const read = readConfig({
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    FETCH_TEST_HOSTS: testHostsOf(HOSTS, port),
    HOST_DELAY_MIN_MS: '0',
    HOST_DELAY_MAX_MS: '0',
    HOSTS_EVERY_MS: '10',
  });
  if (!read.ok) throw new Error(read.problems.join('; '));
  return read.config;
}

const urlsOf = (files: string[]) => files.map((_, at) => `http://${HOSTS[at % HOSTS.length]}/news/${at}`);

/** Seconds of the two stages that only compute. */
type Shares = Record<'extract' | 'sign', number>;

async function ingestAll(config: Config, urls: string[]): Promise<{ cpu: number; wall: number; shares: Shares }> {
  const events = createEvents({ level: 'fatal', service: 'bench' });
  const shares: Shares = { extract: 0, sign: 0 };
  const watched: typeof events = {
    ...events,
    timed(stage, durationMs) {
      if (stage === 'extract' || stage === 'sign') shares[stage] += durationMs / 1000;
    },
  };
  const engines = await openEngines(config, events, { signatureVersion: PARAMS.version });
  const { store, queue } = engines;
  const fetcher = configuredFetcher(config);
  await store.submit(
    urls.map((url) => ({ id: articleIdOfUrl(url), url, canonicalUrl: url, pushed: null, partOf: null })),
  );
  const waiting = async () => (await store.stageFigures()).find(({ stage }) => stage === 'ingest')?.backlog ?? 0;
  const taken = await timed(async () => {
    // Stages are measured in processor time, too.
    const ingest = await startIngest({ store, queue, fetcher, events: watched, settings: config, now: processorMs });
    await eventually(async () => (await waiting()) === 0, DEADLINE_MS);
    await ingest.close();
  });
  await fetcher.close();
  await engines.close();
  return { ...taken, shares };
}

async function fetchAlone(config: Config, urls: string[]): Promise<number> {
  const fetcher = configuredFetcher(config);
  const { signal } = new AbortController();
  const { cpu } = await timed(async () => {
    for (const url of urls) {
      const result = await fetcher.fetchPage(url, signal);
      if (!result.ok) throw new Error(`${url}: ${result.reason}`);
    }
  });
  await fetcher.close();
  return cpu;
}

/** The platform's fetch and Readability on linkedom, without guard, robots.txt, pace or store. */
async function peer(port: number, pages: number): Promise<number> {
  const { cpu } = await timed(async () => {
    for (let at = 0; at < pages; at++) {
      const answer = await fetch(`http://127.0.0.1:${port}/news/${at}`);
      readWithReadability(await answer.text());
    }
  });
  return cpu;
}

async function compare(): Promise<void> {
  const { files, said } = pageFiles();
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  if ('missing' in postgres) throw new Error(postgres.missing);
  if ('missing' in redis) throw new Error(redis.missing);
  const sites = await startSites(files);
  try {
    const config = settingsOf(postgres.url, redis.url, sites.port);
    const urls = urlsOf(files);
    // The first pages pay for compiling; they are not counted.
    await peer(sites.port, 50);
    await fetchAlone(config, urls.slice(0, 50));
    const fetching = await fetchAlone(config, urls);
    const { cpu, wall, shares } = await ingestAll(config, urls);
    const other = await peer(sites.port, files.length);
    const each = (seconds: number) => `${((seconds * 1000) / files.length).toFixed(2).padStart(7)} ms`;
    const share = (seconds: number) => `${each(seconds)}  ${((100 * seconds) / cpu).toFixed(0).padStart(3)} %`;
    process.stdout.write(
      [
        `${said}, from ${HOSTS.length} sites on loopback (${process.version})`,
        `wirefold, URL to signed article   ${each(cpu)} a page: ${(files.length / cpu).toFixed(0)} a second and core`,
        `  fetch, measured alone           ${share(fetching)}`,
        `  extract                         ${share(shares.extract)}`,
        `  sign                            ${share(shares.sign)}`,
        `  ledger, robots, pace, queue     ${share(cpu - fetching - shares.extract - shares.sign)}`,
        `fetch and readability + linkedom  ${each(other)} a page: ${(files.length / other).toFixed(0)} a second and core`,
        `wirefold is ${(other / cpu).toFixed(1)} times as fast (${wall.toFixed(1)} s by the clock)`,
        '',
      ].join('\n'),
    );
  } finally {
    sites.stop();
    await Promise.all([postgres.stop(), redis.stop()]);
  }
}

try {
  await compare();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
