import type { Paragraph } from '@wirefold/article';
import type { OpenedStore, ResignedArticle, StalePage } from '@wirefold/store';
import { expect, it } from 'vitest';
import {
  ALL,
  age,
  claimOne,
  cluster,
  DEADLINE,
  fail,
  LEASE_MS,
  publish,
  sign,
  signedText,
  submission,
  textPushed,
} from './fixtures.ts';
import { learned, NONE_LEFT, nothing, PAPER } from './learning.ts';

/** The articles of a page signed again: those of `changed` print another text now. */
function resignedOf(page: StalePage, version: number, changed: Record<string, number[]> = {}): ResignedArticle[] {
  const unchanged: Record<string, number[]> = { a: [1], b: [1, 2], c: [3] };
  return page.articles.map(({ articleId, signings }) => ({
    articleId,
    signings,
    furnitureVersion: version,
    text: signedText(...(changed[articleId] ?? unchanged[articleId] ?? [])),
    boilerplate: [],
    boilerplateWords: 0,
  }));
}

async function stalePage({ store }: OpenedStore): Promise<StalePage> {
  const page = await store.staleArticles(100);
  if (page === null) throw new Error('nothing was stale');
  return page;
}

export function describeStale(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('articles are stale once their source has other furniture, and not before', async () => {
    for (const [id, keys] of [
      ['a', [1]],
      ['b', [1, 2]],
    ] as const)
      await publish(store(), id, [...keys]);
    await store().learn(PAPER, nothing);
    expect(await store().staleArticles(100)).toBeNull();
    await store().learn(PAPER, learned(7));
    expect(await store().upkeepFigures()).toEqual({ sourcesDue: 0, articlesStale: 2 });
    const page = await stalePage(opened());
    expect(page).toMatchObject({ sourceKey: PAPER, articles: [{ signings: 1, boilerplate: [] }, { signings: 1 }] });
    expect(await store().staleArticles(100)).toBeNull();
    expect(await store().resign(PAPER, resignedOf(page, 1))).toEqual({ unchanged: 2, changed: 0, toPlace: [] });
    expect(await store().upkeepFigures()).toEqual(NONE_LEFT);
    expect(await store().article('a')).toMatchObject({ state: 'done' });
  });

  it('what the paragraphs of an article are stays when it is signed again', async () => {
    const body = 'Tides\n\nThey turn at noon.\n\nBoats wait.';
    const paragraphs: Paragraph[] = [
      { kind: 'heading', level: 2, start: 0, end: 5 },
      { kind: 'paragraph', start: 7, end: 25, breaks: [11] },
      { kind: 'paragraph', start: 27, end: 38 },
    ];
    const story = await publish(store(), 'a', [1], { body, paragraphs });
    const read = async () => (await store().article('a'))?.article?.paragraphs;
    expect(await read()).toEqual(paragraphs);
    expect((await store().story(story))?.story.paragraphs).toEqual(paragraphs);
    await store().learn(PAPER, learned(7));
    await store().resign(PAPER, resignedOf(await stalePage(opened()), 1, { a: [9] }));
    expect(await read()).toEqual(paragraphs);
  });

  it('an article that was read before its structure was kept has ordinary paragraphs', async () => {
    await publish(store(), 'a', [1], { body: 'Tides\n\nThey turn.' });
    await opened().pool.query('update content set paragraphs = default');
    expect((await store().article('a'))?.article?.paragraphs).toEqual([
      { kind: 'paragraph', start: 0, end: 5 },
      { kind: 'paragraph', start: 7, end: 17 },
    ]);
  });

  it('an article with another text stands in its story until it is placed, and then in another one', async () => {
    const story = await publish(store(), 'a', [1]);
    expect(await publish(store(), 'b', [1, 2])).toBe(story);
    await store().learn(PAPER, learned(7));
    const page = await stalePage(opened());
    const resigned = await store().resign(PAPER, resignedOf(page, 1, { b: [9] }));
    expect(resigned).toEqual({ unchanged: 1, changed: 1, toPlace: ['b'] });
    expect(await store().article('b')).toMatchObject({ state: 'signed', story });
    expect((await store().story(story))?.story.copies).toBe(2);
    await age(opened(), 'b', 2 * DEADLINE.deadlineMs);
    expect(await store().audit(DEADLINE)).toEqual([]);
    const [, clusterStage] = await store().stageFigures();
    expect(clusterStage).toMatchObject({ in: 3, out: 2, backlog: 1 });
    await cluster(store(), await store().claim('cluster', ['b'], LEASE_MS));
    expect((await store().stories(ALL)).stories.map(({ copies }) => copies)).toEqual([1, 1]);
    expect((await store().article('a'))?.story).toBe(story);
    expect(await store().audit(DEADLINE)).toEqual([]);
  });

  it('finds stale articles by an index', async () => {
    const client = await opened().pool.connect();
    await client.query('set enable_seqscan = off');
    const { rows } = await client.query(
      "explain select article_id from content where source_key = 'x' and furniture_version < 3 order by furniture_version limit 50",
    );
    await client.query('reset enable_seqscan');
    client.release();
    expect(JSON.stringify(rows)).toContain('content_signed');
  });
}

