import { Validator } from '@seriousme/openapi-schema-validator';
import { articleIdOfUrl } from '@wirefold/article';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKey } from '../access/key.ts';
import { PROBLEMS } from '../problem.ts';
import { type AnswerChecks, answerChecks } from '../testing/answers.ts';
import { publish } from '../testing/press.ts';
import { FERRY, FERRY_AMP, json, requestsOf } from '../testing/requests.ts';
import { startTestService, type TestService } from '../testing/service.ts';
import { publishSpelled } from '../testing/spelled.ts';
import type { OpenApiDocument } from './document.ts';

const WHEAT =
  'Farmers brought in less than half of the usual harvest of wheat, the ministry said on Monday after a dry spring.';

const FERRY_TEXT =
  'The last ferry of the year leaves the harbor on Friday evening, and the next one sails when the ice has gone in April.';

let service: TestService;
let document: OpenApiDocument;
let ids: string[];
beforeAll(async () => {
  service = await startTestService();
  document = (await (await ask('/v1/openapi.json')).json()) as OpenApiDocument;
  ids = await publish(service.store, 's1', [
    { url: 'https://courier.example/wheat', source: 'Courier', title: 'Wheat harvest', body: WHEAT },
    {
      url: 'https://gazette.example/wheat',
      source: 'Gazette',
      title: 'Wheat',
      body: `${WHEAT} Subscribe to our newsletter.`,
      boilerplate: [{ start: WHEAT.length, end: WHEAT.length + 29, rule: 'newsletter-pitch' }],
      published: { at: '2026-03-11T09:00:00.000Z', uncertaintyMs: 0, evidence: 'March 11' },
    },
  ]);
});
afterAll(() => service.close());

/**
 * To compile schemas holds this process up, service and client alike, and then an idle connection ends just when it is used: what was
 * sent on it never came to the service, and is sent once more.
 */
async function ask(path: string, init?: RequestInit): Promise<Response> {
  return service.ask(path, init).catch(() => service.ask(path, init));
}

/** s0 leads to s2 from then on. */
async function mergeStories(): Promise<void> {
  await publish(service.store, 's0', [
    {
      url: 'https://herald.example/rain',
      source: 'Herald',
      title: 'Rain',
      body: 'It rained for two days in the valley.',
    },
  ]);
  await publish(
    service.store,
    's2',
    [
      {
        url: 'https://herald.example/snow',
        source: 'Herald',
        title: 'Snow',
        body: 'It snowed for two days in the hills.',
      },
    ],
    ['s0'],
  );
}

/** `FERRY` at its AMP page, which was read first, and then at its own: one article, the AMP page's id leads to it. */
async function publishTwice(): Promise<void> {
  const claim = { articleId: articleIdOfUrl(FERRY), url: FERRY, sign: 'canonical' as const, isKin: true };
  await publishSpelled(service.store, { url: FERRY_AMP, body: FERRY_TEXT }, claim);
  await publishSpelled(service.store, { url: FERRY, body: FERRY_TEXT });
}

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
  handle?: { stack?: Layer[] };
}

describe('the OpenAPI document', () => {
  test('is valid by a validator that is not ours', async () => {
    const result = await new Validator().validate(structuredClone(document));
    expect(result).toMatchObject({ valid: true });
    expect(document.openapi).toBe('3.1.1');
  });

  test('has every route of the API, and no other', () => {
    const routes = (layers: Layer[]): string[] =>
      // A route for every method is the one that answers 405.
      layers.flatMap(({ route, handle }) => {
        if (route === undefined) return routes(handle?.stack ?? []);
        const path = route.path.replace(/:(\w+)/g, '{$1}');
        return Object.keys(route.methods).map((method) => `${method} ${path}`);
      });
    const isOfApi = /^\w+ \/(?:v1|healthz|metrics|problems|docs)(?:\/|$)/;
    const found = routes((service.app().router as unknown as { stack: Layer[] }).stack);
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    const real = found.filter((name) => isOfApi.test(name) && !name.startsWith('_all '));
    expect(new Set(real)).toEqual(new Set(described));
    expect(described).toContain('delete /v1/articles/{id}');
  });

  test('has every problem, with its status and its words', () => {
    for (const [word, { status, help }] of Object.entries(PROBLEMS)) {
      const schema = Object.values(document.components.schemas).find(
        ({ properties }) =>
          (properties as { type?: { const?: string } } | undefined)?.type?.const === `/problems/${word}`,
      );
      expect(schema).toMatchObject({ description: help, properties: { status: { const: status } } });
    }
  });

  test('says of a query what the service holds it to', () => {
    const limit = document.paths['/v1/stories']?.get?.parameters.find(({ name }) => name === 'limit');
    expect(limit).toMatchObject({
      in: 'query',
      required: false,
      schema: { type: 'integer', minimum: 1, maximum: 100 },
    });
  });
});

