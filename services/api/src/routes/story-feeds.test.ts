import { setTimeout as sleep } from 'node:timers/promises';
import { parseFeed } from '@rowanmanning/feed-parser';
import RssParser from 'rss-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ATOM, all, atomProblems, jsonFeedProblems, parseXml, rssProblems } from '../testing/feed-rules.ts';
import { atomWarnings, jsonFeedWarnings, rssWarnings } from '../testing/feed-validator-rules.ts';
import { type Print, publish } from '../testing/press.ts';
import { startTestService, type TestService } from '../testing/service.ts';

let service: TestService;
/** How far the service's clock is ahead. */
let laterMs = 0;
beforeAll(async () => {
  service = await startTestService({ now: () => new Date(Date.now() + laterMs) });
});
afterAll(() => service.close());

const FERRY = 'The ferry left at noon.\n\nIt came back at night, & nobody was on it.\n\nRead our newsletter.';
const print = (change: Partial<Print> = {}): Print => ({
  url: 'https://harbour.example/ferry',
  source: 'Harbour Gazette',
  title: 'Ferry <sails> & returns',
  body: FERRY,
  boilerplate: [{ start: FERRY.lastIndexOf('\n\n') + 2, end: FERRY.length, rule: 'newsletter' }],
  agency: { id: 'ap', name: 'Associated Press' },
  ...change,
});
const OTHER = print({ url: 'https://post.example/f', source: 'Post', title: 'A ferry', boilerplate: [] });
const text = async (path: string) => (await service.ask(path)).text();
const answered = (response: Response, path: string, body: string) => ({
  url: service.api.url + path,
  contentType: response.headers.get('content-type') ?? '',
  text: body,
});
const FORMATS = [
  ['atom', 'application/atom+xml', atomProblems, atomWarnings],
  ['rss', 'application/rss+xml', rssProblems, rssWarnings],
  ['json', 'application/feed+json', jsonFeedProblems, jsonFeedWarnings],
] as const;

describe('a feed', () => {
  beforeAll(async () => {
    await publish(service.store, 's-ferry', [print(), OTHER]);
    for (let each = 1; each <= 4; each++) {
      await publish(service.store, `s-${each}`, [
        { source: 'Notes', title: `Note ${each}`, body: `Note number ${each} says nothing.`, language: 'de' },
      ]);
    }
  });

  it.each(FORMATS)('%s is valid by its specification, on every page', async (format, type, problems, warnings) => {
    const seen: string[] = [];
    let path: string | null = `/v1/stories.${format}?limit=2`;
    while (path !== null) {
      const response = await service.ask(path);
      expect(response.headers.get('content-type')).toContain(type);
      const body = await response.text();
      expect(problems(body)).toEqual([]);
      expect(warnings(answered(response, path, body))).toEqual([]);
      seen.push(...Array.from(body.matchAll(/tag:wirefold\.invalid,2026:story\/([\w-]+)/g), ([, id]) => id ?? ''));
      const next: string | undefined =
        /rel="next"[^>]* href="([^"]+)"/.exec(body)?.[1] ?? /"next_url":"([^"]+)"/.exec(body)?.[1];
      path = next === undefined ? null : next.replaceAll('&amp;', '&').slice(service.api.url.length);
    }
    expect(seen).toEqual(['s-4', 's-3', 's-2', 's-1', 's-ferry']);
  });

  it.each(['atom', 'rss'])('%s says the same to two parsers that know nothing of each other', async (format) => {
    const xml = await text(`/v1/stories.${format}?source=post`);
    const ours = parseFeed(xml);
    const theirs = await new RssParser().parseString(xml);
    const [item] = ours.items;
    expect(ours.items).toHaveLength(1);
    expect(item).toMatchObject({
      id: 'tag:wirefold.invalid,2026:story/s-ferry',
      title: 'Ferry <sails> & returns',
      url: `${service.api.url}/stories/s-ferry`,
    });
    expect(item?.authors[0]?.name).toBe('Associated Press');
    expect(theirs.items).toHaveLength(1);
    expect(theirs.items[0]).toMatchObject({ title: item?.title, link: item?.url });
    const content = theirs.items[0]?.['content:encoded'] ?? theirs.items[0]?.content;
    expect(content).toContain('<p>It came back at night, &amp; nobody was on it.</p>');
    expect(content).not.toContain('newsletter');
    expect(content).toContain('<a href="https://harbour.example/ferry">Harbour Gazette (AP text)</a>');
    expect(content).toContain('<li><a href="https://post.example/f">Post: A ferry</a></li>');
    expect(item?.content).toContain('Post: A ferry');
    expect(xml).toContain('Harbour Gazette (AP text)</');
  });

  it('JSON says the same as Atom', async () => {
    const [item] = JSON.parse(await text('/v1/stories.json?source=post')).items;
    const atom = await text('/v1/stories.atom?source=post');
    const [entry] = parseFeed(atom).items;
    const inAtom = all(parseXml(atom), `${ATOM} entry`).flatMap((node) => all(node, `${ATOM} content`));
    expect(item).toMatchObject({
      id: entry?.id,
      url: entry?.url,
      external_url: 'https://harbour.example/ferry',
      title: entry?.title,
      content_html: inAtom[0]?.text,
      date_published: entry?.published?.toISOString(),
      date_modified: entry?.updated?.toISOString(),
      _wirefold: { copies: 2, outlets: 2, mirrors: [{ url: 'https://post.example/f', outlet: 'Post' }] },
    });
  });
});

