import { afterAll, beforeAll, expect, it } from 'vitest';
import { publish } from '../testing/press.ts';
import { startTestService, type TestService } from '../testing/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

const URL_OF_RECEIVER = 'https://receiver.example/hook';
const post = (body: unknown, path = '/v1/webhooks') =>
  service.ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const get = async (path: string) => (await service.ask(path)).json();

it('a webhook is added with a secret that is shown once, listed, asked for and removed', async () => {
  const response = await post({ url: URL_OF_RECEIVER, kinds: ['created', 'merged'] });
  expect(response.status).toBe(201);
  const { secret, ...added } = (await response.json()) as { secret: string; id: string };
  expect(Buffer.from(secret.replace(/^whsec_/, ''), 'base64')).toHaveLength(32);
  const path = response.headers.get('location') ?? '';
  expect(path).toBe(`/v1/webhooks/${added.id}`);
  expect(added).toMatchObject({ url: URL_OF_RECEIVER, kinds: ['created', 'merged'], failures: 0, disabledAt: null });
  expect(await get('/v1/webhooks')).toEqual({ webhooks: [added] });
  expect(await get(path)).toEqual({ ...added, deliveries: [] });
  expect((await service.ask(path, { method: 'DELETE' })).status).toBe(204);
  expect((await service.ask(path)).status).toBe(404);
  expect((await service.ask(path, { method: 'DELETE' })).status).toBe(404);
});

it.each([
  [{ url: 'ftp://receiver.example/' }, '/url'],
  [{ url: 'https://user:word@receiver.example/' }, '/url'],
  [{ url: 'receiver' }, '/url'],
  [{}, '/url'],
  [{ url: URL_OF_RECEIVER, kinds: [] }, '/kinds'],
  [{ url: URL_OF_RECEIVER, kinds: ['born'] }, '/kinds/0'],
  [{ url: URL_OF_RECEIVER, secret: 'mine' }, '/secret'],
  [[{ url: URL_OF_RECEIVER }], ''],
])('%j is refused, and the answer says why', async (body, pointer) => {
  const response = await post(body);
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({ type: '/problems/invalid-webhook', errors: [{ pointer }] });
});

it('an event is sent again, and a webhook enabled again, where there is one', async () => {
  const { id } = (await (await post({ url: URL_OF_RECEIVER })).json()) as { id: string };
  await publish(service.store, 's-one', [{ source: 'Gazette', title: 'One', body: 'A story that is told again.' }]);
  const { changes } = (await get('/v1/changes')) as { changes: { cursor: string }[] };
  expect((await post('', `/v1/webhooks/${id}/replay/${changes[0]?.cursor}`)).status).toBe(202);
  expect((await service.store.claimWebhook(id, { leaseMs: 1_000, limit: 5 }))?.replays).toHaveLength(1);
  expect((await post('', `/v1/webhooks/${id}/replay/nonsense`)).status).toBe(404);
  expect((await post('', `/v1/webhooks/${id}/enable`)).status).toBe(204);
  expect((await post('', '/v1/webhooks/nowhere/enable')).status).toBe(404);
});
