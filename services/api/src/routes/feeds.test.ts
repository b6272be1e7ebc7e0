import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FEEDS_IMPORTED_MAX, OPML_BYTES_MAX } from '../limits.ts';
import { startTestService, type TestService } from '../testing/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

interface Answer {
  id: string;
  type: string;
  feeds: { id: string; url: string; isNew?: boolean }[];
  refused: { url: string }[];
  nextCursor: string | null;
}

async function send(method: string, path: string, body?: unknown, type = 'application/json') {
  const response = await service.ask(path, {
    method,
    headers: body === undefined ? {} : { 'content-type': type },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    answer: (text.startsWith('{') ? JSON.parse(text) : null) as Answer,
  };
}

const subscribe = (url: string, more = {}) => send('POST', '/v1/sources', { url, ...more });

beforeEach(async () => {
  const { answer } = await send('GET', '/v1/feeds?limit=500');
  for (const { id } of answer.feeds) await send('DELETE', `/v1/feeds/${id}`);
});

describe('a subscription', () => {
  test('is answered 202 with where to look, before anything was fetched, and 200 when it was there', async () => {
    const first = await subscribe('HTTPS://Paper.example/feed?edition=uk&utm_source=x#top');
    expect(first.status).toBe(202);
    expect(first.headers.get('location')).toBe(`/v1/feeds/${first.answer.id}`);
    expect(first.answer).toMatchObject({
      url: 'https://paper.example/feed?edition=uk&utm_source=x',
      source: 'paper.example',
      state: 'active',
      kind: null,
      result: null,
      fullText: false,
      intervalMs: 300_000,
      failuresInARow: 0,
    });
    const again = await subscribe('https://paper.example/feed?edition=uk&utm_source=x');
    expect([again.status, again.answer.id]).toEqual([200, first.answer.id]);
    expect((await send('GET', `/v1/feeds/${first.answer.id}`)).answer).toEqual(again.answer);
  });

  test.each([
    [{}, '/url'],
    [{ url: 7 }, '/url'],
    [{ url: 'paper.example' }, '/url'],
    [{ url: 'ftp://paper.example/' }, '/url'],
    [{ url: 'https://user:pass@paper.example/' }, '/url'],
    [{ url: `https://paper.example/${'x'.repeat(2_048)}` }, '/url'],
    [{ url: 'https://paper.example/', fullText: 'yes' }, '/fullText'],
    [{ url: 'https://paper.example/', every: 5 }, '/every'],
    [[{ url: 'https://paper.example/' }], ''],
  ])('of %j is refused, with the field that is wrong', async (body, pointer) => {
    const { status, answer } = await send('POST', '/v1/sources', body);
    expect([status, answer]).toMatchObject([422, { type: '/problems/invalid-feed', errors: [{ pointer }] }]);
  });

  test('by a form of another site is refused by its type', async () => {
    expect(
      (await send('POST', '/v1/sources', 'url=https://x.example/', 'application/x-www-form-urlencoded')).status,
    ).toBe(415);
    expect((await send('POST', '/v1/feeds.opml', '<opml/>', 'text/plain')).status).toBe(415);
  });
});

describe('a feed', () => {
  test('is paused, resumed, told of its texts, polled and removed', async () => {
    const { id } = (await subscribe('https://paper.example/feed')).answer;
    const path = `/v1/feeds/${id}`;
    expect(await send('PATCH', path, { paused: true })).toMatchObject({
      status: 200,
      answer: { state: 'paused', nextPollAt: null },
    });
    expect(await send('POST', `${path}/poll`)).toMatchObject({
      status: 409,
      answer: { type: '/problems/feed-paused' },
    });
    expect(await send('PATCH', path, { fullText: true })).toMatchObject({
      answer: { state: 'paused', fullText: true },
    });
    expect(await send('PATCH', path, { paused: false })).toMatchObject({ answer: { state: 'active', fullText: true } });
    expect(await send('POST', `${path}/poll`)).toMatchObject({ status: 202, answer: { id } });
    expect([(await send('DELETE', path)).status, (await send('DELETE', path)).status]).toEqual([204, 404]);
    expect((await send('GET', path)).status).toBe(404);
  });

  test.each([{}, { paused: 'yes' }, { url: 'https://x.example/' }, 7])('is not changed by %j', async (body) => {
    const { id } = (await subscribe('https://paper.example/feed')).answer;
    expect((await send('PATCH', `/v1/feeds/${id}`, body)).status).toBe(422);
  });

  test('that is not there is 404, and other methods are refused with those that are taken', async () => {
    expect((await send('PATCH', '/v1/feeds/none', { paused: true })).status).toBe(404);
    expect((await send('POST', '/v1/feeds/none/poll')).status).toBe(404);
    const refused = await send('PUT', '/v1/feeds/none', {});
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD, PATCH, DELETE']);
  });
});

describe('the list', () => {
  test('comes in pages, each feed once, and by source and state', async () => {
    const hosts = ['a', 'b', 'c'].map((name) => `${name}.example`);
    for (const host of hosts) await subscribe(`https://${host}/feed`);
    const first = (await send('GET', '/v1/feeds?limit=2')).answer;
    const second = (await send('GET', `/v1/feeds?limit=2&cursor=${first.nextCursor}`)).answer;
    expect([...first.feeds, ...second.feeds].map(({ url }) => new URL(url).host)).toEqual(hosts);
    expect(second.nextCursor).toBeNull();
    const { feeds } = (await send('GET', '/v1/feeds?source=b.example&state=active')).answer;
    expect(feeds.map(({ url }) => url)).toEqual(['https://b.example/feed']);
    expect((await send('GET', '/v1/feeds?state=paused')).answer.feeds).toEqual([]);
  });

  test.each(['limit=0', 'limit=501', 'state=ended', 'cursor=x', 'page=2'])('with %s is refused', async (query) => {
    expect(await send('GET', `/v1/feeds?${query}`)).toMatchObject({
      status: 400,
      answer: { type: '/problems/invalid-query' },
    });
  });
});

describe('OPML', () => {
  const opmlOf = (urls: string[]) =>
    `<opml><body>${urls.map((url) => `<outline text="T" xmlUrl="${url}"/>`).join('')}</body></opml>`;

  test('goes in and comes out, in UTF-8 or in what it declares', async () => {
    await subscribe('https://a.example/feed');
    const sent = opmlOf(['https://a.example/feed', 'https://b.example/feed', 'https://b.example/feed#x', 'nonsense']);
    const { status, answer } = await send('POST', '/v1/feeds.opml', sent, 'text/x-opml');
    expect(status).toBe(202);
    expect(answer.feeds.map(({ url, isNew }) => [url, isNew])).toEqual([
      ['https://a.example/feed', false],
      ['https://b.example/feed', true],
    ]);
    expect(answer.refused).toMatchObject([{ url: 'nonsense' }]);
    const out = await send('GET', '/v1/feeds.opml');
    expect(out.headers.get('content-type')).toBe('text/x-opml; charset=utf-8');
    expect(out.text.match(/xmlUrl="[^"]*"/g)).toEqual([
      'xmlUrl="https://a.example/feed"',
      'xmlUrl="https://b.example/feed"',
    ]);
    const latin = Buffer.from(
      `<?xml version="1.0" encoding="iso-8859-1"?><opml><outline text="Fähre" xmlUrl="https://c.example/"/></opml>`,
      'latin1',
    );
    await service.ask('/v1/feeds', { method: 'POST', headers: { 'content-type': 'application/xml' }, body: latin });
    expect((await send('GET', '/v1/feeds.opml')).text).toContain('text="Fähre"');
  });

  test('that is none, too long or of too many feeds is refused whole', async () => {
    expect((await send('POST', '/v1/feeds.opml', '<rss/>', 'text/xml')).status).toBe(422);
    expect((await send('POST', '/v1/feeds.opml', ' '.repeat(OPML_BYTES_MAX + 1), 'text/xml')).status).toBe(413);
    const many = opmlOf(Array.from({ length: FEEDS_IMPORTED_MAX + 1 }, (_, index) => `https://a.example/${index}`));
    expect(await send('POST', '/v1/feeds.opml', many, 'text/xml')).toMatchObject({
      status: 413,
      answer: { limit: FEEDS_IMPORTED_MAX },
    });
    expect((await send('GET', '/v1/feeds')).answer.feeds).toEqual([]);
  });

  test('of a hundred feeds and more comes out whole', async () => {
    const urls = Array.from({ length: 1_100 }, (_, index) => `https://a.example/${index}`);
    await send('POST', '/v1/feeds.opml', opmlOf(urls), 'text/x-opml');
    const found = (await send('GET', '/v1/feeds.opml')).text.match(/xmlUrl="[^"]*"/g) ?? [];
    expect(new Set(found).size).toBe(1_100);
    for (let left = 1; left > 0; ) {
      const { feeds } = (await send('GET', '/v1/feeds?limit=500')).answer;
      for (const { id } of feeds) await service.store.unsubscribe(id);
      left = feeds.length;
    }
  });
});

