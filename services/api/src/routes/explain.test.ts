import { explain, sign } from '@wirefold/dedup';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publish } from '../testing/press.ts';
import { startTestService, type TestService } from '../testing/service.ts';

const FERRY =
  'The last car ferry to the outer islands will sail on Sunday, a month before the bridge is ready, its operator said on Tuesday. ' +
  'It has crossed the sound for 44 years, and carried 4,100 islanders in its first week, when the captain wore a hat.';
const CHANGED = FERRY.replace('44 years', '45 years').replace('4,100', '4,900').replace('Sunday', 'Friday');
const URLS = ['https://apnews.com/ferry', 'https://gazette.example/ferry', 'https://ledger.example/ferry'] as const;

/** The fields of answers that tests look at. */
interface Answer {
  type: string;
  detail: string;
  errors: object[];
}

let service: TestService;
let ids: string[];
beforeAll(async () => {
  service = await startTestService();
  ids = await publish(service.store, 's-ferry', [
    { url: URLS[0], source: 'Associated Press', title: 'Last ferry sails', body: FERRY },
    { url: URLS[1], source: 'Gazette', title: '<b>Ferry', body: CHANGED },
    { url: URLS[2], source: 'Ledger', title: 'Ferry', body: FERRY.slice(0, 120) },
  ]);
  await service.store.submit([
    { id: 'a-waiting', url: 'https://x.example/w', canonicalUrl: 'https://x.example/w', pushed: null, partOf: null },
    { id: 'a-failed', url: 'https://x.example/f', canonicalUrl: 'https://x.example/f', pushed: null, partOf: null },
  ]);
  const [claim] = await service.store.claim('ingest', ['a-failed'], 60_000);
  const ending = {
    articleId: 'a-failed',
    token: claim?.token ?? 0,
    reason: 'paywall',
    detail: '<p>',
    retryAfterMs: null,
  };
  await service.store.settle('ingest', [ending]);
});
afterAll(() => service.close());

const query = (a: string | undefined, b: string | undefined) =>
  new URLSearchParams({ a: a ?? '', b: b ?? '' }).toString();

async function ask(path: string) {
  const response = await service.ask(path);
  return { status: response.status, answer: (await response.json()) as Answer };
}

describe('an explanation', () => {
  test('of two articles is that of their signed texts, with who printed them', async () => {
    const { status, answer } = await ask(`/v1/explain?${query(ids[0], ids[1])}`);
    expect(status).toBe(200);
    expect(answer).toEqual({
      a: {
        articleId: ids[0],
        url: URLS[0],
        title: 'Last ferry sails',
        source: { key: 'associated press', name: 'Associated Press' },
        story: 's-ferry',
      },
      b: {
        articleId: ids[1],
        url: URLS[1],
        title: '<b>Ferry',
        source: { key: 'gazette', name: 'Gazette' },
        story: 's-ferry',
      },
      ...explain(sign(FERRY), sign(CHANGED)),
      byHand: [],
    });
    expect(answer).toMatchObject({
      verdict: { rule: 'facts-differ', linked: false },
      replaced: { facts: 3 },
      checks: expect.arrayContaining([expect.objectContaining({ rule: 'facts-differ', value: 3, decides: true })]),
    });
  });

  test('takes URLs as they are written for ids', async () => {
    const byUrl = await ask(`/v1/explain?${query('https://apnews.com/ferry?utm_source=x#top', ids[2])}`);
    expect(byUrl).toEqual(await ask(`/v1/explain?${query(ids[0], ids[2])}`));
  });

  test.each([
    ['', 'a is missing; b is missing'],
    ['a=x', 'b is missing'],
    ['a=x&a=y&b=z', 'a is given more than once'],
    ['a=&b=x', 'a is empty'],
    [`a=x&b=${'y'.repeat(2_049)}`, 'b is longer than 2048 characters'],
    ['a=x&b=y&c=z', 'c is not a parameter here; those are a, b'],
    ['a=https%3A%2F%2F%2F&b=x', 'a: '],
  ])('asked for with ?%s is refused, with the reason', async (search, words) => {
    const { status, answer } = await ask(`/v1/explain?${search}`);
    expect([status, answer.type]).toEqual([400, '/problems/invalid-query']);
    expect(answer.detail).toContain(words);
  });

  test.each([
    ['a-none', URLS[0], 'a: There is no article with this id.'],
    [URLS[0], 'https://none.example/x', 'b: https://none.example/x has not been submitted.'],
  ])('of %s with %s, of which one is unknown, is not found', async (a, b, detail) => {
    const { status, answer } = await ask(`/v1/explain?${query(a, b)}`);
    expect({ status, ...answer }).toMatchObject({ status: 404, type: '/problems/not-found', detail });
  });

  test('of an article that was not read yet is a conflict, with how far it has come', async () => {
    const waiting = await ask(`/v1/explain?${query(ids[0], 'a-waiting')}`);
    expect(waiting).toMatchObject({
      status: 409,
      answer: {
        type: '/problems/not-signed',
        detail: 'b: The article waits to be read.',
        articleId: 'a-waiting',
        state: 'submitted',
        reason: null,
      },
    });
    const failed = await ask(`/v1/explain?${query('https://x.example/f', ids[0])}`);
    expect(failed).toMatchObject({
      status: 409,
      answer: { articleId: 'a-failed', state: 'failed', reason: 'paywall' },
    });
    expect(failed.answer.detail).toContain('a: The article failed: The page shows a paywall');
  });
});

describe('the page of an explanation', () => {
  const page = async (search: string) => {
    const response = await service.ask(`/explain?${search}`, { headers: { accept: 'text/html' } });
    return { status: response.status, text: await response.text() };
  };

  test('shows the same, and nothing of an article is markup', async () => {
    const { status, text } = await page(query(URLS[0], ids[1]));
    expect(status).toBe(200);
    expect(text).toContain('These are two texts');
    expect(text).toContain('3 numbers or names stand against others in');
    expect(text).toContain('4,900');
    expect(text).toContain('&lt;b&gt;Ferry');
  });

  test.each([
    ['', 400, 'Two articles are needed'],
    ['a=a-none&b=a-none', 404, 'There is no article with this id.'],
    ['a=https%3A%2F%2F%2F&b=a-none', 400, 'Not an article'],
    ['a=a-failed&b=a-waiting', 409, 'The article failed: The page shows a paywall instead of the article. &lt;p&gt;'],
  ])('for ?%s says in words what is wrong', async (search, status, words) => {
    const answer = await page(search);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(words);
  });
});
