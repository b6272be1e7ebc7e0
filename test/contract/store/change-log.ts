import type { Change, ChangeQuery, OpenedStore } from '@wirefold/store';
import { BadCursor } from '@wirefold/store';
import { expect, it } from 'vitest';
import { decide, publish } from './fixtures.ts';

/** Reads from a cursor to the end, in pages of `limit`; where it came to is the last one's `nextCursor`. */
export async function readOn(
  { store }: OpenedStore,
  after: string,
  { limit = 100, kinds = null }: Partial<ChangeQuery> = {},
): Promise<{ changes: Change[]; cursor: string }> {
  const changes: Change[] = [];
  let cursor = after;
  for (;;) {
    const page = await store.changes({ after: cursor, kinds, limit });
    if (page === null) throw new Error('the log does not go back that far');
    changes.push(...page.changes);
    cursor = page.nextCursor;
    if (!page.hasMore) return { changes, cursor };
  }
}

const told = (changes: Change[]) => changes.map(({ storyId, kind }) => [storyId, kind]);

/** Lets days pass for the log, as the database sees it. */
const age = ({ pool }: OpenedStore, days: number) =>
  pool.query("update story_event set at = at - $1 * interval '1 day'", [days]);
const rowsOf = async ({ pool }: OpenedStore, storyId: string) =>
  (await pool.query('select kind from story_event where story_id = $1', [storyId])).rows;
const endOf = async (opened: OpenedStore) => (await readOn(opened, 'now')).cursor;

export function describeChangeLog(opened: () => OpenedStore): void {
  const store = () => opened().store;
  const end = () => endOf(opened());

  it('tells what happened in its order, in pages of any size, and nothing twice', async () => {
    const start = await end();
    const [a, b] = [await publish(store(), 'a', [1]), await publish(store(), 'b', [2])];
    await publish(store(), 'ab', [1, 2]);
    for (const id of ['a', 'b', 'ab']) await store().remove(id, decide);
    const whole = (await readOn(opened(), start)).changes;
    expect(told(whole)).toEqual([
      [a, 'created'],
      [b, 'created'],
      [a, 'merged'],
      [a, 'removed'],
    ]);
    expect(whole[2]).toMatchObject({ detail: { from: b }, at: expect.stringMatching(/^\d{4}-/) });
    expect((await readOn(opened(), start, { limit: 1 })).changes).toEqual(whole);
    expect((await readOn(opened(), whole[1]?.cursor ?? '')).changes).toEqual(whole.slice(2));
    expect((await readOn(opened(), 'start')).changes.slice(-4)).toEqual(whole);
  });

  it('gives only the kinds that are asked for, and goes on after those that are not', async () => {
    const start = await end();
    const [a] = [await publish(store(), 'a', [1]), await publish(store(), 'b', [2])];
    await publish(store(), 'ab', [1, 2]);
    const { changes, cursor } = await readOn(opened(), start, { kinds: ['merged'], limit: 1 });
    expect(told(changes)).toEqual([[a, 'merged']]);
    await publish(store(), 'c', [3]);
    expect(await store().changes({ after: cursor, kinds: ['merged'], limit: 5 })).toMatchObject({ changes: [] });
    const all = await readOn(opened(), start, { kinds: ['created', 'merged'], limit: 2 });
    expect(all.changes.map(({ kind }) => kind)).toEqual(['created', 'created', 'merged', 'created']);
    expect(all.cursor).toBe(await end());
  });

  it('a cursor that waits at the end gets what comes then', async () => {
    const cursor = await end();
    expect(await store().changes({ after: cursor, kinds: null, limit: 10 })).toEqual({
      changes: [],
      nextCursor: cursor,
      hasMore: false,
    });
    const a = await publish(store(), 'a', [1]);
    expect(told((await readOn(opened(), cursor)).changes)).toEqual([[a, 'created']]);
  });

  it.each(['', 'nonsense', 'YzEyMzQ1Njc4OTAxMjM0NTY3ODk', 'YzEuNQ'])('refuses the cursor %j', async (after) => {
    await expect(store().changes({ after, kinds: null, limit: 1 })).rejects.toBeInstanceOf(BadCursor);
  });

  it('a cursor that the log never came to is none of its own', async () => {
    const after = Buffer.from('c900000000000000000').toString('base64url');
    expect(await store().changes({ after, kinds: null, limit: 1 })).toBeNull();
  });
}

export function describePruning(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('what is too old is given out no more, and stays in the log of a living story', async () => {
    const start = await endOf(opened());
    const [a, b] = [await publish(store(), 'a', [1]), await publish(store(), 'b', [2])];
    await publish(store(), 'ab', [1, 2]);
    await age(opened(), 91);
    const middle = await endOf(opened());
    const c = await publish(store(), 'c', [3]);
    const prune = async () => {
      while ((await store().pruneChanges({ days: 90, limit: 2 })).seen > 0);
    };
    await prune();
    expect(await store().changes({ after: start, kinds: null, limit: 10 })).toBeNull();
    expect(told((await readOn(opened(), middle)).changes)).toEqual([[c, 'created']]);
    expect(told((await readOn(opened(), 'start')).changes)).toEqual([[c, 'created']]);
    expect((await store().story(a))?.story.log.map(({ kind }) => kind)).toEqual(['created', 'merged']);
    expect(await rowsOf(opened(), b)).toEqual([]);
    for (const id of ['a', 'b', 'ab']) await store().remove(id, decide);
    await age(opened(), 91);
    await prune();
    expect(await rowsOf(opened(), a)).toEqual([]);
    expect(await readOn(opened(), 'start')).toEqual({ changes: [], cursor: await endOf(opened()) });
  });

  it('of a story with a very long log the oldest lines go', async () => {
    const a = await publish(store(), 'a', [1]);
    await opened().pool.query(
      "insert into story_event (story_id, kind, detail) select $1, 'revised', '{}' from generate_series(1, 502)",
      [a],
    );
    await age(opened(), 91);
    await store().pruneChanges({ days: 90, limit: 1_000 });
    expect(await rowsOf(opened(), a)).toHaveLength(500);
    expect((await store().story(a))?.story.log.map(({ kind }) => kind)).not.toContain('created');
  });
}
