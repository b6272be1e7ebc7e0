import type { SpellingClaim, SpellingSign } from '@wirefold/article';
import type { SignedText } from '@wirefold/dedup';
import type { Component, OpenedStore, Store } from '@wirefold/store';
import { findSpellings, type StoryChanges, withoutSpellings } from '@wirefold/story';
import { expect, it } from 'vitest';
import {
  ALL,
  articleOf,
  claimOne,
  cluster,
  DEADLINE,
  decide,
  LEASE_MS,
  signedText,
  submission,
  textPushed,
} from './fixtures.ts';

const urlOf = (id: string) => `https://paper.example/${id}`;

/** Texts are one where they are equal, and linked where they share a key. */
function judgeKeys(a: SignedText, b: SignedText) {
  const linked = [...a.keys].some((key) => b.keys.includes(key));
  return { linked, kind: a.hash === b.hash ? ('same text' as const) : ('different' as const) };
}

/** As `decideStories` decides, with the simple stories of the fixtures. */
function decideOne({ texts, members, stories }: Component): StoryChanges {
  const spellings = findSpellings(texts, members, judgeKeys);
  return { ...decide({ texts, decisions: [], ...withoutSpellings(members, stories, spellings) }), spellings };
}

function claim(articleId: string, sign: SpellingSign = 'canonical', isKin = true): SpellingClaim {
  return { articleId, url: urlOf(articleId), sign, isKin };
}

/** Submits and signs an article whose page makes these claims. */
async function read(store: Store, id: string, keys: number[], ...claims: SpellingClaim[]): Promise<void> {
  await store.submit([submission(id, { url: `${urlOf(id)}?utm_source=x`, canonicalUrl: urlOf(id) })]);
  await readAgain(store, id, keys, ...claims);
}

async function readAgain(store: Store, id: string, keys: number[], ...claims: SpellingClaim[]): Promise<void> {
  const { token } = await claimOne(store, 'ingest', id);
  const article = articleOf(id, { url: urlOf(id) });
  await store.saveSigned([{ articleId: id, token, article, text: signedText(...keys), claims, cards: [] }]);
}

const place = async (store: Store, ...ids: string[]) =>
  cluster(store, await store.claim('cluster', ids, LEASE_MS), decideOne);

async function publish(store: Store, id: string, keys: number[], ...claims: SpellingClaim[]): Promise<string> {
  await read(store, id, keys, ...claims);
  await place(store, id);
  return (await store.article(id))?.story ?? '';
}

/** Nothing is broken, nothing waits, and the figures agree with that. */
async function expectRest(store: Store): Promise<void> {
  expect(await store.audit(DEADLINE)).toEqual([]);
  for (const figures of await store.stageFigures()) expect(figures.in - figures.out).toBe(figures.backlog);
  expect((await store.stageFigures()).map(({ backlog }) => backlog)).toEqual([0, 0]);
}

/** `a` is another spelling of `b`, which is the one article of the one story. */
async function expectOne(store: Store): Promise<void> {
  await expectRest(store);
  for (const id of ['a', 'b']) {
    expect(await store.article(id)).toMatchObject({ id: 'b', state: 'done', isCanonical: true });
    expect(await store.articleByUrl(urlOf(id))).toMatchObject({ id: 'b' });
  }
  const { stories } = await store.stories(ALL);
  expect(stories.map(({ copies, mirrors, outlets }) => ({ copies, mirrors, outlets }))).toEqual([
    { copies: 1, mirrors: 0, outlets: 1 },
  ]);
  expect(stories[0]?.canonical).toMatchObject({ articleId: 'b', url: urlOf('b') });
  const record = await store.article('b');
  expect(record?.spellings).toEqual([
    { url: urlOf('a'), submittedUrl: `${urlOf('a')}?utm_source=x`, sign: 'canonical', seenAt: expect.any(String) },
  ]);
  expect(Date.parse(record?.spellings[0]?.seenAt ?? '')).not.toBeNaN();
}

