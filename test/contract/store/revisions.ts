import type { OpenedStore } from '@wirefold/store';
import { expect, it } from 'vitest';
import { DEADLINE, decide, publish, signedText, submission, textPushed } from './fixtures.ts';
import { askAgain, FETCHED, place, read, reread } from './refetch.ts';

export function describeRevisions(opened: () => OpenedStore): void {
  const store = () => opened().store;
  const numbersOf = async (id: string) => (await store().revisions(id))?.revisions.map(({ number }) => number);

  it('a changed text is a revision: the earlier one is kept with its hash and time, and the article placed again', async () => {
    await publish(store(), 'a', [1], { title: 'Ferry sails', body: 'The ferry sails.' });
    const before = await store().article('a');
    await reread(store(), 'a', [1, 2], { title: 'Ferry sails late', body: 'The ferry sails late.' });
    const history = await store().revisions('a');
    expect(history).toMatchObject({ articleId: 'a', gone: null, dropped: 0 });
    expect(history?.revisions).toMatchObject([
      { number: 1, readAt: before?.reading.readAt, textHash: signedText(1).hash, bodyChars: 16, isCurrent: false },
      { number: 2, textHash: signedText(1, 2).hash, title: 'Ferry sails late', isCurrent: true },
    ]);
    expect(await store().revision('a', 1)).toMatchObject({
      revision: { title: 'Ferry sails', body: 'The ferry sails.', paragraphs: [{ start: 0, end: 16 }] },
      next: { number: 2, body: 'The ferry sails late.' },
      isWithdrawn: false,
    });
    expect(await store().revision('a', 2)).toMatchObject({ next: null });
    expect(await store().revision('a', 3)).toBeNull();
    const story = await store().story(before?.story ?? '');
    expect(story?.story).toMatchObject({ title: 'Ferry sails late', copies: 1, canonical: { revision: 2 } });
    expect(story?.story.log.map(({ kind }) => kind)).toEqual(['created', 'revised']);
    expect(await store().audit(DEADLINE)).toEqual([]);
  });

  it('the same words again are no revision, whatever else of them changed', async () => {
    await publish(store(), 'a', [1]);
    await reread(store(), 'a', [1], { image: 'https://paper.example/harbour.jpg' });
    expect(await numbersOf('a')).toEqual([1]);
    expect((await store().article('a'))?.article?.image).toBe('https://paper.example/harbour.jpg');
    await reread(store(), 'a', [1], { byline: null });
    await reread(store(), 'a', [1], { byline: null, published: null });
    expect(await numbersOf('a')).toEqual([1, 2, 3]);
  });

  it('what was pushed again with another text is a revision just the same', async () => {
    await publish(store(), 'a', [1]);
    await store().submit([submission('a', { pushed: textPushed('It sails on Monday.') })]);
    await read(store(), 'a', [2], { body: 'It sails on Monday.' });
    await place(store(), 'a');
    expect(await numbersOf('a')).toEqual([1, 2]);
  });
}

export function describeRevised(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('a live blog is one article in one story however often it changes, and never a mirror of itself', async () => {
    const story = await publish(store(), 'live', [1, 2, 3], { body: 'Update 0.' });
    for (let update = 1; update <= 5; update++) {
      await reread(store(), 'live', [1, 2, 3, ...Array.from({ length: update }, (_, at) => 10 + at)], {
        body: `Update ${update}.`,
      });
      expect((await store().story(story))?.story).toMatchObject({ copies: 1, mirrors: 0, mirrorList: [] });
    }
    expect((await store().revisions('live'))?.revisions).toHaveLength(6);
    expect(await store().dropLooseTexts(100)).toMatchObject({ dropped: 5 });
  });

  it('a correction that is another text leaves the story of its copies', async () => {
    const story = await publish(store(), 'a', [1]);
    await publish(store(), 'b', [1]);
    await reread(store(), 'b', [9], { body: 'We were wrong.' });
    expect((await store().story(story))?.story).toMatchObject({ copies: 1, canonical: { articleId: 'a' } });
    expect((await store().article('b'))?.story).not.toBe(story);
    expect(await store().audit(DEADLINE)).toEqual([]);
  });
}

export function describeRevisionBounds(opened: () => OpenedStore): void {
  const store = () => opened().store;
  const numbersOf = async (id: string) => (await store().revisions(id))?.revisions.map(({ number }) => number);

  it('of very many the middle ones are dropped, never the first nor the newest', async () => {
    await publish(store(), 'a', [1], { body: 'Update 0.' });
    for (let update = 1; update <= 53; update++) {
      await askAgain(store(), 'a');
      await read(store(), 'a', [1], { body: `Update ${update}.` });
      await place(store(), 'a');
    }
    const numbers = (await numbersOf('a')) ?? [];
    expect([numbers.length, numbers[0], numbers[1], numbers.at(-1)]).toEqual([51, 1, 5, 54]);
    expect((await store().revisions('a'))?.dropped).toBe(3);
    expect((await store().revision('a', 1))?.next?.number).toBe(5);
    expect(await store().revision('a', 3)).toBeNull();
  });

  it('of very long ones fewer are kept', async () => {
    await publish(store(), 'a', [1], { body: 'First.' });
    for (let update = 1; update <= 4; update++)
      await reread(store(), 'a', [1], { body: `${update}`.repeat(1_900_000) });
    expect(await numbersOf('a')).toEqual([1, 3, 4, 5]);
  });

  it('a removed article leaves no revision', async () => {
    await publish(store(), 'a', [1]);
    await reread(store(), 'a', [2], { body: 'Later.' }, FETCHED);
    await store().remove('a', decide);
    const { rows } = await opened().pool.query('select count(*)::int as left from revision');
    expect(rows).toEqual([{ left: 0 }]);
    expect(await store().revisions('a')).toBeNull();
  });
}
