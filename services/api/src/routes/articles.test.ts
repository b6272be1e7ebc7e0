import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BODY_BYTES_MAX, ITEMS_MAX } from '../limits.ts';
import { startTestService, type TestService } from '../testing/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

const JSON_TYPE = { 'content-type': 'application/json' };
const NDJSON_TYPE = { 'content-type': 'application/x-ndjson' };

/** The fields of answers that tests look at. */
interface Answer {
  id: string;
  type: string;
  items: { id: string }[];
}

async function post(body: NonNullable<RequestInit['body']>, headers: Record<string, string> = JSON_TYPE) {
  const response = await service.ask('/v1/articles', { method: 'POST', headers, body });
  return { response, answer: (await response.json()) as Answer };
}

const send = (value: unknown) => post(JSON.stringify(value));

describe('a submission', () => {
  test('of one URL is answered 202 with its id and where to ask for it', async () => {
    const { response, answer } = await send({ url: 'https://example.com/one?utm_source=x' });
    expect(response.status).toBe(202);
    expect(answer).toMatchObject({ state: 'submitted', reason: null, story: null, isAccepted: true });
    expect(response.headers.get('location')).toBe(`/v1/articles/${answer.id}`);
    const record = await (await service.ask(`/v1/articles/${answer.id}`)).json();
    expect(record).toMatchObject({ id: answer.id, canonicalUrl: 'https://example.com/one', state: 'submitted' });
  });

  test('of the same URL again is the same article and makes no work', async () => {
    const first = await send({ url: 'https://example.com/two' });
    const second = await send([{ url: 'https://example.com/two#comments' }, { url: 'https://example.com/three' }]);
    expect(second.answer.items).toMatchObject([
      { index: 0, id: first.answer.id, isAccepted: false },
      { index: 1, isAccepted: true },
    ]);
  });

  test('is committed before it is answered, and then handed to the queue', async () => {
    const before = (await service.queue.depth('ingest')).waiting;
    const { answer } = await send([
      { url: 'https://example.com/four' },
      { text: 'Pushed one.' },
      { text: 'Pushed two.' },
    ]);
    const ids = answer.items.map(({ id }) => id);
    for (const id of ids) expect(await service.store.article(id)).toMatchObject({ state: 'submitted' });
    await expect.poll(async () => (await service.queue.depth('ingest')).waiting).toBe(before + 2);
  });

  test('as NDJSON keeps the good lines, and names the line of each bad one', async () => {
    const lines = '{"url": "https://example.com/five"}\n\n{"url": broken}\r\n{"text": ""}\n{"text": "Line five."}';
    const { response, answer } = await post(lines, NDJSON_TYPE);
    expect(response.status).toBe(202);
    expect(answer.items).toMatchObject([
      { index: 0, state: 'submitted' },
      {
        index: 1,
        problem: {
          type: '/problems/invalid-article',
          detail: expect.stringContaining('Line 3: It is not JSON at position 8'),
        },
      },
      { index: 2, problem: { detail: 'text is empty; send the text, or leave it out to have the URL fetched' } },
      { index: 3, state: 'submitted' },
    ]);
  });

  test('may be compressed', async () => {
    const { response, answer } = await post(gzipSync('[{"text": "Compressed."}]'), {
      ...JSON_TYPE,
      'content-encoding': 'gzip',
    });
    expect(response.status).toBe(202);
    expect(answer.items).toHaveLength(1);
  });

  test('of an empty list does nothing', async () => {
    const { response, answer } = await send([]);
    expect([response.status, answer]).toEqual([202, { items: [] }]);
  });

  test('with NUL and half characters is kept', async () => {
    const { response, answer } = await post('{"text": "a\\u0000b \\ud800 c", "title": "\\u0000"}');
    expect(response.status).toBe(202);
    expect((await service.ask(`/v1/articles/${answer.id}`)).status).toBe(200);
  });
});

