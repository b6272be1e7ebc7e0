import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publish } from '../testing/press.ts';
import { startTestService, type TestService } from '../testing/service.ts';

const BODY =
  'The last car ferry to the outer islands will sail on Sunday, a month before the bridge is ready, its operator said.';
const PITCH = 'Sign up for the morning letter of the Gazette, and have it at six.';

let service: TestService;
let ids: string[];
let stranger: string | undefined;
beforeAll(async () => {
  service = await startTestService();
  ids = await publish(service.store, 's-ferry', [
    { url: 'https://apnews.com/ferry', source: 'Associated Press', title: 'Last ferry sails', body: BODY },
    {
      url: 'https://gazette.example/ferry',
      source: 'Gazette',
      title: 'Ferry to stop',
      body: `${BODY.replace('a month', 'weeks')} ${PITCH}`,
      boilerplate: [{ start: BODY.length - 1, end: BODY.length - 1 + PITCH.length, rule: 'newsletter-pitch' }],
    },
  ]);
  const quay = 'The northern quay closes for repairs until the first week of May, the harbour master said on Monday.';
  [stranger] = await publish(service.store, 's-quay', [
    { url: 'https://ledger.example/quay', source: 'Ledger', title: 'Quay closes', body: quay },
  ]);
});
afterAll(() => service.close());

const pathOf = (a: string | undefined, b: string | undefined, story = 's-ferry') =>
  `/v1/stories/${story}/diff?a=${a}&b=${b}`;

describe('the word diff of two copies', () => {
  test('gives every step from one to the other, and whose hand each change shows', async () => {
    const response = await service.ask(pathOf(ids[0], ids[1]));
    expect(response.status).toBe(200);
    const answer = (await response.json()) as { body: { kind: string; text: string }[] };
    expect(answer).toMatchObject({
      story: 's-ferry',
      a: { articleId: ids[0], isCanonical: true, source: { name: 'Associated Press' } },
      b: { articleId: ids[1], isCanonical: false, title: 'Ferry to stop' },
      changes: {
        editorial: { places: 1, words: 2 },
        boilerplate: { places: 1, words: 14 },
        credit: { places: 0, words: 0 },
      },
      body: [
        { kind: 'kept' },
        { kind: 'removed', text: 'a month ', nature: 'editorial' },
        { kind: 'added', text: 'weeks ', nature: 'editorial' },
        { kind: 'kept' },
        { kind: 'added', text: PITCH, nature: 'boilerplate' },
      ],
    });
    expect(answer.body.map((operation) => Object.keys(operation).join())).toContain('kind,text');
  });

  test('is a page, too', async () => {
    const response = await service.ask(pathOf(ids[0], ids[1]).slice('/v1'.length));
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await response.text()).toContain('Changed 2 words in 1 editorial place; boilerplate in 1 place.');
  });

  test('is not given for articles that are no copies of the story', async () => {
    const response = await service.ask(pathOf(ids[0], stranger));
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ type: '/problems/not-found', errors: [{ parameter: 'b' }] });
    expect((await service.ask(pathOf('none', ids[1]))).status).toBe(404);
    expect((await service.ask(`/stories/s-ferry/diff?a=${ids[0]}&b=${stranger}`)).status).toBe(404);
    expect((await service.ask('/stories/s-ferry/diff?a=x')).status).toBe(400);
  });

  test('needs two copies of a story that is', async () => {
    expect((await service.ask(`/v1/stories/s-ferry/diff?a=${ids[0]}`)).status).toBe(400);
    expect((await service.ask(pathOf(ids[0], ids[1], 's-none'))).status).toBe(404);
    expect((await service.ask(`/stories/s-none/diff?a=${ids[0]}&b=${ids[1]}`)).status).toBe(404);
  });

  test('leads on where the story was merged', async () => {
    const print = {
      url: 'https://ledger.example/quay',
      source: 'Ledger',
      title: 'Quay closes',
      body: `${BODY} Again.`,
    };
    await publish(service.store, 's-later', [print], ['s-quay']);
    const response = await service.ask(pathOf(ids[0], ids[1], 's-quay'));
    expect([response.status, response.headers.get('location')]).toEqual([301, pathOf(ids[0], ids[1], 's-later')]);
    const page = await service.ask(pathOf(ids[0], ids[1], 's-quay').slice('/v1'.length));
    expect(page.headers.get('location')).toBe(pathOf(ids[0], ids[1], 's-later').slice('/v1'.length));
  });
});

describe('the list of sources', () => {
  test('names what can be asked for as source, most articles first', async () => {
    const answer = await (await service.ask('/v1/sources?limit=2')).json();
    expect(answer).toEqual({
      sources: [
        { key: 'associated press', name: 'Associated Press', articles: 1 },
        { key: 'gazette', name: 'Gazette', articles: 1 },
      ],
    });
    expect((await service.ask('/v1/sources?limit=0')).status).toBe(400);
  });
});
