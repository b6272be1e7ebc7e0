import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { wirefold as command } from './support/command-line.ts';
import { type FeedSite, newsPage, rssFeed, startFeedSite } from './support/feed-site.ts';
import { eventually, startEmbedded, type Wirefold } from './support/wirefold.ts';

/** Long enough for a poll and what follows from it on a busy machine. */
const WAIT_MS = 25_000;
const PAPER = 'paper.example';
const OTHER = 'other.example';
const MONDAY = 'Mon, 16 Nov 2026 08:00:00 GMT';
const TUESDAY = 'Tue, 17 Nov 2026 09:30:00 GMT';

let site: FeedSite;
let wirefold: Wirefold;
const folder = mkdtempSync(join(tmpdir(), 'wirefold-feeds-'));

beforeAll(async () => {
  site = await startFeedSite([PAPER, OTHER]);
  wirefold = await startEmbedded(folder, {
    FETCH_TEST_HOSTS: site.testHosts,
    FEED_INTERVAL_MIN_MS: '300',
    FEED_INTERVAL_MAX_MS: '900',
    FEEDS_EVERY_MS: '200',
  });
});
afterAll(async () => {
  await wirefold?.stop();
  await site?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Feed {
  id: string;
  kind: string | null;
  state: string;
  result: string | null;
  reason: string | null;
  failuresInARow: number;
  polls: number;
  entriesNew: number;
}

async function send(method: string, path: string, body?: unknown, type = 'application/json') {
  const answer = await fetch(wirefold.baseUrl + path, {
    method,
    headers: body === undefined ? {} : { 'content-type': type },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: text === '' ? null : safeJson(text) };
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function subscribe(url: string, more: object = {}): Promise<string> {
  const { status, body } = await send('POST', '/v1/sources', { url, ...more });
  expect(status).toBe(202);
  return (body as Feed).id;
}

const feed = async (id: string) => (await wirefold.get(`/v1/feeds/${id}`)).body as Feed;

/** Waits until the feed is as a test wants it, and gives it. */
async function feedOnce(id: string, isSo: (feed: Feed) => boolean): Promise<Feed> {
  let last = await feed(id);
  await eventually(async () => {
    last = await feed(id);
    return isSo(last);
  }, WAIT_MS).catch((error: Error) => {
    throw new Error(`${error.message}: ${JSON.stringify(last)}\n${wirefold.processes[0]?.output.join('')}`);
  });
  return last;
}

interface Article {
  id: string;
  state: string;
  story: string | null;
  article: { title: string; body: string; published: { at: string } | null };
  entries: object[];
}

const articleAt = async (url: string) =>
  (await wirefold.get(`/v1/articles?url=${encodeURIComponent(url)}`)).body as Article;

async function doneAt(url: string): Promise<Article> {
  await eventually(async () => (await articleAt(url)).state === 'done', WAIT_MS).catch(async (error: Error) => {
    throw new Error(`${error.message}: ${JSON.stringify(await articleAt(url))}`);
  });
  return articleAt(url);
}

beforeEach(async () => {
  const { feeds } = (await wirefold.get('/v1/feeds?limit=500')).body as { feeds: Feed[] };
  for (const { id } of feeds) await send('DELETE', `/v1/feeds/${id}`);
  site.answers.clear();
  site.asked.length = 0;
});

test('the entries of a feed become stories, with what the feed says of them as evidence', async () => {
  site.answers.set(`${PAPER}/one`, newsPage('Bridge again', 'the bridge'));
  const more = '<source url="http://agency.example/rss">Agency Wire</source>';
  const item = { path: '/one', title: 'Bridge &amp;amp; money', published: MONDAY, more };
  site.answers.set(`${PAPER}/feed.xml`, rssFeed(PAPER, [item], '"1"'));
  const id = await subscribe(`http://${PAPER}/feed.xml`);
  const article = await doneAt(`http://${PAPER}/one`);
  expect(article.story).toMatch(/^s/);
  expect(article.entries).toMatchObject([
    {
      guid: '/one',
      title: 'Bridge & money',
      published: { at: '2026-11-16T08:00:00.000Z', evidence: MONDAY },
      source: { name: 'Agency Wire', url: 'http://agency.example/rss' },
      feed: { id, url: `http://${PAPER}/feed.xml`, title: 'The Ostervik Paper' },
    },
  ]);
  expect(await feed(id)).toMatchObject({ kind: 'rss', title: 'The Ostervik Paper', source: PAPER, entriesNew: 1 });
});

test('an unchanged feed is not sent again, a changed one brings its new entries, and each once', async () => {
  const first = { path: '/harbour', title: 'Harbour', published: MONDAY };
  site.answers.set(`${PAPER}/harbour`, newsPage('Harbour', 'the harbour wall'));
  site.answers.set(`${PAPER}/tower`, newsPage('Tower', 'the clock tower'));
  site.answers.set(`${PAPER}/feed.xml`, rssFeed(PAPER, [first], '"a"'));
  const id = await subscribe(`http://${PAPER}/feed.xml`);
  await feedOnce(id, ({ result }) => result === 'not-modified');
  expect(site.asked.some(({ status, etag }) => status === 304 && etag === '"a"')).toBe(true);
  const items = [
    { path: '/tower', title: 'Tower', published: TUESDAY },
    { ...first, published: TUESDAY },
  ];
  site.answers.set(`${PAPER}/feed.xml`, rssFeed(PAPER, items, '"b"'));
  await doneAt(`http://${PAPER}/tower`);
  const { entriesNew } = await feedOnce(id, ({ result }) => result === 'not-modified');
  expect(entriesNew).toBe(2);
  expect((await articleAt(`http://${PAPER}/harbour`)).entries).toMatchObject([
    { published: { at: '2026-11-17T09:30:00.000Z' }, updated: '2026-11-17T09:30:00.000Z' },
  ]);
});

test('a feed that breaks is asked again, and recovers', async () => {
  site.answers.set(`${PAPER}/feed.xml`, { headers: { 'content-type': 'text/xml' }, body: '<rss><channel><![CDATA[' });
  const id = await subscribe(`http://${PAPER}/feed.xml`);
  const broken = await feedOnce(id, ({ failuresInARow }) => failuresInARow >= 2);
  expect(broken).toMatchObject({ result: 'failed', reason: 'feed-unreadable', state: 'active' });
  site.answers.set(`${PAPER}/feed.xml`, rssFeed(PAPER, [], '"w"'));
  expect(await feedOnce(id, ({ result }) => result !== 'failed')).toMatchObject({ failuresInARow: 0, reason: null });
});

test('a feed that is gone for good is paused, and can be resumed', async () => {
  site.answers.set(`${PAPER}/feed.xml`, { status: 410 });
  const id = await subscribe(`http://${PAPER}/feed.xml`);
  expect(await feedOnce(id, ({ state }) => state === 'paused')).toMatchObject({
    reason: 'feed-gone',
    nextPollAt: null,
  });
  expect(await send('POST', `/v1/feeds/${id}/poll`)).toMatchObject({ status: 409 });
  site.answers.set(`${PAPER}/feed.xml`, rssFeed(PAPER, [], '"w"'));
  expect(await send('PATCH', `/v1/feeds/${id}`, { paused: false })).toMatchObject({ status: 200 });
  expect(await feedOnce(id, ({ result }) => result !== 'failed')).toMatchObject({ state: 'active', reason: null });
});

test('a paused feed is not asked, and a removed one is gone while its articles stay', async () => {
  site.answers.set(`${PAPER}/mill`, newsPage('Mill', 'the water mill'));
  const item = { path: '/mill', title: 'Mill', published: MONDAY };
  site.answers.set(`${PAPER}/feed.xml`, rssFeed(PAPER, [item], '"m"'));
  const id = await subscribe(`http://${PAPER}/feed.xml`);
  await doneAt(`http://${PAPER}/mill`);
  await send('PATCH', `/v1/feeds/${id}`, { paused: true });
  // One poll may have been under way; after that there is none.
  const polls: number[] = [];
  await eventually(async () => {
    polls.push((await feed(id)).polls);
    return polls.length > 10 && polls.at(-1) === polls.at(-10);
  }, WAIT_MS);
  expect(await feed(id)).toMatchObject({ state: 'paused', nextPollAt: null });
  expect(await send('DELETE', `/v1/feeds/${id}`)).toMatchObject({ status: 204 });
  expect(await wirefold.get(`/v1/feeds/${id}`)).toMatchObject({ status: 404 });
  expect(await articleAt(`http://${PAPER}/mill`)).toMatchObject({ state: 'done', entries: [] });
});

test('a home page leads to the feed that it names, and another subscription of that to the same', async () => {
  const links =
    '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments.xml"><link rel="alternate" type="application/rss+xml" href="news.xml">';
  site.answers.set(`${PAPER}/`, {
    headers: { 'content-type': 'text/html' },
    body: `<!doctype html><html><head>${links}</head><body></body></html>`,
  });
  site.answers.set(`${PAPER}/news.xml`, rssFeed(PAPER, [], '"n"'));
  const id = await subscribe(`http://${PAPER}/`);
  const found = await feedOnce(id, ({ kind }) => kind !== null);
  expect(found).toMatchObject({ url: `http://${PAPER}/news.xml`, askedUrl: `http://${PAPER}/`, kind: 'rss' });
  const again = await send('POST', '/v1/sources', { url: `http://${PAPER}/news.xml` });
  expect([again.status, (again.body as Feed).id]).toEqual([200, id]);
});

test('without such a link the sitemap of the robots.txt is read: an index, packed sitemaps, and only what is news', async () => {
  const html = { 'content-type': 'text/html' };
  site.answers.set(`${OTHER}/`, { headers: html, body: '<!doctype html><html><body>Hello</body></html>' });
  site.answers.set(`${OTHER}/robots.txt`, { body: `User-agent: *\nAllow: /\nSitemap: http://${OTHER}/sitemaps.xml\n` });
  site.answers.set(`${OTHER}/sitemaps.xml`, {
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>http://${OTHER}/news.xml.gz</loc></sitemap></sitemapindex>`,
  });
  const news =
    '<news:news><news:publication><news:name>Other</news:name><news:language>en</news:language></news:publication><news:publication_date>2026-11-17T06:00:00Z</news:publication_date><news:title>Quarry</news:title></news:news>';
  site.answers.set(`${OTHER}/news.xml.gz`, {
    headers: { 'content-type': 'application/x-gzip' },
    body: gzipSync(
      `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>http://${OTHER}/quarry</loc>${news}</url><url><loc>http://${OTHER}/about</loc></url></urlset>`,
    ),
  });
  site.answers.set(`${OTHER}/quarry`, newsPage('Quarry', 'the stone quarry'));
  const id = await subscribe(`http://${OTHER}/`);
  const article = await doneAt(`http://${OTHER}/quarry`);
  expect(article.entries).toMatchObject([{ title: 'Quarry', source: { name: 'Other' } }]);
  expect(await feed(id)).toMatchObject({ kind: 'sitemap-index', entriesNew: 1 });
  expect(await wirefold.get(`/v1/articles?url=http://${OTHER}/about`)).toMatchObject({ status: 404 });
});

test('a page that names no feed says what to do', async () => {
  site.answers.set(`${PAPER}/bare`, {
    headers: { 'content-type': 'text/html' },
    body: '<html><body>Bare</body></html>',
  });
  const id = await subscribe(`http://${PAPER}/bare`);
  expect(await feedOnce(id, ({ result }) => result !== null)).toMatchObject({
    reason: 'no-feed-found',
    state: 'active',
  });
});

test('entries with their whole text need no page, where the feed is told so', async () => {
  const { body = '' } = newsPage('', 'the lending library');
  const text = /<\/h1>(.*)<\/article>/s.exec(String(body))?.[1] ?? '';
  const more = `<content:encoded><![CDATA[${text}]]></content:encoded>`;
  const item = { path: '/library', title: 'Library stays', published: MONDAY, more };
  site.answers.set(`${PAPER}/full.xml`, rssFeed(PAPER, [item], '"f"'));
  await subscribe(`http://${PAPER}/full.xml`, { fullText: true });
  const { article } = await doneAt(`http://${PAPER}/library`);
  expect(article).toMatchObject({ title: 'Library stays', published: { at: '2026-11-16T08:00:00.000Z' } });
  expect(article.body).toContain('A report on the lending library will be printed');
  expect(site.asked.filter(({ path }) => path === `${PAPER}/library`)).toEqual([]);
});

test('the command line subscribes, lists, exports and imports', { timeout: 120_000 }, async () => {
  const run = (args: string[], input = '') => command(['feeds', ...args, '--server', wirefold.baseUrl], input);
  site.answers.set(`${PAPER}/feed.xml`, rssFeed(PAPER, [], '"c"'));
  const added = await run(['add', `http://${PAPER}/feed.xml`, 'nonsense']);
  expect([added.code, added.stdout.trim().split('\n').length]).toEqual([1, 1]);
  expect(added.stderr).toContain('"nonsense" was refused: url is not an address');
  const { stdout: opml } = await run(['export']);
  expect(opml).toContain(`xmlUrl="http://${PAPER}/feed.xml"`);
  const { id } = JSON.parse((await run(['list'])).stdout) as Feed;
  await send('DELETE', `/v1/feeds/${id}`);
  expect((await run(['list'])).stdout).toBe('');
  const imported = await run(['import', '-'], opml);
  expect([imported.code, JSON.parse(imported.stdout)]).toMatchObject([0, { id, isNew: true }]);
  expect((await run(['import', '-'], '<rss/>')).code).toBe(1);
  expect((await run(['subscribe'])).code).toBe(2);
});
