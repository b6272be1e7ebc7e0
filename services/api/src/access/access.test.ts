import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KEY_NAME_CHARS_MAX, LOGIN_BYTES_MAX, SESSION_MAX_MS } from '../limits.ts';
import { publish } from '../testing/press.ts';
import { startTestService, type TestService } from '../testing/service.ts';
import { createKey, isKey } from './key.ts';
import { createKeyRing } from './key-ring.ts';
import { keyOfSession, sealSession } from './session.ts';

const HTML = { accept: 'text/html' };

let service: TestService;
const keys = { read: '', submit: '', admin: '' };
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

beforeAll(async () => {
  service = await startTestService();
  await publish(service.store, 's1', [
    { url: 'https://courier.example/wheat', source: 'Courier', title: 'Wheat', body: 'Farmers brought in the wheat.' },
  ]);
  // The first one is made while the service is open, the others by its right.
  keys.admin = (await make({ name: 'Desk', scopes: ['admin'] }, {})).key;
  for (const scope of ['read', 'submit'] as const)
    keys[scope] = (await make({ name: scope, scopes: [scope] }, bearer(keys.admin))).key;
});
afterAll(() => service.close());

async function make(body: object, headers: Record<string, string>) {
  const response = await service.ask('/v1/keys', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(201);
  return (await response.json()) as { id: string; key: string };
}

async function statusOf(path: string, init?: RequestInit): Promise<number> {
  return (await service.ask(path, init)).status;
}

describe('without a key', () => {
  test.each([
    '/v1/stories',
    '/v1/articles/none',
    '/v1/queues',
    '/metrics',
    '/v1/keys',
    '/monitor/jobs',
    '/v1/nothing',
    '/nothing',
  ])('%s is answered 401, and what to show', async (path) => {
    const response = await service.ask(path);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer realm="wirefold", scope="(?:read|admin)"$/);
    expect(await response.json()).toMatchObject({ type: '/problems/unauthorized', status: 401 });
  });

  test.each(['/healthz', '/v1/openapi.json', '/docs', '/problems/gone', '/login'])(
    '%s is for everybody',
    async (path) => {
      expect(await statusOf(path)).toBe(200);
    },
  );

  test('no route but those is reached, whoever added it and however', async () => {
    interface Layer {
      route?: { path: string; methods: Record<string, boolean> };
      handle?: { stack?: Layer[] };
    }
    const routes = (layers: Layer[]): [string, string][] =>
      layers.flatMap(({ route, handle }) =>
        route === undefined
          ? routes(handle?.stack ?? [])
          : Object.keys(route.methods).map((method): [string, string] => [method, route.path]),
      );
    const found = routes((service.app().router as unknown as { stack: Layer[] }).stack);
    const open: string[] = [];
    for (const [method, path] of found) {
      if (method === '_all' || path.startsWith('/assets/')) continue;
      const { headers } = await service.ask(path.replaceAll(':', ''), { method: method.toUpperCase() });
      if (!headers.has('www-authenticate')) open.push(`${method} ${path}`);
    }
    expect(open.sort()).toEqual([
      'get /docs',
      'get /healthz',
      'get /login',
      'get /problems/:word',
      'get /v1/openapi.json',
      'post /login',
      'post /logout',
    ]);
  });

  test('a reader is led to the login, and from there back', async () => {
    const page = await service.ask('/stories/s1?a=b', { headers: HTML });
    expect([page.status, page.headers.get('location')]).toEqual([303, '/login?next=%2Fstories%2Fs1%3Fa%3Db']);
    expect(await (await service.ask('/login?next=/stories/s1')).text()).toContain('value="/stories/s1"');
    expect(await (await service.ask('/login?next=//evil.example')).text()).toContain('name="next" value="/"');
  });
});

