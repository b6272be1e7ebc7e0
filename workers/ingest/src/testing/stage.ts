import { setTimeout as pause } from 'node:timers/promises';
import { articleIdOfText, articleIdOfUrl, canonicalUrl } from '@wirefold/article';
import { PARAMS } from '@wirefold/dedup';
import { openPostgresQueue, type Queue } from '@wirefold/queue';
import { createEvents, type Events } from '@wirefold/runtime';
import { type ArticleRecord, openStore, type Pushed, type Store, type Submission } from '@wirefold/store';
import { createFetcher, type Fetcher, type FetcherOptions } from '../fetch/fetcher.ts';
import { startIngest } from '../ingest.ts';

/** How long a job that closes is left alone before it is aborted. */
const DRAIN_MS = 200;

export interface Stage {
  store: Store;
  queue: Queue;
  /** The database itself: to look behind the store, or to make it fail. */
  query(sql: string): Promise<{ rows: Record<string, unknown>[] }>;
  events: Events;
  /** Lines of the log, parsed. */
  lines: Record<string, unknown>[];
  /** Runs ingest until `stop`, with these hosts on loopback, handing over by `add`. Only one at a time. */
  start(hosts: Record<string, number>, options?: Partial<FetcherOptions>, add?: Queue['add']): Promise<void>;
  stop(): Promise<void>;
  /** Submits and hands to the queue in one job. Gives the ids. */
  submit(...submissions: Submission[]): Promise<string[]>;
  /** The article, once it has left the state `submitted` or waits for a retry. */
  ended(id: string): Promise<ArticleRecord>;
  close(): Promise<void>;
}

const SETTINGS = {
  ingestConcurrency: 4,
  leaseMs: 30_000,
  fetchDeadlineMs: 5_000,
  hostDelayMinMs: 0,
  hostDelayMaxMs: 100,
  hostsEveryMs: 20,
  resendAfterMs: 30_000,
  claimsMax: 5,
  retryBaseMs: 60_000,
  retryMaxMs: 3_600_000,
};

/** The real store and queue, embedded and in memory, with the stage on them. */
export async function openStage(): Promise<Stage> {
  const { store, pool } = await openStore({ databaseUrl: null, dataDir: null, signatureVersion: PARAMS.version });
  const queue = await openPostgresQueue({ pool, onError: () => {}, drainMs: DRAIN_MS });
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  const events = createEvents({ level: 'debug', service: 'ingest', destination });
  let running: { fetcher: Fetcher; consumer: { close(): Promise<void> } } | null = null;

  async function stop(): Promise<void> {
    await running?.consumer.close();
    await running?.fetcher.close();
    running = null;
  }
  return {
    store,
    queue,
    query: (sql) => pool.query<Record<string, unknown>>(sql),
    events,
    lines,
    async start(hosts, options = {}, add = queue.add) {
      const fetcher = fetcherOf(hosts, options);
      const consumer = await startIngest({ store, queue: { ...queue, add }, fetcher, events, settings: SETTINGS });
      running = { fetcher, consumer };
    },
    stop,
    async submit(...submissions) {
      await store.submit(submissions);
      const ids = submissions.map(({ id }) => id);
      await queue.add('ingest', [ids]);
      return ids;
    },
    ended: (id) =>
      until(async () => {
        const article = await store.article(id);
        return article !== null && (article.state !== 'submitted' || article.attempts > 0) ? article : null;
      }),
    async close() {
      await stop();
      await queue.close();
      await store.close();
    },
  };
}

function fetcherOf(hosts: Record<string, number>, options: Partial<FetcherOptions>): Fetcher {
  return createFetcher({
    deadlineMs: SETTINGS.fetchDeadlineMs,
    wireBytesMax: 1_000_000,
    bodyBytesMax: 2_000_000,
    userAgent: 'Wirefold/test',
    testHosts: new Map(Object.entries(hosts).map(([host, port]) => [host, { address: '127.0.0.1', port }])),
    lookup: async () => {
      throw Object.assign(new Error('no such host'), { code: 'ENOTFOUND' });
    },
    ...options,
  });
}

/** Asks again until there is an answer; the test's own time limit ends it. */
export async function until<Value>(ask: () => Promise<Value | null>): Promise<Value> {
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    await pause(10);
  }
}

export function urlSubmission(url: string, pushed: Pushed | null = null): Submission {
  const canonical = canonicalUrl(url);
  if (!canonical.ok) throw new Error(canonical.problem);
  return { id: articleIdOfUrl(canonical.url), url, canonicalUrl: canonical.url, pushed, partOf: null };
}

export function textSubmission(title: string, text: string, source: string | null = null): Submission {
  const pushed = { kind: 'text', title, text, source, published: null, isCard: false } as const;
  return { id: articleIdOfText({ source, title, text }), url: null, canonicalUrl: null, pushed, partOf: null };
}

const SENTENCES = [
  'The town council of Harrow Bay voted on Tuesday to repair the old stone bridge before the winter storms arrive.',
  'Engineers found cracks in two of its seven arches in August, and lorries have taken the long road round since then.',
  'The work will cost 2.4 million pounds, of which the county pays half, said council leader Miriam Aldous.',
  'Shopkeepers on the north bank had asked for the repair since the spring, when the number of visitors fell by a third.',
  '“Every week that it stays shut, another family asks me whether it should stay open,” baker Tom Ferris told the meeting.',
  'One lane will open in March, and both of them in June, if the river stays below its mark for the month of January.',
  'A ferry for people on foot runs every twenty minutes until then and costs nothing to those who live in the town.',
  'The bridge was built in 1846 by the mason Elias Crane, whose name stands on the keystone of the middle arch.',
];

/** Paragraphs of a news text of some 150 words; `place` makes it another text. */
export function newsText(place = 'Harrow Bay'): string {
  const sentences = SENTENCES.map((sentence) => sentence.replaceAll('Harrow Bay', place));
  return [0, 2, 4, 6].map((at) => sentences.slice(at, at + 2).join(' ')).join('\n\n');
}

export function newsPage(title: string, place?: string): string {
  const paragraphs = newsText(place)
    .split('\n\n')
    .map((paragraph) => `<p>${paragraph}</p>`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><main><article><h1>${title}</h1>
${paragraphs.join('\n')}</article></main><footer>All rights reserved.</footer></body></html>`;
}
