import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateNews } from '../support/generated-news.ts';
import { startPostgres } from '../support/postgres.ts';
import { startRedis } from '../support/redis.ts';
import { eventually, startEmbedded, startScaled, type Wirefold } from '../support/wirefold.ts';

/** Pushed texts from the first POST to the last article in its story, over HTTP, in both shapes. */

const ARTICLES = 3000;
const ITEMS_PER_POST = 500;
const DEADLINE_MS = 300_000;
const SETTINGS = {
  LOG_LEVEL: 'error',
  SWEEP_EVERY_MS: '2000',
  RESEND_AFTER_MS: '30000',
  LEASE_MS: '60000',
  FETCH_DEADLINE_MS: '30000',
};

interface Figures {
  shape: string;
  articles: number;
  stories: number;
  seconds: number;
  perSecond: number;
  /** Largest resident memory of each process, in MiB. */
  memoryMiB: Record<string, number>;
}

interface Stage {
  stage: string;
  out: number;
}

async function measure(shape: string, wirefold: Wirefold): Promise<Figures> {
  const news = generateNews(ARTICLES);
  const startedAt = performance.now();
  for (let at = 0; at < news.length; at += ITEMS_PER_POST) {
    const items = news.slice(at, at + ITEMS_PER_POST).map(({ source, title, text }) => ({ source, title, text }));
    const { status } = await wirefold.post('/v1/articles', items);
    if (status !== 202) throw new Error(`the service answered ${status}`);
  }
  await eventually(async () => {
    const { body } = await wirefold.get('/v1/queues');
    const cluster = (body as { stages: Stage[] }).stages.find(({ stage }) => stage === 'cluster');
    return cluster !== undefined && cluster.out >= news.length;
  }, DEADLINE_MS);
  const seconds = (performance.now() - startedAt) / 1000;
  const memoryMiB: Record<string, number> = {};
  for (const { name, child } of wirefold.processes) memoryMiB[name] = await peakMemoryMiB(child.pid as number);
  const stories = await storiesIn(wirefold);
  return { shape, articles: news.length, stories, seconds, perSecond: news.length / seconds, memoryMiB };
}

/** Stories that the service shows, page by page. */
async function storiesIn(wirefold: Wirefold): Promise<number> {
  let count = 0;
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body } = await wirefold.get(`/v1/stories?limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`);
    const page = body as { stories: unknown[]; nextCursor: string | null };
    count += page.stories.length;
    cursor = page.nextCursor;
  }
  return count;
}

async function peakMemoryMiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024);
}

async function embedded(): Promise<Figures> {
  const dataDir = await mkdtemp(join(tmpdir(), 'wirefold-bench-'));
  const wirefold = await startEmbedded(dataDir, SETTINGS);
  try {
    return await measure('embedded: one process, PGlite', wirefold);
  } finally {
    await wirefold.stop();
    await rm(dataDir, { recursive: true });
  }
}

async function scaled(): Promise<Figures | string> {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  if ('missing' in postgres) return postgres.missing;
  if ('missing' in redis) return redis.missing;
  const wirefold = await startScaled(postgres.url, redis.url, SETTINGS);
  try {
    return await measure('Redis and Postgres: one api, two ingest, two cluster', wirefold);
  } finally {
    await wirefold.stop();
    await Promise.all([postgres.stop(), redis.stop()]);
  }
}

function print(figures: Figures | string): void {
  if (typeof figures === 'string') return void process.stdout.write(`left out: ${figures}\n`);
  const { shape, articles, stories, seconds, perSecond, memoryMiB } = figures;
  const memory = Object.entries(memoryMiB)
    .map(([name, mib]) => `${name} ${mib} MiB`)
    .join(', ');
  process.stdout.write(
    `${shape}\n  ${articles} pushed texts of ${stories} stories in ${seconds.toFixed(1)} s: ${perSecond.toFixed(0)} a second\n  peak memory: ${memory}\n`,
  );
}

const small = await embedded();
print(small);
const outgrown = await scaled();
print(outgrown);