describe('what cannot be taken is refused with', () => {
  const problems: [string, () => Promise<{ response: Response; answer: object }>, number, object][] = [
    [
      'the field that is wrong',
      () => send({ url: 'ftp://example.com/' }),
      422,
      { type: '/problems/invalid-article', errors: [{ pointer: '/url' }] },
    ],
    [
      'each item, when none is good',
      () => send([{}, 7]),
      422,
      { errors: [{ index: 0 }, { index: 1 }], items: [{ index: 0 }, { index: 1 }] },
    ],
    [
      'the position of bad JSON',
      () => post('{"url": "https://x.example/"'),
      400,
      { type: '/problems/invalid-json', detail: 'It ends too early at position 28 (line 1, column 29).' },
    ],
    ['a word for an empty body', () => post(''), 400, { detail: 'The body is empty.' }],
    [
      'a word for bytes that are no UTF-8',
      () => post(Buffer.from([0x7b, 0xff, 0x7d])),
      400,
      { detail: 'The body is not UTF-8.' },
    ],
    [
      'the type that is wanted',
      () => post('{}', { 'content-type': 'text/plain' }),
      415,
      { type: '/problems/unsupported-media-type' },
    ],
    ['the same for a form', () => post('url=x', { 'content-type': 'application/x-www-form-urlencoded' }), 415, {}],
    ['a word for an unknown encoding', () => post('{}', { ...JSON_TYPE, 'content-encoding': 'zip' }), 415, {}],
    [
      'a word for a broken encoding',
      () => post('{}', { ...JSON_TYPE, 'content-encoding': 'gzip' }),
      400,
      { type: '/problems/bad-request' },
    ],
    [
      'the limit of a body',
      () => post(' '.repeat(BODY_BYTES_MAX + 1)),
      413,
      { type: '/problems/body-too-large', limit: BODY_BYTES_MAX },
    ],
    [
      'the same after decompression',
      () => post(gzipSync(' '.repeat(BODY_BYTES_MAX + 1)), { ...JSON_TYPE, 'content-encoding': 'gzip' }),
      413,
      { limit: BODY_BYTES_MAX },
    ],
    ['the limit of a list', () => send(Array.from({ length: ITEMS_MAX + 1 }, () => ({}))), 413, { limit: ITEMS_MAX }],
    ['the limit of lines', () => post('{}\n'.repeat(ITEMS_MAX + 1), NDJSON_TYPE), 413, { limit: ITEMS_MAX }],
  ];
  test.each(problems)('%s', async (_what, ask, status, fields) => {
    const { response, answer } = await ask();
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer).toMatchObject({ status, title: expect.any(String), ...fields });
    expect(response.status).toBe(status);
  });

  test('nothing left behind: as many as the limit are taken', async () => {
    const { response, answer } = await send(
      Array.from({ length: ITEMS_MAX }, (_, index) => ({ text: `Number ${index}.` })),
    );
    expect(response.status).toBe(202);
    expect(new Set(answer.items.map(({ id }) => id)).size).toBe(ITEMS_MAX);
  });
});

describe('asking for an article', () => {
  test('by any spelling of its URL', async () => {
    const { answer } = await send({ url: 'https://example.com/six' });
    const found = await service.ask(`/v1/articles?url=${encodeURIComponent('https://EXAMPLE.com/six?fbclid=1')}`);
    expect(await found.json()).toMatchObject({ id: answer.id });
  });

  test.each([
    ['/v1/articles', 400, 'invalid-query'],
    ['/v1/articles?url=', 400, 'invalid-query'],
    ['/v1/articles?url=nonsense', 400, 'invalid-query'],
    ['/v1/articles?url=https://a.example/&url=https://b.example/', 400, 'invalid-query'],
    ['/v1/articles?url=https://a.example/&id=7', 400, 'invalid-query'],
    ['/v1/articles?url=https://nowhere.example/', 404, 'not-found'],
    ['/v1/articles/none', 404, 'not-found'],
    ['/v1/articles/%00', 404, 'not-found'],
    ['/v1/articles/%E0%A4%A', 400, 'bad-request'],
  ])('%s is answered %i', async (path, status, word) => {
    const response = await service.ask(path);
    expect([response.status, ((await response.json()) as Answer).type]).toEqual([status, `/problems/${word}`]);
  });

  test('an answer that has not changed is not sent again', async () => {
    const { answer } = await send({ url: 'https://example.com/seven' });
    const path = `/v1/articles/${answer.id}`;
    const etag = (await service.ask(path)).headers.get('etag') ?? '';
    const again = await service.request(path, { headers: { 'if-none-match': etag } });
    expect([etag.length > 0, again.status, again.body]).toEqual([true, 304, '']);
  });
});
