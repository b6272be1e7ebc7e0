import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHandover } from './handover.ts';
import { HANDOVER_IDS_MAX } from './limits.ts';
import { startTestService, type TestService } from './testing/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

test('what came with its content shares jobs of 50, and a URL to fetch has its own', async () => {
  const handover = createHandover(service.queue, { queueUnavailable: ({ cause }) => expect.fail(String(cause)) });
  const ids = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
  handover.add(ids('text', 120).map((id) => ({ id, stage: 'ingest', isPushed: true })));
  handover.add(ids('url', 4).map((id) => ({ id, stage: 'ingest', isPushed: false })));
  handover.add(ids('again', 60).map((id) => ({ id, stage: 'cluster', isPushed: false })));
  await handover.idle();
  expect(await service.queue.depth('ingest')).toEqual({ waiting: 3 + 4, active: 0 });
  expect(await service.queue.depth('cluster')).toEqual({ waiting: 2, active: 0 });
});

test('a queue that is away is told of, and so are those that do not fit; nothing throws', async () => {
  await service.queue.close();
  const told: number[] = [];
  const handover = createHandover(service.queue, { queueUnavailable: ({ articles = 0 }) => told.push(articles) });
  handover.add([{ id: 'a1', stage: 'ingest', isPushed: false }]);
  await handover.idle();
  expect(told).toEqual([1]);
  const many = Array.from({ length: HANDOVER_IDS_MAX + 7 }, (_, index) => `a${index}`);
  handover.add(many.map((id) => ({ id, stage: 'cluster', isPushed: true })));
  expect(told).toEqual([1, 7]);
  await handover.idle();
  expect(told).toEqual([1, 7, HANDOVER_IDS_MAX]);
});
