import { NO_FURNITURE, type PrintedText } from '@wirefold/dedup';
import type { OpenedStore } from '@wirefold/store';
import type { LearnedSource } from '@wirefold/story';
import { expect, it } from 'vitest';
import { claimOne, sign, signedText, submission, textPushed } from './fixtures.ts';

export const PAPER = 'paper.example';
const NEVER = { quietMs: 3_600_000, limit: 10 };
const AT_ONCE = { quietMs: 0, limit: 10 };
export const NONE_LEFT = { sourcesDue: 0, articlesStale: 0 };

/** A decision that finds one line more each time that it is asked to. */
export function learned(line: number): (sample: PrintedText[]) => LearnedSource {
  return (sample) => ({
    furniture: { ...NO_FURNITURE, articles: sample.length, lines: Uint32Array.of(line) },
    examples: [{ text: 'Read more', articles: sample.length }],
  });
}

export const nothing = (): LearnedSource => ({ furniture: NO_FURNITURE, examples: [] });

export function describeDue(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('a source is due when it grew by a quarter, so that a burst costs few learnings', async () => {
    const learnedAt: number[] = [];
    for (let count = 1; count <= 24; count++) {
      await sign(store(), `n${count}`, [count]);
      for (const key of await store().dueSources(NEVER)) {
        learnedAt.push(count);
        await store().learn(key, nothing);
      }
    }
    expect(learnedAt).toEqual([1, 2, 3, 4, 5, 7, 9, 12, 15, 19, 24]);
  });

  it('a source that changed a little is due once it is quiet, and counts as due until it was learned', async () => {
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']) await sign(store(), id, [1]);
    await store().learn(PAPER, nothing);
    expect(await store().upkeepFigures()).toEqual(NONE_LEFT);
    await sign(store(), 'k', [1]);
    expect(await store().dueSources(NEVER)).toEqual([]);
    expect(await store().upkeepFigures()).toEqual({ sourcesDue: 1, articlesStale: 0 });
    expect(await store().dueSources(AT_ONCE)).toEqual([PAPER]);
    await store().learn(PAPER, nothing);
    expect(await store().dueSources(AT_ONCE)).toEqual([]);
  });

  it('an article that comes again as it was is no reason to learn; one with another body or source is', async () => {
    const again = async (change: Parameters<typeof sign>[3]) => {
      await store().submit([submission('a', { pushed: textPushed(JSON.stringify(change)) })]);
      const { token } = await claimOne(store(), 'ingest', 'a');
      const article = { ...(await store().article('a'))?.article, ...change } as never;
      await store().saveSigned([{ articleId: 'a', token, article, text: signedText(1), cards: [] }]);
      const due = await store().dueSources(AT_ONCE);
      for (const key of due) await store().learn(key, nothing);
      return due.sort();
    };
    await sign(store(), 'a', [1]);
    await store().learn(PAPER, nothing);
    expect(await again({ byline: 'By somebody else' })).toEqual([]);
    expect(await again({ body: 'Another body.' })).toEqual([PAPER]);
    expect(await again({ source: { key: 'post.example', name: 'Post' } })).toEqual([PAPER, 'post.example']);
    const { rows } = await opened().pool.query('select key, articles from source order by key');
    expect(rows).toEqual([
      { key: PAPER, articles: 0 },
      { key: 'post.example', articles: 1 },
    ]);
  });
}

export function describeLearn(opened: () => OpenedStore): void {
  const store = () => opened().store;
  const sampleOf = async (): Promise<string[]> => {
    let titles: string[] = [];
    await store().learn(PAPER, (sample) => {
      titles = sample.map(({ title }) => title);
      return nothing();
    });
    return titles;
  };

  it('keeps what was learned, and gives it to who signs', async () => {
    await sign(store(), 'a', [1]);
    expect((await store().furniture([PAPER, 'unknown\0'])).get(PAPER)).toEqual({ version: 0, furniture: NO_FURNITURE });
    expect(await store().learn(PAPER, learned(7))).toBe(true);
    for (const _ of ['from the database', 'from memory']) {
      const known = await store().furniture([PAPER, 'unknown\0']);
      expect(known.get(PAPER)).toEqual({
        version: 1,
        furniture: { ...NO_FURNITURE, articles: 1, lines: Uint32Array.of(7) },
      });
      expect(known.get('unknown\0')).toEqual({ version: 0, furniture: NO_FURNITURE });
    }
    expect(await store().learn(PAPER, learned(7))).toBe(false);
    expect(await store().learn('unknown', learned(7))).toBe(false);
  });

  it('gives a sample of at most 200 articles, those with the smallest ids, whatever the order in which they came', async () => {
    const ids = Array.from({ length: 230 }, (_, at) => `n${String((at * 7) % 230).padStart(3, '0')}`);
    for (const id of ids) await sign(store(), id, [1]);
    const titles = ids
      .sort()
      .slice(0, 200)
      .map((id) => `The harbour of ${id}`);
    expect(await sampleOf()).toEqual(titles);
  });

  it('leaves out of the sample what is 90 days older than the newest article', async () => {
    const at = (day: string) => ({ published: { at: `${day}T08:00:00.000Z`, uncertaintyMs: 0, evidence: day } });
    await sign(store(), 'old', [1], at('2025-12-30'));
    await sign(store(), 'just', [1], at('2025-12-31'));
    await sign(store(), 'new', [1], at('2026-03-31'));
    expect(await sampleOf()).toEqual(['The harbour of just', 'The harbour of new']);
  });

  it('an article from the future ages nobody, nor does one from a strange year', async () => {
    const at = (time: string) => ({ published: { at: time, uncertaintyMs: 0, evidence: time } });
    await sign(store(), 'now', [1], { published: null });
    await sign(store(), 'future', [1], at('2999-01-01T00:00:00.000Z'));
    await sign(store(), 'strange', [1], at('+012026-01-01T00:00:00.000Z'));
    expect(await sampleOf()).toHaveLength(3);
  });

  it('of two that learn a source at once one counts, and what came meanwhile is due again', async () => {
    await sign(store(), 'a', [1]);
    const { rows } = await opened().pool.query('select learnings from source');
    const results = await Promise.all([1, 2, 3].map(() => store().learn(PAPER, learned(7))));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(rows).toEqual([{ learnings: 0 }]);
    expect((await store().furniture([PAPER])).get(PAPER)?.version).toBe(1);
  });
}
