import type { OpenedStore } from '@wirefold/store';
import { expect, it } from 'vitest';
import { ALL, DEADLINE, publish, sign, signedText } from './fixtures.ts';
import { learned, nothing, PAPER } from './learning.ts';

const at = (day: string | null) => ({
  published: day === null ? null : { at: `${day}T08:00:00.000Z`, uncertaintyMs: 0, evidence: day },
});
const DAYS_OF_1970 = (day: string) => Date.parse(day) / 86_400_000;

export function describeExpiry(opened: () => OpenedStore): void {
  const store = () => opened().store;
  const expire = () => store().expireTexts({ days: 37, limit: 100 });
  const keysLeft = async () => (await opened().pool.query('select distinct key from sample order by key')).rows;
  /** Lets days pass for every text, as the database sees it. */
  const age = (days: number) =>
    opened().pool.query('update text set indexed_on = indexed_on - $1::integer where indexed_on is not null', [days]);

  it('a text that no article brought for too long leaves the index, and not before', async () => {
    await publish(store(), 'a', [1]);
    await age(37);
    expect(await expire()).toBe(0);
    await age(1);
    await publish(store(), 'b', [2]);
    expect(await expire()).toBe(1);
    expect(await expire()).toBe(0);
    expect(await keysLeft()).toEqual([{ key: 2 }]);
    const story = await publish(store(), 'c', [1, 9]);
    expect((await store().story(story))?.story.copies).toBe(1);
    expect(await store().audit(DEADLINE)).toEqual([]);
  });

  it('a text comes back with the next article that prints it, and is found again', async () => {
    const story = await publish(store(), 'a', [1]);
    await age(50);
    await expire();
    expect(await publish(store(), 'b', [1])).toBe(story);
    expect((await store().candidates([signedText(1, 5)])).get(signedText(1, 5).hash)).toEqual([signedText(1).hash]);
    expect(await expire()).toBe(0);
    expect(await publish(store(), 'c', [1, 5])).toBe(story);
    expect((await store().stories(ALL)).stories).toMatchObject([{ copies: 3 }]);
  });

  it('an article that prints an old text while that leaves the index is found all the same', async () => {
    for (let round = 1; round <= 10; round++) {
      await sign(store(), `a${round}`, [round]);
      await age(50);
      await Promise.all([expire(), sign(store(), `b${round}`, [round])]);
      const probe = signedText(round, 1000);
      expect((await store().candidates([probe])).get(probe.hash)).toEqual([signedText(round).hash]);
    }
  });

  it('takes a bounded number at once', async () => {
    for (const key of [1, 2, 3]) await sign(store(), `n${key}`, [key]);
    await age(50);
    expect(await store().expireTexts({ days: 37, limit: 2 })).toBe(2);
    expect(await store().expireTexts({ days: 37, limit: 2 })).toBe(1);
  });
}

export function describeSpans(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('a text was printed from the first to the last day of its articles, and without limit where one has no date', async () => {
    await sign(store(), 'a', [1], at('2026-03-05'));
    await sign(store(), 'b', [1], at('2026-03-01'));
    await sign(store(), 'c', [2], at('2026-03-01'));
    await sign(store(), 'd', [2], at(null));
    const spans = await store().spansOf([signedText(1).hash, signedText(2).hash, 'unknown']);
    expect(spans).toEqual(
      new Map([
        [signedText(1).hash, { first: DAYS_OF_1970('2026-03-01'), last: DAYS_OF_1970('2026-03-05') }],
        [signedText(2).hash, null],
      ]),
    );
  });

  it('a time of a strange year counts as none', async () => {
    await sign(store(), 'a', [1], { published: { at: '+012026-01-01T00:00:00.000Z', uncertaintyMs: 0, evidence: '' } });
    expect((await store().spansOf([signedText(1).hash])).get(signedText(1).hash)).toBeNull();
  });
}

export function describeSource(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('says what is known of a source, before and after it was learned', async () => {
    expect(await store().source(PAPER)).toBeNull();
    await publish(store(), 'a', [1]);
    await publish(store(), 'b', [1, 2]);
    const record = { key: PAPER, name: 'Paper', articles: 2, stories: 1 };
    expect(await store().source(PAPER)).toEqual({
      ...record,
      furniture: { version: 0, learnedAt: null, learnedFrom: 0, lines: 0, shingles: 0, examples: [] },
    });
    await store().learn(PAPER, learned(7));
    expect(await store().source(PAPER)).toMatchObject({
      ...record,
      furniture: { version: 1, learnedFrom: 2, lines: 1, shingles: 0, examples: [{ text: 'Read more', articles: 2 }] },
    });
  });

  it('all sources are due when that is wished, and figures come in one snapshot', async () => {
    await publish(store(), 'a', [1]);
    await store().learn(PAPER, nothing);
    expect(await store().makeSourcesDue()).toBe(1);
    expect(await store().figures()).toMatchObject({
      stages: [{ stage: 'ingest', backlog: 0 }, { stage: 'cluster' }],
      upkeep: { sourcesDue: 1, articlesStale: 0 },
    });
  });
}
