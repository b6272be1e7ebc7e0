import type { OpenedStore } from '@wirefold/store';
import { expect, it } from 'vitest';
import { claimOne, cluster, fail, LEASE_MS, publish, sign, submission, textPushed } from './fixtures.ts';

function at(host: string, id: string) {
  const url = `https://${host}/${id}`;
  return submission(id, { url, canonicalUrl: url });
}

export function describeHosts(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('a host says what waits there, how often it failed, and why its articles did', async () => {
    await store().submit([at('slow.example', 'a'), at('slow.example', 'b'), at('slow.example', 'c')]);
    await fail(store(), 'ingest', 'b');
    await fail(store(), 'ingest', 'a');
    for (const reason of ['connection-failed', null]) {
      const turn = await store().enterHost('slow.example', LEASE_MS);
      if (turn === null) throw new Error('no turn');
      await store().leaveHost(turn, { delayMs: 0, failures: reason === null ? 0 : 1, reason, answer: 'other' });
    }
    expect(await store().host('slow.example')).toMatchObject({
      host: 'slow.example',
      waiting: 1,
      fetches: 2,
      failed: 1,
      failedShare: 0.5,
      failuresInARow: 0,
      lastReason: 'connection-failed',
      failures: [{ reason: 'bug', count: 2, exampleId: 'a' }],
    });
    expect(await store().host('other.example')).toBeNull();
  });

  it('hosts are found by a part of their name, whether anything waits there or not', async () => {
    await store().submit([at('busy.example', 'a'), at('busy.example', 'b'), at('calm.example', 'c')]);
    const turn = await store().enterHost('idle.test', LEASE_MS);
    if (turn === null) throw new Error('no turn');
    await opened().pool.query("update host set due_at = null where name = 'idle.test'");
    const names = async (name: string | null, limit = 10) =>
      (await store().hosts({ limit, name })).map(({ host }) => host);
    expect(await names(null)).toEqual(['busy.example', 'calm.example']);
    expect(await names(null, 1)).toEqual(['busy.example']);
    expect(await names('.test')).toEqual(['idle.test']);
    expect(await names('%')).toEqual([]);
  });
}

export function describeFailures(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('failures are grouped by stage, reason and host, the largest group first', async () => {
    await store().submit([at('one.example', 'a'), at('two.example', 'b'), at('two.example', 'c')]);
    await store().submit([submission('p', { pushed: textPushed('words') })]);
    for (const id of ['a', 'b', 'c', 'p']) await fail(store(), 'ingest', id);
    const bug = { stage: 'ingest', reason: 'bug' };
    expect(await store().failureGroups(10)).toEqual([
      { ...bug, host: 'two.example', count: 2, exampleId: 'b' },
      { ...bug, host: 'one.example', count: 1, exampleId: 'a' },
      { ...bug, host: null, count: 1, exampleId: 'p' },
    ]);
    expect(await store().failureGroups(1)).toHaveLength(1);
    const [latest] = await store().failuresOf({ reason: 'bug', limit: 1 });
    expect(latest).toMatchObject({ id: 'p', stage: 'ingest', detail: 'it broke' });
    expect(await store().failuresOf({ reason: 'thin', limit: 9 })).toEqual([]);
  });

  it('the index tells its largest story, and its largest bucket once the statistics are there', async () => {
    expect((await store().indexFigures()).largestStory).toBeNull();
    for (let copy = 1; copy <= 9; copy++) await publish(store(), `a${copy}`, [7, 100 + copy]);
    await opened().pool.query('analyze sample');
    const { largestStory, largestBucket } = await store().indexFigures();
    expect(largestStory).toMatchObject({ copies: 9 });
    expect(largestBucket).toBe(9);
  });
}

export function describeReplay(opened: () => OpenedStore): void {
  const store = () => opened().store;
  const replay = (reason: string, host: string | null, limit = 100) => store().replay({ reason, host, limit });

  it('failed articles of a reason and a host wait again, and no others do', async () => {
    await store().submit([
      at('one.example', 'a'),
      at('one.example', 'b'),
      at('two.example', 'c'),
      at('one.example', 'd'),
    ]);
    for (const id of ['a', 'b', 'c']) await fail(store(), 'ingest', id);
    expect(await replay('thin', null)).toEqual([]);
    expect(await replay('bug', 'one.example', 1)).toEqual([{ id: 'a', stage: 'ingest', isPushed: false }]);
    expect((await replay('bug', null)).map(({ id }) => id)).toEqual(['b', 'c']);
    expect(await replay('bug', null)).toEqual([]);
    const [ingest] = await store().stageFigures();
    expect(ingest).toMatchObject({ in: 7, out: 3, backlog: 4, failures: [] });
    expect((await store().article('a'))?.attempts).toBe(0);
    expect((await store().frontier({ resendAfterMs: 60_000, claimsMax: 3, limit: 10 })).ingest.length).toBeGreaterThan(
      0,
    );
  });

  it('what was pushed is read again from what was pushed', async () => {
    await store().submit([submission('a', { pushed: textPushed('words') })]);
    await fail(store(), 'ingest', 'a');
    expect(await store().replayOne('a')).toEqual([{ id: 'a', stage: 'ingest', isPushed: true }]);
    expect((await claimOne(store(), 'ingest', 'a')).pushed).toMatchObject({ text: 'words' });
  });

  it('what failed in cluster goes on there', async () => {
    await sign(store(), 'a', [1]);
    await fail(store(), 'cluster', 'a');
    expect(await store().replayOne('a')).toEqual([{ id: 'a', stage: 'cluster', isPushed: false }]);
    await cluster(store(), [await claimOne(store(), 'cluster', 'a')]);
    expect((await store().article('a'))?.state).toBe('done');
  });

  it('what did not fail stays as it is', async () => {
    await publish(store(), 'a', [1]);
    expect(await store().replayOne('a')).toEqual([]);
    expect(await store().replayOne('none')).toBeNull();
    expect((await store().article('a'))?.state).toBe('done');
  });

  it('of many that try the same failures again each article goes to one', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `a${index}`);
    await store().submit(ids.map((id) => submission(id)));
    for (const id of ids) await fail(store(), 'ingest', id);
    const replays = await Promise.all([1, 2, 3].map(() => replay('bug', null)));
    expect(
      replays
        .flat()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(ids.toSorted());
  });
}
