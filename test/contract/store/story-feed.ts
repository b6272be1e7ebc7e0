import type { OpenedStore } from '@wirefold/store';
import { expect, it } from 'vitest';
import { ALL, cluster, LEASE_MS, publish, sign, submission, textPushed } from './fixtures.ts';

export function describeStoryFeed(opened: () => OpenedStore): void {
  const store = () => opened().store;
  const head = async (id: string) => (await store().storyHeads(ALL)).heads.find((each) => each.id === id);

  it('lists the same stories in the same order and pages as the list of stories', async () => {
    for (const key of [1, 2, 3]) await publish(store(), `n${key}`, [key]);
    const [list, heads] = [await store().stories({ ...ALL, limit: 2 }), await store().storyHeads({ ...ALL, limit: 2 })];
    expect(heads.heads.map(({ id }) => id)).toEqual(list.stories.map(({ id }) => id));
    expect(heads.nextCursor).toBe(list.nextCursor);
    expect((await store().storyHeads({ ...ALL, q: 'n2' })).heads).toHaveLength(1);
  });

  it('a mirror that joins makes another version and no edit; another title or text of the canonical makes both', async () => {
    const story = await publish(store(), 'b', [1]);
    const first = await head(story);
    await publish(store(), 'c', [1, 2]);
    const joined = await head(story);
    expect(joined).toMatchObject({ editedAt: first?.editedAt, createdAt: first?.createdAt });
    expect(joined?.version).not.toBe(first?.version);
    // The smallest id leads: another copy with the same words is no edit, and one with others is.
    await publish(store(), 'a', [1], {
      title: 'The harbour of b',
      body: 'Ships came to b in the morning.\n\nThey left at night.',
    });
    expect((await store().story(story))?.story.canonical.articleId).toBe('a');
    expect(await head(story)).toMatchObject({ editedAt: first?.editedAt });
    await publish(store(), '0', [1], { title: 'Another title' });
    const edited = await head(story);
    expect((edited?.editedAt ?? '') > (first?.editedAt ?? '')).toBe(true);
    await store().submit([submission('0', { pushed: textPushed('new') })]);
    await sign(store(), '0', [1], { title: 'Another title', body: 'Another text.' });
    await cluster(store(), await store().claim('cluster', ['0'], LEASE_MS));
    expect(((await head(story))?.editedAt ?? '') > (edited?.editedAt ?? '')).toBe(true);
  });

  it('items have the canonical with its text and the other copies, in the order that is asked for', async () => {
    const one = await publish(store(), 'a', [1], { body: 'word '.repeat(6_000).trim() });
    for (let each = 0; each < 23; each++) await publish(store(), `m${each}`, [1, 100 + each]);
    const two = await publish(store(), 'b', [2], { body: 'Short.' });
    const items = await store().feedItems([one, 'nowhere', two]);
    expect(items.map(({ id, isCut, copies }) => [id, isCut, copies])).toEqual([
      [one, true, 24],
      [two, false, 1],
    ]);
    expect(items[0]?.body).toHaveLength(20_000);
    expect(items[0]?.mirrorList).toHaveLength(20);
    expect(items[1]).toMatchObject({ body: 'Short.', mirrorList: [], title: 'The harbour of b' });
    await publish(store(), 'ab', [1, 2]);
    expect(await store().feedItems([two])).toEqual([]);
  });
}
