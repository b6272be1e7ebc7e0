import { comparisonText, readText } from '@wirefold/article';
import { placeArticles, rememberingJudge } from '@wirefold/cluster';
import { PARAMS, sign } from '@wirefold/dedup';
import { type OpenedStore, openStore, type SignedArticle, type Submission } from '@wirefold/store';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copiesOfNews } from './support/copies.ts';
import { forgetEverything } from './support/forget.ts';
import { startPostgres } from './support/postgres.ts';

const LEASE_MS = 60_000;
const SEEN_AT = '2026-11-17T12:00:00Z';

const NEWS = copiesOfNews();

/** A worker of either stage, as the processes run it, without the queue between them. */
async function ingest({ store }: OpenedStore, submissions: Submission[]): Promise<string[]> {
  await store.submit(submissions);
  const claims = await store.claim(
    'ingest',
    submissions.map(({ id }) => id),
    LEASE_MS,
  );
  const signed = claims.map(({ articleId, token, pushed }): SignedArticle => {
    if (pushed?.kind !== 'text') throw new Error('the news of this test are texts');
    const reading = readText({ ...pushed, url: null, seenAt: SEEN_AT });
    if (!reading.ok) throw new Error(`${pushed.title}: ${reading.detail}`);
    return {
      articleId,
      token,
      article: reading.article,
      text: sign(comparisonText(reading.article.body).text),
      cards: [],
    };
  });
  return (await store.saveSigned(signed)).saved;
}

let stories = 0;
async function cluster({ store }: OpenedStore, articleIds: string[]): Promise<void> {
  const claims = await store.claim('cluster', articleIds, LEASE_MS);
  if (claims.length > 0)
    await placeArticles({ store, link: rememberingJudge(), newStoryId: () => `s${++stories}` }, claims);
}

/** The partition and its canonicals, in a form that does not know ids of stories. */
async function storiesIn({ store }: OpenedStore): Promise<string[]> {
  const records = await Promise.all(NEWS.map(({ id }) => store.article(id)));
  const byStory = new Map<string, string[]>();
  for (const record of records) {
    if (record?.story == null) throw new Error('every article ends in a story');
    byStory.set(record.story, [...(byStory.get(record.story) ?? []), record.isCanonical ? `${record.id}!` : record.id]);
  }
  return [...byStory.values()].map((members) => members.sort().join(' ')).sort();
}

/** An order of arrival: a shuffle with repeats, cut into batches that several workers take at once. */
const arrivals = fc.record({
  order: fc.shuffledSubarray([...NEWS.keys()], { minLength: NEWS.length, maxLength: NEWS.length }),
  repeats: fc.array(fc.nat(NEWS.length - 1), { maxLength: 6 }),
  batchSize: fc.integer({ min: 1, max: NEWS.length }),
});

/** Lets all batches run at once, each through both stages. */
async function arrive(opened: OpenedStore, order: number[], batchSize: number): Promise<void> {
  const news = order.map((at) => NEWS[at] as Submission);
  const batches: Submission[][] = [];
  for (let at = 0; at < news.length; at += batchSize) batches.push(news.slice(at, at + batchSize));
  await Promise.all(batches.map(async (batch) => cluster(opened, await ingest(opened, batch))));
}

function describeOrder(name: string, runs: number, open: () => Promise<OpenedStore | { missing: string }>) {
  describe(`on ${name}`, () => {
    let opened: OpenedStore | { missing: string };
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(async () => {
      if ('store' in opened) await opened.store.close();
    });

    it('the same articles give the same stories and canonicals in every order, with repeats, and from workers at once', {
      timeout: 300_000,
    }, async (context) => {
      if ('missing' in opened) return context.skip(opened.missing);
      const on = opened;
      await forgetEverything(on);
      await arrive(on, [...NEWS.keys()], 1);
      const expected = await storiesIn(on);
      expect(expected).toHaveLength(6);
      await fc.assert(
        fc.asyncProperty(arrivals, async ({ order, repeats, batchSize }) => {
          await forgetEverything(on);
          await arrive(on, [...order, ...repeats], batchSize);
          expect(await storiesIn(on)).toEqual(expected);
          expect(await on.store.audit({ deadlineMs: LEASE_MS })).toEqual([]);
        }),
        { numRuns: runs },
      );
    });
  });
}

const options = { dataDir: null, signatureVersion: PARAMS.version };
describeOrder('PGlite', 25, () => openStore({ ...options, databaseUrl: null }));

let stopPostgres = async () => {};
afterAll(() => stopPostgres());
describeOrder('Postgres, where transactions run side by side', 50, async () => {
  const postgres = await startPostgres();
  if ('missing' in postgres) return postgres;
  stopPostgres = postgres.stop;
  return openStore({ ...options, databaseUrl: postgres.url });
});
