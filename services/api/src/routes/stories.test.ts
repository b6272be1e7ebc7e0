import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Print, publish } from '../testing/press.ts';
import { startTestService, type TestService } from '../testing/service.ts';

const FERRY =
  'The last car ferry to the outer islands will sail on Sunday, a month before the bridge is ready, its operator said.';
const PITCH = 'Sign up for the morning letter of the Gazette, and have it at six.';

const FERRY_PRINTS: Print[] = [
  {
    url: 'https://apnews.com/ferry',
    source: 'Associated Press',
    title: 'Last ferry sails',
    body: FERRY,
    agency: { id: 'ap', name: 'Associated Press' },
  },
  {
    url: 'https://gazette.example/ferry',
    source: 'Gazette',
    title: 'Ferry to stop',
    body: `${FERRY} ${PITCH}`,
    boilerplate: [{ start: FERRY.length + 1, end: FERRY.length + 1 + PITCH.length, rule: 'newsletter-pitch' }],
  },
];

/** The fields of answers that tests look at. */
interface Answer {
  stories: { id: string }[];
  nextCursor: string | null;
  detail: string;
  canonical: { articleId: string };
  mirrors: { match: { verdict: object }; printed: { aInB: number; jaccard: number }; boilerplate: object[] }[];
}

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await publish(service.store, 's-ferry', FERRY_PRINTS);
  await publish(service.store, 's-wheat', [
    {
      url: 'https://courier.example/wheat',
      source: 'Courier',
      title: 'Wheat harvest',
      body: 'Farmers brought in less than half of the usual harvest of wheat this year, the union of growers in the valley said.',
    },
  ]);
  await publish(service.store, 's-halle', [
    {
      url: 'https://bote.example/halle',
      source: 'Bote',
      title: 'Umbau der Markthalle',
      body: 'Der Stadtrat hat am Dienstagabend nach sechs Stunden den Umbau der alten Markthalle zur Bibliothek beschlossen.',
      language: 'de',
    },
  ]);
});
afterAll(() => service.close());

async function ask(path: string) {
  const response = await service.ask(path);
  return { response, answer: (await response.json()) as Answer };
}

const idsOf = async (path: string) => (await ask(path)).answer.stories.map(({ id }) => id);

describe('the feed', () => {
  test('pages by cursor, newest first, and nothing stands twice', async () => {
    const all = await idsOf('/v1/stories');
    expect(all).toEqual(['s-halle', 's-wheat', 's-ferry']);
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { answer } = await ask(`/v1/stories?limit=1${cursor && `&cursor=${cursor}`}`);
      paged.push(...answer.stories.map(({ id }) => id));
      cursor = answer.nextCursor;
    }
    expect(paged).toEqual(all);
  });

  test.each([
    ['q=ferry', ['s-ferry']],
    ['q=ferry%20-sunday', []],
    ['source=gazette', ['s-ferry']],
    ['lang=DE', ['s-halle']],
    ['min_mirrors=1', ['s-ferry']],
    ['min_origins=1&lang=de', ['s-halle']],
    ['min_origins=2', []],
    ['since=2001-01-01&q=harvest', ['s-wheat']],
    ['since=2999-01-01T00:00:00%2B02:00', []],
  ])('filters by %s', async (query, ids) => {
    expect(await idsOf(`/v1/stories?${query}`)).toEqual(ids);
  });

  test('counts copies, mirrors, outlets and origins', async () => {
    const { answer } = await ask('/v1/stories?q=ferry');
    expect(answer.stories[0]).toMatchObject({
      title: 'Last ferry sails',
      copies: 2,
      mirrorCount: 1,
      outlets: 2,
      origins: [{ key: 'ap', isAgency: true }],
      canonical: { source: { name: 'Associated Press' } },
    });
  });

  test.each([
    ['limit=0', 'limit must be from 1 to 100'],
    ['limit=101', 'limit must be from 1 to 100'],
    ['limit=ten', 'limit must be a whole number from 1 to 100'],
    ['limit=1&limit=2', 'limit is given more than once'],
    ['since=yesterday', 'since must be an ISO 8601 date or time'],
    ['lang=english', 'lang must be a language code'],
    ['min_mirrors=-1', 'min_mirrors must be a whole number'],
    ['min_origins=1001', 'min_origins must be from 0 to 1000'],
    ['q=', 'q is empty'],
    ['q=a%00b', 'q holds a character that cannot be searched for'],
    [`q=${'a'.repeat(501)}`, 'q is longer than 500 characters'],
    [`source=${'a'.repeat(201)}`, 'source is longer than 200 characters'],
    ['cursor=nonsense', 'The cursor is not one that this service gave out.'],
    ['page=2', 'page is not a parameter here; those are cursor, limit, since'],
  ])('refuses ?%s and says why', async (query, words) => {
    const { response, answer } = await ask(`/v1/stories?${query}`);
    expect(response.status).toBe(400);
    expect(answer).toMatchObject({ type: '/problems/invalid-query', errors: [{ parameter: query.split('=')[0] }] });
    expect(answer.detail).toContain(words);
  });
});

describe('a story', () => {
  test('has its canonical with the reasons, and each mirror with its proof', async () => {
    const { answer } = await ask('/v1/stories/s-ferry');
    expect(answer).toMatchObject({
      body: FERRY,
      reasons: [{ code: 'earliest' }],
      canonical: { source: { name: 'Associated Press' } },
      mirrorCount: 1,
      log: [{ kind: 'created' }],
    });
    const [mirror] = answer.mirrors;
    expect(mirror?.match.verdict).toMatchObject({ kind: 'same text', jaccard: 1, aInB: 1, bInA: 1 });
    expect(mirror?.printed.aInB).toBe(1);
    expect(mirror?.printed.jaccard).toBeGreaterThan(0.5);
    expect(mirror?.printed.jaccard).toBeLessThan(0.8);
    expect(mirror?.boilerplate).toEqual([expect.objectContaining({ rule: 'newsletter-pitch', text: PITCH })]);
  });

  test('that does not exist is not found', async () => {
    expect((await ask('/v1/stories/s-none')).response.status).toBe(404);
  });

  test('that was merged answers with the way to the living one, by API and by page', async () => {
    const prints = [
      {
        url: 'https://ledger.example/quay',
        source: 'Ledger',
        title: 'Quay closes',
        body: 'The northern quay closes for repairs until the first week of May, the harbour master said on Monday morning at the town hall.',
      },
    ];
    const [id = ''] = await publish(service.store, 's-old', prints);
    // A new body makes the article wait for cluster again, where its story is merged.
    await publish(
      service.store,
      's-new',
      [{ ...prints[0], body: `${prints[0]?.body} Boats go to the southern quay.` } as Print],
      ['s-old'],
    );
    const { response, answer } = await ask('/v1/stories/s-old');
    expect([response.status, response.headers.get('location')]).toEqual([301, '/v1/stories/s-new']);
    expect(answer).toEqual({ id: 's-new', redirectedFrom: 's-old' });
    const page = await service.ask('/stories/s-old');
    expect([page.status, page.headers.get('location')]).toEqual([301, '/stories/s-new']);
    expect((await ask('/v1/stories/s-new')).answer.canonical.articleId).toBe(id);
  });
});