describe('a key', () => {
  test.each([
    ['read', 'GET', '/v1/stories', 200],
    ['read', 'GET', '/metrics', 200],
    ['read', 'POST', '/v1/articles', 403],
    ['read', 'DELETE', '/v1/articles/none', 403],
    ['read', 'GET', '/v1/keys', 403],
    ['read', 'GET', '/monitor/jobs', 403],
    ['read', 'GET', '/stories/s1', 200],
    ['read', 'POST', '/submit', 403],
    ['submit', 'GET', '/v1/stories', 403],
    ['submit', 'POST', '/v1/articles', 415],
    ['submit', 'DELETE', '/v1/articles/none', 403],
    ['submit', 'GET', '/monitor/jobs/api/queues', 403],
    ['admin', 'GET', '/v1/stories', 200],
    ['admin', 'POST', '/v1/articles', 415],
    ['admin', 'DELETE', '/v1/articles/none', 404],
    ['admin', 'GET', '/v1/keys', 200],
    ['admin', 'GET', '/monitor/jobs/api/queues', 200],
    ['admin', 'GET', '/monitor/jobs/none', 404],
    ['admin', 'PUT', '/monitor/jobs/api/queues/pause', 405],
  ] as const)('with the scope %s: %s %s is %i', async (scope, method, path, status) => {
    expect(await statusOf(path, { method, headers: bearer(keys[scope]) })).toBe(status);
  });

  test('that lacks a scope is told which', async () => {
    const response = await service.ask('/v1/keys', { headers: bearer(keys.read) });
    expect(await response.json()).toMatchObject({ type: '/problems/missing-scope', scope: 'admin', scopes: ['read'] });
  });

  test.each(['', 'Basic d2Y6d2Y=', 'Bearer', 'Bearer wf_000000000000_'.padEnd(63, 'a'), 'Bearer wf_x'])(
    'that is none is refused: %s',
    async (authorization) => {
      const response = await service.ask('/v1/stories', { headers: { authorization } });
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([
        401,
        authorization === '' ? expect.any(String) : 'Bearer realm="wirefold", scope="read", error="invalid_token"',
      ]);
    },
  );

  test('with one letter changed is none, and neither is one that ends earlier or later', async () => {
    const last = keys.read.at(-2) === 'A' ? 'B' : 'A';
    for (const key of [keys.read.slice(0, -2) + last + keys.read.at(-1), keys.read.slice(0, -1), `${keys.read}A`])
      expect(await statusOf('/v1/stories', { headers: bearer(key) })).toBe(401);
    expect(isKey('anything', Buffer.alloc(0))).toBe(false);
  });
});

describe('the life of a key', () => {
  test('is listed without what would let somebody use it, is noted as used, and ends when it is revoked', async () => {
    const { id, key } = await make({ name: 'Guest', scopes: ['read'] }, bearer(keys.admin));
    expect(key).toMatch(/^wf_[0-9a-f]{12}_[\w-]{43}$/);
    expect(await statusOf('/v1/stories', { headers: bearer(key) })).toBe(200);
    await expect
      .poll(async () => (await service.store.keys()).find((each) => each.id === id)?.lastUsedAt)
      .toEqual(expect.any(String));
    const listed = await (await service.ask('/v1/keys', { headers: bearer(keys.admin) })).text();
    expect(listed).toContain('"name":"Guest"');
    expect(listed).not.toContain(key.slice(16));
    expect(listed).not.toContain('digest');
    expect(await statusOf(`/v1/keys/${id}`, { method: 'DELETE', headers: bearer(keys.admin) })).toBe(204);
    expect(await statusOf('/v1/stories', { headers: bearer(key) })).toBe(401);
    expect(await statusOf(`/v1/keys/${id}`, { method: 'DELETE', headers: bearer(keys.admin) })).toBe(404);
  });

  test.each([
    [{}],
    [{ name: 'x', scopes: [] }],
    [{ name: '', scopes: ['read'] }],
    [{ name: 'x', scopes: ['root'] }],
    [[]],
  ])('is not made of %j', async (body) => {
    const headers = { 'content-type': 'application/json', ...bearer(keys.admin) };
    const response = await service.ask('/v1/keys', { method: 'POST', headers, body: JSON.stringify(body) });
    expect(((await response.json()) as { type: string }).type).toBe('/problems/invalid-key');
  });

  test('has a name of as many characters as the limit, and no more', async () => {
    const name = 'n'.repeat(KEY_NAME_CHARS_MAX);
    await make({ name, scopes: ['read'] }, bearer(keys.admin));
    const headers = { 'content-type': 'application/json', ...bearer(keys.admin) };
    const body = JSON.stringify({ name: `${name}n`, scopes: ['read'] });
    expect(await statusOf('/v1/keys', { method: 'POST', headers, body })).toBe(422);
  });

  test('stands in the log nowhere', () => {
    for (const key of Object.values(keys)) expect(service.log()).not.toContain(key.slice(16));
  });
});

const login = (key: string, headers: Record<string, string> = {}) =>
  service.ask('/login', { method: 'POST', headers, body: new URLSearchParams({ key, next: '/monitor' }) });
const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? '';

/** A key that another process made is known after a while. */
async function expectFresh(attempt: () => Promise<Response>): Promise<Response> {
  await expect.poll(async () => (await attempt()).status, { timeout: 15_000, interval: 500 }).toBe(303);
  return attempt();
}

