import type { Submission } from '@wirefold/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHandover, type HandoverOptions } from './handover.ts';
import { HANDOVER_IDS_MAX } from './limits.ts';
import { startTestService, type TestService } from './testing/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

function handoverOf(queueUnavailable: HandoverOptions['events']['queueUnavailable']) {
  const { store, queue } = service;
  const settings = { resendAfterMs: 60_000, claimsMax: 5 };
  return createHandover({ store, queue, events: { queueUnavailable }, settings });
}

const page = (host: string, name: number): Submission => {
  const url = `https://${host}/${name}`;
  return { id: `${host}-${name}`, url, canonicalUrl: url, pushed: null, partOf: null };
};

test('what came with its content shares jobs of 50; of the URLs of a host one is handed over, in a job of its own', async () => {
  await service.store.submit([1, 2, 3, 4].map((name) => page(name < 4 ? 'slow.example' : 'other.example', name)));
  const handover = handoverOf(({ cause }) => expect.fail(String(cause)));
  const ids = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
  handover.add(ids('text', 120).map((id) => ({ id, stage: 'ingest', isPushed: true })));
  handover.add(ids('url', 4).map((id) => ({ id, stage: 'ingest', isPushed: false })));
  handover.add(ids('again', 60).map((id) => ({ id, stage: 'cluster', isPushed: false })));
  await handover.idle();
  expect(await service.queue.depth('ingest')).toEqual({ waiting: 3 + 2, active: 0 });
  expect(await service.queue.depth('cluster')).toEqual({ waiting: 2, active: 0 });
});

test('a queue that is away is told of, and so are those that do not fit; nothing throws', async () => {
  await service.store.submit([page('away.example', 1)]);
  await service.queue.close();
  const told: number[] = [];
  const handover = handoverOf(({ articles = 0 }) => told.push(articles));
  handover.add([{ id: 'a1', stage: 'ingest', isPushed: false }]);
  await handover.idle();
  expect(told).toEqual([1]);
  const many = Array.from({ length: HANDOVER_IDS_MAX + 7 }, (_, index) => `a${index}`);
  handover.add(many.map((id) => ({ id, stage: 'cluster', isPushed: true })));
  expect(told).toEqual([1, 7]);
  await handover.idle();
  expect(told).toEqual([1, 7, HANDOVER_IDS_MAX]);
});
