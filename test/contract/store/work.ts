import type { OpenedStore } from '@wirefold/store';
import { expect, it } from 'vitest';
import {
  age,
  articleOf,
  claimOne,
  cluster,
  fail,
  LEASE_MS,
  publish,
  sign,
  signedText,
  submission,
  textPushed,
} from './fixtures.ts';

const SWEEP = { resendAfterMs: 60_000, claimsMax: 3, limit: 100 };

export function describeClaim(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('gives an article to one worker at a time', async () => {
    await store().submit([submission('a'), submission('b')]);
    const claims = await Promise.all([1, 2, 3, 4].map(() => store().claim('ingest', ['b', 'a', 'nowhere'], LEASE_MS)));
    expect(
      claims
        .flat()
        .map(({ articleId }) => articleId)
        .sort(),
    ).toEqual(['a', 'b']);
  });

  it('gives an article to another when the lease is over, and the first one then counts for nothing', async () => {
    await store().submit([submission('a')]);
    const first = await claimOne(store(), 'ingest', 'a');
    await age(opened(), 'a', LEASE_MS + 1);
    const second = await claimOne(store(), 'ingest', 'a');
    expect(second.token).toBeGreaterThan(first.token);
    const ending = { articleId: 'a', reason: 'bug', detail: '', retryAfterMs: null };
    expect(await store().settle('ingest', [{ ...ending, token: first.token }])).toEqual([]);
    expect(await store().settle('ingest', [{ ...ending, token: second.token }])).toEqual(['a']);
    expect(await store().settle('ingest', [{ ...ending, token: second.token }])).toEqual([]);
  });

  it('gives an article only to the stage that it waits for', async () => {
    await sign(store(), 'a', [1]);
    expect(await store().claim('ingest', ['a'], LEASE_MS)).toEqual([]);
    expect(await store().claim('cluster', ['a'], LEASE_MS)).toHaveLength(1);
  });

  it('released, may be taken and is handed out again at once', async () => {
    await store().submit([submission('a')]);
    const claim = await claimOne(store(), 'ingest', 'a');
    await store().release([claim]);
    expect((await store().sweep(SWEEP)).ingest).toEqual(['a']);
    expect((await claimOne(store(), 'ingest', 'a')).attempt).toBe(1);
    const late = { articleId: 'a', token: claim.token, reason: 'bug', detail: '', retryAfterMs: null };
    expect(await store().settle('ingest', [late])).toEqual([]);
  });
}

export function describeSettle(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('lets a retry wait, and counts the attempts', async () => {
    await store().submit([submission('a')]);
    await fail(store(), 'ingest', 'a', 5_000);
    expect(await store().claim('ingest', ['a'], LEASE_MS)).toEqual([]);
    expect(await store().article('a')).toMatchObject({
      state: 'submitted',
      reason: 'bug',
      detail: 'it broke',
      attempts: 1,
    });
    await age(opened(), 'a', 5_001);
    expect((await claimOne(store(), 'ingest', 'a')).attempt).toBe(2);
  });

  it('fails for good, visibly', async () => {
    await store().submit([submission('a')]);
    await fail(store(), 'ingest', 'a');
    const record = await store().article('a');
    expect(record).toMatchObject({ state: 'failed', reason: 'bug', story: null, nextAttemptAt: null });
    expect(record?.endedAt).not.toBeNull();
    expect(await store().claim('ingest', ['a'], LEASE_MS)).toEqual([]);
  });

  it('leaves an article in its story when a later submission fails', async () => {
    const story = await publish(store(), 'a', [1]);
    await store().submit([submission('a', { pushed: textPushed('broken') })]);
    await fail(store(), 'ingest', 'a');
    expect(await store().article('a')).toMatchObject({ state: 'done', reason: 'bug', story });
    expect(await store().audit({ deadlineMs: 60_000 })).toEqual([]);
  });
}

export function describeSaveSigned(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('saves the article and its cards, and drops the pushed content', async () => {
    await store().submit([submission('a', { pushed: textPushed('page') })]);
    const { token } = await claimOne(store(), 'ingest', 'a');
    const article = articleOf('a', {
      body: 'Read on\n\nShips came.',
      boilerplate: [{ start: 0, end: 7, rule: 'pitch' }],
    });
    const cards = [submission('card', { pushed: textPushed('card', true), partOf: 'a' })];
    const result = await store().saveSigned([{ articleId: 'a', token, article, text: signedText(1, 2), cards }]);
    expect(result.saved).toEqual(['a']);
    expect(result.cards).toMatchObject([{ id: 'card', isAccepted: true }]);
    expect(await store().article('a')).toMatchObject({
      state: 'signed',
      article,
      words: 2,
      cards: ['card'],
      attempts: 0,
    });
    expect(await store().article('card')).toMatchObject({ state: 'submitted', partOf: 'a' });
    expect((await opened().pool.query('select article_id from pushed')).rows).toEqual([{ article_id: 'card' }]);
  });

  it('keeps one text for two articles that print it, signed at the same moment', async () => {
    await store().submit([submission('a'), submission('b')]);
    const claims = await store().claim('ingest', ['a', 'b'], LEASE_MS);
    const results = await Promise.all(
      claims.map(({ articleId, token }) =>
        store().saveSigned([{ articleId, token, article: articleOf(articleId), text: signedText(7, 8), cards: [] }]),
      ),
    );
    expect(results.flatMap(({ saved }) => saved).sort()).toEqual(['a', 'b']);
    const texts = await store().textsOf(['a', 'b']);
    expect(texts.get('a')).toEqual(signedText(7, 8));
    expect(texts.get('b')).toEqual(signedText(7, 8));
  });

  it('stores an article with NUL and half surrogates, readable', async () => {
    await sign(store(), 'a', [1], { title: 'a\0b', body: 'c\udfffd', byline: 'plain \\u0000' });
    expect((await store().article('a'))?.article).toMatchObject({
      title: 'a\ufffdb',
      body: 'c\ufffdd',
      byline: 'plain \\u0000',
    });
  });
}

