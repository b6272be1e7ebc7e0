import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publish, SAME_TEXT } from '../testing/press.ts';
import { startTestService, type TestService } from '../testing/service.ts';

const FERRY_URL = 'https://gazette.example/ferry';
const BODY =
  'The last car ferry to the outer islands will sail on Sunday, a month before the bridge is ready to be opened.';
const json = async (path: string) => (await service.ask(path)).json() as Promise<Record<string, unknown>>;

let service: TestService;
/** An article whose text was changed once. */
let ferry: string;
let story: string;

beforeAll(async () => {
  service = await startTestService();
  const print = { url: FERRY_URL, source: 'Gazette', title: 'Ferry stops', body: BODY };
  await publish(service.store, 's-ferry', [print]);
  const later = { ...print, title: 'Ferry stops on Sunday', body: BODY.replace('Sunday', 'Monday') };
  const other = { source: 'Courier', title: 'Ferry', body: BODY };
  [ferry = ''] = await publish(service.store, 's-ferry', [later, other]);
  story = '/stories/s-ferry';
});
afterAll(() => service.close());

/** What ingest does when the page of the article answers so. */
async function answer(reason: string | null): Promise<void> {
  const { store } = service;
  await store.submit([
    { id: ferry, url: FERRY_URL, canonicalUrl: FERRY_URL, pushed: null, partOf: null, refetch: true },
  ]);
  const [claim] = await store.claim('ingest', [ferry], 60_000);
  const work = { articleId: ferry, token: claim?.token ?? 0 };
  if (reason === null) await store.saveUnchanged([{ ...work, fetched: null, cards: [] }]);
  else await store.markGone([{ ...work, reason, detail: '' }]);
}

describe('the revisions of an article', () => {
  test('are listed with their times and hashes, the one that stands now last', async () => {
    expect(await json(`/v1/articles/${ferry}/revisions`)).toMatchObject({
      articleId: ferry,
      url: FERRY_URL,
      gone: null,
      dropped: 0,
      revisions: [
        { number: 1, title: 'Ferry stops', textHash: expect.any(String), isCurrent: false },
        { number: 2, title: 'Ferry stops on Sunday', readAt: expect.stringMatching(/^\d{4}-/), isCurrent: true },
      ],
    });
  });

  test('are given one by one, with what was changed after', async () => {
    const first = await json(`/v1/articles/${ferry}/revisions/1`);
    expect(first).toMatchObject({
      number: 1,
      body: BODY,
      diff: {
        to: 2,
        title: [
          { kind: 'kept', text: 'Ferry stops ' },
          { kind: 'added', text: 'on Sunday' },
        ],
      },
    });
    const { body } = first.diff as { body: { kind: string; text: string }[] };
    expect(body.filter(({ kind }) => kind !== 'kept')).toEqual([
      { kind: 'removed', text: 'Sunday' },
      { kind: 'added', text: 'Monday' },
    ]);
    expect(await json(`/v1/articles/${ferry}/revisions/2`)).toMatchObject({ number: 2, diff: null });
  });

  test('that are not there are answered 404, and so is what is no number', async () => {
    const statuses = ['nowhere/revisions', 'nowhere/revisions/1', `${ferry}/revisions/3`, `${ferry}/revisions/one`].map(
      async (path) => (await service.ask(`/v1/articles/${path}`)).status,
    );
    expect(await Promise.all(statuses)).toEqual([404, 404, 404, 404]);
    expect((await service.ask(`/v1/articles/${ferry}/revisions`, { method: 'POST' })).status).toBe(405);
  });

  test('are pages, too, linked from the article and from its story', async () => {
    const page = await (await service.ask(`/articles/${ferry}/revisions`)).text();
    expect(page).toContain('<del><span class="hidden">(removed: </span>Sunday');
    expect(page).toContain('<ins><span class="hidden">(added: </span>Monday');
    expect((await service.ask('/articles/nowhere/revisions')).status).toBe(404);
    for (const path of [`/articles/${ferry}`, story])
      expect(await (await service.ask(path)).text()).toContain(`href="/articles/${ferry}/revisions"`);
  });
});

