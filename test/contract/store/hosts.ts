import type { HostAnswer, OpenedStore } from '@wirefold/store';
import { expect, it } from 'vitest';
import { age, claimOne, fail, LEASE_MS, submission } from './fixtures.ts';

const LOOK = { resendAfterMs: 60_000, claimsMax: 3, limit: 100 };
const FINE = { delayMs: 5_000, failures: 0, reason: null, answer: 'other' as const };

function at(host: string, id: string) {
  const url = `https://${host}/${id}`;
  return submission(id, { url, canonicalUrl: url });
}

export function describeTurns(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('one of many that ask at once gets the turn of a host, and each host has its own', async () => {
    const turns = await Promise.all([1, 2, 3, 4].map(() => store().enterHost('slow.example', LEASE_MS)));
    expect(turns.filter((turn) => turn !== null)).toHaveLength(1);
    expect(await store().enterHost('other.example', LEASE_MS)).not.toBeNull();
  });

  it('a turn that ended is followed by its pause, and the next one knows of the failures', async () => {
    const turn = await store().enterHost('slow.example', LEASE_MS);
    if (turn === null) throw new Error('no turn');
    await store().leaveHost(turn, { ...FINE, failures: 2, reason: 'connection-failed' });
    expect(await store().enterHost('slow.example', LEASE_MS)).toBeNull();
    await age(opened(), 'none', 5_001);
    expect(await store().enterHost('slow.example', LEASE_MS)).toMatchObject({ failures: 2 });
  });

  it('a turn whose holder was lost is given again when its lease is over, and the lost holder then ends nothing', async () => {
    const lost = await store().enterHost('slow.example', LEASE_MS);
    await age(opened(), 'none', LEASE_MS + 1);
    const current = await store().enterHost('slow.example', LEASE_MS);
    if (lost === null || current === null) throw new Error('no turn');
    await store().leaveHost(lost, { ...FINE, delayMs: 0 });
    expect(await store().enterHost('slow.example', LEASE_MS)).toBeNull();
    await store().leaveHost(current, { ...FINE, delayMs: 0 });
    expect(await store().enterHost('slow.example', LEASE_MS)).not.toBeNull();
  });

  it('how a host answered is counted by the hour, once a turn, shown for a day and forgotten after two', async () => {
    const visit = async (answer: HostAnswer) => {
      const turn = await store().enterHost('slow.example', LEASE_MS);
      if (turn === null) throw new Error('no turn');
      await store().leaveHost(turn, { ...FINE, delayMs: 0, answer });
      // The second time it holds no turn any more.
      await store().leaveHost({ ...turn, token: turn.token - 1 }, { ...FINE, delayMs: 0, answer });
    };
    for (const answer of ['other', 'unchanged', 'unchanged', 'refused', 'too-many', 'robots'] as const)
      await visit(answer);
    const late = { fetches: 6, unchanged: 2, refused: 1, tooMany: 1, robots: 1 };
    const [host] = await store().hosts({ limit: 1, name: 'slow' });
    expect(host).toMatchObject({ fetches: 6, lastDay: late });
    // Six in an hour that has just begun, or almost ended, and the one before.
    expect(host?.fetchesAnHour).toBeGreaterThanOrEqual(3);
    expect(host?.fetchesAnHour).toBeLessThanOrEqual(6);
    const { pool } = opened();
    await pool.query("update host_hour set hour = hour - interval '23 hours'");
    await visit('other');
    const after = await store().host('slow.example');
    expect(after).toMatchObject({ fetches: 7, lastDay: { ...late, fetches: 7 } });
    expect(after?.fetchesAnHour).toBeLessThanOrEqual(1);
    await pool.query("update host_hour set hour = hour - interval '26 hours'");
    expect(await store().host('slow.example')).toMatchObject({ fetches: 7, lastDay: { fetches: 0, unchanged: 0 } });
    await pool.query("delete from backlog where minute > now() - interval '1 day'");
    await store().keepHistory();
    expect((await pool.query('select fetches from host_hour')).rows).toEqual([{ fetches: 1 }]);
  });
}

