import type { HistoryQuery, OpenedStore } from '@wirefold/store';
import { expect, it } from 'vitest';
import {
  articleOf,
  claimOne,
  cluster,
  decide,
  fail,
  LEASE_MS,
  publish,
  sign,
  signedText,
  submission,
  textPushed,
} from './fixtures.ts';

const HOUR: HistoryQuery = { hours: 1, stage: null };

export function describeHistory(opened: () => OpenedStore): void {
  const store = () => opened().store;
  const stage = async (name: 'ingest' | 'cluster') =>
    (await store().history(HOUR)).stages.find((each) => each.stage === name);

  it('what leaves a stage is counted with its wait and its run, in the step in which it left', async () => {
    await publish(store(), 'a', [1]);
    await store().submit([submission('b'), submission('c')]);
    await fail(store(), 'ingest', 'b');
    await fail(store(), 'ingest', 'c', 60_000);
    const { stages, stepMinutes } = await store().history(HOUR);
    expect(stages.map(({ points }) => points.length)).toEqual([60 / stepMinutes, 60 / stepMinutes]);
    const sums = stages.map(({ points }) =>
      (['in', 'out', 'rejected', 'retried'] as const).map((field) =>
        points.reduce((sum, point) => sum + point[field], 0),
      ),
    );
    expect(sums).toEqual([
      [3, 2, 1, 1],
      [1, 1, 0, 0],
    ]);
    expect(stages.map(({ waitMs, runMs }) => [waitMs?.count, runMs?.count])).toEqual([
      [3, 3],
      [1, 1],
    ]);
    expect((await store().history({ hours: 1, stage: 'cluster' })).stages.map((each) => each.stage)).toEqual([
      'cluster',
    ]);
  });

  it('the wait is from when an article was due to its claim, and the run from there', async () => {
    await store().submit([submission('a')]);
    const past = (column: string, seconds: number) => `${column} = ${column} - interval '${seconds} seconds'`;
    await opened().pool.query(`update article set ${past('stage_since', 60)}, ${past('next_at', 10)}`);
    const { token } = await claimOne(store(), 'ingest', 'a');
    await opened().pool.query(`update article set ${past('claimed_at', 2)}, ${past('next_at', 2)}`);
    const ending = { articleId: 'a', token, reason: 'bug', detail: '', retryAfterMs: null };
    await store().settle('ingest', [ending]);
    const ingest = await stage('ingest');
    expect(ingest?.waitMs?.mean).toBeGreaterThanOrEqual(10_000);
    expect(ingest?.waitMs?.mean).toBeLessThan(60_000);
    expect(ingest?.waitMs?.p50).toBeGreaterThan(10_000 / Math.SQRT2);
    expect(ingest?.runMs?.mean).toBeGreaterThanOrEqual(2_000);
    // The same ending again, with a token that is not current any more, counts nothing.
    await store().settle('ingest', [ending]);
    expect((await stage('ingest'))?.waitMs?.count).toBe(1);
  });

  it('the way to its first story is counted once an article, whatever happens to it afterwards', async () => {
    await publish(store(), 'a', [1]);
    await store().submit([submission('a', { pushed: textPushed('changed') })]);
    const { token } = await claimOne(store(), 'ingest', 'a');
    await store().saveSigned([{ articleId: 'a', token, article: articleOf('b'), text: signedText(2), cards: [] }]);
    await cluster(store(), [await claimOne(store(), 'cluster', 'a')]);
    const { submittedToStoryMs, stages } = await store().history(HOUR);
    expect(submittedToStoryMs?.count).toBe(1);
    expect(stages.map(({ runMs }) => runMs?.count)).toEqual([2, 2]);
  });
}

export function describeCounts(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('stories and candidates are counted, and what is rolled back is not', async () => {
    await publish(store(), 'a', [1, 2]);
    await sign(store(), 'b', [2, 3]);
    const claims = await store().claim('cluster', ['b'], LEASE_MS);
    const failing = () => {
      throw new Error('decided nothing');
    };
    await expect(store().assign(claims, [], failing, [{ candidates: 50, linked: 50 }])).rejects.toThrow();
    await store().assign(claims, [], decide, [{ candidates: 8, linked: 2 }]);
    const { candidates, linked, outcomes, submittedToStoryMs } = await store().history(HOUR);
    expect(candidates).toMatchObject({ count: 1, mean: 8 });
    expect(linked).toMatchObject({ count: 1, mean: 2 });
    expect(submittedToStoryMs?.count).toBe(2);
    expect(outcomes).toContainEqual({ stage: 'cluster', outcome: 'event', reason: 'created', count: 2 });
    expect(outcomes).toContainEqual({ stage: 'cluster', outcome: 'done', reason: '', count: 2 });
  });
}