export function describeAliases(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('two spellings end as one article, the claimed one first', async () => {
    await publish(store(), 'b', [1]);
    await publish(store(), 'a', [1], claim('b'));
    await expectOne(store());
  });

  it('two spellings end as one article, the claimed one last, and its story keeps its id', async () => {
    const story = await publish(store(), 'a', [1], claim('b'));
    expect(await publish(store(), 'b', [1])).toBe(story);
    await expectOne(store());
  });

  it('two that were placed apart become one, and the ids of both stories lead to it', async () => {
    const first = await publish(store(), 'a', [1], claim('b'));
    const second = await publish(store(), 'b', [2]);
    expect(second).not.toBe(first);
    await store().submit([submission('b', { pushed: textPushed('new') })]);
    await readAgain(store(), 'b', [1]);
    await place(store(), 'b');
    await expectOne(store());
    expect((await store().story(second))?.story.id).toBe(first);
  });

  it('two articles stay two while their texts are two, whatever their pages claim', async () => {
    await publish(store(), 'b', [2]);
    await publish(store(), 'a', [1], claim('b'));
    expect(await store().article('a')).toMatchObject({ id: 'a', spellings: [] });
    expect((await store().stories(ALL)).stories).toHaveLength(2);
    await expectRest(store());
  });
}

export function describeAliasUse(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('a submission of a spelling gets the receipt of the article, beside others in one call', async () => {
    const story = await publish(store(), 'b', [1]);
    await publish(store(), 'a', [1], claim('b'));
    const receipts = await store().submit([submission('a'), submission('c'), submission('b')]);
    expect(receipts.map(({ id, state, isAccepted }) => [id, state, isAccepted])).toEqual([
      ['b', 'done', false],
      ['c', 'submitted', true],
      ['b', 'done', false],
    ]);
    expect(receipts[0]).toMatchObject({ story, url: urlOf('a') });
    const { rows } = await opened().pool.query('select id from article order by id');
    expect(rows).toEqual([{ id: 'b' }, { id: 'c' }]);
  });

  it('a text that is pushed for a spelling goes to the article', async () => {
    await publish(store(), 'b', [1]);
    await publish(store(), 'a', [1], claim('b'));
    const [receipt] = await store().submit([submission('a', { pushed: textPushed('the new text') })]);
    expect(receipt).toMatchObject({ id: 'b', state: 'submitted', isAccepted: true });
    expect(await claimOne(store(), 'ingest', 'b')).toMatchObject({
      pushed: textPushed('the new text'),
      canonicalUrl: urlOf('b'),
    });
  });

  it('spellings lead on where their article ends in another one', async () => {
    await publish(store(), 'b', [1]);
    await publish(store(), 'a', [1], claim('b'));
    await store().submit([submission('b', { pushed: textPushed('anew') })]);
    await readAgain(store(), 'b', [1], claim('c', 'redirect'));
    await place(store(), 'b');
    await publish(store(), 'c', [1]);
    for (const id of ['a', 'b', 'c']) expect(await store().article(id)).toMatchObject({ id: 'c' });
    expect((await store().article('c'))?.spellings.map(({ url, sign }) => [url, sign])).toEqual([
      [urlOf('a'), 'canonical'],
      [urlOf('b'), 'redirect'],
    ]);
    await expectRest(store());
  });

  it('an article that is removed takes its spellings along, by whatever id', async () => {
    for (const asked of ['a', 'b']) {
      await publish(store(), 'b', [1]);
      await publish(store(), 'a', [1], claim('b'));
      expect((await store().remove(asked, decideOne))?.ended).toHaveLength(1);
      for (const id of ['a', 'b']) expect(await store().article(id)).toBeNull();
      expect((await opened().pool.query('select from alias')).rowCount).toBe(0);
      expect(await store().submit([submission('a')])).toMatchObject([{ id: 'a', isAccepted: true }]);
      await store().remove('a', decideOne);
      await expectRest(store());
    }
  });
}

