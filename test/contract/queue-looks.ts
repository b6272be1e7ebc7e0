import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue } from '@wirefold/queue';
import { expect, test } from 'vitest';
import { until } from './until.ts';

/** Every engine's queue keeps these promises about feeds. */
export function lookTests(current: () => { queue: Queue; reported: unknown[] }): void {
  test('feeds are looked after again and again, also after a look that failed, until nobody does', async () => {
    const on = current();
    let looks = 0;
    const consumer = await on.queue.lookAfterFeeds(
      async () => {
        looks += 1;
        if (looks === 2) throw new Error('this look failed');
      },
      { everyMs: 100 },
    );
    await until(() => looks >= 5);
    await consumer.close();
    const after = looks;
    await sleep(500);
    expect(looks).toBe(after);
    expect(on.reported).toEqual([['this look failed', { kind: 'handler', stage: 'feeds' }]]);
    expect(await on.queue.depth('ingest')).toEqual({ waiting: 0, active: 0 });
  });

  test('a look that takes long is not alone: the next one is made meanwhile', async () => {
    const on = current();
    let endFirst = () => {};
    const first = new Promise<void>((resolve) => {
      endFirst = resolve;
    });
    let looks = 0;
    const look = () => {
      looks += 1;
      return looks === 1 ? first : Promise.resolve();
    };
    const consumer = await on.queue.lookAfterFeeds(look, { everyMs: 100 });
    await until(() => looks >= 3);
    endFirst();
    await consumer.close();
  });
}
