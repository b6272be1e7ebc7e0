import type { OpenedStore } from '@wirefold/store';
import type { PoolClient } from 'pg';
import { expect, it } from 'vitest';
import { forgetEverything } from '../../support/forget.ts';
import {
  ALL,
  cluster,
  DEADLINE,
  decide,
  LEASE_MS,
  publish,
  sign,
  signedText,
  submission,
  textPushed,
} from './fixtures.ts';

export function describeTexts(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('finds every text that shares a key, and no other version', async () => {
    await sign(store(), 'a', [1, 2, 0xffffffff]);
    await sign(store(), 'b', [2, 3]);
    await sign(store(), 'c', [0xffffffff]);
    await sign(store(), 'd', [9]);
    const [a, b, c] = [signedText(1, 2, 0xffffffff), signedText(2, 3), signedText(0xffffffff)];
    const found = await store().candidates([
      a,
      b,
      signedText(77),
      { ...signedText(9), version: 2, hash: 'other version' },
    ]);
    expect([...(found.get(a.hash) ?? [])].sort()).toEqual([b.hash, c.hash].sort());
    expect(found.get(b.hash)).toEqual([a.hash]);
    expect(found.get(signedText(77).hash)).toEqual([]);
    expect(found.get('other version')).toEqual([]);
  });

  it('loads texts as they were signed, from memory or not', async () => {
    const text = signedText(5, 4_000_000_000);
    await sign(store(), 'a', [5, 4_000_000_000]);
    for (const _ of ['from the database', 'from memory']) {
      const loaded = await store().loadTexts([text.hash, 'unknown']);
      expect([...loaded]).toEqual([[text.hash, text]]);
    }
  });
}

export function describeAssign(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('a text of its own starts a story, and a copy joins it as a mirror', async () => {
    const first = await publish(store(), 'a', [1, 2]);
    const second = await publish(store(), 'b', [2, 3], { source: { key: 'post.example', name: 'Post' } });
    expect(second).toBe(first);
    const answer = await store().story(first);
    expect(answer?.story).toMatchObject({
      copies: 2,
      mirrors: 1,
      outlets: 2,
      canonical: { articleId: 'a', source: { key: 'paper.example' } },
    });
    expect(answer?.story.mirrorList).toMatchObject([{ articleId: 'b', match: { verdict: { jaccard: 0.9 } } }]);
    expect(await store().article('b')).toMatchObject({ state: 'done', isCanonical: false, match: { articleId: 'b' } });
    expect(await store().audit(DEADLINE)).toEqual([]);
  });

  it('several texts of one batch that have nothing in common are several stories', async () => {
    for (const [id, key] of [
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ] as const)
      await sign(store(), id, [key]);
    const { done } = await cluster(store(), await store().claim('cluster', ['a', 'b', 'c'], LEASE_MS));
    expect(done.sort()).toEqual(['a', 'b', 'c']);
    expect((await store().stories(ALL)).stories).toHaveLength(3);
  });

  it('a text that links two stories merges them, and all merged ids lead to the live one', async () => {
    const [a, b, c] = [
      await publish(store(), 'a', [1]),
      await publish(store(), 'b', [2]),
      await publish(store(), 'c', [3]),
    ];
    expect(new Set([a, b, c]).size).toBe(3);
    await publish(store(), 'bc', [2, 3]);
    await publish(store(), 'ab', [1, 2]);
    for (const merged of [b, c]) {
      const answer = await store().story(merged ?? '');
      expect(answer).toMatchObject({ redirectedFrom: merged, story: { id: a, copies: 5 } });
    }
    expect((await store().story(a ?? ''))?.redirectedFrom).toBeNull();
    expect((await store().stories(ALL)).stories.map(({ id }) => id)).toEqual([a]);
    expect(await store().audit(DEADLINE)).toEqual([]);
  });
}

export function describeRaces(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('racing merges of A+B, B+C and A+C end in one story', async () => {
    for (let round = 0; round < 5; round++) {
      await forgetEverything(opened());
      for (const [id, key] of [
        ['a', 1],
        ['b', 2],
        ['c', 3],
      ] as const)
        await publish(store(), id, [key]);
      const bridges = { ab: [1, 2], bc: [2, 3], ac: [1, 3] };
      for (const [id, keys] of Object.entries(bridges)) await sign(store(), id, keys);
      await Promise.all(
        Object.keys(bridges).map(async (id) => cluster(store(), await store().claim('cluster', [id], LEASE_MS))),
      );
      expect((await store().stories(ALL)).stories).toMatchObject([{ copies: 6 }]);
      expect(await store().audit(DEADLINE)).toEqual([]);
    }
  });

  it('two copies that arrive at the same moment find each other', async () => {
    for (let round = 0; round < 10; round++) {
      await Promise.all([publish(store(), `a${round}`, [round]), publish(store(), `b${round}`, [round, 1000 + round])]);
    }
    expect((await store().stories(ALL)).stories.map(({ copies }) => copies)).toEqual(
      Array.from({ length: 10 }, () => 2),
    );
  });

  it('many workers on one component end all articles in one story', async () => {
    const ids = Array.from({ length: 24 }, (_, index) => `m${index}`);
    for (const [index, id] of ids.entries()) await sign(store(), id, [index, index + 1]);
    const batches = [0, 1, 2, 3, 4, 5].map((worker) => ids.filter((_, index) => index % 6 === worker));
    await Promise.all(batches.map(async (batch) => cluster(store(), await store().claim('cluster', batch, LEASE_MS))));
    expect((await store().stories(ALL)).stories).toMatchObject([{ copies: 24 }]);
    expect(await store().audit(DEADLINE)).toEqual([]);
  });
}