describe('the page', () => {
  const form = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    service.ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(fields).toString(),
    });

  test('subscribes, imports, pauses, resumes, polls and removes by plain forms', async () => {
    const added = await form('/feeds', { url: ' https://paper.example/feed ', full_text: 'yes' });
    const id = /#(f[0-9a-f]+)$/.exec(added.headers.get('location') ?? '')?.[1] ?? '';
    expect([added.status, id]).toEqual([303, expect.stringMatching(/^f/)]);
    expect(await service.store.feed(id)).toMatchObject({ isFullText: true });
    const states: unknown[] = [];
    for (const action of ['pause', 'resume', 'poll', 'remove']) {
      expect((await form(`/feeds/${id}`, { do: action })).status).toBe(303);
      states.push((await service.store.feed(id))?.state ?? null);
    }
    expect(states).toEqual(['paused', 'active', 'active', null]);
    const imported = await form('/feeds/import', { opml: opmlOfOne });
    expect(await imported.text()).toContain('1 feed subscribed');
    const page = await (await service.ask('/feeds')).text();
    expect(page).toContain('https://b.example/feed');
    expect(page.match(/<script\b/g)).toHaveLength(1);
  });

  const opmlOfOne = '<opml><outline text="T" xmlUrl="https://b.example/feed"/></opml>';

  test('refuses forms of other sites, and what makes no sense', async () => {
    const foreign = { 'sec-fetch-site': 'cross-site' };
    for (const path of ['/feeds', '/feeds/import', '/feeds/f1']) {
      expect((await form(path, { url: 'https://x.example/', opml: opmlOfOne, do: 'remove' }, foreign)).status).toBe(
        403,
      );
    }
    expect((await send('GET', '/v1/feeds')).answer.feeds).toEqual([]);
    const statuses = [
      (await form('/feeds', { url: '' })).status,
      (await form('/feeds', { url: 'nonsense' })).status,
      (await form('/feeds/import', { opml: 'nonsense' })).status,
      (await form('/feeds/none', { do: 'pause' })).status,
      (await form('/feeds/none', { do: 'constructor' })).status,
      (await service.ask('/feeds?cursor=x')).status,
    ];
    expect(statuses).toEqual([400, 422, 422, 404, 400, 400]);
  });
});
