import { once } from 'node:events';
import { createConnection } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestService, type TestService } from './testing/service.ts';

// The tests of this file run in order: first the queue goes away, then the store, then the service itself.
let service: TestService;
beforeAll(async () => {
  service = await startTestService({ articleDeadlineMs: 1 });
});
afterAll(() => service.close());

const submit = (url: string) =>
  service.ask('/v1/articles', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url }),
  });

test('a port that is taken is told with what to do', async () => {
  const { startApi } = await import('./listen.ts');
  const { store, queue, api, events } = service;
  const settings = {
    host: '127.0.0.1',
    openAccess: false,
    requestsAMinuteMax: 0,
    trustedProxies: 0,
    port: api.port,
    articleDeadlineMs: 1,
    windowDays: 30,
    resendAfterMs: 30_000,
    claimsMax: 5,
    feedIntervalMinMs: 300_000,
  };
  await expect(startApi({ store, queue, events, settings, now: () => new Date() })).rejects.toThrow(
    `127.0.0.1:${api.port} is in use; set PORT to another one`,
  );
});

test('an article older than its deadline makes the service unhealthy, and says which', async () => {
  const { id } = (await (await submit('https://example.com/late')).json()) as { id: string };
  await new Promise((resolve) => setTimeout(resolve, 5));
  const response = await service.ask('/healthz');
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ type: '/problems/unhealthy', violations: [{ invariant: 'I1', id }] });
  expect(await (await service.ask('/monitor')).text()).toContain('Not healthy');
});

test('a queue that is away changes no answer', async () => {
  await service.queue.close();
  expect((await submit('https://example.com/without-queue')).status).toBe(202);
  await expect.poll(() => service.log(), { timeout: 15_000 }).toContain('queue error');
  const { stages } = (await (await service.ask('/v1/queues')).json()) as { stages: { queue: unknown }[] };
  expect(stages.map(({ queue }) => queue)).toEqual([null, null]);
  expect((await service.ask('/monitor')).status).toBe(200);
});

test('a store that is away is said to be, with when to come again', async () => {
  await service.store.close();
  for (const ask of [
    () => submit('https://example.com/without-store'),
    () => service.ask('/v1/stories'),
    () => service.ask('/healthz'),
  ]) {
    const response = await ask();
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  }
  const page = await service.ask('/', { headers: { accept: 'text/html' } });
  expect([page.status, page.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8']);
  expect(await (await service.ask('/metrics')).text()).toContain('wirefold_http_requests_total');
});

test('a service that closes ends idle connections at once, and answers what is in hand', async () => {
  const idle = createConnection(service.api.port, '127.0.0.1');
  const busy = createConnection(service.api.port, '127.0.0.1');
  await Promise.all([once(idle, 'connect'), once(busy, 'connect')]);
  let answer = '';
  busy.on('data', (chunk) => {
    answer += chunk;
  });
  const head = ['POST /v1/articles HTTP/1.1', 'Host: localhost', 'Content-Type: application/json', 'Content-Length: 2'];
  busy.write(`${[...head, 'Expect: 100-continue'].join('\r\n')}\r\n\r\n`);
  await expect.poll(() => answer).toContain('100 Continue');
  const ended = [once(idle, 'close'), once(busy, 'close')];
  const closing = service.api.close();
  await ended[0];
  busy.write('{}');
  await Promise.all([...ended, closing]);
  expect(answer).toContain('HTTP/1.1 422');
  await expect(service.ask('/')).rejects.toThrow();
});
