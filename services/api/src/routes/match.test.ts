import { judge, sign } from '@wirefold/dedup';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MATCH_ARTICLES_MAX, MATCH_TEXT_BYTES_MAX } from '../limits.ts';
import { publish } from '../testing/press.ts';
import { startTestService, type TestService } from '../testing/service.ts';

const FERRY =
  'The last car ferry to the outer islands will sail on Sunday, a month before the bridge is ready, its operator said on Tuesday. ' +
  'It has crossed the sound for 44 years, and carried 4,100 islanders in its first week, when the captain wore a hat.';
const LONGER = `${FERRY} Nobody on the islands has asked for the bridge, and half of them have no car to drive over it, the mayor of the largest said.`;
const ORCHARD =
  'Late frost has killed most of the apple blossom in the valley, growers said on Friday, and the cider press may stay closed this autumn. ' +
  'They have asked the regional council for help with their loans.';
const WITHDRAWN_TEXT =
  'The owner of the quarry has denied that he knew of the cracks in the dam, which his engineers had photographed in the spring of last year.';

interface Matched {
  verdict: { linked: boolean; kind: string; rule: string; jaccard: number };
  copies: number;
  articles: { articleId: string; url: string | null; story: string | null; isCanonical: boolean }[];
}

interface Answer {
  type: string;
  detail: string;
  reason: string;
  title: string;
  candidates: number;
  linked: number;
  matches: Matched[];
  nearest: Matched | null;
}

let service: TestService;
let ids: string[];
let withdrawn: string;
beforeAll(async () => {
  service = await startTestService();
  ids = await publish(service.store, 's-ferry', [
    { url: 'https://courier.example/ferry', source: 'Courier', title: 'Last ferry sails', body: FERRY },
    { url: 'https://gazette.example/ferry', source: 'Gazette', title: 'Ferry', body: LONGER },
    { url: 'https://ledger.example/ferry', source: 'Ledger', title: 'Ferry ends', body: FERRY },
  ]);
  await publish(service.store, 's-orchard', [
    { url: 'https://courier.example/frost', source: 'Courier', title: 'Frost', body: ORCHARD },
  ]);
  const url = 'https://herald.example/quarry';
  const [article = ''] = await publish(service.store, 's-quarry', [
    { url, source: 'Herald', title: 'Quarry', body: WITHDRAWN_TEXT },
  ]);
  withdrawn = article;
  await service.store.submit([{ id: article, url, canonicalUrl: url, pushed: null, partOf: null, refetch: true }]);
  const [claim] = await service.store.claim('ingest', [article], 60_000);
  const token = claim?.token ?? 0;
  await service.store.markGone([{ articleId: article, token, reason: 'http-unavailable-legally', detail: '' }]);
});
afterAll(() => service.close());

async function match(body: unknown) {
  const response = await service.ask('/v1/match', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, answer: (await response.json()) as Answer };
}