describe('feeds', () => {
  it('take the queries of GET /v1/stories, and refuses what they refuse', async () => {
    expect(parseFeed(await text('/v1/stories.atom?lang=de&q=number')).items).toHaveLength(4);
    expect(parseFeed(await text('/v1/stories.rss?min_mirrors=1')).items).toHaveLength(1);
    expect(atomProblems(await text('/v1/stories.atom?q=nothing-at-all'))).toEqual([]);
    for (const query of ['limit=0', 'lang=german', 'cursor=x', 'page=2'])
      expect((await service.ask(`/v1/stories.atom?${query}`)).status).toBe(400);
  });

  it('are well-formed under a name that no URL can hold, too', async () => {
    const { body } = await service.request('/v1/stories.atom', { headers: { host: 'localhost:99999' } });
    expect(atomProblems(body)).toEqual([]);
  });

  it('are found from the pages', async () => {
    const page = await text('/');
    for (const [format, type] of FORMATS)
      expect(page).toContain(
        `<link rel="alternate" type="${type}" title="Latest stories" href="/v1/stories.${format}">`,
      );
  });
});

describe('a feed that was read before', () => {
  const ask = (headers: Record<string, string>, query = '?q=tide') =>
    service.ask(`/v1/stories.atom${query}`, { headers });
  const read = async (response: Response) => parseFeed(await response.text()).items[0];
  const tide = (source: string, body = 'The tide was high, and the harbour wall held.') =>
    print({ url: `https://${source.toLowerCase()}.example/tide`, source, title: 'The tide', body, boilerplate: [] });

  it('is answered 304 until anything of its stories changes, and moves its time only for another text', async () => {
    await publish(service.store, 's-tide', [tide('Herald')]);
    const first = await ask({});
    const etag = first.headers.get('etag') ?? '';
    const item = await read(first);
    expect((await ask({ 'if-none-match': etag })).status).toBe(304);
    expect((await ask({ 'if-none-match': etag })).headers.get('etag')).toBe(etag);
    expect((await ask({ 'if-none-match': etag }, '?q=tide&limit=3')).status).toBe(304);
    expect((await ask({ 'if-none-match': '"another"' })).status).toBe(200);
    await publish(service.store, 's-tide', [tide('Herald'), tide('Argus')]);
    const joined = await ask({ 'if-none-match': etag });
    expect(joined.status).toBe(200);
    const after = await read(joined);
    expect(after?.content).toContain('Argus');
    expect(after?.updated).toEqual(item?.updated);
    await publish(service.store, 's-tide', [tide('Courier', 'The tide was low.'), tide('Argus')]);
    const edited = await read(await ask({}));
    expect(edited?.id).toBe(item?.id);
    expect(edited?.updated?.getTime()).toBeGreaterThan(item?.updated?.getTime() ?? Number.POSITIVE_INFINITY);
    expect(edited?.published).toEqual(item?.published);
  });

  it('by time, a story that was committed late is not passed over', async () => {
    const before = (await ask({}, '')).headers.get('last-modified') ?? '';
    expect(Date.parse(before)).toBeLessThanOrEqual(Date.now() - 60_000);
    expect((await ask({ 'if-modified-since': before }, '')).status).toBe(200);
    laterMs = 120_000;
    const settled = (await ask({}, '')).headers.get('last-modified') ?? '';
    expect((await ask({ 'if-modified-since': settled }, '')).status).toBe(304);
    // The header tells seconds.
    await sleep(1_001);
    await publish(service.store, 's-new', [tide('Mercury', 'A new tide comes.')]);
    expect((await ask({ 'if-modified-since': settled }, '')).status).toBe(200);
  });
});

describe('what a validator would warn of', () => {
  beforeAll(async () => {
    await publish(service.store, 's-odd', [
      print({
        url: null,
        source: 'Odd',
        title: ' ',
        body: '<script>alert(1)</script>',
        language: 'xx',
        boilerplate: [],
      }),
    ]);
    const body = '\u00a0';
    await publish(service.store, 's-blank', [
      print({ url: null, source: 'Blank', title: 'Blank', body, boilerplate: [] }),
    ]);
  });

  it.each(FORMATS)('%s does not do for odd stories, nor for none', async (format, _type, problems, warnings) => {
    for (const query of ['source=odd', 'source=blank', 'source=nobody', 'q=ferry&lang=en', 'min_mirrors=1']) {
      const path = `/v1/stories.${format}?${query}`;
      const response = await service.ask(path);
      const body = await response.text();
      const found = [...problems(body), ...warnings(answered(response, path, body))];
      expect(found, query).toEqual([]);
    }
  });
});
