import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isProblemWord, PROBLEMS } from './problem.ts';
import { publish } from './testing/press.ts';
import { startTestService, type TestService } from './testing/service.ts';

const HTML = { accept: 'text/html,application/xhtml+xml' };

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await publish(service.store, 's1', [
    {
      url: 'https://courier.example/wheat',
      source: 'Courier',
      title: 'Wheat harvest',
      body: 'Farmers brought in less than half of the usual harvest of wheat.',
    },
  ]);
});
afterAll(() => service.close());

describe('every answer', () => {
  test.each(['/', '/stories/s1', '/articles/none', '/explain', '/monitor', '/v1/stories', '/nothing'])(
    'of %s is safe to show',
    async (path) => {
      const { headers } = await service.ask(path);
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none';script-src 'self';connect-src 'self';style-src 'self';font-src 'self';img-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-powered-by')).toBeNull();
    },
  );

  test('under a foreign name is refused, so that no web page reads it by DNS rebinding', async () => {
    const foreign = await service.request('/v1/stories', { headers: { host: 'evil.example' } });
    expect([foreign.status, JSON.parse(foreign.body).type]).toEqual([421, '/problems/wrong-host']);
    const own = await service.request('/v1/stories', { headers: { host: 'localhost:1' } });
    expect(own.status).toBe(200);
  });
});

describe('an address', () => {
  const taken: [string, string][] = [
    ['/v1/articles', 'GET, HEAD, POST'],
    ['/v1/articles/x', 'GET, HEAD, DELETE'],
    ['/v1/stories', 'GET, HEAD'],
    ['/v1/stories/s1', 'GET, HEAD'],
    ['/v1/explain', 'GET, HEAD'],
    ['/v1/queues', 'GET, HEAD'],
    ['/v1/queues/history', 'GET, HEAD'],
    ['/v1/hosts', 'GET, HEAD'],
    ['/v1/hosts/x.example', 'GET, HEAD'],
    ['/v1/articles/x/retry', 'POST'],
    ['/v1/failures/retry', 'POST'],
    ['/healthz', 'GET, HEAD'],
    ['/metrics', 'GET, HEAD'],
    ['/', 'GET, HEAD'],
    ['/stories/s1', 'GET, HEAD'],
    ['/articles/x', 'GET, HEAD'],
    ['/explain', 'GET, HEAD'],
    ['/monitor', 'GET, HEAD'],
    ['/submit', 'POST'],
    ['/failures/retry', 'POST'],
    ['/articles/x/retry', 'POST'],
  ];
  test.each(taken)('%s takes %s and answers 405 to others', async (path, allow) => {
    const response = await service.ask(path, { method: 'PATCH' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, allow]);
  });

  test('that does not exist is told to programs as a problem and to readers as a page', async () => {
    const program = await service.ask('/nothing');
    expect([program.status, ((await program.json()) as { type: string }).type]).toEqual([404, '/problems/not-found']);
    const reader = await service.ask('/nothing', { headers: HTML });
    expect([reader.status, reader.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    const api = await service.ask('/v1/nothing', { headers: HTML });
    expect(api.headers.get('content-type')).toContain('application/problem+json');
  });

  test('of every type of problem says what to do', async () => {
    for (const [word, { title }] of Object.entries(PROBLEMS)) {
      expect(await (await service.ask(`/problems/${word}`)).text()).toContain(title);
    }
    expect((await service.ask('/problems/none')).status).toBe(404);
    expect(isProblemWord('constructor')).toBe(false);
  });
});

describe('how the service is', () => {
  test('is told for each stage, by the store and by the queue', async () => {
    const { stages } = (await (await service.ask('/v1/queues')).json()) as { stages: object[] };
    expect(stages).toMatchObject([
      { stage: 'ingest', in: 1, out: 1, backlog: 0, oldestAgeMs: null, failures: [], queue: { waiting: 0, active: 0 } },
      { stage: 'cluster', in: 1, out: 1, backlog: 0, queue: { waiting: 0, active: 0 } },
    ]);
  });

  test('is healthy while the invariants hold', async () => {
    const response = await service.ask('/healthz');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: 'healthy', problems: [], violations: [] });
  });

  test('is there for Prometheus, by route and not by path', async () => {
    await service.ask('/v1/stories/s1');
    const response = await service.ask('/metrics');
    expect(response.headers.get('content-type')).toContain('text/plain');
    const text = await response.text();
    expect(text).toContain('wirefold_http_requests_total{method="GET",route="/v1/stories/:id",status="200"}');
    expect(text).toContain('wirefold_backlog_articles{stage="ingest"} 0');
    expect(text).toContain('wirefold_queue_jobs{stage="cluster",state="waiting"} 0');
    expect(text).not.toContain('stories/s1');
  });
});

describe('the form', () => {
  const form = (url: string, headers: Record<string, string> = {}) =>
    service.ask('/submit', { method: 'POST', headers, body: new URLSearchParams({ url }) });

  test('takes a URL and leads to its article', async () => {
    const response = await form(' https://example.com/by-form ', { 'sec-fetch-site': 'same-origin' });
    expect(response.status).toBe(303);
    const page = await service.ask(response.headers.get('location') ?? '');
    expect(page.headers.get('refresh')).toBe('3');
    expect(await page.text()).toContain('https://example.com/by-form');
    const found = await service.ask('/articles?url=https://example.com/by-form');
    expect(found.headers.get('location')).toBe(response.headers.get('location'));
  });

  test.each([
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
  ])('of another site is refused: %j', async (headers) => {
    expect((await form('https://example.com/forged', headers as Record<string, string>)).status).toBe(403);
    expect((await service.ask('/articles?url=https://example.com/forged')).status).toBe(404);
  });

  test('says what is wrong with a URL', async () => {
    const response = await form('javascript:alert(1)');
    expect([response.status, response.headers.get('content-type')]).toEqual([422, 'text/html; charset=utf-8']);
    expect((await form('')).status).toBe(400);
    expect((await service.ask('/submit', { method: 'POST', body: 'no form' })).status).toBe(400);
    expect((await service.ask('/articles?url=')).status).toBe(400);
    const large = await form('a'.repeat(40_000));
    expect(large.status).toBe(413);
  });
});

test('the style sheet is one file that browsers keep for a year', async () => {
  const page = await (await service.ask('/')).text();
  const path = /href="(\/assets\/[^"]*style\.css)"/.exec(page)?.[1] ?? '';
  const style = await service.ask(path);
  expect([style.status, style.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
  const font = /url\(["']?(fonts\/[^"')]+)/.exec(await style.text())?.[1] ?? '';
  const answer = await service.ask(path.replace('style.css', font));
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'font/woff2']);
  expect((await service.ask(path.replace('style.css', 'fonts/..%2f..%2fpackage.json'))).status).toBeGreaterThanOrEqual(
    400,
  );
});