export function describeAliasChange(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('cards of a page that ends are cards of the article that stays', async () => {
    await store().submit([submission('a')]);
    const { token } = await claimOne(store(), 'ingest', 'a');
    const cards = [submission('card', { partOf: 'a', pushed: textPushed('a card', true) })];
    const signed = { article: articleOf('a'), text: signedText(1), claims: [claim('b')], cards };
    await store().saveSigned([{ articleId: 'a', token, ...signed }]);
    await place(store(), 'a');
    await publish(store(), 'b', [1]);
    expect(await store().article('card')).toMatchObject({ partOf: 'b' });
    expect(await store().article('b')).toMatchObject({ cards: ['card'] });
  });

  it('what waits to be read again does not end, and ends once it was read as the same', async () => {
    await publish(store(), 'a', [1], claim('b'));
    await store().submit([submission('a', { pushed: textPushed('news of it') })]);
    await publish(store(), 'b', [1]);
    expect(await store().article('a')).toMatchObject({ id: 'a', state: 'submitted' });
    await readAgain(store(), 'a', [1], claim('b'));
    await place(store(), 'a');
    await expectOne(store());
  });

  it('claims go with the content that they came with', async () => {
    await publish(store(), 'a', [1], claim('b'));
    await store().submit([submission('a', { pushed: textPushed('a text') })]);
    await readAgain(store(), 'a', [1]);
    await place(store(), 'a');
    await publish(store(), 'b', [1]);
    expect(await store().article('a')).toMatchObject({ id: 'a' });
    expect((await store().stories(ALL)).stories).toMatchObject([{ copies: 2 }]);
  });

  it('where a redirect led is found, and an article that is submitted there is read for itself', async () => {
    await publish(store(), 'a', [1], claim('there', 'redirect'), claim('declared'));
    expect(await store().articleByUrl(urlOf('there'))).toMatchObject({
      id: 'a',
      spellings: [{ url: urlOf('there'), submittedUrl: null, sign: 'redirect', seenAt: null }],
    });
    expect(await store().articleByUrl(urlOf('declared'))).toBeNull();
    expect(await store().submit([submission('there')])).toMatchObject([{ id: 'there', isAccepted: true }]);
    await readAgain(store(), 'there', [2]);
    await place(store(), 'there');
    expect(await store().articleByUrl(urlOf('there'))).toMatchObject({ id: 'there' });
    expect(await store().article('a')).toMatchObject({ id: 'a', spellings: [] });
  });
}

export function describeAliasRaces(opened: () => OpenedStore): void {
  const store = () => opened().store;

  it('both at once, in two workers', async () => {
    for (let round = 0; round < 8; round++) {
      const [a, b] = [`a${round}`, `b${round}`];
      const key = 10 * (round + 1);
      await Promise.all([publish(store(), a, [key], claim(b)), publish(store(), b, [key])]);
      for (const id of [a, b]) expect(await store().article(id)).toMatchObject({ id: b, state: 'done' });
    }
    const { stories } = await store().stories(ALL);
    expect(stories.map(({ copies }) => copies)).toEqual(Array(8).fill(1));
    await expectRest(store());
  });

  it('many spellings in batches that overlap, submitted again meanwhile', async () => {
    const ids = Array.from({ length: 12 }, (_, at) => `s${String(at).padStart(2, '0')}`);
    const last = ids.at(-1) ?? '';
    // Each claims the next one, so that they end in each other on their way.
    const next = (at: number) => (at === ids.length - 1 ? [] : [claim(ids[at + 1] ?? '')]);
    await Promise.all(ids.map((id, at) => read(store(), id, [1], ...next(at))));
    await Promise.all([
      ...ids.map((_, at) => place(store(), ...ids.slice(at, at + 3))),
      ...ids.map((id) => store().submit([submission(id)])),
    ]);
    await place(store(), ...ids);
    for (const id of ids) expect(await store().article(id)).toMatchObject({ id: last, state: 'done' });
    expect((await store().stories(ALL)).stories).toMatchObject([{ copies: 1 }]);
    expect((await store().article(last))?.spellings).toHaveLength(ids.length - 1);
    await expectRest(store());
  });

  it('removals beside articles that end leave every story whole', async () => {
    for (let round = 0; round < 5; round++) {
      const [a, b, mirror] = [`a${round}`, `b${round}`, `m${round}`];
      const key = 10 * (round + 1);
      await publish(store(), mirror, [key]);
      await publish(store(), a, [key], claim(b));
      await read(store(), b, [key]);
      await Promise.all([place(store(), b), store().remove(round % 2 === 0 ? a : mirror, decideOne)]);
      await place(store(), b);
      expect(await store().audit(DEADLINE)).toEqual([]);
    }
    await expectRest(store());
  });
}
