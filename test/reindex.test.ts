import { reindexStore } from '@wirefold/all';
import { judge, PARAMS } from '@wirefold/dedup';
import { type NewDecision, newStoryId, type OpenedStore, openStore, type Submission } from '@wirefold/store';
import { decideStories } from '@wirefold/story';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ALL } from './contract/store/fixtures.ts';
import { copiesOfNews } from './support/copies.ts';
import { cluster, ingest, LEASE_MS, rest, stateOf, upkeep } from './support/direct.ts';
import { forgetEverything } from './support/forget.ts';
import { furnishedNews } from './support/furnished.ts';

const NEWS = [...copiesOfNews(), ...furnishedNews()];
const OLD = NEWS.slice(0, -3);
const SETTINGS = { windowDays: 0, leaseMs: LEASE_MS, claimsMax: 5 };

const PLACE = decideStories({ judge, windowDays: 0, newStoryId });

let opened: OpenedStore;
beforeAll(async () => {
  opened = await openStore({ databaseUrl: null, dataDir: null, signatureVersion: PARAMS.version });
});
beforeEach(() => forgetEverything(opened));
afterAll(() => opened.store.close());

const arrive = async (news: Submission[]) => cluster(opened, await ingest(opened, news));

/** Makes all that the store holds look as if earlier parameters had signed it, into other hashes. */
async function becomeOld(): Promise<void> {
  await opened.pool.query(`update text set version = ${PARAMS.version - 1}, hash = 'f' || substr(hash, 2)`);
  await opened.pool.query(`update sample set version = ${PARAMS.version - 1}`);
  await opened.pool.query(`update source set signature_version = ${PARAMS.version - 1}`);
}

describe('texts of an earlier version', () => {
  it('are all signed and placed again by reindex, and the stories are those of a new store', {
    timeout: 60_000,
  }, async () => {
    await arrive(NEWS);
    await rest(opened);
    const expected = await stateOf(opened, NEWS);
    await forgetEverything(opened);
    await arrive(OLD);
    await rest(opened);
    const ids = await Promise.all(OLD.map(async ({ id }) => (await opened.store.article(id))?.story));
    await becomeOld();
    await arrive(NEWS.slice(-3));
    const lines: string[] = [];
    expect(await reindexStore(opened.store, SETTINGS, (line) => lines.push(line))).toBe(true);
    expect(await stateOf(opened, NEWS)).toEqual(expected);
    expect(lines.at(-1)).toContain('left: 0 sources, 0 articles');
    const kept = await Promise.all(OLD.map(async ({ id }) => (await opened.store.article(id))?.story));
    expect(kept).toEqual(ids);
    const { rows } = await opened.pool.query(`select id from text where version <> ${PARAMS.version}`);
    expect(rows).toEqual([]);
    expect(await opened.store.audit({ deadlineMs: LEASE_MS })).toEqual([]);
  });

  it('are signed again by a running service, too, and a reindex that was stopped goes on', {
    timeout: 60_000,
  }, async () => {
    await arrive(NEWS);
    await rest(opened);
    const expected = await stateOf(opened, NEWS);
    await becomeOld();
    expect((await opened.store.upkeepFigures()).sourcesDue).toBeGreaterThan(0);
    await upkeep(opened);
    expect(await reindexStore(opened.store, SETTINGS, () => {})).toBe(true);
    expect(await stateOf(opened, NEWS)).toEqual(expected);
    expect(await reindexStore(opened.store, SETTINGS, () => {})).toBe(true);
    expect(await stateOf(opened, NEWS)).toEqual(expected);
  });

  it('are placed again as people decided about them', { timeout: 60_000 }, async () => {
    await arrive(NEWS);
    await rest(opened);
    const { store } = opened;
    const storyOf = async (id: string) => (await store.article(id))?.story ?? '';
    const { stories } = await store.stories({ ...ALL, minMirrors: 2 });
    const [first, second] = stories.map(({ id }) => id) as [string, string];
    const [mirror, other] = ((await store.story(first))?.story.mirrorList ?? []).map(({ articleId }) => articleId);
    if (mirror === undefined || other === undefined) throw new Error('a story of this test has two mirrors');
    const asked = { note: null, by: null };
    for (const decision of [
      { kind: 'split', storyId: first, articleIds: [mirror] },
      { kind: 'merge', storyId: first, mergedIds: [second] },
      { kind: 'pin', storyId: first, articleIds: [other] },
    ] satisfies object[] as NewDecision[])
      expect(await store.decideByHand({ ...decision, ...asked }, PLACE)).toMatchObject({ ok: true });
    expect(await storyOf(mirror)).not.toBe(await storyOf(other));
    const expected = await stateOf(opened, NEWS);
    await becomeOld();
    expect(await reindexStore(store, SETTINGS, () => {})).toBe(true);
    expect(await stateOf(opened, NEWS)).toEqual(expected);
    expect(await store.audit({ deadlineMs: LEASE_MS })).toEqual([]);
  });

  it('are not compared with texts of this one', async () => {
    await arrive(OLD);
    await becomeOld();
    const [ferry] = NEWS.slice(-2) as [Submission];
    await arrive([ferry]);
    const story = (await opened.store.article(ferry.id))?.story ?? '';
    expect((await opened.store.story(story))?.story.copies).toBe(1);
  });
});
