import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseFeed } from '@rowanmanning/feed-parser';
import { type Article, articleIdOfText, NO_METADATA, paragraphsIn } from '@wirefold/article';
import { sign } from '@wirefold/dedup';
import type { Store } from '@wirefold/store';
import { load } from 'cheerio';
import RssParser from 'rss-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { developmentData } from '../../../../test/support/shared.ts';
import { all, atomProblems, jsonFeedProblems, parseXml, rssProblems, type XmlNode } from '../testing/feed-rules.ts';
import { SAME_TEXT } from '../testing/press.ts';
import { startTestService, type TestService } from '../testing/service.ts';

const ATOM = 'http://www.w3.org/2005/Atom';
const CONTENT = 'http://purl.org/rss/1.0/modules/content/';
const PAGE = 100;
/** All that a feed's HTML is made of; an `href` is the only attribute. */
const ELEMENTS = new Set(['p', 'h3', 'blockquote', 'ul', 'li', 'a']);

const OWN = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  ']]><script>alert(1)</script>',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<!--<script>alert(1)</script>-->',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;script&#62;alert(1)&#60;/script&#62;',
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
  '</content></entry><entry><id>evil</id>',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'java\tscript:alert(1)',
  '\u0001\u0008\u000b\u000c\u000e\u001f\u007f\u0080\u009f',
  'one \ud800 half \udfff pair',
  '\ufffe\uffff',
  'a\rb\r\nc\td',
  '\u2028\u2029\u202e\u200f',
  '𝕿 \u{1f600} \u{10ffff}',
  '<svg/onload=alert(1)>',
  '{{constructor.constructor("alert(1)")()}}',
];

/** Stories that have the payload in every place that a page from outside can fill: as the canonical, and as a mirror of another one. */
async function publishAll(store: Store, payloads: string[]): Promise<void> {
  const articles = payloads.flatMap((payload, at) => [articleOf(payload, at), articleOf(payload, at, '!')]);
  const ids = articles.map((_, at) =>
    articleIdOfText({ source: null, title: '', text: `payload ${at} of ${articles.length}` }),
  );
  await store.submit(
    ids.map((id, at) => ({
      id,
      url: articles[at]?.url ?? null,
      canonicalUrl: `https://evil.example/${id}`,
      pushed: null,
      partOf: null,
    })),
  );
  const claims = await store.claim('ingest', ids, 600_000);
  const texts = articles.map(({ body }) => sign(body));
  const placeOf = new Map(ids.map((id, at) => [id, at]));
  const signed = claims.map(({ articleId, token }) => {
    const at = placeOf.get(articleId) ?? 0;
    return { articleId, token, article: articles[at] as Article, text: texts[at] as (typeof texts)[number], cards: [] };
  });
  await store.saveSigned(signed);
  const placed = await store.claim('cluster', ids, 600_000);
  await store.assign(placed, [], () => ({
    stories: payloads.map((_, at) => ({
      id: `s-${articles.length}-${at}`,
      plan: planOf(ids[2 * at] ?? '', ids[2 * at + 1] ?? '', articles[2 * at] as Article),
    })),
    merged: [],
    ended: [],
    events: [],
  }));
}

function articleOf(payload: string, at: number, more = ''): Article {
  const body = `${payload}\n\nNumber ${at}${more}`;
  return {
    url: payload,
    title: payload,
    body,
    paragraphs: paragraphsIn(body),
    byline: payload,
    published: null,
    language: payload,
    metadata: NO_METADATA,
    source: { key: payload, name: payload },
    declaredCanonicalUrl: payload,
    image: payload,
    credit: { agency: null, dateline: null, declaredOriginal: null, evidence: [] },
    boilerplate: [],
  };
}

function planOf(canonical: string, mirror: string, { title }: Article) {
  return {
    canonical,
    reasons: [{ code: 'tie' as const, text: title }],
    mirrors: [{ articleId: mirror, verdict: SAME_TEXT, via: null }],
    origins: [{ key: title, name: title, isAgency: true, evidence: title }],
    outlets: 1,
    texts: [],
  };
}

/** What in a feed's HTML could do something. */
function sinks(markup: string): string[] {
  return load(
    markup,
    null,
    false,
  )('*')
    .toArray()
    .flatMap((node) => {
      if (!('attribs' in node)) return [];
      const others = Object.entries(node.attribs).filter(
        ([name, value]) => name !== 'href' || !/^https?:\/\//.test(value),
      );
      return [...(ELEMENTS.has(node.name) ? [] : [node.name]), ...others.map(([name, value]) => `${name}=${value}`)];
    });
}

const htmlIn = (entries: XmlNode[], names: string[]) =>
  entries.flatMap((entry) => names.flatMap((name) => all(entry, name).map(({ text }) => text)));

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

/** Every page of a feed. */
async function pagesOf(format: string): Promise<string[]> {
  const pages: string[] = [];
  // A connection that was idle while all was written is closed by now, and fetch has to hear of it.
  await sleep(100);
  let cursor: string | null = null;
  do {
    const query: string = `limit=${PAGE}${cursor === null ? '' : `&cursor=${cursor}`}`;
    pages.push(await (await service.ask(`/v1/stories.${format}?${query}`)).text());
    const list = await service.ask(`/v1/stories?${query}`);
    cursor = ((await list.json()) as { nextCursor: string | null }).nextCursor;
  } while (cursor !== null);
  return pages;
}

async function survives(payloads: string[]): Promise<void> {
  await publishAll(service.store, payloads);
  let read = 0;
  const [atom, rss, json] = [await pagesOf('atom'), await pagesOf('rss'), await pagesOf('json')];
  for (const page of atom) {
    expect(atomProblems(page)).toEqual([]);
    const entries = all(parseXml(page), `${ATOM} entry`);
    read += entries.length;
    expect(htmlIn(entries, [`${ATOM} content`]).flatMap(sinks)).toEqual([]);
    expect(parseFeed(page).items).toHaveLength(entries.length);
    expect((await new RssParser().parseString(page)).items).toHaveLength(entries.length);
  }
  expect(read).toBeGreaterThanOrEqual(payloads.length);
  for (const page of rss) {
    expect(rssProblems(page)).toEqual([]);
    const items = all(parseXml(page), 'channel').flatMap((channel) => all(channel, 'item'));
    expect(htmlIn(items, [`${CONTENT} encoded`, 'description']).flatMap(sinks)).toEqual([]);
    expect(parseFeed(page).items).toHaveLength(items.length);
  }
  for (const page of json) {
    expect(jsonFeedProblems(page)).toEqual([]);
    expect(page).not.toMatch(/\\u(?:00[01]|d[89a-f])/);
    const { items } = JSON.parse(page) as { items: { content_html: string }[] };
    expect(items.flatMap(({ content_html }) => sinks(content_html))).toEqual([]);
  }
}

describe('hostile text in every place of a story', () => {
  test('of our own making leaves every feed well-formed, and nothing in it live', () => survives(OWN));

  test('of a public collection does the same', async (context) => {
    const folder = developmentData('data/hostile/xss');
    if (folder === null) return context.skip('the development data is not here: data/hostile/xss');
    const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));
    const lines = files.flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
    const payloads = [...new Set(lines)].filter((line) => line.trim() !== '');
    expect(payloads.length).toBeGreaterThan(2_000);
    await survives(payloads);
  }, 600_000);
});
