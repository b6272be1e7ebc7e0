import type { Article } from '@wirefold/article';
import type { Fetched, OpenedStore, Store } from '@wirefold/store';
import { expect, it } from 'vitest';
import {
  articleOf,
  claimOne,
  cluster,
  DEADLINE,
  fail,
  LEASE_MS,
  publish,
  signedText,
  submission,
  textPushed,
} from './fixtures.ts';

export const FETCHED: Fetched = { url: 'https://paper.example/read/a', etag: 'W/"1"', lastModified: null };
export const askAgain = (store: Store, id: string) => store.submit([submission(id, { refetch: true })]);

/** Reads an article again, as ingest does where its text changed, and leaves it to cluster. */
export async function read(store: Store, id: string, keys: number[], change: Partial<Article>, fetched?: Fetched) {
  const { token } = await claimOne(store, 'ingest', id);
  const article = articleOf(id, change);
  const origin = fetched === undefined ? {} : { fetched };
  return store.saveSigned([{ articleId: id, token, article, text: signedText(...keys), cards: [], ...origin }]);
}

export async function place(store: Store, id: string) {
  return cluster(store, await store.claim('cluster', [id], LEASE_MS));
}

export async function reread(store: Store, id: string, keys: number[], change: Partial<Article>, fetched?: Fetched) {
  await askAgain(store, id);
  await read(store, id, keys, change, fetched);
  await place(store, id);
}

export function describeRefetch(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('a done article that is asked for again is fetched again, and keeps its place in its story all the while', async () => {
    const story = await publish(store(), 'a', [1]);
    const [receipt] = await askAgain(store(), 'a');
    expect(receipt).toMatchObject({ state: 'submitted', story, isAccepted: true });
    expect(await store().article('a')).toMatchObject({ state: 'submitted', story });
    expect(await store().audit(DEADLINE)).toEqual([]);
    const claim = await claimOne(store(), 'ingest', 'a');
    expect(claim).toMatchObject({ pushed: null, fetchUrl: 'https://paper.example/a', isRead: true, lastReason: null });
    expect(await store().audit(DEADLINE)).toEqual([]);
  });

  it('asked for twice is one fetch, and what is on its way is not asked for again', async () => {
    await publish(store(), 'a', [1]);
    const twice = [submission('a'), submission('a', { refetch: true }), submission('a', { refetch: true })];
    expect((await store().submit(twice)).map(({ isAccepted }) => isAccepted)).toEqual([true, false, false]);
    const { token } = await claimOne(store(), 'ingest', 'a');
    expect((await askAgain(store(), 'a'))[0]?.isAccepted).toBe(false);
    expect((await store().saveUnchanged([{ articleId: 'a', token, fetched: null, cards: [] }])).saved).toEqual(['a']);
  });

  it('nothing is fetched again for a text without a URL', async () => {
    const given = { url: null, canonicalUrl: null };
    await store().submit([submission('a', { ...given, pushed: textPushed('Ships came.') })]);
    await read(store(), 'a', [1], {});
    await place(store(), 'a');
    const [receipt] = await store().submit([submission('a', { ...given, refetch: true })]);
    expect(receipt).toMatchObject({ state: 'done', isAccepted: false });
  });

  it('a card that was fetched as a page is replaced by no later card', async () => {
    const card = (text: string) => submission('a', { pushed: textPushed(text, true), partOf: 'page' });
    await store().submit([card('Ships came.')]);
    await read(store(), 'a', [1], {});
    await place(store(), 'a');
    await reread(store(), 'a', [1, 2], {}, FETCHED);
    expect((await store().submit([card('Ships came again.')]))[0]).toMatchObject({ state: 'done', isAccepted: false });
  });
}

export function describeUnchanged(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('an unchanged article is done at once: nothing to place, no revision, the figures agree', async () => {
    const story = await publish(store(), 'a', [1]);
    await askAgain(store(), 'a');
    const { token } = await claimOne(store(), 'ingest', 'a');
    const unchanged = { articleId: 'a', token, fetched: FETCHED, cards: [] };
    expect(await store().saveUnchanged([unchanged])).toEqual({ saved: ['a'], toPlace: [], cards: [] });
    expect(await store().saveUnchanged([unchanged])).toEqual({ saved: [], toPlace: [], cards: [] });
    expect(await store().article('a')).toMatchObject({ state: 'done', reason: null, story, reading: { revision: 1 } });
    for (const figures of await store().stageFigures()) expect(figures.in - figures.out).toBe(figures.backlog);
    expect(await store().audit(DEADLINE)).toEqual([]);
  });

  it('the cards on an unchanged page are submitted', async () => {
    await publish(store(), 'a', [1]);
    await askAgain(store(), 'a');
    const { token } = await claimOne(store(), 'ingest', 'a');
    const cards = [submission('card', { pushed: textPushed('A card.', true), partOf: 'a' })];
    const { cards: receipts } = await store().saveUnchanged([{ articleId: 'a', token, fetched: FETCHED, cards }]);
    expect(receipts).toMatchObject([{ id: 'card', isAccepted: true }]);
  });

  it('what has not found its place yet goes on to it, unchanged or not', async () => {
    await publish(store(), 'a', [1]);
    await askAgain(store(), 'a');
    await read(store(), 'a', [2], { body: 'Another text.' });
    await store().submit([submission('a', { pushed: textPushed('The same as a text.') })]);
    const { token } = await claimOne(store(), 'ingest', 'a');
    expect((await store().saveUnchanged([{ articleId: 'a', token, cards: [] }])).toPlace).toEqual(['a']);
    await place(store(), 'a');
    expect(await store().article('a')).toMatchObject({ state: 'done', article: { body: 'Another text.' } });
    expect(await store().audit(DEADLINE)).toEqual([]);
  });

  it('what has not found its place yet goes on to it when a later reading fails', async () => {
    await publish(store(), 'a', [1]);
    await askAgain(store(), 'a');
    await read(store(), 'a', [2], { body: 'Another text.' });
    await store().submit([submission('a', { pushed: textPushed('Too thin.') })]);
    await fail(store(), 'ingest', 'a');
    expect(await store().article('a')).toMatchObject({ state: 'signed', reason: 'bug' });
    for (const figures of await store().stageFigures()) expect(figures.in - figures.out).toBe(figures.backlog);
    await place(store(), 'a');
    expect((await store().article('a'))?.state).toBe('done');
  });

  it('what the page was fetched from is known to the next claim, and forgotten when content is pushed', async () => {
    await publish(store(), 'a', [1]);
    await reread(store(), 'a', [2], {}, FETCHED);
    await askAgain(store(), 'a');
    const claim = await claimOne(store(), 'ingest', 'a');
    expect(claim.fetched).toEqual(FETCHED);
    await store().settle('ingest', [
      { articleId: 'a', token: claim.token, reason: 'thin', detail: '', retryAfterMs: null },
    ]);
    expect(await store().article('a')).toMatchObject({ state: 'done', reason: 'thin' });
    await askAgain(store(), 'a');
    // A reading that failed leaves what the good one was fetched from: the next answer is compared with that.
    expect((await claimOne(store(), 'ingest', 'a')).fetched).toEqual(FETCHED);
    await store().submit([submission('a', { pushed: textPushed('Pushed.') })]);
    await read(store(), 'a', [3], {});
    await place(store(), 'a');
    await askAgain(store(), 'a');
    expect((await claimOne(store(), 'ingest', 'a')).fetched).toBeNull();
  });
}
