import { once } from 'node:events';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccess } from './access/access.ts';
import { createKey } from './access/key.ts';
import { answerErrors } from './errors.ts';
import { createAnswerOnce, jsonAnswer } from './repeat.ts';
import { startTestService, type TestService } from './testing/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

function post(key: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return service.ask('/v1/articles', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key, ...headers },
    body: JSON.stringify(body),
  });
}

const typeOf = async (response: Response) => ((await response.json()) as { type: string }).type;

describe('a submission with an Idempotency-Key', () => {
  test('that is sent again is answered as before, to the letter', async () => {
    const body = [{ url: 'https://example.com/one' }, { url: 'nothing' }];
    const first = await post('"one"', body);
    const again = await post('"one"', body);
    expect([first.status, first.headers.get('idempotent-replayed')]).toEqual([202, null]);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([202, 'true']);
    const text = await first.text();
    // Without the key it would say that the article is known.
    expect(text).toContain('"isAccepted":true');
    expect(await again.text()).toBe(text);
  });

  test('of one article is answered again with its place, the key in quotes or not', async () => {
    const first = await post('"a \\"key\\""', { url: 'https://example.com/place' });
    const again = await post('a "key"', { url: 'https://example.com/place' });
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
  });

  test('that is another one is refused, and nothing of it is taken', async () => {
    await post('two', { url: 'https://example.com/two' });
    const other = await post('two', { url: 'https://example.com/not-taken' });
    expect([other.status, await typeOf(other)]).toEqual([422, '/problems/idempotency-key-reused']);
    expect((await service.ask('/v1/articles?url=https://example.com/not-taken')).status).toBe(404);
  });

  test('that was refused for what it says is refused again', async () => {
    const [first, again] = [await post('bad', { url: 'nothing' }), await post('bad', { url: 'nothing' })];
    expect([first.status, again.status, again.headers.get('idempotent-replayed')]).toEqual([422, 422, 'true']);
  });

  test.each(['""', '"open', 'a'.repeat(256)])('that is no key is refused: %s', async (key) => {
    const response = await post(key, { url: 'https://example.com/none' });
    expect([response.status, await typeOf(response)]).toEqual([400, '/problems/invalid-idempotency-key']);
  });

  test('has as many characters as the limit', async () => {
    expect((await post('a'.repeat(255), { url: 'https://example.com/long' })).status).toBe(202);
  });

  test('belongs to who sent it, over all processes', async () => {
    const keys = await Promise.all(['a', 'b'].map((name) => createKey(service.store, { name, scopes: ['submit'] })));
    const apis = [await service.again({}), await service.again({})];
    const send = async (api: number, key: number, url: string) =>
      fetch(`${apis[api]?.url}/v1/articles`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': 'shared',
          authorization: `Bearer ${keys[key]?.key}`,
        },
        body: JSON.stringify({ url }),
      });
    expect((await send(0, 0, 'https://example.com/of-a')).headers.get('idempotent-replayed')).toBeNull();
    expect((await send(1, 0, 'https://example.com/of-a')).headers.get('idempotent-replayed')).toBe('true');
    expect((await send(1, 1, 'https://example.com/of-b')).status).toBe(202);
    for (const api of apis) await api.close();
  });
});

describe('an answer that takes its time', () => {
  const OPTIONS = { method: 'POST', headers: { 'idempotency-key': 'slow' }, body: 'body' };

  /** A server whose only address is answered once, by the next of `answers`. */
  async function serveOnce(answers: (() => Promise<object>)[]) {
    const { store } = service;
    const access = createAccess({ store, settings: { host: '127.0.0.1', openAccess: true }, now: () => new Date() });
    const answerOnce = createAnswerOnce(store, access);
    const app = express();
    app.post('/', express.raw({ type: () => true }), (request, response) =>
      answerOnce(request, response, async () => jsonAnswer(202, (await answers.shift()?.()) ?? {})),
    );
    app.use(answerErrors(store, service.events));
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
    return { post: () => fetch(url, OPTIONS), close: () => server.close() };
  }

  test('puts off the same request while it is in flight, and is given to it then', async () => {
    let release = (_value: object) => {};
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const slow = () =>
      new Promise<object>((resolve) => {
        release = resolve;
        begin();
      });
    const { post, close } = await serveOnce([slow]);
    const first = post();
    await begun;
    const second = await post();
    expect([second.status, second.headers.get('retry-after')]).toEqual([409, '1']);
    expect(await typeOf(second)).toBe('/problems/in-flight');
    release({ done: 1 });
    expect(await (await first).json()).toEqual({ done: 1 });
    const third = await post();
    expect([third.headers.get('idempotent-replayed'), await third.json()]).toEqual(['true', { done: 1 }]);
    close();
  });

  test('that ends in a failure of ours is not kept', async () => {
    const fails = () => Promise.reject(new Error('on purpose'));
    OPTIONS.headers['idempotency-key'] = 'fails';
    const { post, close } = await serveOnce([fails, async () => ({ done: 2 })]);
    expect((await post()).status).toBe(500);
    const second = await post();
    expect([second.headers.get('idempotent-replayed'), await second.json()]).toEqual([null, { done: 2 }]);
    close();
  });
});
