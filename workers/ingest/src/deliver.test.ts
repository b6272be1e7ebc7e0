import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startDeliver } from './deliver.ts';
import { fetcherFor, type Loopback, serveHttp } from './testing/loopback.ts';
import { openStage, type Stage } from './testing/stage.ts';

const SECRET = `whsec_${Buffer.from('a secret of twenty-four b').toString('base64')}`;
const SETTINGS = { webhooksEveryMs: 20, leaseMs: 30_000, retryBaseMs: 20, retryMaxMs: 40 };

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

let stage: Stage;
const parts: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  stage = await openStage();
});
afterEach(async () => {
  for (const part of parts.splice(0).reverse()) await part.close();
  await stage.query('truncate story_event, webhook, webhook_replay, webhook_delivery');
});
afterAll(() => stage.close());

/** A receiver that answers with these statuses, one after another, and then with the last one. */
async function receiver(...statuses: number[]): Promise<{ received: Received[]; server: Loopback }> {
  const received: Received[] = [];
  const listener: RequestListener = async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const status = statuses[Math.min(received.length, statuses.length - 1)] ?? 204;
    received.push({ headers: request.headers, body });
    response.writeHead(status, status === 302 ? { location: 'http://site.test/elsewhere' } : {}).end('thanks');
  };
  const server = await serveHttp(listener);
  parts.push(server);
  return { received, server };
}

async function deliverTo(server: Loopback, url = 'http://site.test/hook'): Promise<void> {
  await stage.store.addWebhook({ id: 'w1', url, kinds: null, secret: SECRET });
  const fetcher = fetcherFor(server.port);
  parts.push(fetcher);
  const { store, queue, events } = stage;
  parts.push(await startDeliver({ store, queue, fetcher, events, settings: SETTINGS }));
}

let stories = 0;
/** Writes an event to the log. */
async function happen(): Promise<string> {
  const id = `s${++stories}`;
  await stage.query(
    `insert into story (id, copies, outlets, sources, summary, reasons, digest) values ('${id}', 0, 0, '{}', '{}', '[]', '')`,
  );
  await stage.query(`insert into story_event (story_id, kind, detail) values ('${id}', 'created', '{"articles": 1}')`);
  return id;
}

const storiesIn = (received: Received[]) => received.map(({ body }) => JSON.parse(body).data.storyId);
const shown = () => stage.store.webhook('w1');

test('each event is sent in order, and its signature is right', async () => {
  const { received, server } = await receiver(204);
  await deliverTo(server);
  const ids = [await happen(), await happen(), await happen()];
  await expect.poll(() => storiesIn(received)).toEqual(ids);
  for (const { headers, body } of received) {
    const verified = new Webhook(SECRET).verify(body, headers as Record<string, string>);
    expect(verified).toMatchObject({ type: 'story.created', data: { kind: 'created', detail: { articles: 1 } } });
    expect(headers['content-type']).toBe('application/json');
    expect(headers['user-agent']).toContain('Wirefold');
  }
  expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(3);
  await expect.poll(async () => (await shown())?.deliveries.length).toBe(3);
  expect((await shown())?.deliveries[0]).toMatchObject({ status: 204, reason: null, isReplay: false });
});

test('what is not taken is sent again with the same id, and what follows waits for it', async () => {
  const { received, server } = await receiver(500, 429, 302, 200);
  await deliverTo(server);
  const [first, second] = [await happen(), await happen()];
  await expect.poll(() => storiesIn(received)).toEqual([first, first, first, first, second]);
  expect(new Set(received.slice(0, 4).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  await expect.poll(async () => (await shown())?.deliveries.length).toBe(5);
  const { deliveries = [], failures } = (await shown()) ?? {};
  expect(failures).toBe(0);
  expect(deliveries.map(({ status, reason }) => [status, reason])).toEqual([
    [200, null],
    [200, null],
    [302, 'http-client-error'],
    [429, 'http-too-many-requests'],
    [500, 'http-server-error'],
  ]);
});

test('a receiver that is gone is told nothing more, and why is shown; an event can be sent again', async () => {
  const { received, server } = await receiver(200, 410, 200);
  await deliverTo(server);
  const first = await happen();
  await expect.poll(async () => (await shown())?.deliveries.length).toBe(1);
  const second = await happen();
  await expect.poll(async () => (await shown())?.disabledReason).toContain('410');
  expect(storiesIn(received)).toEqual([first, second]);
  const event = (await shown())?.deliveries[1]?.event ?? '';
  expect(await stage.store.replayChange('w1', event)).toBe(true);
  await expect.poll(() => storiesIn(received)).toEqual([first, second, first]);
  expect(received[2]?.headers['webhook-id']).toBe(received[0]?.headers['webhook-id']);
  await expect.poll(async () => (await shown())?.deliveries[0]).toMatchObject({ isReplay: true, status: 200 });
  expect((await shown())?.disabledAt).not.toBeNull();
});

test('after forty failures in a row it is disabled, and the reason names the last one', async () => {
  const { received, server } = await receiver(503);
  await deliverTo(server);
  await happen();
  await expect.poll(async () => (await shown())?.disabledReason, { timeout: 20_000 }).toContain('http-server-error');
  expect(received).toHaveLength(40);
});

test('an address that is not public is never asked', async () => {
  const { received, server } = await receiver(200);
  await deliverTo(server, `http://127.0.0.1:${server.port}/hook`);
  await happen();
  await expect.poll(async () => (await shown())?.deliveries[0]).toMatchObject({ status: null });
  expect((await shown())?.deliveries[0]?.reason).toMatch(/^(?:url-not-allowed|address-not-public)$/);
  expect(received).toEqual([]);
});
