import type { ExportQuery, ExportRow, OpenedStore } from '@wirefold/store';
import { expect, it } from 'vitest';
import { ALL, publish } from './fixtures.ts';

const FIRST: ExportQuery = { ...ALL, after: null };

const ids = (rows: ExportRow[]) => rows.map(({ articleId }) => articleId);

export function describeExport(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('has a row for each copy, with its verdict and its story', async () => {
    const id = await publish(store(), 'a', [1]);
    await publish(store(), 'b', [1, 2], {
      source: { key: 'post.example', name: 'Post' },
      title: 'A harbour',
      byline: null,
      published: null,
    });
    const [first, second] = await store().exportRows(FIRST);
    const story = (await store().story(id))?.story;
    const ofStory = {
      storyId: id,
      storyTitle: 'The harbour of a',
      copies: 2,
      outlets: 2,
      origins: ['paper.example', 'post.example'],
      createdAt: story?.createdAt,
      updatedAt: story?.updatedAt,
    };
    expect(first).toEqual({
      ...ofStory,
      articleId: 'a',
      url: 'https://paper.example/read/a',
      source: { key: 'paper.example', name: 'Paper' },
      title: 'The harbour of a',
      byline: 'By Ada Ferry',
      publishedAt: '2026-03-01T08:00:00.000Z',
      publishedUncertaintyMs: 0,
      language: 'en',
      isCanonical: true,
      verdict: null,
    });
    expect(second).toEqual({
      ...ofStory,
      articleId: 'b',
      url: 'https://paper.example/read/b',
      source: { key: 'post.example', name: 'Post' },
      title: 'A harbour',
      byline: null,
      publishedAt: null,
      publishedUncertaintyMs: null,
      language: 'en',
      isCanonical: false,
      verdict: { kind: 'same text', jaccard: 0.9, aInB: 0.95, bInA: 0.94 },
    });
  });
}

export function describeExportPages(opened: () => OpenedStore): void {
  const store = () => opened().store;

  /** Everything, page by page. */
  async function all(limit: number, query: Partial<ExportQuery> = {}): Promise<ExportRow[]> {
    const found: ExportRow[] = [];
    for (;;) {
      const rows = await store().exportRows({ ...FIRST, ...query, limit, after: found.at(-1) ?? null });
      found.push(...rows);
      if (rows.length < limit) return found;
    }
  }

  it('is read page by page, each copy once, wherever a page ends', async () => {
    for (const [key, names] of [['a', 'b', 'c', 'd', 'e'], ['f'], ['g', 'h'], ['i'], ['j']].entries())
      for (const name of names) await publish(store(), name, [key, 100 + name.charCodeAt(0)]);
    for (const limit of [1, 2, 3, 5, 100])
      expect(ids(await all(limit))).toEqual(['j', 'i', 'g', 'h', 'f', 'a', 'b', 'c', 'd', 'e']);
  });

  it('takes the filters of the list of stories, and gives all copies of what it finds', async () => {
    await publish(store(), 'a', [1]);
    await publish(store(), 'b', [1, 2], { source: { key: 'post.example', name: 'Post' } });
    await publish(store(), 'c', [3], { language: 'de' });
    expect(ids(await all(1, { source: 'post.example' }))).toEqual(['a', 'b']);
    expect(ids(await all(1, { minMirrors: 1 }))).toEqual(['a', 'b']);
    expect(ids(await all(1, { minOrigins: 2 }))).toEqual(['a', 'b']);
    expect(ids(await all(1, { language: 'de' }))).toEqual(['c']);
    expect(ids(await all(1, { q: 'harbour' }))).toEqual(['c', 'a', 'b']);
    expect(await all(1, { since: '2100-01-01T00:00:00.000Z' })).toEqual([]);
  });

  it('goes on behind a story that was merged into another meanwhile', async () => {
    await publish(store(), 'a', [1]);
    await publish(store(), 'b', [2]);
    await publish(store(), 'c', [3]);
    const rows = await store().exportRows({ ...FIRST, limit: 2 });
    expect(ids(rows)).toEqual(['c', 'b']);
    await publish(store(), 'bc', [2, 3]);
    expect(ids(await store().exportRows({ ...FIRST, after: rows[1] ?? null }))).toEqual(expect.arrayContaining(['a']));
  });
}