describe('a text', () => {
  test('that is known is a copy of those that print it, the same text before a longer one', async () => {
    const { status, answer } = await match({ text: FERRY, title: 'Found somewhere' });
    expect(status).toBe(200);
    expect(answer).toMatchObject({ title: 'Found somewhere', candidates: 2, linked: 2, nearest: null });
    const [same, longer] = answer.matches;
    expect(same?.verdict).toEqual(judge(sign(FERRY), sign(FERRY)));
    expect(longer?.verdict).toEqual(judge(sign(FERRY), sign(LONGER)));
    expect(same?.copies).toBe(2);
    expect(same?.articles).toEqual([
      {
        articleId: ids[0],
        url: 'https://courier.example/ferry',
        title: 'Last ferry sails',
        source: { key: 'courier', name: 'Courier' },
        published: null,
        story: 's-ferry',
        isCanonical: true,
      },
      expect.objectContaining({ articleId: ids[2], story: 's-ferry', isCanonical: false }),
    ]);
    expect(longer?.articles.map(({ articleId }) => articleId)).toEqual([ids[1]]);
  });

  test('with changed facts is none, and the nearest is told with the rule that parts them', async () => {
    const changed = FERRY.replace('44 years', '45 years').replace('4,100', '4,900').replace('Sunday', 'Friday');
    const { answer } = await match({ text: changed });
    expect(answer).toMatchObject({ linked: 0, matches: [] });
    expect(answer.nearest?.verdict).toEqual(judge(sign(changed), sign(FERRY)));
    expect(answer.nearest?.verdict.rule).toBe('facts-differ');
    expect(answer.nearest?.articles[0]?.articleId).toBe(ids[0]);
  });

  test('that nothing is near to has neither', async () => {
    const { status, answer } = await match({
      text: 'The swimming pool opens again in June, when its roof is repaired, the town council decided last night in a long meeting.',
    });
    expect([status, answer.candidates, answer.matches, answer.nearest]).toEqual([200, 0, [], null]);
  });

  test('that was withdrawn everywhere is not told of', async () => {
    expect((await service.store.article(withdrawn))?.reading.gone?.reason).toBe('http-unavailable-legally');
    const { answer } = await match({ text: WITHDRAWN_TEXT });
    expect([answer.candidates, answer.matches, answer.nearest]).toEqual([0, [], null]);
  });

  test('that many print names some of them, and counts all', async () => {
    const many = MATCH_ARTICLES_MAX + 5;
    const body = `${ORCHARD} The last such spring was long before anybody kept records of it in the parish.`;
    const prints = Array.from({ length: many }, (_, at) => ({
      url: `https://paper-${at}.example/frost`,
      source: `Paper ${at}`,
      title: 'Frost',
      body,
    }));
    const [canonical] = await publish(service.store, 's-many', prints);
    const [first] = (await match({ text: body })).answer.matches;
    expect([first?.copies, first?.articles.length]).toEqual([many, MATCH_ARTICLES_MAX]);
    expect(first?.articles[0]).toMatchObject({ articleId: canonical, isCanonical: true });
  });
});

test('a page is read as a submitted one is, with its address or without', async () => {
  const html = `<html><head><title>Ferry</title></head><body><nav><a href="/">Home</a></nav><article><h1>Ferry</h1><p>${FERRY}</p></article></body></html>`;
  for (const page of [{ html }, { html, url: 'https://elsewhere.example/ferry' }]) {
    const { answer } = await match(page);
    expect(answer.matches[0]).toMatchObject({ verdict: { linked: true, rule: 'equal' }, copies: 2 });
  }
});

test('nothing is written by asking', async () => {
  const look = async () => {
    const stages = await service.store.stageFigures();
    return [
      stages.map(({ stage, in: received, backlog }) => ({ stage, received, backlog })),
      await service.store.indexFigures(),
    ];
  };
  const before = await look();
  await match({ text: LONGER, url: 'https://new.example/never-submitted', source: 'New' });
  expect(await look()).toEqual(before);
  expect(await service.store.articleByUrl('https://new.example/never-submitted')).toBeNull();
});

describe('what is no article', () => {
  test.each([
    [{ text: 'Ferry ends' }, 'thin'],
    [{ html: '<html><body><script>run()</script></body></html>' }, 'no-text'],
  ])('%j is refused, with the reason', async (body, reason) => {
    const { status, answer } = await match(body);
    expect({ status, ...answer }).toMatchObject({ status: 422, type: '/problems/not-an-article', reason });
  });

  test.each([
    [{}, 'has neither text nor html'],
    [[{ text: FERRY }], 'must be one JSON object'],
    [{ text: FERRY, html: '<p>' }, 'html goes without text'],
    [{ html: '<p>', title: 'Ferry' }, 'title goes with text only'],
    [{ text: FERRY, url: 'ftp://x.example/' }, 'url '],
    [{ text: FERRY, refetch: true }, 'refetch is not a field here; those are url, source, title, text, html'],
    [{ text: 'a'.repeat(MATCH_TEXT_BYTES_MAX + 1) }, 'text is larger than'],
  ])('%# is refused with the fields that are wrong', async (body, words) => {
    const { status, answer } = await match(body);
    expect([status, answer.type]).toEqual([422, '/problems/invalid-match']);
    expect(answer.detail).toContain(words);
  });
});