export function describeStaleRaces(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('a worker that looked for candidates of the old text places nothing', async () => {
    await sign(store(), 'a', [1]);
    const old = await claimOne(store(), 'cluster', 'a');
    await store().learn(PAPER, learned(7));
    const { toPlace } = await store().resign(PAPER, resignedOf(await stalePage(opened()), 1, { a: [9] }));
    expect(toPlace).toEqual(['a']);
    expect((await cluster(store(), [old])).done).toEqual([]);
    expect((await cluster(store(), await store().claim('cluster', ['a'], LEASE_MS))).done).toEqual(['a']);
  });

  it('an article that was signed anew meanwhile stays as it was signed', async () => {
    await publish(store(), 'a', [1]);
    await store().learn(PAPER, learned(7));
    const page = await stalePage(opened());
    const article = (await store().article('a'))?.article;
    await store().submit([submission('a', { pushed: textPushed('new') })]);
    expect(await store().upkeepFigures()).toMatchObject({ articlesStale: 0 });
    expect((await store().resign(PAPER, resignedOf(page, 1, { a: [9] }))).toPlace).toEqual([]);
    const { token } = await claimOne(store(), 'ingest', 'a');
    const signed = { articleId: 'a', token, article: article as never, text: signedText(5), cards: [] };
    await store().saveSigned([{ ...signed, furnitureVersion: 1 }]);
    expect((await store().resign(PAPER, resignedOf(page, 1, { a: [9] }))).toPlace).toEqual([]);
    expect((await store().textsOf(['a'])).get('a')).toEqual(signedText(5));
    expect(await store().upkeepFigures()).toMatchObject({ articlesStale: 0 });
  });

  it('an article whose new content failed is signed again with the old one', async () => {
    await publish(store(), 'a', [1]);
    await store().submit([submission('a', { pushed: textPushed('new') })]);
    await store().learn(PAPER, learned(7));
    expect((await stalePage(opened())).articles).toEqual([]);
    await fail(store(), 'ingest', 'a');
    expect(await store().upkeepFigures()).toMatchObject({ articlesStale: 1 });
    await opened().pool.query("update source set lease_until = now() - interval '1 day'");
    expect((await stalePage(opened())).articles).toMatchObject([{ articleId: 'a' }]);
  });

  it('a failed article stays failed, and is placed with its new text when it comes again', async () => {
    await sign(store(), 'a', [1]);
    await fail(store(), 'cluster', 'a');
    await store().learn(PAPER, learned(7));
    const resigned = await store().resign(PAPER, resignedOf(await stalePage(opened()), 1, { a: [9] }));
    expect(resigned).toEqual({ unchanged: 0, changed: 1, toPlace: [] });
    expect(await store().article('a')).toMatchObject({ state: 'failed', reason: 'bug' });
    expect(await store().upkeepFigures()).toEqual(NONE_LEFT);
  });

  it('two workers take different sources, and one that ended without a word is followed after a while', async () => {
    await publish(store(), 'a', [1]);
    await publish(store(), 'b', [1, 2], { source: { key: 'post.example', name: 'Post' } });
    for (const key of [PAPER, 'post.example']) await store().learn(key, learned(7));
    const pages = await Promise.all([1, 2, 3].map(() => store().staleArticles(100)));
    expect(pages.flatMap((page) => page?.sourceKey ?? []).sort()).toEqual([PAPER, 'post.example']);
    await opened().pool.query("update source set lease_until = now() - interval '1 second'");
    expect(await store().staleArticles(100)).not.toBeNull();
  });

  it('an article that was signed with what its source had before is found, however late it comes', async () => {
    await publish(store(), 'a', [1]);
    await store().learn(PAPER, learned(7));
    await store().resign(PAPER, resignedOf(await stalePage(opened()), 1));
    expect(await store().staleArticles(100)).toBeNull();
    await sign(store(), 'b', [1, 2]);
    expect((await stalePage(opened())).articles).toMatchObject([{ articleId: 'b' }]);
  });
}

