import { setTimeout as sleep } from 'node:timers/promises';
import type { Consumer, Handler, JobKind, Queue, QueueErrorFacts } from '@wirefold/queue';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { boardTests } from './queue-board.ts';
import { lookTests } from './queue-looks.ts';
import { killWithJobInHand, openAt, type Place } from './queue-place.ts';
import { until } from './until.ts';

/** A place for one suite. */
export interface QueueEngine {
  place: Place;
  stop(): Promise<void>;
}

type Reported = [message: string, facts: QueueErrorFacts];

/** What a test of a queue has in hand. Consumers started here are closed after the test, then the queue. */
export interface QueueTest {
  queue: Queue;
  reported: Reported[];
  spoil(): Promise<void>;
  consume(stage: JobKind, handler: Handler, concurrency?: number): Promise<Consumer>;
  close(): Promise<void>;
}

/** Every engine's queue keeps these promises. */
export function describeQueue(name: string, start: () => Promise<QueueEngine>): void {
  describe(`queue on ${name}`, () => {
    let engine: QueueEngine;
    let opened: QueueTest;
    beforeAll(async () => {
      engine = await start();
    });
    afterAll(() => engine?.stop());
    beforeEach(async () => {
      opened = await openTest(engine.place);
    });
    afterEach(() => opened?.close());
    deliveryTests(() => opened);
    failureTests(
      () => opened,
      () => engine.place,
    );
    closingTests(() => opened);
    repetitionTests(() => opened);
    lookTests(() => opened);
    boardTests(() => opened);
  });
}

function deliveryTests(current: () => QueueTest): void {
  test('depth tells what waits and what is in hand', async () => {
    const on = current();
    const mayEnd = signal();
    const started = signal();
    await on.queue.add('ingest', [['h1'], ['h2'], ['h3']]);
    expect(await on.queue.depth('ingest')).toEqual({ waiting: 3, active: 0 });
    await on.consume('ingest', () => {
      started.give();
      return mayEnd.given;
    });
    await started.given;
    expect(await on.queue.depth('ingest')).toEqual({ waiting: 2, active: 1 });
    expect(await on.queue.depth('cluster')).toEqual({ waiting: 0, active: 0 });
    mayEnd.give();
    expect(await drained(on.queue)).toEqual({ waiting: 0, active: 0 });
  });

  test('everything that is added is handled, by its stage and with its ids', async () => {
    const on = current();
    const handled: string[] = [];
    await on.consume('ingest', async (ids) => void handled.push(ids.join('+')), 8);
    for (const kind of ['cluster', 'deliver'] as const)
      await on.consume(kind, async (ids) => void handled.push(`${kind}:${ids.join('+')}`));
    const batches = Array.from({ length: 600 }, (_, i) => (i % 3 === 0 ? [`a${i}`, `b${i}`] : [`a${i}`]));
    await on.queue.add('ingest', batches);
    await on.queue.add('cluster', [['c1', 'c2']]);
    await on.queue.add('deliver', [['w1']]);
    await until(() => handled.length >= 602);
    expect(handled.sort()).toEqual([...batches.map((ids) => ids.join('+')), 'cluster:c1+c2', 'deliver:w1'].sort());
    expect(await drained(on.queue)).toEqual({ waiting: 0, active: 0 });
    expect(on.reported).toEqual([]);
  });

  test('two consumers share the jobs, and each job goes to one of them', async () => {
    const on = current();
    const handled: string[] = [];
    const slowly = async ([id]: string[]) => {
      await sleep(1);
      handled.push(id ?? '');
    };
    await on.consume('ingest', slowly);
    await on.consume('ingest', slowly);
    const ids = Array.from({ length: 60 }, (_, i) => `s${String(i).padStart(2, '0')}`);
    await on.queue.add(
      'ingest',
      ids.map((id) => [id]),
    );
    await until(() => handled.length >= 60);
    expect(handled.sort()).toEqual(ids);
  });

  test('nothing to add is nothing, and a batch that no job can carry is a bug', async () => {
    const on = current();
    await on.queue.add('ingest', []);
    await expect(on.queue.add('ingest', [[]])).rejects.toThrow(RangeError);
    expect(await on.queue.depth('ingest')).toEqual({ waiting: 0, active: 0 });
  });
}

