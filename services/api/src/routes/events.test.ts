import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Change } from '@wirefold/store';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EVENT_STREAMS_MAX } from '../limits.ts';
import { publish } from '../testing/press.ts';
import { startTestService, type TestService } from '../testing/service.ts';

let service: TestService;
const open: (() => void)[] = [];
beforeAll(async () => {
  service = await startTestService();
});
afterEach(() => {
  for (const close of open.splice(0)) close();
});
afterAll(() => service.close());

let stories = 0;
const tell = async () => {
  const id = `s-${++stories}`;
  await publish(service.store, id, [{ source: 'Gazette', title: id, body: `Story number ${id} is told.` }]);
  return id;
};

/** Listens as an EventSource does: takes the fields that count, and remembers the last id. */
function listen(query = '', headers: Record<string, string> = {}) {
  const heard: Change[] = [];
  const client = { heard, lastId: '', isEnded: false, status: 0, close: () => {} };
  const asked = request(`${service.api.url}/v1/events${query}`, { headers }, async (response) => {
    client.status = response.statusCode ?? 0;
    let text = '';
    try {
      for await (const chunk of response) {
        text += String(chunk);
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const fields = text.slice(0, end).split('\n');
          text = text.slice(end + 2);
          for (const field of fields) if (field.startsWith('id: ')) client.lastId = field.slice(4);
          for (const field of fields) if (field.startsWith('data: ')) heard.push(JSON.parse(field.slice(6)) as Change);
        }
      }
    } catch {
      // Cut off.
    }
    client.isEnded = true;
  });
  asked.on('error', () => {
    client.isEnded = true;
  });
  asked.end();
  client.close = () => asked.destroy();
  open.push(client.close);
  return client;
}

const told = ({ heard }: { heard: Change[] }) => heard.map(({ storyId }) => storyId);

describe('a stream of events', () => {
  it('tells what happens from now on, to all who listen', async () => {
    await tell();
    const [one, other] = [listen(), listen()];
    await expect.poll(() => one.lastId !== '' && other.lastId !== '').toBe(true);
    const ids = [await tell(), await tell()];
    await expect.poll(() => told(one)).toEqual(ids);
    await expect.poll(() => told(other)).toEqual(ids);
    expect(one.heard[0]).toMatchObject({ kind: 'created', at: expect.any(String), cursor: expect.any(String) });
  });

  it('goes on where a client was cut off: nothing is missed, and nothing is told twice', async () => {
    const first = listen();
    await expect.poll(() => first.lastId).not.toBe('');
    const ids: string[] = [];
    const heard: string[] = [];
    let lastId = first.lastId;
    first.close();
    for (let round = 0; round < 6; round++) {
      const client = listen('', { 'last-event-id': lastId });
      // Cut off at any moment: while it catches up, when it has, or while it is told something new.
      for (let each = 0; each < 3; each++) ids.push(await tell());
      await sleep(round * 150);
      client.close();
      await expect.poll(() => client.isEnded).toBe(true);
      heard.push(...told(client));
      lastId = client.lastId || lastId;
    }
    const last = listen('', { 'last-event-id': lastId });
    await expect.poll(() => [...heard, ...told(last)], { timeout: 10_000 }).toEqual(ids);
  });

  it('tells only the kinds that are asked for, from as far back as is asked for', async () => {
    const all = listen('?since=start');
    await expect.poll(() => told(all).length).toBe(stories);
    expect(new Set(told(all)).size).toBe(stories);
    const merges = listen('?since=start&kinds=merged,split');
    const from = await tell();
    await publish(service.store, 's-into', [{ source: 'Gazette', title: 'x', body: 'Another story is told.' }], [from]);
    await expect.poll(() => told(all)).toContain('s-into');
    expect(merges.heard).toEqual([]);
  });
});

describe('a stream of events is refused', () => {
  it.each([
    [{ 'last-event-id': 'nonsense' }, '', 400],
    [{ 'last-event-id': Buffer.from('c99999999').toString('base64url') }, '', 410],
    [{}, '?kinds=born', 400],
  ])('for %j %s with %i', async (headers, query, status) => {
    expect((await service.ask(`/v1/events${query}`, { headers })).status).toBe(status);
  });

  it('beyond the number that may be open, and taken again when one has ended', async () => {
    const clients = Array.from({ length: EVENT_STREAMS_MAX }, () => listen());
    await expect
      .poll(() => clients.filter(({ lastId }) => lastId !== '').length, { timeout: 20_000 })
      .toBe(EVENT_STREAMS_MAX);
    const refused = await service.ask('/v1/events');
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).not.toBeNull();
    clients[0]?.close();
    const next = listen();
    await expect
      .poll(
        async () =>
          next.lastId !== '' || (next.isEnded && (await service.ask('/v1/events', { method: 'HEAD' })).status === 200),
        { timeout: 10_000 },
      )
      .toBe(true);
  });
});

it('all streams end when the service closes, and it closes at once', async () => {
  const own = await startTestService();
  const asked = fetch(`${own.api.url}/v1/events`);
  const response = await asked;
  await own.close();
  expect(await response.text()).toContain('id: ');
});
