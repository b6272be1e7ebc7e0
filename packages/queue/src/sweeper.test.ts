import { expect, test } from 'vitest';
import { handOver } from './hand-over.ts';
import type { JobKind, Queue, QueueDepth, Stage } from './queue.ts';
import { type Sweeper, type Swept, startSweeper, type Unfinished } from './sweeper.ts';

const NOTHING: Unfinished = { ingest: [], cluster: [], suspects: [], lost: [] };
const EMPTY: QueueDepth = { waiting: 0, active: 0 };

/** A queue of this test's own, that only remembers: the contract suite has the real ones. */
function rememberingQueue(depths: Partial<Record<JobKind, QueueDepth>> = {}) {
  const added: [JobKind, string[][]][] = [];
  const queue: Queue = {
    add: async (stage, batches) => void added.push([stage, batches]),
    consume: () => Promise.reject(new Error('nothing is consumed here')),
    lookAfterFeeds: () => Promise.reject(new Error('nothing is looked after here')),
    showOn: () => Promise.reject(new Error('nothing is shown here')),
    depth: async (stage) => depths[stage] ?? EMPTY,
    close: async () => undefined,
  };
  return { queue, added };
}

/** Runs a sweeper until it has swept or failed `times` times. */
async function sweepTimes(times: number, sweep: (deep: ReadonlySet<Stage>) => Promise<Unfinished>, queue: Queue) {
  const swept: Swept[] = [];
  const errors: unknown[] = [];
  await new Promise<void>((resolve) => {
    const onEnd =
      <End>(ends: End[]) =>
      (end: End) => {
        ends.push(end);
        if (swept.length + errors.length === times) resolve(sweeper.stop());
      };
    const sweeper = startSweeper({ sweep, queue, everyMs: 1, onSwept: onEnd(swept), onError: onEnd(errors) });
  });
  return { swept, errors };
}

test('ingest goes out one by one, cluster in batches, and a suspect alone', async () => {
  const { queue, added } = rememberingQueue();
  const ids = Array.from({ length: 51 }, (_, i) => `c${i}`);
  const unfinished: Unfinished = {
    ingest: ['a', 'b'],
    cluster: ids,
    suspects: [
      { stage: 'cluster', articleId: 's' },
      { stage: 'ingest', articleId: 't' },
      { stage: 'cluster', articleId: 'u' },
    ],
    lost: ['l'],
  };
  const { swept } = await sweepTimes(1, async () => unfinished, queue);
  expect(added).toEqual([
    ['ingest', [['a'], ['b'], ['t']]],
    ['cluster', [ids.slice(0, 50), ['c50'], ['s'], ['u']]],
  ]);
  expect(swept).toEqual([{ ingest: 2, cluster: 51, suspects: 3, lost: ['l'], withheld: 0 }]);
});

test('a deep backlog of one stage is not doubled, and the other stage goes on', async () => {
  const { queue, added } = rememberingQueue({
    ingest: { waiting: 201, active: 16 },
    cluster: { waiting: 200, active: 2 },
  });
  const suspects = [{ stage: 'ingest' as const, articleId: 's' }];
  const told: Stage[] = [];
  const sweep = async (deep: ReadonlySet<Stage>) => {
    told.push(...deep);
    return { ...NOTHING, ingest: ['a'], cluster: ['c'], suspects };
  };
  const { swept } = await sweepTimes(1, sweep, queue);
  expect(told).toEqual(['ingest']);
  expect(added).toEqual([['cluster', [['c']]]]);
  expect(swept).toEqual([{ ingest: 0, cluster: 1, suspects: 0, lost: [], withheld: 2 }]);
});

test('a failing sweep is reported and the next one is made', async () => {
  const { queue, added } = rememberingQueue();
  let sweeps = 0;
  const sweep = async () => {
    sweeps += 1;
    if (sweeps === 1) throw new Error('the store is away');
    return { ...NOTHING, ingest: [`a${sweeps}`] };
  };
  const { swept, errors } = await sweepTimes(3, sweep, queue);
  expect(errors).toEqual([new Error('the store is away')]);
  expect(swept).toHaveLength(2);
  expect(added.filter(([stage]) => stage === 'ingest')).toEqual([
    ['ingest', [['a2']]],
    ['ingest', [['a3']]],
  ]);
});

test('while the queue is away the ledger is not asked, so it does not think that articles were handed out', async () => {
  const { queue } = rememberingQueue();
  let sweeps = 0;
  const sweep = async () => {
    sweeps += 1;
    return NOTHING;
  };
  const away: Queue = { ...queue, depth: () => Promise.reject(new Error('away')) };
  const { errors } = await sweepTimes(2, sweep, away);
  expect(errors).toHaveLength(2);
  expect(sweeps).toBe(0);
});

test('stop waits for the sweep in hand, and none follows', async () => {
  const { queue } = rememberingQueue();
  const steps: string[] = [];
  let letGo = () => {};
  let sweeper: Sweeper | undefined;
  await new Promise<void>((inHand) => {
    const sweep = () => {
      steps.push('sweep');
      inHand();
      return new Promise<Unfinished>((resolve) => {
        letGo = () => resolve(NOTHING);
      });
    };
    const onError = (error: unknown) => steps.push(String(error));
    sweeper = startSweeper({ sweep, queue, everyMs: 0, onSwept: () => steps.push('swept'), onError });
  });
  const stopped = sweeper?.stop().then(() => steps.push('stopped'));
  letGo();
  await stopped;
  expect(steps).toEqual(['sweep', 'swept', 'stopped']);
});

test('articles that the queue does not take are reported, and the hand-over does not fail', async () => {
  const reports: unknown[] = [];
  const onError = (error: Error, facts: object) => reports.push([error.message, facts]);
  const { queue, added } = rememberingQueue();
  expect(await handOver(queue, 'cluster', ['a', 'b', 'c'], { onError, batchIds: 2 })).toBe(true);
  expect(await handOver(queue, 'cluster', [], { onError })).toBe(true);
  expect(added).toEqual([['cluster', [['a', 'b'], ['c']]]]);
  const away: Queue = { ...queue, add: () => Promise.reject(new Error('away')) };
  expect(await handOver(away, 'ingest', ['a'], { onError })).toBe(false);
  expect(reports).toEqual([['away', { kind: 'unavailable', stage: 'ingest', articleIds: ['a'] }]]);
});
