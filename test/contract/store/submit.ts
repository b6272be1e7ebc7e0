import type { OpenedStore } from '@wirefold/store';
import { expect, it } from 'vitest';
import { articleOf, claimOne, fail, sign, signedText, submission, textPushed } from './fixtures.ts';

export function describeSubmit(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('accepts a new article, and calls it unchanged the second time', async () => {
    const [first] = await store().submit([submission('a')]);
    const [second] = await store().submit([submission('a')]);
    expect(first).toEqual({
      id: 'a',
      url: 'https://paper.example/a',
      state: 'submitted',
      reason: null,
      story: null,
      isAccepted: true,
    });
    expect(second).toEqual({ ...first, isAccepted: false });
  });

  it('gives a receipt for every submission, in order, and accepts one of a pair', async () => {
    const receipts = await store().submit([submission('b'), submission('a'), submission('b')]);
    expect(receipts.map(({ id, isAccepted }) => [id, isAccepted])).toEqual([
      ['b', true],
      ['a', true],
      ['b', false],
    ]);
  });

  it('knows an article by its canonical URL, whatever id is asked for', async () => {
    await store().submit([submission('a')]);
    const canonicalUrl = 'https://paper.example/a';
    const receipts = await store().submit([
      submission('z', { canonicalUrl }),
      submission('y', { canonicalUrl, pushed: textPushed('new') }),
    ]);
    expect(receipts.map(({ id }) => id)).toEqual(['a', 'a']);
    expect(await store().article('z')).toBeNull();
  });

  it('stores text with NUL and half surrogates', async () => {
    await store().submit([submission('a', { url: 'https://paper.example/\0', pushed: textPushed('a\0b\ud800c') })]);
    expect((await claimOne(store(), 'ingest', 'a')).pushed).toEqual(textPushed('a\0b\ud800c'));
  });

  it('takes a thousand at once, from two processes in opposite orders', async () => {
    const batch = Array.from({ length: 1000 }, (_, index) => submission(`bulk-${index}`));
    const [one, two] = await Promise.all([store().submit(batch), store().submit([...batch].reverse())]);
    expect([...(one ?? []), ...(two ?? [])].filter(({ isAccepted }) => isAccepted)).toHaveLength(1000);
  });
}

export function describeSubmitAgain(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('takes new content for a known article, and the worker with the old content loses its claim', async () => {
    await store().submit([submission('a', { pushed: textPushed('first') })]);
    const old = await claimOne(store(), 'ingest', 'a');
    const [same] = await store().submit([submission('a', { pushed: textPushed('first') })]);
    const [other] = await store().submit([submission('a', { pushed: textPushed('second') })]);
    expect([same?.isAccepted, other?.isAccepted]).toEqual([false, true]);
    const article = { articleId: 'a', token: old.token, article: articleOf('a'), text: signedText(1), cards: [] };
    expect((await store().saveSigned([article])).saved).toEqual([]);
    expect((await claimOne(store(), 'ingest', 'a')).pushed).toEqual(textPushed('second'));
  });

  it('keeps the content of an article over that of a card, and replaces a card', async () => {
    await store().submit([submission('a', { pushed: textPushed('the whole text') })]);
    const [card] = await store().submit([submission('a', { pushed: textPushed('the whole', true), partOf: 'page' })]);
    expect(card?.isAccepted).toBe(false);
    await store().submit([submission('b', { pushed: textPushed('the whole', true), partOf: 'page' })]);
    const [whole] = await store().submit([submission('b', { pushed: textPushed('the whole text') })]);
    expect(whole?.isAccepted).toBe(true);
  });

  it('tries a failed article again, with the content that it was pushed with', async () => {
    await store().submit([submission('a', { pushed: textPushed('kept') })]);
    await fail(store(), 'ingest', 'a');
    const [again] = await store().submit([submission('a')]);
    expect(again).toMatchObject({ state: 'submitted', reason: null, isAccepted: true });
    expect(await claimOne(store(), 'ingest', 'a')).toMatchObject({ attempt: 1, pushed: textPushed('kept') });
  });

  it('tries an article again where it failed: what failed in cluster is not fetched anew', async () => {
    await sign(store(), 'a', [1]);
    await fail(store(), 'cluster', 'a');
    const [again] = await store().submit([submission('a')]);
    expect(again).toMatchObject({ state: 'signed', isAccepted: true });
  });
}
