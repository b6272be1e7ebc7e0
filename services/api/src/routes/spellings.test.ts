import { articleIdOfUrl, type SpellingClaim } from '@wirefold/article';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestService, type TestService } from '../testing/service.ts';
import { publishSpelled } from '../testing/spelled.ts';

const URL_OF = 'https://www.harbor.example/news/ferry-stops-for-winter';
const AMP = `${URL_OF}/amp`;
const [ID, AMP_ID] = [articleIdOfUrl(URL_OF), articleIdOfUrl(AMP)];
const BODY = Array.from({ length: 40 }, (_, at) => `The ferry stops at pier ${at} for winter.`).join('\n\n');

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  const publish = (url: string, ...claims: SpellingClaim[]) =>
    publishSpelled(service.store, { url: `${url}?utm_source=x`, body: BODY }, ...claims);
  await publish(AMP, { articleId: ID, url: URL_OF, sign: 'canonical', isKin: true });
  await publish(URL_OF);
});
afterAll(() => service.close());

async function submit(item: object): Promise<{ id: string; state: string; story: string | null; isAccepted: boolean }> {
  const response = await service.ask('/v1/articles', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(item),
  });
  return (await response.json()) as Awaited<ReturnType<typeof submit>>;
}

describe('an article with two URLs', () => {
  test('answers at its own id, and the other id leads to it', async () => {
    const record = await (await service.ask(`/v1/articles/${ID}`)).json();
    const submittedUrl = `${AMP}?utm_source=x`;
    expect(record).toMatchObject({
      ...{ id: ID, url: `${URL_OF}?utm_source=x`, canonicalUrl: URL_OF, state: 'done', isCanonical: true },
      spellings: [{ url: AMP, submittedUrl, sign: 'canonical', seenAt: expect.stringMatching(/^\d{4}-.*Z$/) }],
    });
    const other = await service.ask(`/v1/articles/${AMP_ID}`);
    expect([other.status, other.headers.get('location')]).toEqual([301, `/v1/articles/${ID}`]);
    expect(await other.json()).toEqual({ id: ID, redirectedFrom: AMP_ID });
  });

  test('is found by both, on the page too', async () => {
    for (const url of [URL_OF, AMP, `${AMP}#top`]) {
      const found = await service.ask(`/v1/articles?url=${encodeURIComponent(url)}`);
      expect([found.status, (await found.json()) as object]).toMatchObject([200, { id: ID }]);
    }
    const page = await service.ask(`/articles/${AMP_ID}`);
    expect([page.status, page.headers.get('location')]).toEqual([301, `/articles/${ID}`]);
    const shown = await (await service.ask(`/articles/${ID}`)).text();
    expect(shown).toContain('Its addresses');
    expect(shown).toContain(`href="${AMP}"`);
  });

  test('is one in the feed, and its story has one copy', async () => {
    const { stories } = (await (await service.ask('/v1/stories')).json()) as { stories: object[] };
    expect(stories).toMatchObject([{ copies: 1, canonical: { articleId: ID } }]);
    expect(await submit({ url: AMP })).toMatchObject({ id: ID, state: 'done', isAccepted: false });
  });

  test('gets the text that is pushed for the other URL, and goes with all of its URLs', async () => {
    expect(await submit({ url: AMP, text: BODY })).toMatchObject({ id: ID, state: 'submitted', isAccepted: true });
    expect((await service.ask(`/v1/articles/${AMP_ID}`, { method: 'DELETE' })).status).toBe(204);
    for (const id of [ID, AMP_ID]) expect((await service.ask(`/v1/articles/${id}`)).status).toBe(404);
    expect(await submit({ url: AMP })).toMatchObject({ id: AMP_ID, isAccepted: true });
  });
});
