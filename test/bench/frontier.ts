import { PARAMS } from '@wirefold/dedup';
import { openStore, type Submission } from '@wirefold/store';
import { startPostgres } from '../support/postgres.ts';

/**
 * The frontier with many articles that wait: what a waiting URL weighs in the store and in this process, and what one look for hosts
 * whose turn has come costs, with its plan. `npm run bench -- frontier [ARTICLES]`.
 */

const ARTICLES = Number(process.argv[2] ?? 200_000);
/** A tenth of the articles wait at one host, the others at hosts of fifty. */
const LARGE_HOST_SHARE = 10;
const ARTICLES_A_HOST = 50;
const SUBMITTED_AT_ONCE = 2000;
const LOOKS = 5;
const LOOK = { resendAfterMs: 30_000, claimsMax: 5, limit: 200 };
const PLAN_LINES = /Scan using|Seq Scan|Execution Time/;

function submissionOf(at: number): Submission {
  const host = at % LARGE_HOST_SHARE === 0 ? 'large.example' : `host${Math.floor(at / ARTICLES_A_HOST)}.example`;
  const url = `https://${host}/2026/11/25/a-headline-of-usual-length-with-seven-words-${at}`;
  return { id: `u${String(at).padStart(21, '0')}`, url, canonicalUrl: url, pushed: null, partOf: null };
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;

type Opened = Awaited<ReturnType<typeof openStore>>;

/** Submits all, and gives the seconds and what the heap of this process grew by, in bytes. */
async function submitAll({ store }: Opened): Promise<{ seconds: number; heapBytes: number }> {
  global.gc?.();
  const heapBefore = process.memoryUsage().heapUsed;
  const startedAt = performance.now();
  for (let at = 0; at < ARTICLES; at += SUBMITTED_AT_ONCE) {
    const count = Math.min(SUBMITTED_AT_ONCE, ARTICLES - at);
    await store.submit(Array.from({ length: count }, (_, index) => submissionOf(at + index)));
  }
  const seconds = (performance.now() - startedAt) / 1000;
  global.gc?.();
  return { seconds, heapBytes: process.memoryUsage().heapUsed - heapBefore };
}

/** Looks for due hosts, one look after the other, and gives the milliseconds of each. */
async function look({ store }: Opened): Promise<{ ms: number[]; handedOut: number }> {
  const ms: number[] = [];
  let handedOut = 0;
  for (let at = 0; at < LOOKS; at++) {
    const lookedAt = performance.now();
    handedOut += (await store.frontier(LOOK)).ingest.length;
    ms.push(performance.now() - lookedAt);
  }
  return { ms, handedOut };
}

/** What the two statements of a look read, for the hosts that are due now. They are prepared once there was a look. */
async function plans({ pool }: Opened): Promise<string[]> {
  await pool.query('begin');
  const due = await pool.query<{ name: string }>({ text: `execute frontier_lock_due(${LOOK.limit})` });
  const names = due.rows.map(({ name }) => `'${name}'`).join(',');
  const lines = [
    'which hosts are due:',
    ...(await planOf(pool, `frontier_lock_due(${LOOK.limit})`)),
    'the article of each:',
    ...(await planOf(pool, `frontier(${LOOK.resendAfterMs}, ${LOOK.claimsMax}, array[${names}])`)),
  ];
  await pool.query('rollback');
  return lines;
}

async function measure(databaseUrl: string): Promise<void> {
  // One connection: a statement is explained where it was prepared.
  const signatureVersion = PARAMS.version;
  const opened = await openStore({ databaseUrl, dataDir: null, signatureVersion, poolSize: 1 });
  const { store, pool } = opened;
  const number = async (sql: string) => Number((await pool.query<{ value: string }>(sql)).rows[0]?.value);
  const { seconds, heapBytes } = await submitAll(opened);
  await pool.query('vacuum analyze article');
  await pool.query('vacuum analyze host');
  const hosts = await number('select count(*) as value from host');
  const articleBytes = (await number("select pg_total_relation_size('article') as value")) / ARTICLES;
  const hostBytes = (await number("select pg_total_relation_size('host') as value")) / hosts;
  const { ms, handedOut } = await look(opened);
  process.stdout.write(
    [
      `${ARTICLES} waiting articles on ${hosts} hosts (${process.version}, Postgres)`,
      `submitted in ${seconds.toFixed(0)} s: ${(ARTICLES / seconds).toFixed(0)} a second`,
      `store: ${articleBytes.toFixed(0)} bytes an article, ${hostBytes.toFixed(0)} a host, with all indexes`,
      `memory of the process: ${(heapBytes / ARTICLES).toFixed(1)} bytes an article`,
      `a look at ${LOOK.limit} hosts: ${median(ms).toFixed(1)} ms, median of ${LOOKS}, ${handedOut / LOOKS} articles each`,
      ...(await plans(opened)),
      '',
    ].join('\n'),
  );
  await store.close();
}

/** The lines of a plan that say what is read. */
async function planOf(pool: Opened['pool'], statement: string): Promise<string[]> {
  const plan = await pool.query<{ 'QUERY PLAN': string }>(`explain (analyze, buffers) execute ${statement}`);
  return plan.rows.map((row) => row['QUERY PLAN']).filter((line) => PLAN_LINES.test(line));
}

const postgres = await startPostgres();
if ('missing' in postgres) throw new Error(postgres.missing);
try {
  await measure(postgres.url);
} finally {
  await postgres.stop();
}
