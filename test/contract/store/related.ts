import type { OpenedStore } from '@wirefold/store';
import type { NameWord } from '@wirefold/story';
import { expect, it } from 'vitest';
import { age, claimOne, cluster, publish, sign, submission } from './fixtures.ts';

const BOUNDS = { days: 3, holdersMax: 10, countedMax: 100, candidatesMax: 10 };

/** The words of a title, as if each were a name. */
const read = (title: string): NameWord[] =>
  title.split(' ').map((word) => ({ word: word.toLowerCase(), weight: 2, isHead: true, run: [word] }));

const printed = (title: string, at = '2026-03-01T08:00:00.000Z') => ({
  title,
  published: { at, uncertaintyMs: 0, evidence: at },
});

export function describeRelated(opened: () => OpenedStore): void {
  const store = () => opened().store;
  const near = async (id: string, bounds = BOUNDS) =>
    (await store().namedAlike(id, bounds))?.others.map((each) => each.id);

  it('a story finds those of its days that name the same, those with the most in common first', async () => {
    const asked = await publish(store(), 'a', [1], printed('Morven Skarvik Finch'));
    const two = await publish(store(), 'b', [2], printed('Finch Skarvik', '2026-03-04T23:00:00.000Z'));
    const three = await publish(store(), 'c', [3], printed('Finch Skarvik Morven'));
    await publish(store(), 'd', [4], printed('Morven Skarvik Finch', '2026-03-05T01:00:00.000Z'));
    await publish(store(), 'e', [5], printed('Ulvik'));
    expect(await store().nameStories(3, read)).toBe(3);
    expect(await store().nameStories(100, read)).toBe(2);
    expect(await store().nameStories(100, read)).toBe(0);
    expect(await near(asked)).toEqual(expect.arrayContaining([two, three]));
    const found = await store().namedAlike(asked, BOUNDS);
    expect(found?.others.length).toBe(2);
    expect(found?.asked).toMatchObject({ id: asked, stories: 4, names: read('Morven Skarvik Finch') });
    expect(found?.asked.counts).toEqual(
      new Map([
        ['morven', 2],
        ['skarvik', 3],
        ['finch', 3],
      ]),
    );
    expect(found?.others.find(({ id }) => id === two)).toMatchObject({
      names: read('Finch Skarvik'),
      summary: { id: two, title: 'Finch Skarvik', copies: 1 },
    });
    expect(await near(asked, { ...BOUNDS, candidatesMax: 1 })).toEqual([three]);
  });

  it('a word that reaches the bound finds nobody, and stories are counted up to theirs', async () => {
    const asked = await publish(store(), 'a', [1], printed('Morven Skarvik'));
    const other = await publish(store(), 'b', [2], printed('Skarvik'));
    await publish(store(), 'c', [3], printed('Morven'));
    await publish(store(), 'd', [4], printed('Morven'));
    await store().nameStories(100, read);
    expect(await near(asked, { ...BOUNDS, holdersMax: 3 })).toEqual([other]);
    expect(await store().namedAlike(asked, { ...BOUNDS, countedMax: 2 })).toMatchObject({ asked: { stories: 2 } });
  });
}

export function describeNamesKept(opened: () => OpenedStore): void {
  const store = () => opened().store;
  const near = async (id: string) => (await store().namedAlike(id, BOUNDS))?.others.map((each) => each.id);

  it('until its names are read a story has none, and they are read again when its canonical changes', async () => {
    const id = await publish(store(), 'a', [1], printed('Morven'));
    expect(await store().namedAlike(id, BOUNDS)).toMatchObject({ asked: { names: [] }, others: [] });
    await store().nameStories(100, read);
    await store().submit([submission('a', { refetch: true })]);
    await age(opened(), 'a', 100_000);
    await sign(store(), 'a', [1, 2], printed('Ulvik'));
    await cluster(store(), [await claimOne(store(), 'cluster', 'a')]);
    expect(await store().nameStories(100, read)).toBe(1);
    expect(await store().namedAlike(id, BOUNDS)).toMatchObject({ asked: { id, names: read('Ulvik') } });
  });

  it('a merged id leads on, and what it named is forgotten; an ended one has nothing', async () => {
    const first = await publish(store(), 'a', [1], printed('Morven'));
    const second = await publish(store(), 'b', [2], printed('Morven'));
    const other = await publish(store(), 'd', [9], printed('Morven'));
    await store().nameStories(100, read);
    await publish(store(), 'c', [1, 2], printed('Finch'));
    await store().nameStories(100, read);
    expect(await store().namedAlike(second, BOUNDS)).toMatchObject({ asked: { id: first }, redirectedFrom: second });
    expect(await near(second)).toEqual([other]);
    expect(await near(other)).toEqual([first]);
    await store().remove('d', () => ({ stories: [], merged: [], ended: [other], events: [] }));
    expect(await store().namedAlike(other, BOUNDS)).toBeNull();
    expect(await near(first)).toEqual([]);
    expect(await store().namedAlike('none', BOUNDS)).toBeNull();
  });

  it('what a withdrawn text names is told to nobody', async () => {
    const withdrawn = await publish(store(), 'a', [1], printed('Morven'));
    const other = await publish(store(), 'b', [2], printed('Morven'));
    await store().nameStories(100, read);
    expect(await near(other)).toEqual([withdrawn]);
    await opened().pool.query(
      `update article set gone_since = now(), gone_reason = 'http-unavailable-legally' where id = 'a'`,
    );
    expect(await near(other)).toEqual([]);
    expect(await store().namedAlike(withdrawn, BOUNDS)).toMatchObject({ asked: { names: [] }, others: [] });
  });

  it('many that read names at once read each story once', async () => {
    const ids = [];
    for (let i = 0; i < 6; i++) ids.push(await publish(store(), `a${i}`, [i], printed(`Name${i}`)));
    const counts = await Promise.all([1, 2, 3].map(() => store().nameStories(2, read)));
    expect(counts.reduce((sum, count) => sum + count)).toBe(6);
    for (const id of ids) expect((await store().namedAlike(id, BOUNDS))?.asked.names).toHaveLength(1);
  });
}