export function describeLooseTexts(opened: () => OpenedStore): void {
  const store = () => opened().store;
  const counts = async () => {
    const { rows } = await opened().pool.query(
      `select (select count(*)::int from text) as texts, (select count(*)::int from component) as labels,
        (select count(*)::int from sample) as keys`,
    );
    return rows[0];
  };

  it('a text that nobody prints any more goes, with its keys and its label', async () => {
    await publish(store(), 'a', [1]);
    await publish(store(), 'b', [1, 2]);
    await store().learn(PAPER, learned(7));
    await store().resign(PAPER, resignedOf(await stalePage(opened()), 1, { b: [8, 9] }));
    expect(await counts()).toEqual({ texts: 3, labels: 3, keys: 5 });
    expect(await store().dropLooseTexts(100)).toEqual({ seen: 1, dropped: 1 });
    expect(await store().dropLooseTexts(100)).toEqual({ seen: 0, dropped: 0 });
    expect(await counts()).toEqual({ texts: 2, labels: 2, keys: 3 });
    expect((await store().candidates([signedText(1)])).get(signedText(1).hash)).toEqual([]);
    await cluster(store(), await store().claim('cluster', ['b'], LEASE_MS));
    expect(await store().audit(DEADLINE)).toEqual([]);
  });

  it('a text that another article prints stays', async () => {
    await publish(store(), 'a', [1]);
    await publish(store(), 'c', [1]);
    await store().learn(PAPER, learned(7));
    await store().resign(PAPER, resignedOf(await stalePage(opened()), 1, { a: [9], c: [1] }));
    expect(await store().dropLooseTexts(100)).toEqual({ seen: 1, dropped: 0 });
    expect([...(await store().loadTexts([signedText(1).hash])).keys()]).toHaveLength(1);
  });

  it('a text that comes back while it goes is there', async () => {
    await sign(store(), 'a', [1]);
    for (let round = 1; round <= 10; round++) {
      await store().learn(PAPER, learned(round));
      const [toOther, back] = round % 2 === 1 ? [[9], [1]] : [[1], [9]];
      await store().resign(PAPER, resignedOf(await stalePage(opened()), round, { a: toOther as number[] }));
      await Promise.all([
        store().dropLooseTexts(100),
        sign(store(), `b${round}`, back as number[], { source: { key: 's', name: 'S' } }),
      ]);
      expect((await store().textsOf([`b${round}`])).size).toBe(1);
    }
  });
}
