import type { OpenedStore, Store } from '@wirefold/store';
import { expect, it } from 'vitest';
import { ALL, age, claimOne, DEADLINE, decide, LEASE_MS, publish, submission, textPushed } from './fixtures.ts';
import { askAgain, FETCHED, place, read, reread } from './refetch.ts';

/** Asks for an article again, and has its page answer that it is gone. */
async function gone(store: Store, id: string, reason = 'http-not-found') {
  await askAgain(store, id);
  const { token } = await claimOne(store, 'ingest', id);
  return store.markGone([{ articleId: id, token, reason, detail: 'HTTP' }]);
}

export function describeGone(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('a gone article stays in its story as evidence, is shown as gone, and comes back by an answer', async () => {
    const story = await publish(store(), 'a', [1]);
    expect(await gone(store(), 'a')).toEqual({ gone: ['a'], toPlace: ['a'] });
    expect(await store().audit(DEADLINE)).toEqual([]);
    await place(store(), 'a');
    const since = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);
    const reading = { gone: { since, reason: 'http-not-found' } };
    expect(await store().article('a')).toMatchObject({
      state: 'done',
      story,
      reading,
      article: { title: expect.any(String) },
    });
    expect((await store().story(story))?.story.canonical.gone).toEqual({ since, reason: 'http-not-found' });
    await askAgain(store(), 'a');
    const { token } = await claimOne(store(), 'ingest', 'a');
    expect((await store().saveUnchanged([{ articleId: 'a', token, fetched: null, cards: [] }])).toPlace).toEqual(['a']);
    await place(store(), 'a');
    expect(await store().article('a')).toMatchObject({ state: 'done', story, reading: { gone: null } });
    const answer = await store().story(story);
    expect(answer?.story.canonical.gone).toBeNull();
    expect(answer?.story.log.map(({ kind }) => kind)).toEqual(['created', 'gone', 'returned']);
    for (const figures of await store().stageFigures()) expect(figures.in - figures.out).toBe(figures.backlog);
  });

  it('who decides a story knows which of its copies are gone', async () => {
    await publish(store(), 'a', [1]);
    await publish(store(), 'b', [1]);
    await gone(store(), 'a');
    const known: [string, boolean | undefined][] = [];
    await store().assign(await store().claim('cluster', ['a'], LEASE_MS), [], (component) => {
      known.push(
        ...component.members.map(({ articleId, isGone }): [string, boolean | undefined] => [articleId, isGone]),
      );
      return decide(component);
    });
    expect(known).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });

  it('gone in the same way again is only an attempt, and a stale worker marks nothing', async () => {
    await publish(store(), 'a', [1]);
    await gone(store(), 'a');
    await place(store(), 'a');
    const since = (await store().article('a'))?.reading.gone?.since;
    expect(await gone(store(), 'a')).toEqual({ gone: ['a'], toPlace: [] });
    expect(await store().article('a')).toMatchObject({
      state: 'done',
      reason: 'http-not-found',
      reading: { gone: { since, reason: 'http-not-found' } },
    });
    await askAgain(store(), 'a');
    const { token } = await claimOne(store(), 'ingest', 'a');
    await age(opened(), 'a', LEASE_MS + 1);
    await claimOne(store(), 'ingest', 'a');
    const stale = { articleId: 'a', token, reason: 'http-gone', detail: '' };
    await expect(store().markGone([stale])).resolves.toEqual({ gone: [], toPlace: [] });
    expect((await store().saveUnchanged([{ articleId: 'a', token, cards: [] }])).saved).toEqual([]);
  });
}

export function describeGoneOtherwise(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('an article in no story is not marked: it fails with its reason', async () => {
    await store().submit([submission('a')]);
    const { token } = await claimOne(store(), 'ingest', 'a');
    const ending = { articleId: 'a', token, reason: 'http-gone', detail: 'HTTP 410' };
    expect(await store().markGone([ending])).toEqual({ gone: [], toPlace: [] });
    expect(await store().settle('ingest', [{ ...ending, retryAfterMs: null }])).toEqual(['a']);
    expect(await store().article('a')).toMatchObject({ state: 'failed', reason: 'http-gone' });
  });

  it('pushed content says nothing of the page: the article stays gone', async () => {
    await publish(store(), 'a', [1]);
    await gone(store(), 'a');
    await store().submit([submission('a', { pushed: textPushed('Pushed.') })]);
    await read(store(), 'a', [1], { body: 'Pushed.' });
    await place(store(), 'a');
    expect((await store().article('a'))?.reading.gone).not.toBeNull();
    await reread(store(), 'a', [1], { body: 'Back.' }, FETCHED);
    expect((await store().article('a'))?.reading.gone).toBeNull();
  });

  it('a text withdrawn by law is given to nobody: no body, lead or revision, and no search finds it', async () => {
    const story = await publish(store(), 'a', [1], { title: 'Ferry', body: 'The secretword sails.' });
    await publish(store(), 'b', [1], { title: 'Ferry', body: 'The secretword sails.' });
    await reread(store(), 'a', [1], { title: 'Ferry', body: 'The secretword sails late.' });
    for (const id of ['a', 'b']) {
      await gone(store(), id, 'http-unavailable-legally');
      await place(store(), id);
    }
    const shown = JSON.stringify([
      await store().article('a'),
      await store().story(story),
      await store().revision('a', 1),
      await store().stories(ALL),
    ]);
    expect(shown).toContain('Ferry');
    expect(shown).not.toContain('secretword');
    expect((await store().stories({ ...ALL, q: 'secretword' })).stories).toEqual([]);
    expect((await store().readBefore(['a'])).get('a')?.article.body).toBe('The secretword sails late.');
    await reread(store(), 'a', [1], { title: 'Ferry', body: 'The secretword sails late.' }, FETCHED);
    expect((await store().stories({ ...ALL, q: 'secretword' })).stories).toHaveLength(1);
  });

  it('double delivery of one answer by many workers counts once', async () => {
    await publish(store(), 'a', [1]);
    await askAgain(store(), 'a');
    const { token } = await claimOne(store(), 'ingest', 'a');
    const ends = await Promise.all([
      store().markGone([{ articleId: 'a', token, reason: 'http-gone', detail: '' }]),
      store().markGone([{ articleId: 'a', token, reason: 'http-gone', detail: '' }]),
      store().saveUnchanged([{ articleId: 'a', token, fetched: null, cards: [] }]),
    ]);
    const counted = ends.flatMap((end) => ('gone' in end ? end.gone : end.saved));
    expect(counted).toEqual(['a']);
  });
}
