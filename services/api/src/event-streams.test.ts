import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { PARAMS } from '@wirefold/dedup';
import { createEvents } from '@wirefold/runtime';
import { type OpenedStore, openStore } from '@wirefold/store';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEventStreams, type EventStreams } from './event-streams.ts';

let opened: OpenedStore;
let streams: EventStreams;
beforeAll(async () => {
  opened = await openStore({ databaseUrl: null, dataDir: null, signatureVersion: PARAMS.version });
  const events = createEvents({ level: 'error', service: 'api' });
  streams = createEventStreams({ store: opened.store, events, slowReaderMs: 3_000 });
});
afterAll(async () => {
  await streams.close();
  await opened.store.close();
});

/** So much that no buffer of the system between the two ends holds it: 20 MB. */
const MUCH = `insert into story_event (story_id, kind, detail)
  select 's1', 'revised', jsonb_build_object('words', repeat('word ', 1000)) from generate_series(1, 4000)`;

it('a client that takes nothing is cut off, and another one beside it hears all', async () => {
  await opened.pool.query(
    "insert into story (id, copies, outlets, sources, summary, reasons, digest) values ('s1', 0, 0, '{}', '{}', '[]', '')",
  );
  const { nextCursor = '' } = (await opened.store.changes({ after: 'now', kinds: null, limit: 1 })) ?? {};
  const responses: ServerResponse[] = [];
  const server = createServer((_request, response) => {
    responses.push(response);
    streams.open(response, nextCursor, null);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const idle = connect(port, '127.0.0.1', () => void idle.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n'));
  idle.on('error', () => {});
  await expect.poll(() => responses.length).toBe(1);
  let heard = 0;
  const reader = connect(port, '127.0.0.1', () => void reader.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n'));
  reader.on('data', (bytes: Buffer) => {
    heard += bytes.toString('latin1').split('data: ').length - 1;
  });
  await expect.poll(() => responses.length).toBe(2);
  await opened.pool.query(MUCH);
  await expect.poll(() => responses[0]?.destroyed, { timeout: 50_000 }).toBe(true);
  await expect.poll(() => heard, { timeout: 25_000 }).toBeGreaterThanOrEqual(3_990);
  expect(responses[1]?.destroyed).toBe(false);
  idle.destroy();
  reader.destroy();
  await new Promise<void>((resolve) => void server.close(() => resolve()));
}, 120_000);
