import { readFile } from 'node:fs/promises';
import { articleIdOfText } from '@wirefold/article';
import { PARAMS } from '@wirefold/dedup';
import { openStore, type Submission } from '@wirefold/store';
import autocannon from 'autocannon';
import { cluster, ingest, rest } from '../support/direct.ts';
import { generateNews } from '../support/generated-news.ts';
import { startPostgres } from '../support/postgres.ts';
import { startRedis } from '../support/redis.ts';
import { startScaled, type Wirefold } from '../support/wirefold.ts';

/**
 * How fast stories are read, and a text is matched: lists, stories, pages and feeds over HTTP, with many stories in the store. One api
 * process with Postgres; who asks is this process, with 32 connections. `npm run bench -- reading [STORIES]`.
 */

const STORIES = Number(process.argv[2] ?? 20_000);
const CONNECTIONS = 32;
const SECONDS = 6;
const WARM_SECONDS = 2;
const ARTICLES_A_SEED = 3000;
const BATCH = 200;
/** Stories that are read, signed and placed as the workers do; the others are copied from their rows. */
const PLACED = Math.min(STORIES, 2500);
const COPIES = Math.ceil(STORIES / PLACED) - 1;
/** Further apart than the numbers that the database gives out. */
const APART = 1_000_000;
/** Ticks of the processor's clock in `/proc`, on every Linux. */
const TICKS_A_SECOND = 100;

/** Texts made by rule, each printed once. */
function* textsOf(count: number): Generator<Submission> {
  for (let seed = 1, made = 0; made < count; seed++) {
    let last = -1;
    for (const { story, source, title, text } of generateNews(ARTICLES_A_SEED, seed)) {
      if (story === last || made === count) continue;
      last = story;
      made++;
      const pushed = { kind: 'text', title, text, source, published: null, isCard: false } as const;
      yield { id: articleIdOfText({ source, title, text }), url: null, canonicalUrl: null, pushed, partOf: null };
    }
  }
}

/** The rows of a table once more for each copy, with other values in some columns. One table has the name of a type, so its schema is said. */
const copied = (table: string, changes: string) => `
  insert into ${table} overriding system value
  select made.* from ${table} as old cross join generate_series(1, ${COPIES}) as copy,
    jsonb_populate_record(null::public.${table}, to_jsonb(old) || jsonb_build_object(${changes})) as made`;
const renamed = (...columns: string[]) =>
  columns.map((column) => `'${column}', old.${column} || '-' || copy`).join(', ');
const moved = (column: string) => `'${column}', old.${column} + copy * ${APART}`;

/**
 * Each copy has a text of its own with keys of its own, so that the index is as large and as sparse as that of so many different texts:
 * no copy is a candidate of another. Copies are an hour older than what they are made of.
 */
const MULTIPLY = [
  copied('text', `${moved('id')}, ${renamed('hash')}`),
  `insert into sample select version, hashint4(key # copy), text_id + copy * ${APART}
    from sample cross join generate_series(1, ${COPIES}) as copy on conflict do nothing`,
  copied('component', `${moved('text_id')}, ${moved('label')}`),
  copied('article', renamed('id')),
  copied('content', `${renamed('article_id')}, ${moved('text_id')}`),
  copied('story', `${renamed('id', 'canonical')}, 'created_at', old.created_at - copy * interval '1 hour'`),
  copied('story_search', renamed('story_id')),
  copied('placement', renamed('article_id', 'story_id')),
  copied('story_event', `${moved('id')}, ${renamed('story_id')}`),
];

