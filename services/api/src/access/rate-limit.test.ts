import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestService, type TestService } from '../testing/service.ts';
import { createKey } from './key.ts';

const LIMIT = 5;

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ host: '0.0.0.0', openAccess: true, requestsAMinuteMax: LIMIT });
});
afterAll(() => service.close());

const ask = (headers: Record<string, string> = {}) => service.ask('/v1/stories', { headers });

describe('an address without a key', () => {
  test('is told its limit and what is left, and then to wait', async () => {
    for (let left = LIMIT - 1; left >= 0; left -= 1) {
      const { status, headers } = await ask();
      expect([status, headers.get('ratelimit')]).toEqual([200, expect.stringContaining(`r=${left}`)]);
      expect(headers.get('ratelimit-policy')).toMatch(/^"requests"; q=5; w=60/);
    }
    const refused = await ask();
    expect([refused.status, Number(refused.headers.get('retry-after'))]).toEqual([429, expect.any(Number)]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ type: '/problems/too-many-requests', status: 429 });
  });

  test('is not another one because it says so', async () => {
    expect((await ask({ 'x-forwarded-for': '192.0.2.7' })).status).toBe(429);
  });

  test('may always ask whether the service is well', async () => {
    for (let times = 0; times < 2 * LIMIT; times += 1) expect((await service.ask('/healthz')).status).toBe(200);
  });

  test('is another one where a proxy that is trusted says so', async () => {
    const api = await service.again({ trustedProxies: 1 });
    const from = async (address: string) =>
      (await fetch(`${api.url}/v1/stories`, { headers: { 'x-forwarded-for': address } })).status;
    for (let times = 0; times < LIMIT; times += 1) expect(await from('192.0.2.7')).toBe(200);
    expect([await from('192.0.2.7'), await from('192.0.2.8')]).toEqual([429, 200]);
    await api.close();
  });
});

test('no limit is one that was set to 0, and on an open loopback it is 100 times as high', async () => {
  const [none, loopback] = [await service.again({ requestsAMinuteMax: 0 }), await service.again({ host: '127.0.0.1' })];
  const headers = await Promise.all(
    [none, loopback].map(async ({ url }) => (await fetch(`${url}/v1/stories`)).headers),
  );
  expect(headers.map((each) => each.get('ratelimit-policy'))).toEqual([null, expect.stringContaining('q=500;')]);
  await none.close();
  await loopback.close();
});

test('each key has its own limit', async () => {
  const keys = await Promise.all(['a', 'b'].map((name) => createKey(service.store, { name, scopes: ['read'] })));
  const api = await service.again({});
  const askBy = (at: number) =>
    fetch(`${api.url}/v1/stories`, { headers: { authorization: `Bearer ${keys[at]?.key}` } }).then(
      ({ status }) => status,
    );
  for (let times = 0; times < LIMIT; times += 1) expect(await askBy(0)).toBe(200);
  expect([await askBy(0), await askBy(1)]).toEqual([429, 200]);
  await api.close();
});