describe('an article that is asked for again', () => {
  const refetch = (init: RequestInit = {}) => service.ask(`/articles/${ferry}/refetch`, { method: 'POST', ...init });

  test('by the API is accepted, keeps its story, and is done again when nothing changed', async () => {
    const response = await service.ask('/v1/articles', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url: FERRY_URL, refetch: true }),
    });
    expect([response.status, await response.json()]).toMatchObject([
      202,
      { id: ferry, state: 'submitted', story: 's-ferry', isAccepted: true },
    ]);
    expect(await (await service.ask(`/articles/${ferry}`)).text()).toContain('In a story, and waits to be read again');
    await answer(null);
    expect(await json(`/v1/articles/${ferry}`)).toMatchObject({ state: 'done', reading: { revision: 2 } });
  });

  test('by the button of its page is read again, from this site only', async () => {
    expect(await (await service.ask(`/articles/${ferry}`)).text()).toContain(`action="/articles/${ferry}/refetch"`);
    const foreign = await refetch({ headers: { origin: 'https://elsewhere.example' } });
    expect([foreign.status, (await json(`/v1/articles/${ferry}`)).state]).toEqual([403, 'done']);
    const response = await refetch();
    expect([response.status, response.headers.get('location')]).toEqual([303, `/articles/${ferry}`]);
    expect((await json(`/v1/articles/${ferry}`)).state).toBe('submitted');
    await answer(null);
    expect((await service.ask('/articles/nowhere/refetch', { method: 'POST' })).status).toBe(404);
  });

  test('and came as a text without a URL is not: its page says why', async () => {
    const [id = ''] = await publish(service.store, 's-text', [
      { source: 'Courier', title: 'Wheat', body: `W. ${BODY}` },
    ]);
    expect((await service.ask(`/articles/${id}/refetch`, { method: 'POST' })).status).toBe(422);
    expect(await (await service.ask(`/articles/${id}`)).text()).not.toContain('/refetch');
  });
});

describe('an article that is gone', () => {
  test('is shown so, and stays in its story', async () => {
    await answer('http-gone');
    const gone = { reason: 'http-gone', since: expect.stringMatching(/^\d{4}-/) };
    expect(await json(`/v1/articles/${ferry}`)).toMatchObject({ story: 's-ferry', reading: { gone } });
    expect(await (await service.ask(`/articles/${ferry}`)).text()).toContain('Its page was taken down for good');
  });

  test('by law has its text withheld: from the API, its pages and explanations', async () => {
    await place();
    await answer('http-unavailable-legally');
    await place();
    const texts = await Promise.all(
      [`/v1/articles/${ferry}`, `/articles/${ferry}`, `/articles/${ferry}/revisions`].map(async (path) =>
        (await service.ask(path)).text(),
      ),
    );
    for (const text of texts) expect(text).not.toContain('outer islands');
    for (const path of [`/v1/articles/${ferry}/revisions/1`, `/v1/explain?a=${ferry}&b=${ferry}`]) {
      const response = await service.ask(path);
      expect([response.status, await response.json()]).toMatchObject([451, { type: '/problems/withdrawn' }]);
    }
    expect((await service.ask(`/explain?a=${ferry}&b=${ferry}`)).status).toBe(451);
  });
});

/** Ends the wait for a place, as cluster does: the story stays as it is. */
async function place(): Promise<void> {
  const claims = await service.store.claim('cluster', [ferry], 60_000);
  await service.store.assign(claims, [], ({ stories, members }) => ({
    stories: stories.map(({ id, canonical }) => ({
      id,
      plan: {
        canonical,
        reasons: [],
        mirrors: members
          .filter(({ articleId }) => articleId !== canonical)
          .map(({ articleId }) => ({ articleId, verdict: SAME_TEXT, via: null })),
        origins: [],
        outlets: 2,
        texts: [],
      },
    })),
    merged: [],
    ended: [],
    events: [],
  }));
}
