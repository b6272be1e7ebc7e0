import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalService, startInMemory } from './support/local-service.ts';
import { BUDGET, FERRY, LIBRARY } from './support/news-texts.ts';

const DEADLINE_MS = 120_000;
const HOSTS = ['www.harbor.example', 'harbor.example', 'm.harbor.example', 'www.broken.example'];

interface News {
  headline: string;
  paragraphs: string[];
}

function page({ headline, paragraphs }: News, head = ''): string {
  const text = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('');
  return `<!doctype html><html lang="en"><head><title>${headline}</title>${head}</head><body><article><h1>${headline}</h1>${text}</article></body></html>`;
}

const canonical = (url: string) => `<link rel="canonical" href="${url}">`;
const amp = (url: string) => `<link rel="amphtml" href="${url}">`;

const FERRY_URL = 'http://www.harbor.example/news/night-ferry-runs-aground';
const LIBRARY_URL = 'http://www.harbor.example/town/last-card-catalog-on-loan';
const SECTION = 'http://www.harbor.example/town';
const EVERYWHERE = 'http://www.broken.example/news/the-page-of-all-pages';

/** What stands where; a URL leads elsewhere. */
const PAGES: Record<string, string> = {
  [FERRY_URL]: page(FERRY, canonical(FERRY_URL) + amp(`${FERRY_URL}/amp`)),
  [`${FERRY_URL}/amp`]: page({ ...FERRY, headline: `${FERRY.headline} (AMP)` }, canonical(FERRY_URL)),
  'http://m.harbor.example/news/night-ferry-runs-aground': page(FERRY, canonical(FERRY_URL)),
  'http://harbor.example/news/night-ferry-runs-aground/': FERRY_URL,
  'http://harbor.example/?p=7': page(FERRY, canonical(FERRY_URL)),
  // Declared by two pages, and never asked for.
  'http://m.harbor.example/town/last-card-catalog-on-loan': page(LIBRARY, canonical(LIBRARY_URL)),
  'http://harbor.example/town/last-card-catalog-on-loan?amp=1': page(LIBRARY, canonical(LIBRARY_URL)),
  // Gone articles that lead to the section.
  'http://www.harbor.example/town/mayor-opens-new-slipway': SECTION,
  'http://www.harbor.example/town/winter-timetable-starts-sunday': SECTION,
  [SECTION]: page(BUDGET, canonical(SECTION)),
  // A site whose every page declares one canonical.
  'http://www.broken.example/news/ferry-runs-aground-at-night': page(FERRY, canonical(EVERYWHERE)),
  'http://www.broken.example/news/library-lends-its-card-catalog': page(LIBRARY, canonical(EVERYWHERE)),
  'http://www.broken.example/news/parliament-passes-its-budget': page(BUDGET, canonical(EVERYWHERE)),
  [EVERYWHERE]: page({
    headline: 'All of our pages',
    paragraphs: BUDGET.paragraphs.map((text) => text.toUpperCase()).reverse(),
  }),
};

const FERRY_SPELLINGS = Object.keys(PAGES).filter((url) => /ferry-runs-aground(?!-at)|p=7/.test(url));
const LIBRARY_SPELLINGS = Object.keys(PAGES).filter((url) => /last-card-catalog/.test(url));

let server: Server;
let wirefold: LocalService;
beforeAll(async () => {
  server = createServer((request, response) => {
    const found = PAGES[`http://${request.headers.host?.replace(/:\d+$/, '')}${request.url}`];
    if (found === undefined) response.writeHead(404).end('no such page');
    else if (found.startsWith('http:')) response.writeHead(301, { location: found }).end();
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(found);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const hosts = HOSTS.map((host) => `${host}=127.0.0.1:${port}`).join(',');
  wirefold = await startInMemory({ FETCH_TEST_HOSTS: hosts, HOST_DELAY_MIN_MS: '0', HOSTS_EVERY_MS: '50' });
}, DEADLINE_MS);
afterAll(async () => {
  await wirefold.close();
  server.closeAllConnections();
  server.close();
});

interface ArticleAnswer {
  id: string;
  canonicalUrl: string;
  story: string;
  spellings: { url: string; sign: string; submittedUrl: string | null }[];
}

/** The articles that are left, by the URL that was submitted. */
async function articlesAt(urls: string[]): Promise<Map<string, ArticleAnswer>> {
  const found = new Map<string, ArticleAnswer>();
  for (const url of urls) {
    found.set(url, (await wirefold.get(`/v1/articles?url=${encodeURIComponent(url)}`)) as ArticleAnswer);
  }
  return found;
}

async function expectOneForEach(): Promise<void> {
  const urls = Object.keys(PAGES).filter((url) => url !== LIBRARY_URL);
  const articles = await articlesAt(urls);
  const idsOf = (some: string[]) => [...new Set(some.map((url) => articles.get(url)?.id))];
  expect(idsOf(FERRY_SPELLINGS)).toEqual([articles.get(FERRY_URL)?.id]);
  expect(articles.get(FERRY_URL)?.canonicalUrl).toBe(FERRY_URL);
  expect(
    articles
      .get(FERRY_URL)
      ?.spellings.map(({ url, sign }) => `${sign} ${url}`)
      .sort(),
  ).toEqual([
    `canonical http://harbor.example/?p=7`,
    `canonical http://m.harbor.example/news/night-ferry-runs-aground`,
    `canonical ${FERRY_URL}/amp`,
    'redirect http://harbor.example/news/night-ferry-runs-aground/',
  ]);
  expect(idsOf(LIBRARY_SPELLINGS)).toHaveLength(1);
  const others = urls.filter((url) => !FERRY_SPELLINGS.includes(url) && !LIBRARY_SPELLINGS.includes(url));
  expect(idsOf(others)).toHaveLength(others.length);
  for (const url of others) expect(articles.get(url)?.spellings, url).toEqual([]);
  // One copy of the ferry on each of the two sites, and nothing else in its story.
  expect(await wirefold.get(`/v1/stories/${articles.get(FERRY_URL)?.story}`)).toMatchObject({ copies: 2, outlets: 2 });
  expect((await fetch(`${wirefold.baseUrl}/healthz`)).status).toBe(200);
}

describe('all spellings of the URL of an article are one article', () => {
  const urls = Object.keys(PAGES).filter((url) => url !== LIBRARY_URL);
  const orders: [string, string[][]][] = [
    ['one after another, the claimed ones first', urls.map((url) => [url])],
    ['one after another, the claimed ones last', urls.toReversed().map((url) => [url])],
    ['all at once', [urls]],
  ];
  it.each(orders)('submitted %s', { timeout: DEADLINE_MS }, async (_, batches) => {
    await wirefold.forget();
    for (const batch of batches) await wirefold.push(batch.map((url) => ({ url })));
    await expectOneForEach();
    expect(new Set(await wirefold.push(FERRY_SPELLINGS.map((url) => ({ url })))).size).toBe(1);
  });
});