async function fill(databaseUrl: string): Promise<void> {
  const opened = await openStore({ databaseUrl, dataDir: null, signatureVersion: PARAMS.version });
  let batch: Submission[] = [];
  const place = async () => cluster(opened, await ingest(opened, batch));
  for (const submission of textsOf(PLACED)) {
    batch.push(submission);
    if (batch.length < BATCH) continue;
    await place();
    batch = [];
  }
  if (batch.length > 0) await place();
  // So that the workers of the service find nothing to learn, and change no story while it is read.
  await rest(opened);
  const client = await opened.pool.connect();
  await client.query('set statement_timeout = 0');
  for (const statement of COPIES > 0 ? MULTIPLY : []) await client.query(statement);
  await client.query('vacuum analyze');
  client.release(true);
  await opened.store.close();
}

/** Seconds of processor time that a process has used. */
async function processorSeconds(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

interface Asked {
  name: string;
  path: string;
  headers?: Record<string, string>;
  /** What is posted; left out where it is only asked for. */
  body?: string;
}

async function measure(wirefold: Wirefold, { name, path, headers = {}, body }: Asked): Promise<string> {
  const api = wirefold.processes.find((process) => process.name === 'api');
  const pid = api?.child.pid as number;
  const load = (duration: number) =>
    autocannon({
      url: `${wirefold.baseUrl}${path}`,
      connections: CONNECTIONS,
      duration,
      headers,
      ...(body !== undefined && { method: 'POST', body }),
    });
  await load(WARM_SECONDS);
  const before = await processorSeconds(pid);
  const result = await load(SECONDS);
  const cpu = (await processorSeconds(pid)) - before;
  const requests = result.requests.total;
  const [good, other] = [result['2xx'] + (result.statusCodeStats?.['304']?.count ?? 0), result['4xx'] + result['5xx']];
  if (other > 0 || result.errors > 0 || good === 0)
    throw new Error(`${path}: ${other} refused, ${result.errors} errors`);
  const figures = [requests / cpu, requests / SECONDS].map((each) => each.toFixed(0).padStart(7));
  return `${name.padEnd(37)} ${figures.join(' ')} ${String(result.latency.p99).padStart(6)} ms\n`;
}

async function askedFor(wirefold: Wirefold): Promise<Asked[]> {
  const { body } = await wirefold.get('/v1/stories?limit=20');
  const [story] = (body as { stories: { id: string }[] }).stories;
  const feed = await fetch(`${wirefold.baseUrl}/v1/stories.atom`);
  const list = await fetch(`${wirefold.baseUrl}/v1/stories?limit=20`);
  const [article] = generateNews(1);
  const copy = `${article?.text}\n\nSign up for our newsletter and read more every morning.`;
  return [
    { name: 'list of 20 stories', path: '/v1/stories?limit=20' },
    {
      name: 'list of 20 stories, unchanged (304)',
      path: '/v1/stories?limit=20',
      headers: { 'if-none-match': list.headers.get('etag') ?? '' },
    },
    { name: 'a story', path: `/v1/stories/${story?.id}` },
    { name: 'page of the feed', path: '/' },
    { name: 'page of a story', path: `/stories/${story?.id}` },
    { name: 'Atom feed', path: '/v1/stories.atom' },
    {
      name: 'Atom feed, unchanged (304)',
      path: '/v1/stories.atom',
      headers: { 'if-none-match': feed.headers.get('etag') ?? '' },
    },
    {
      name: 'match of a copy (POST)',
      path: '/v1/match',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title: article?.title, text: copy }),
    },
  ];
}

const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
if ('missing' in postgres) throw new Error(postgres.missing);
if ('missing' in redis) throw new Error(redis.missing);
await fill(postgres.url);
const wirefold = await startScaled(postgres.url, redis.url, { LOG_LEVEL: 'error', REQUESTS_A_MINUTE_MAX: '0' });
try {
  process.stdout.write(`${PLACED * (COPIES + 1)} stories, ${CONNECTIONS} connections (${process.version})\n`);
  process.stdout.write(`${''.padEnd(37)}  a core  a second  p99\n`);
  for (const asked of await askedFor(wirefold)) process.stdout.write(await measure(wirefold, asked));
} finally {
  await wirefold.stop();
  await Promise.all([postgres.stop(), redis.stop()]);
}