export function describeSweep(opened: () => OpenedStore): void {
  const store = () => opened().store;
  // What was pushed waits for no host.
  const pushed = (id: string) => submission(id, { pushed: textPushed(id) });

  it('leaves alone what was just handed out, and hands out again what was lost', async () => {
    await store().submit([pushed('a')]);
    await sign(store(), 'b', [1]);
    expect(await store().sweep(SWEEP)).toEqual({ ingest: [], cluster: [], suspects: [], lost: [] });
    await age(opened(), 'a', 60_001);
    await age(opened(), 'b', 60_001);
    expect(await store().sweep(SWEEP)).toEqual({ ingest: ['a'], cluster: ['b'], suspects: [], lost: [] });
    expect((await store().sweep(SWEEP)).ingest).toEqual([]);
  });

  it('hands out a retry that became due, and nothing that a worker holds', async () => {
    await store().submit([pushed('a'), pushed('b')]);
    await fail(store(), 'ingest', 'a', 1_000);
    await claimOne(store(), 'ingest', 'b');
    await opened().pool.query("update article set handed_at = now() - interval '1 day'");
    expect((await store().sweep(SWEEP)).ingest).toEqual([]);
    await opened().pool.query("update article set next_at = now() where id = 'a'");
    expect((await store().sweep(SWEEP)).ingest).toEqual(['a']);
  });

  it('names what was lost with two workers a suspect, and fails what was lost with too many', async () => {
    await store().submit([pushed('a')]);
    const found = [];
    for (let worker = 1; worker <= 3; worker++) {
      await claimOne(store(), 'ingest', 'a');
      await age(opened(), 'a', LEASE_MS + 60_001);
      found.push(await store().sweep(SWEEP));
    }
    expect(found).toEqual([
      { ingest: ['a'], cluster: [], suspects: [], lost: [] },
      { ingest: [], cluster: [], suspects: [{ stage: 'ingest', articleId: 'a' }], lost: [] },
      { ingest: [], cluster: [], suspects: [], lost: ['a'] },
    ]);
    expect(await store().article('a')).toMatchObject({ state: 'failed', reason: 'worker-lost' });
  });

  it('gives each article to one of many sweepers', async () => {
    await store().submit(Array.from({ length: 50 }, (_, index) => pushed(`s${index}`)));
    await opened().pool.query("update article set handed_at = now() - interval '1 day'");
    const sweeps = await Promise.all([1, 2, 3].map(() => store().sweep(SWEEP)));
    expect(new Set(sweeps.flatMap(({ ingest }) => ingest)).size).toBe(sweeps.flatMap(({ ingest }) => ingest).length);
  });
}

export function describeFigures(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('figures count what came in, what left, what failed, and agree with the backlog', async () => {
    await publish(store(), 'done', [1]);
    await store().submit([submission('failed'), submission('again'), submission('new')]);
    await fail(store(), 'ingest', 'failed');
    await fail(store(), 'ingest', 'again', 60_000);
    await store().submit([submission('new', { pushed: textPushed('changed') })]);
    const [ingest, clusterStage] = await store().stageFigures();
    expect(ingest).toMatchObject({ stage: 'ingest', in: 5, out: 3, backlog: 2, retrying: 1 });
    expect(ingest?.failures).toEqual([{ reason: 'bug', count: 1, exampleId: 'failed' }]);
    expect(ingest?.oldestAgeMs).toBeGreaterThanOrEqual(0);
    expect(clusterStage).toMatchObject({
      stage: 'cluster',
      in: 1,
      out: 1,
      backlog: 0,
      oldestAgeMs: null,
      failures: [],
    });
  });

  it('a claim of cluster that is stale assigns nothing', async () => {
    await sign(store(), 'a', [1]);
    const stale = await claimOne(store(), 'cluster', 'a');
    await age(opened(), 'a', LEASE_MS + 1);
    const current = await claimOne(store(), 'cluster', 'a');
    expect((await cluster(store(), [stale])).done).toEqual([]);
    expect((await store().article('a'))?.story).toBeNull();
    expect((await cluster(store(), [current])).done).toEqual(['a']);
    expect((await cluster(store(), [current])).done).toEqual([]);
  });
}