function failureTests(current: () => QueueTest, place: () => Place): void {
  test('a job that cannot be read is reported and dropped', async () => {
    const on = current();
    await on.queue.add('ingest', [['unread']]);
    await on.spoil();
    await on.queue.add('ingest', [['read']]);
    const handled: string[] = [];
    await on.consume('ingest', async (ids) => void handled.push(...ids));
    await until(() => handled.length === 1);
    expect(handled).toEqual(['read']);
    expect(on.reported).toMatchObject([[/unreadable job/, { kind: 'payload', stage: 'ingest' }]].map(matching));
    expect(await drained(on.queue)).toEqual({ waiting: 0, active: 0 });
  });

  test('a handler that throws is reported with its articles, and the other jobs go on', async () => {
    const on = current();
    const handled: string[] = [];
    await on.consume('ingest', async (ids) => {
      if (ids[0] === 'poison') throw new Error('it is poison');
      handled.push(...ids);
    });
    await on.queue.add('ingest', [['x1'], ['poison'], ['x2'], ['x3']]);
    await until(() => handled.length === 3);
    expect(handled).toEqual(['x1', 'x2', 'x3']);
    expect(on.reported).toEqual([['it is poison', { kind: 'handler', stage: 'ingest', articleIds: ['poison'] }]]);
    expect(await drained(on.queue)).toEqual({ waiting: 0, active: 0 });
  });

  test('the job of a killed process comes to another one', async () => {
    await current().close();
    await killWithJobInHand(place(), ['held']);
    const on = await openTest(place());
    const handled: string[] = [];
    await on.consume('ingest', async (ids) => void handled.push(...ids));
    await until(() => handled.length > 0);
    await on.close();
    expect(handled).toEqual(['held']);
  });
}

function closingTests(current: () => QueueTest): void {
  test('a consumer that is closed finishes the job in hand, and takes no other', async () => {
    const on = current();
    const steps: string[] = [];
    const started = signal();
    const mayEnd = signal();
    const consumer = await on.consume('ingest', async ([id]) => {
      steps.push(`${id} starts`);
      started.give();
      await mayEnd.given;
      steps.push(`${id} ends`);
    });
    await on.queue.add('ingest', [['f1'], ['f2']]);
    await started.given;
    const closed = consumer.close().then(() => steps.push('closed'));
    mayEnd.give();
    await closed;
    expect(steps).toEqual(['f1 starts', 'f1 ends', 'closed']);
    expect(await on.queue.depth('ingest')).toEqual({ waiting: 1, active: 0 });
    await on.consume('ingest', async ([id]) => void steps.push(`${id} in another`));
    await until(() => steps.includes('f2 in another'));
  });

  test('a job that does not end in time is asked to, and then left', async () => {
    const on = current();
    const started = signal();
    let isAsked = false;
    const consumer = await on.consume('ingest', (_ids, closing) => {
      closing.addEventListener('abort', () => {
        isAsked = true;
      });
      started.give();
      return new Promise(() => {});
    });
    await on.queue.add('ingest', [['endless']]);
    await started.given;
    await consumer.close();
    expect(isAsked).toBe(true);
    expect(on.reported.map(([, { kind }]) => kind)).toEqual(['drain']);
    const handled = signal();
    await on.consume('ingest', async ([id]) => void (id === 'endless' && handled.give()));
    await handled.given;
  });
}

function repetitionTests(current: () => QueueTest): void {
  test('the same batch added again while it waits is run, and the queue stays short', async () => {
    const on = current();
    await on.queue.add('ingest', [['d1', 'd2']]);
    await on.queue.add('ingest', [
      ['d1', 'd2'],
      ['d2', 'd1'],
    ]);
    await on.queue.add('ingest', [['d1', 'd2']]);
    expect(await on.queue.depth('ingest')).toEqual({ waiting: 1, active: 0 });
    const handled: string[][] = [];
    await on.consume('ingest', async (ids) => void handled.push(ids));
    await until(() => handled.length > 0);
    expect(handled[0]).toEqual(['d1', 'd2']);
  });

  test('a batch that ran, or failed, runs again when it is added again', async () => {
    const on = current();
    let runs = 0;
    await on.consume('ingest', async () => {
      runs += 1;
      if (runs === 2) throw new Error('once');
    });
    for (const run of [1, 2, 3]) {
      await on.queue.add('ingest', [['again']]);
      await until(() => runs === run);
      await drained(on.queue);
    }
    expect(on.reported).toHaveLength(1);
  });
}

export async function openTest(place: Place): Promise<QueueTest> {
  const reported: Reported[] = [];
  const consumers: Consumer[] = [];
  const { queue, spoil, closeAll } = await openAt(place, (error, facts) => reported.push([error.message, facts]));
  let closed: Promise<void> | undefined;
  const close = async () => {
    await Promise.all(consumers.map((consumer) => consumer.close()));
    await closeAll();
  };
  return {
    queue,
    reported,
    spoil,
    async consume(stage, handler, concurrency = 1) {
      const consumer = await queue.consume(stage, handler, { concurrency });
      consumers.push(consumer);
      return consumer;
    },
    close() {
      closed ??= close();
      return closed;
    },
  };
}

/** The depth of `ingest` once nothing waits and nothing is in hand: a handler ends a moment before its job does. */
async function drained(queue: Queue) {
  let depth = await queue.depth('ingest');
  await until(async () => {
    depth = await queue.depth('ingest');
    return depth.waiting + depth.active === 0;
  });
  return depth;
}

function signal(): { given: Promise<void>; give(): void } {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give: () => give() };
}

function matching(row: (RegExp | object)[]) {
  return row.map((cell) => (cell instanceof RegExp ? expect.stringMatching(cell) : cell));
}