const query = async <Row extends object>({ pool }: OpenedStore, text: string) => (await pool.query<Row>(text)).rows;

async function flowsOf({ store }: OpenedStore): Promise<[number, number][]> {
  return (await store.stageFigures()).map((each) => [each.in, each.out]);
}

/** Makes all that was counted older. */
async function shift(opened: OpenedStore, days: number): Promise<void> {
  for (const table of ['tally', 'timing', 'backlog']) {
    await query(opened, `update ${table} set minute = minute - interval '${days} days'`);
  }
}

export function describeLooks(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('one of many processes notes what waits, once a minute', async () => {
    await store().submit([submission('a'), submission('b')]);
    await sign(store(), 'c', [1]);
    await query(opened(), "update article set stage_since = stage_since - interval '1 hour' where id = 'a'");
    const looks = [...(await Promise.all([1, 2, 3].map(() => store().keepHistory()))), await store().keepHistory()];
    // A minute may have ended in between.
    const noted = looks.filter((isOne) => isOne).length;
    expect(noted).toBeGreaterThanOrEqual(1);
    expect(noted).toBeLessThanOrEqual(2);
    const [ingest, clusterStage] = (await store().history(HOUR)).stages;
    const last = ingest?.points.findLast(({ backlog }) => backlog !== null);
    expect(last?.backlog).toBe(2);
    expect(last?.oldestAgeMs).toBeGreaterThanOrEqual(3_600_000);
    expect(clusterStage?.points.findLast(({ backlog }) => backlog !== null)?.backlog).toBe(1);
  });
}

export function describeKeepHistory(opened: () => OpenedStore): void {
  const store = () => opened().store;
  const flows = () => flowsOf(opened());

  it('minutes that are older than two days become hours, and their sums stay', async () => {
    await publish(store(), 'a', [1]);
    await store().keepHistory();
    await shift(opened(), 3);
    await publish(store(), 'b', [2]);
    await query(
      opened(),
      "update timing set minute = date_trunc('hour', minute) + interval '7 minutes' where minute < now() - interval '2 days'",
    );
    await query(
      opened(),
      "update tally set minute = date_trunc('hour', minute) + interval '9 minutes' where minute < now() - interval '2 days'",
    );
    const before = await store().history({ hours: 100, stage: null });
    const figures = await flows();
    expect(await store().keepHistory()).toBe(true);
    const between = ['tally', 'timing', 'backlog'].map(
      (table) =>
        `select 1 from ${table} where minute < now() - interval '50 hours' and minute <> date_trunc('hour', minute)`,
    );
    for (const text of between) expect(await query(opened(), text)).toEqual([]);
    const after = await store().history({ hours: 100, stage: null });
    expect(after.submittedToStoryMs).toEqual(before.submittedToStoryMs);
    expect(after.stages.map(({ waitMs, runMs }) => [waitMs, runMs])).toEqual(
      before.stages.map(({ waitMs, runMs }) => [waitMs, runMs]),
    );
    expect(after.outcomes).toEqual(before.outcomes);
    expect(await flows()).toEqual(figures);
  });

  it('after ninety days only the sums since the beginning are left', async () => {
    await publish(store(), 'a', [1]);
    await store().keepHistory();
    await shift(opened(), 91);
    const { pool } = opened();
    // A second round finds nothing that the first one has not done.
    for (const round of [1, 2]) {
      await pool.query("delete from backlog where minute > now() - interval '1 day'");
      expect([round, await store().keepHistory()]).toEqual([round, true]);
      expect(await query(opened(), 'select 1 from timing')).toEqual([]);
      expect(await query(opened(), "select 1 from backlog where minute < now() - interval '1 day'")).toEqual([]);
      expect(await flows()).toEqual([
        [1, 1],
        [1, 1],
      ]);
    }
    expect((await store().history({ hours: 2_160, stage: null })).outcomes).toEqual([]);
  });
}

export function describeLongAgo(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('a first round after long is one day of it', async () => {
    await publish(store(), 'a', [1]);
    await shift(opened(), 30);
    await query(
      opened(),
      "insert into tally select stage, outcome, reason, minute + interval '3 days 1 minute', count from tally",
    );
    await store().keepHistory();
    const left = await query<{ count: string }>(
      opened(),
      "select count(*) from tally where minute <> date_trunc('hour', minute) and minute < now() - interval '10 days'",
    );
    expect(Number(left[0]?.count)).toBeGreaterThan(0);
    expect(await flowsOf(opened())).toEqual([
      [2, 2],
      [2, 2],
    ]);
  });
}
