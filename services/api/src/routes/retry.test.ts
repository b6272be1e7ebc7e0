import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestService, type TestService } from '../testing/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

/** Submits URLs and fails each of them as a bug. Gives their ids. */
async function failed(...urls: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const url of urls) {
    const { id } = (await (await post('/v1/articles', { url })).json()) as { id: string };
    const [claim] = await service.store.claim('ingest', [id], 60_000);
    if (claim === undefined) throw new Error(`${url} was not to be claimed`);
    const ending = { articleId: id, token: claim.token, reason: 'bug', detail: 'it broke', retryAfterMs: null };
    await service.store.settle('ingest', [ending]);
    ids.push(id);
  }
  return ids;
}

function post(path: string, body?: object, headers: Record<string, string> = {}) {
  return service.ask(path, {
    method: 'POST',
    headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
}

async function stateOf(id: string | undefined) {
  return ((await (await service.ask(`/v1/articles/${id}`)).json()) as { state: string }).state;
}

describe('trying again', () => {
  test('one article says whether it is tried again', async () => {
    const [id] = await failed('https://one.example/a');
    const answer = await post(`/v1/articles/${id}/retry`);
    expect([answer.status, await answer.json()]).toEqual([202, { retried: 1 }]);
    expect(await stateOf(id)).toBe('submitted');
    expect(await (await post(`/v1/articles/${id}/retry`)).json()).toEqual({ retried: 0 });
    expect((await post('/v1/articles/none/retry')).status).toBe(404);
  });

  test('failures of a reason and a host says how many, and whether there are more', async () => {
    const [, , other] = await failed('https://two.example/a', 'https://two.example/b', 'https://three.example/a');
    const ask = async (body: object) => (await post('/v1/failures/retry', body)).json();
    expect(await ask({ reason: 'bug', host: 'TWO.example', limit: 1 })).toEqual({ retried: 1, more: true });
    expect(await ask({ reason: 'bug', host: 'two.example' })).toEqual({ retried: 1, more: false });
    expect(await stateOf(other)).toBe('failed');
    expect(await service.events.metricsText()).toMatch(/wirefold_replayed_articles_total 3\b/);
  });

  test.each([
    [{}, '/reason'],
    [{ reason: 'unheard-of' }, '/reason'],
    [{ reason: 'bug', limit: 0 }, '/limit'],
    [{ reason: 'bug', limit: 1_001 }, '/limit'],
    [{ reason: 'bug', host: '' }, '/host'],
    [{ reason: 'bug', hots: 'x' }, ''],
    [[{ reason: 'bug' }], ''],
  ])('%j is refused with the field at fault', async (body, pointer) => {
    const answer = await post('/v1/failures/retry', body);
    const problem = (await answer.json()) as { type: string; errors: { pointer: string }[] };
    expect([answer.status, problem.type, problem.errors[0]?.pointer]).toEqual([
      422,
      '/problems/invalid-retry',
      pointer,
    ]);
  });

  test('is refused to pages of other sites', async () => {
    const [id] = await failed('https://four.example/a');
    const foreign = { 'sec-fetch-site': 'cross-site' };
    expect((await post(`/v1/articles/${id}/retry`, undefined, foreign)).status).toBe(403);
    expect((await post('/v1/failures/retry', { reason: 'bug' }, foreign)).status).toBe(403);
    expect(await stateOf(id)).toBe('failed');
  });
});

describe('the buttons of the monitor', () => {
  const press = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    service.ask(path, { method: 'POST', headers, body: new URLSearchParams(fields) });

  test('try the failures of a host again, and one article', async () => {
    const [first, second] = await failed('https://five.example/a', 'https://six.example/a');
    const answer = await press('/failures/retry', { reason: 'bug', host: 'five.example' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/monitor?retried=1']);
    expect(await (await service.ask('/monitor?retried=1')).text()).toContain('1 article is tried again.');
    expect([await stateOf(first), await stateOf(second)]).toEqual(['submitted', 'failed']);
    const one = await press(`/articles/${second}/retry`, {});
    expect([one.status, one.headers.get('location')]).toEqual([303, `/articles/${second}`]);
    expect(await stateOf(second)).toBe('submitted');
  });

  test('do nothing without a reason, for no article, and from another site', async () => {
    const [id] = await failed('https://seven.example/a');
    const foreign = { 'sec-fetch-site': 'cross-site' };
    expect((await press('/failures/retry', {})).status).toBe(400);
    expect((await press('/articles/none/retry', {})).status).toBe(404);
    expect((await press('/failures/retry', { reason: 'bug' }, foreign)).status).toBe(403);
    expect((await press(`/articles/${id}/retry`, {}, foreign)).status).toBe(403);
    expect(await stateOf(id)).toBe('failed');
  });
});

describe('asking for the history', () => {
  test('gives even steps of each stage, or of one', async () => {
    const ask = async (query: string) => (await service.ask(`/v1/queues/history${query}`)).json();
    const { stages, ...rest } = (await ask('')) as { stages: { stage: string; points: { at: string }[] }[] };
    expect(rest).toMatchObject({ hours: 24, stepMinutes: 5, submittedToStoryMs: null });
    expect(stages.map(({ stage, points }) => [stage, points.length])).toEqual([
      ['ingest', 288],
      ['cluster', 288],
    ]);
    expect(await ask('?stage=cluster&hours=2')).toMatchObject({ stages: [{ stage: 'cluster' }], stepMinutes: 1 });
  });

  test.each(['hours=0', 'hours=2161', 'stage=fetch', 'days=1'])('refuses %s', async (query) => {
    expect((await service.ask(`/v1/queues/history?${query}`)).status).toBe(400);
  });
});

describe('asking for hosts', () => {
  test('lists those where articles wait, found by a part of their name', async () => {
    await failed('https://waits.example/a');
    await post('/v1/articles', { url: 'https://waits.example/b' });
    const { hosts } = (await (await service.ask('/v1/hosts?name=WAITS&limit=5')).json()) as { hosts: object[] };
    expect(hosts).toMatchObject([{ host: 'waits.example', waiting: 1, fetches: 0, failedShare: null }]);
    expect((await service.ask('/v1/hosts?limit=501')).status).toBe(400);
  });

  test('gives one with the reasons of its failures', async () => {
    const [id] = await failed('https://fails.example/a');
    const host = await (await service.ask('/v1/hosts/fails.example')).json();
    expect(host).toMatchObject({ host: 'fails.example', failures: [{ reason: 'bug', count: 1, exampleId: id }] });
    expect((await service.ask('/v1/hosts/none.example')).status).toBe(404);
  });
});