export function describeFrontier(opened: () => OpenedStore): void {
  const store = () => opened().store;
  const ready = async () => (await store().frontier(LOOK)).ingest.sort();

  it('hands out the article of each host that has waited longest, and the next one after the pause', async () => {
    for (const each of [at('slow.example', 's1'), at('slow.example', 's2'), at('other.example', 'o1')]) {
      await store().submit([each]);
    }
    expect(await ready()).toEqual(['o1', 's1']);
    expect(await ready()).toEqual([]);
    const turn = await store().enterHost('slow.example', LEASE_MS);
    const { token } = await claimOne(store(), 'ingest', 's1');
    if (turn === null) throw new Error('no turn');
    await store().leaveHost(turn, FINE);
    await store().settle('ingest', [{ articleId: 's1', token, reason: 'bug', detail: '', retryAfterMs: null }]);
    expect(await ready()).toEqual([]);
    await age(opened(), 'none', 5_001);
    expect(await ready()).toEqual(['s2']);
  });

  it('gives each article to one of many that look at once', async () => {
    await store().submit(Array.from({ length: 50 }, (_, index) => at(`h${index}.example`, `a${index}`)));
    const looks = await Promise.all([1, 2, 3].map(() => store().frontier(LOOK)));
    const ids = looks.flatMap(({ ingest }) => ingest);
    expect(ids).toHaveLength(50);
    expect(new Set(ids).size).toBe(50);
  });

  it('hands out a retry when it is due, and not before', async () => {
    await store().submit([submission('a')]);
    await fail(store(), 'ingest', 'a', 5_000);
    expect(await ready()).toEqual([]);
    await age(opened(), 'a', 5_001);
    expect(await ready()).toEqual(['a']);
  });

  it('hands out again what was handed out and never claimed, because its job was lost', async () => {
    await store().submit([submission('a')]);
    expect(await ready()).toEqual(['a']);
    await age(opened(), 'a', 60_001);
    expect(await ready()).toEqual(['a']);
  });

  it('fails, visibly, an article that was lost with too many workers', async () => {
    await store().submit([submission('a')]);
    for (let worker = 1; worker <= 3; worker++) {
      await claimOne(store(), 'ingest', 'a');
      await age(opened(), 'a', LEASE_MS + 60_001);
    }
    expect((await store().frontier(LOOK)).lost).toEqual(['a']);
    expect(await store().article('a')).toMatchObject({ state: 'failed', reason: 'worker-lost' });
  });

  it('an article whose host row was lost, or is never due, is found by the sweeper', async () => {
    await store().submit([at('gone.example', 'a'), at('never.example', 'b'), at('fine.example', 'c')]);
    expect(await ready()).toEqual(['a', 'b', 'c']);
    await opened().pool.query("delete from host where name = 'gone.example'");
    await opened().pool.query("update host set due_at = null where name = 'never.example'");
    await opened().pool.query('update article set handed_at = null');
    expect(await ready()).toEqual([]);
    expect((await store().sweep({ ...LOOK, withHosts: false })).ingest).toEqual([]);
    expect((await store().sweep(LOOK)).ingest.sort()).toEqual(['a', 'b']);
  });
}

export function describeMoves(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('an article that is redirected to a busy host waits there, and is fetched from there', async () => {
    await store().submit([at('short.example', 'a')]);
    const { token } = await claimOne(store(), 'ingest', 'a');
    const url = 'https://long.example/a';
    await store().moveTo({ articleId: 'a', token, url, host: 'long.example' });
    expect((await store().hosts({ limit: 10 })).map(({ host, waiting }) => [host, waiting])).toContainEqual([
      'long.example',
      1,
    ]);
    expect((await store().frontier(LOOK)).ingest).toEqual(['a']);
    expect(await claimOne(store(), 'ingest', 'a')).toMatchObject({ fetchUrl: url, moves: 1, attempt: 1 });
  });

  it('what waits for a host that is given up fails visibly, and nothing else does', async () => {
    await store().submit([at('down.example', 'a'), at('down.example', 'b'), at('up.example', 'c')]);
    await claimOne(store(), 'ingest', 'b');
    expect(await store().giveUpHost('down.example', 'host-down', 'connection-failed')).toEqual(['a']);
    expect(await store().article('a')).toMatchObject({
      state: 'failed',
      reason: 'host-down',
      detail: 'connection-failed',
    });
    expect(await store().article('b')).toMatchObject({ state: 'submitted' });
    expect(await store().article('c')).toMatchObject({ state: 'submitted' });
  });
}