/** Until another session waits for a lock that this one holds. */
async function untilSomeoneWaits(client: PoolClient): Promise<void> {
  for (;;) {
    const { rows } = await client.query("select from pg_stat_activity where wait_event_type = 'Lock'");
    if (rows.length > 0) return;
  }
}

export function describeGrowth(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it.each(['grows', 'goes over to another label'])(
    'a component that %s while its locks are waited for is seen whole',
    async (how) => {
      for (const [id, key] of [
        ['a', 1],
        ['b', 2],
        ['c', 3],
      ] as const)
        await publish(store(), id, [key]);
      await sign(store(), 'ab', [1, 2]);
      const claims = await store().claim('cluster', ['ab'], LEASE_MS);
      const other = await opened().pool.connect();
      await other.query('begin');
      const { rows } = await other.query('select text_id from component order by text_id for update');
      const [, b, c] = rows.map(({ text_id }) => text_id);
      let seen: string[] = [];
      const assigned = store().assign(
        claims,
        [
          [signedText(1).hash, signedText(1, 2).hash],
          [signedText(2).hash, signedText(1, 2).hash],
        ],
        (component) => {
          seen = component.members.map(({ articleId }) => articleId);
          return decide(component);
        },
      );
      if (opened().engine === 'postgres') await untilSomeoneWaits(other);
      // What a worker that found a link between b and c does.
      await other.query('update component set label = $1 where text_id = $2', how === 'grows' ? [b, c] : [c, b]);
      await other.query('commit');
      other.release();
      await assigned;
      expect(seen).toEqual(['a', 'ab', 'b', 'c']);
    },
  );
}

export function describeChanges(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('new content moves an article to the story of its new text', async () => {
    const [old, other] = [await publish(store(), 'a', [1]), await publish(store(), 'x', [5])];
    await publish(store(), 'b', [1, 2]);
    await store().submit([submission('b', { pushed: textPushed('another text') })]);
    const [claim] = await store().claim('ingest', ['b'], LEASE_MS);
    const article = (await store().article('b'))?.article;
    if (!claim || !article) throw new Error('b was not to be claimed');
    await store().saveSigned([{ articleId: 'b', token: claim.token, article, text: signedText(5, 6), cards: [] }]);
    // Meanwhile another article joins the story that b is about to leave.
    await publish(store(), 'c', [1, 9]);
    await cluster(store(), await store().claim('cluster', ['b'], LEASE_MS));
    expect((await store().article('b'))?.story).toBe(other);
    expect((await store().story(old))?.story.copies).toBe(2);
    expect(await store().audit(DEADLINE)).toEqual([]);
  });

  it('an article that is being fetched anew stays in its story while others join', async () => {
    const story = await publish(store(), 'a', [1]);
    await store().submit([submission('a', { pushed: textPushed('another text') })]);
    expect(await publish(store(), 'b', [1, 2])).toBe(story);
    expect((await store().story(story))?.story.copies).toBe(2);
    expect((await store().article('a'))?.story).toBe(story);
  });

  it('does not write a story that stays as it is', async () => {
    const story = await publish(store(), 'a', [1]);
    const before = (await store().story(story))?.story.updatedAt;
    await store().submit([submission('a', { pushed: textPushed('the same') })]);
    await opened().pool.query("update article set state = 'signed' where id = 'a'");
    const { rows } = await opened().pool.query('select xmin::text from story');
    await cluster(store(), await store().claim('cluster', ['a'], LEASE_MS));
    expect((await opened().pool.query('select xmin::text from story')).rows).toEqual(rows);
    expect((await store().story(story))?.story.updatedAt).toBe(before);
  });

  it('rolls all back when decide throws or forgets a claimed article', async () => {
    await sign(store(), 'a', [1]);
    const claims = await store().claim('cluster', ['a'], LEASE_MS);
    const bug = () => {
      throw new Error('bug');
    };
    await expect(store().assign(claims, [], bug)).rejects.toThrow('bug');
    await expect(
      store().assign(claims, [], () => ({ stories: [], merged: [], ended: [], events: [] })),
    ).rejects.toThrow('no story');
    expect((await store().article('a'))?.state).toBe('signed');
    expect((await store().assign(claims, [], decide)).done).toEqual(['a']);
  });
}