describe('a session', () => {
  test('is made from a key, by a cookie that no script reads and that holds no key', async () => {
    const response = await login(keys.read);
    expect([response.status, response.headers.get('location')]).toEqual([303, '/monitor']);
    expect(response.headers.get('set-cookie')).toMatch(
      /^wirefold_session=[^;]+; Max-Age=604800; Path=\/; .*HttpOnly; SameSite=Lax$/,
    );
    expect(response.headers.get('set-cookie')).not.toContain(keys.read.slice(16));
    const cookie = cookieOf(response);
    expect(await statusOf('/', { headers: { ...HTML, cookie } })).toBe(200);
    expect(await statusOf('/v1/stories', { headers: { cookie: `a=b; ${cookie}` } })).toBe(200);
    expect(await statusOf('/v1/keys', { headers: { cookie } })).toBe(403);
    expect(await (await service.ask('/login', { headers: { cookie } })).text()).toContain('with the key “read”');
  });

  test('is not made from what is no key, nor by a form of another site', async () => {
    const wrong = await login('wf_nothing');
    expect([wrong.status, cookieOf(wrong)]).toEqual([401, '']);
    expect((await login(keys.read, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  test('is over after its time', async () => {
    const [key] = await service.store.keys();
    if (key === undefined) throw new Error('no key');
    const ring = createKeyRing(service.store, () => new Date());
    const cookie = `wirefold_session=${sealSession(key, 0)}`;
    expect(await keyOfSession(cookie, ring, SESSION_MAX_MS - 1)).toMatchObject({ id: key.id });
    expect(await keyOfSession(cookie, ring, SESSION_MAX_MS)).toBeNull();
  });

  test('is not made from a form that is too large', async () => {
    expect((await login('k'.repeat(LOGIN_BYTES_MAX))).status).toBe(413);
  });

  test('that was changed does not count', async () => {
    const cookie = cookieOf(await login(keys.read));
    const [id, end = '', seal] = cookie.split('=')[1]?.split('.') ?? [];
    for (const forged of [`${id}.${Number(end) + 1}.${seal}`, `${id}.1.${seal}`, `${id}.${end}.`, 'x'])
      expect(await statusOf('/v1/stories', { headers: { cookie: `wirefold_session=${forged}` } })).toBe(401);
  });
});

describe('a session in use', () => {
  test('ends with its key, and by logging out', async () => {
    const key = await createKey(service.store, { name: 'Short', scopes: ['read', 'submit'] });
    const cookie = cookieOf(await expectFresh(() => login(key?.key ?? '')));
    const out = await service.ask('/logout', { method: 'POST', headers: { cookie } });
    expect(out.headers.get('set-cookie')).toMatch(/^wirefold_session=; Path=\/; Expires=Thu, 01 Jan 1970/);
    await service.ask(`/v1/keys/${key?.id}`, { method: 'DELETE', headers: bearer(keys.admin) });
    expect(await statusOf('/v1/stories', { headers: { cookie } })).toBe(401);
  });

  test('changes nothing by a request of another site', async () => {
    const cookie = cookieOf(await login(keys.admin));
    const remove = (headers: Record<string, string>) =>
      statusOf('/v1/articles/none', { method: 'DELETE', headers: { cookie, ...headers } });
    expect(await remove({ 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await remove({ origin: 'https://evil.example' })).toBe(403);
    expect(await remove({ 'sec-fetch-site': 'same-origin' })).toBe(404);
  });
});

describe('a service that listens beyond loopback', () => {
  let open: TestService;
  beforeAll(async () => {
    open = await startTestService({ host: '0.0.0.0', openAccess: true });
  });
  afterAll(() => open.close());

  test('asks nobody where it was told to be open, and says so in the log', async () => {
    expect((await open.ask('/v1/stories')).status).toBe(200);
    expect(open.log()).toContain('open to the network without a key');
  });

  test('refuses to start without a key otherwise, and says what to do', async () => {
    await expect(open.again({ openAccess: false })).rejects.toThrow(/keys create --scope admin[\s\S]*OPEN_ACCESS=true/);
  });

  test('starts with a key, and is closed for good once it has lost the last one', async () => {
    const key = await createKey(open.store, { name: 'Only', scopes: ['admin'] });
    const api = await open.again({ openAccess: false });
    const headers = bearer(key?.key ?? '');
    expect((await fetch(`${api.url}/v1/stories`)).status).toBe(401);
    expect((await fetch(`${api.url}/v1/keys/${key?.id}`, { method: 'DELETE', headers })).status).toBe(204);
    expect((await fetch(`${api.url}/v1/stories`)).status).toBe(401);
    await api.close();
  });
});
