import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKey } from '../access/key.ts';
import { publish } from '../testing/press.ts';
import { json } from '../testing/requests.ts';
import { startTestService, type TestService } from '../testing/service.ts';

const OPENING = Array.from({ length: 60 }, (_, at) => `harbour${at}`).join(' ');
const printOf = (name: string, body: string) => ({
  url: `https://${name}.example/ferry`,
  source: name,
  title: `Ferry, by ${name}`,
  body,
});
const other = (name: string) => printOf(name, Array.from({ length: 60 }, (_, at) => `${name}${at}`).join(' '));

interface Answered {
  decision: { id: number; by: string | null; withdrawnAt: string | null };
  isNew: boolean;
  stories: { id: string; copies: number; canonical: { articleId: string } }[];
}

let service: TestService;
let key: string;
let lowerKey: string;
let ids: string[];
let stranger: string[];
beforeAll(async () => {
  service = await startTestService();
  const prints = ['courier', 'gazette', 'herald'].map((name) => printOf(name, `${OPENING} as ${name} printed it`));
  ids = await publish(service.store, 's1', prints);
  stranger = await publish(service.store, 's2', [other('mail')]);
  key = (await createKey(service.store, { name: 'Desk', scopes: ['admin'] }))?.key ?? '';
  lowerKey = (await createKey(service.store, { name: 'Submits', scopes: ['submit', 'read'] }))?.key ?? '';
});
afterAll(() => service.close());

async function ask(path: string, init: RequestInit = {}): Promise<{ status: number; body: unknown }> {
  const headers = { ...init.headers, authorization: `Bearer ${key}` };
  const response = await service.ask(path, { ...init, headers });
  return { status: response.status, body: await response.json() };
}

async function decide(path: string, body: object): Promise<Answered> {
  const answer = await ask(path, json(body));
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as Answered;
}

const withdraw = async ({ decision }: Answered) => ask(`/v1/decisions/${decision.id}`, { method: 'DELETE' });

describe('a story that people correct', () => {
  test('is split, asked again the same, and one again once that is withdrawn', async () => {
    const asked = { articles: [ids[2]], note: 'another ferry' };
    const split = await decide('/v1/stories/s1/split', asked);
    expect(split).toMatchObject({ isNew: true, decision: { by: 'Desk', note: 'another ferry', withdrawnAt: null } });
    expect(split.stories.map(({ copies }) => copies).sort()).toEqual([1, 2]);
    expect(await decide('/v1/stories/s1/split', asked)).toEqual({ ...split, isNew: false });
    const apart = split.stories.find(({ id }) => id !== 's1')?.id ?? '';
    expect(await ask('/v1/stories/s1/merge', json({ stories: [apart] }))).toMatchObject({
      status: 409,
      body: { type: '/problems/contradicting-decision', decision: split.decision },
    });
    const { body } = await ask('/v1/changes?kinds=split');
    expect(body).toMatchObject({
      changes: [{ storyId: apart, detail: { from: ['s1'], cause: 'by hand', decision: split.decision.id } }],
    });
    expect(await withdraw(split)).toMatchObject({ status: 200, body: { isNew: true, stories: [{ copies: 3 }] } });
    expect(await withdraw(split)).toMatchObject({ status: 200, body: { isNew: false } });
    expect(await ask('/v1/stories/s1/decisions')).toMatchObject({
      body: { decisions: [{ id: split.decision.id, withdrawnBy: 'Desk' }] },
    });
  });

  test('is made one with another, which leads to it, and each mirror says by what decision', async () => {
    const merge = await decide('/v1/stories/s2/merge', { stories: ['s1'] });
    expect(merge.stories).toMatchObject([{ id: 's1', copies: 4 }]);
    expect(await ask('/v1/stories/s2')).toMatchObject({ status: 301, body: { id: 's1' } });
    const { body } = await ask('/v1/stories/s1');
    const { mirrors } = body as { mirrors: { articleId: string; match: { byHand?: object } }[] };
    const joined = mirrors.filter(({ match }) => match.byHand !== undefined).map(({ articleId }) => articleId);
    expect(joined).toEqual(stranger);
    expect(await decide('/v1/stories/s2/merge', { stories: ['s1'] })).toMatchObject({ isNew: false });
    expect(await ask('/v1/stories/s1/split', json({ articles: stranger }))).toMatchObject({
      status: 409,
      body: { decision: { id: merge.decision.id, kind: 'merge' } },
    });
    const explained = await ask(`/v1/explain?a=${ids[0]}&b=${stranger[0]}`);
    expect(explained.body).toMatchObject({
      verdict: { linked: false },
      byHand: [{ decision: merge.decision.id, kind: 'merge', by: 'Desk' }],
    });
    await withdraw(merge);
    expect((await ask(`/v1/explain?a=${ids[0]}&b=${stranger[0]}`)).body).toMatchObject({ byHand: [] });
    expect((await ask(`/v1/articles/${stranger[0]}`)).body).toMatchObject({ isCanonical: true });
  });

  test('is led by the copy that is pinned, and says so', async () => {
    const pin = await decide('/v1/stories/s1/pin', { article: ids[1] });
    expect(pin.stories).toMatchObject([{ id: 's1', canonical: { articleId: ids[1] } }]);
    expect((await ask('/v1/stories/s1')).body).toMatchObject({ reasons: [{ code: 'pinned' }] });
    await withdraw(pin);
    expect((await ask('/v1/stories/s1')).body).not.toMatchObject({ reasons: [{ code: 'pinned' }] });
  });
});

describe('what cannot be decided', () => {
  test.each([
    ['s1/split', { articles: [] }, 422, '/articles'],
    ['s1/split', { articles: ['none'] }, 422, '/articles/0'],
    ['s1/split', { articles: [1] }, 422, '/articles/0'],
    ['s1/split', { articles: ['a'], why: 'x' }, 422, '/why'],
    ['s1/split', { articles: ['a'], note: ['x'] }, 422, '/note'],
    ['s1/merge', { stories: ['s1'] }, 422, '/stories'],
    ['s1/merge', { stories: ['s1', 'none'] }, 422, '/stories/1'],
    ['s1/pin', { article: 'none' }, 422, '/article'],
    ['s1/pin', {}, 422, '/article'],
    ['none/pin', { article: 'none' }, 404, undefined],
  ])('%s %j is answered %i', async (path, body, status, pointer) => {
    const answer = await ask(`/v1/stories/${path}`, json(body));
    expect(answer.status).toBe(status);
    expect((answer.body as { errors?: { pointer: string }[] }).errors?.[0]?.pointer).toBe(pointer);
  });

  test('is a split of a whole story', async () => {
    const answer = await ask('/v1/stories/s1/split', json({ articles: ids }));
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/articles' }] } });
  });

  test.each(['0', 'x', '999'])('is to withdraw %s', async (id) => {
    expect(await ask(`/v1/decisions/${id}`, { method: 'DELETE' })).toMatchObject({ status: 404 });
  });

  test('is what a key of a lower scope asks for, or a page of another site', async () => {
    const { headers, ...rest } = json({ article: ids[0] });
    const by = { ...rest, headers: { ...headers, authorization: `Bearer ${lowerKey}` } };
    expect((await service.ask('/v1/stories/s1/pin', by)).status).toBe(403);
    const foreign = { method: 'DELETE', headers: { 'sec-fetch-site': 'cross-site' } };
    expect(await ask('/v1/decisions/1', foreign)).toMatchObject({ status: 403 });
  });
});