/** A webhook from its first day to its last. */
async function checkWebhook(check: AnswerChecks['check']): Promise<void> {
  const added = await ask('/v1/webhooks', json({ url: 'https://receiver.example/hook', kinds: ['created'] }));
  const path = added.headers.get('location') ?? '';
  expect((await check('POST', '/v1/webhooks', added)).problems).toEqual([]);
  const { changes } = (await (await ask('/v1/changes')).json()) as { changes: { cursor: string }[] };
  const steps: [string, string][] = [
    ['GET', '/v1/webhooks'],
    ['GET', path],
    ['POST', `${path}/pause`],
    ['POST', `${path}/enable`],
    ['POST', `${path}/replay/${changes[0]?.cursor}`],
    ['DELETE', path],
  ];
  for (const [method, at] of steps)
    expect([method, at, (await check(method, at, await ask(at, { method }))).problems]).toEqual([method, at, []]);
}

/** The service is open until the first key is made, and asks for it from then on. */
async function checkKeys(check: AnswerChecks['check']): Promise<void> {
  const asked = async (path: string, init: RequestInit = {}) => {
    const response = await ask(path, init);
    const text = response.clone().text();
    expect([path, (await check(init.method ?? 'GET', path, response)).problems]).toEqual([path, []]);
    return text;
  };
  await asked('/v1/keys', json({ name: '', scopes: ['read'] }));
  const made = JSON.parse(await asked('/v1/keys', json({ name: 'Reader', scopes: ['read'] })));
  const refused = JSON.parse(await asked('/v1/keys', json({ name: 'Desk', scopes: ['admin'] })));
  expect(refused).toMatchObject({ type: '/problems/unauthorized' });
  const desk = await createKey(service.store, { name: 'Desk', scopes: ['admin'] });
  await asked('/v1/keys', { headers: { authorization: `Bearer ${made.key}` } });
  const headers = { authorization: `Bearer ${desk?.key}` };
  await expect.poll(async () => (await ask('/v1/keys', { headers })).status, { timeout: 15_000 }).toBe(200);
  await asked('/v1/keys', { headers });
  await asked(`/v1/keys/${made.id}`, { method: 'DELETE', headers });
  await asked(`/v1/keys/${made.id}`, { method: 'DELETE', headers });
}

describe('real answers', () => {
  test('that are not as the document says are found', async () => {
    const { check } = answerChecks(document);
    const figures = (await (await ask('/v1/queues')).json()) as object;
    const answer = (body: object) => Response.json(body);
    expect((await check('GET', '/v1/queues', answer(figures))).problems).toEqual([]);
    expect((await check('GET', '/v1/queues', answer({ ...figures, more: 1 }))).problems).toHaveLength(1);
    expect((await check('GET', '/v1/queues', answer({}))).problems).toHaveLength(1);
  });

  test('are all as the document says, and have no field that it does not', async () => {
    const { check, seen } = answerChecks(document);
    expect((await check('GET', '/healthz', await ask('/healthz'))).problems).toEqual([]);
    await mergeStories();
    await publishTwice();
    for (const [path, init] of requestsOf(ids)) {
      const checked = await check(init?.method ?? 'GET', path, await ask(path, init));
      expect([path, init?.body, checked.problems]).toEqual([path, init?.body, []]);
    }
    const stream = await ask('/v1/events');
    expect([stream.status, stream.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    await stream.body?.cancel();
    seen.add('streamEvents 200');
    await checkWebhook(check);
    await checkKeys(check);
    const good = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).flatMap(({ operationId, responses }) =>
        Object.keys(responses)
          .filter((status) => Number(status) < 400)
          .map((status) => `${operationId} ${status}`),
      ),
    );
    expect(good.filter((answer) => !seen.has(answer))).toEqual([]);
    expect(seen).toContain('showStory 410');
    expect(seen).toContain('explainPair 409');
  });
});

test('the reference page names every operation, parameter and problem', async () => {
  const page = await (await ask('/docs')).text();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, { operationId, parameters, security }] of Object.entries(methods)) {
      expect(page).toContain(`<code>${method.toUpperCase()} ${path}</code>`);
      expect(page).toContain(`id="${operationId}"`);
      if (security[0]?.key !== undefined) expect(page).toContain(`Needs the scope <code>${security[0].key[0]}</code>`);
      for (const { name } of parameters) expect(page).toContain(`<code>${name}</code>`);
    }
  }
  for (const name of Object.keys(document.components.schemas)) expect(page).toContain(`id="type-${name}"`);
  const targets = [...page.matchAll(/href="#([\w-]+)"/g)].map((match) => match[1]);
  expect(targets.filter((id) => !page.includes(`id="${id}"`))).toEqual([]);
});
