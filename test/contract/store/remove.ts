import type { OpenedStore } from '@wirefold/store';
import { expect, it } from 'vitest';
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
import { nothing, PAPER } from './learning.ts';

const rowsLeft = async ({ pool }: OpenedStore, articleId: string) => {
  const { rows } = await pool.query(
    `select (select count(*)::int from article where id = $1) as articles, (select count(*)::int from content where article_id = $1)
       as contents, (select count(*)::int from pushed where article_id = $1) as pushed, (select count(*)::int from placement
       where article_id = $1) as placements, (select count(*)::int from text) as texts, (select count(*)::int from component) as labels,
       (select count(*)::int from sample) as keys`,
    [articleId],
  );
  return rows[0];
};
const NO_ROWS = { articles: 0, contents: 0, pushed: 0, placements: 0 };

export function describeRemove(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('an article that is not there is not removed', async () => {
    expect(await store().remove('nowhere', decide)).toBeNull();
  });

  it('a mirror leaves its story, and nothing of it is left', async () => {
    const story = await publish(store(), 'a', [1]);
    await publish(store(), 'b', [1, 2]);
    await store().remove('b', decide);
    expect(await store().article('b')).toBeNull();
    expect((await store().story(story))?.story).toMatchObject({ copies: 1, canonical: { articleId: 'a' } });
    expect(await rowsLeft(opened(), 'b')).toEqual({ ...NO_ROWS, texts: 1, labels: 1, keys: 1 });
    expect(await store().audit(DEADLINE)).toEqual([]);
  });

  it('a text that another article prints stays when one that prints it goes', async () => {
    const story = await publish(store(), 'a', [1]);
    await publish(store(), 'b', [1]);
    await store().remove('a', decide);
    expect((await store().story(story))?.story).toMatchObject({ copies: 1, canonical: { articleId: 'b' } });
    expect((await store().loadTexts([signedText(1).hash])).size).toBe(1);
    expect(await store().audit(DEADLINE)).toEqual([]);
  });

  it('a story falls apart where the text between two others goes', async () => {
    const story = await publish(store(), 'a', [1]);
    await publish(store(), 'b', [1, 2]);
    await publish(store(), 'c', [2]);
    await store().remove('b', decide);
    const [a, c] = [await store().article('a'), await store().article('c')];
    expect([a?.story, c?.story].filter((id) => id === story)).toHaveLength(1);
    expect(a?.story).not.toBe(c?.story);
    expect((await store().stories(ALL)).stories.map(({ copies }) => copies)).toEqual([1, 1]);
    expect(await store().audit(DEADLINE)).toEqual([]);
  });

  it('a story that loses its last article has ended, with every id that leads to it, and is never listed again', async () => {
    const [first, second] = [await publish(store(), 'a', [1]), await publish(store(), 'b', [2])];
    await publish(store(), 'ab', [1, 2]);
    for (const id of ['a', 'ab']) await store().remove(id, decide);
    expect(await store().storyEndedAt(first)).toBeNull();
    const changes = await store().remove('b', decide);
    expect(changes?.ended).toEqual([first]);
    for (const id of [first, second]) {
      expect(await store().story(id)).toBeNull();
      expect(await store().storyEndedAt(id)).toMatch(/^\d{4}-/);
    }
    expect(await store().storyEndedAt('nowhere')).toBeNull();
    expect((await store().stories(ALL)).stories).toEqual([]);
    expect((await store().stories({ ...ALL, q: 'harbour' })).stories).toEqual([]);
    const { rows } = await opened().pool.query("select story_id from story_event where kind = 'removed'");
    expect(rows).toContainEqual({ story_id: first });
    expect(await store().audit(DEADLINE)).toEqual([]);
    expect(await publish(store(), 'a', [1])).not.toBe(first);
    expect(await store().storyEndedAt(first)).not.toBeNull();
  });
}

export function describeRemoveRaces(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('an article goes in whatever state it is, and the figures agree with the backlog', async () => {
    await store().submit([submission('new', { pushed: textPushed('new') })]);
    await sign(store(), 'signed', [1]);
    await publish(store(), 'done', [2]);
    for (const id of ['new', 'signed', 'done']) {
      await store().remove(id, decide);
      expect(await rowsLeft(opened(), id)).toMatchObject(NO_ROWS);
    }
    for (const figures of await store().stageFigures()) expect(figures.in - figures.out).toBe(figures.backlog);
    expect(await rowsLeft(opened(), '')).toEqual({ ...NO_ROWS, texts: 0, labels: 0, keys: 0 });
  });

  it('a worker that holds a removed article saves and places nothing', async () => {
    await store().submit([submission('a')]);
    const [claim] = await store().claim('ingest', ['a'], LEASE_MS);
    await sign(store(), 'b', [1]);
    const claims = await store().claim('cluster', ['b'], LEASE_MS);
    for (const id of ['a', 'b']) await store().remove(id, decide);
    const article = { articleId: 'a', token: claim?.token ?? 0, article: {} as never, text: signedText(1), cards: [] };
    expect((await store().saveSigned([article])).saved).toEqual([]);
    expect((await cluster(store(), claims)).done).toEqual([]);
    expect(await store().audit(DEADLINE)).toEqual([]);
  });

  it('cards stay when their page goes', async () => {
    await store().submit([submission('page'), submission('card', { partOf: 'page' })]);
    await store().remove('page', decide);
    expect(await store().article('card')).toMatchObject({ partOf: 'page' });
  });

  it('the source of a removed article is to be learned again', async () => {
    await publish(store(), 'a', [1]);
    await store().learn(PAPER, nothing);
    await store().remove('a', decide);
    expect(await store().dueSources({ quietMs: 0, limit: 10 })).toEqual([PAPER]);
    await store().learn(PAPER, nothing);
    expect(await store().upkeepFigures()).toEqual({ sourcesDue: 0, articlesStale: 0 });
  });

  it('removals at the same moment, beside articles that join, leave every story whole', async () => {
    for (let round = 0; round < 5; round++) {
      const ids = [0, 1, 2, 3, 4, 5].map((at) => `r${round}-${at}`);
      const key = 100 * (round + 1);
      for (const [at, id] of ids.entries()) await publish(store(), id, [key + at, key + at + 1]);
      await Promise.all([
        ...ids.slice(1, 4).map((id) => store().remove(id, decide)),
        publish(store(), `r${round}-new`, [key + 2, key + 5]),
      ]);
      expect(await store().audit(DEADLINE)).toEqual([]);
      for (const id of ids.slice(1, 4)) expect(await store().article(id)).toBeNull();
    }
  });
}
