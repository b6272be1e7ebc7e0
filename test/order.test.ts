import { rememberingJudge } from '@wirefold/cluster';
import { PARAMS } from '@wirefold/dedup';
import { type OpenedStore, openStore, type Submission } from '@wirefold/store';
import { decideStories } from '@wirefold/story';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copiesOfNews, pushedText } from './support/copies.ts';
import { cluster, ingest, LEASE_MS, newTestStoryId, rest, stateOf, upkeep } from './support/direct.ts';
import { forgetEverything } from './support/forget.ts';
import { furnishedNews } from './support/furnished.ts';
import { FERRY, LIBRARY } from './support/news-texts.ts';
import { startPostgres } from './support/postgres.ts';

const NEWS = [...copiesOfNews(), ...furnishedNews()];

/** An order of arrival: a shuffle with repeats, cut into batches that several workers take at once. */
const arrivals = fc.record({
  order: fc.shuffledSubarray([...NEWS.keys()], { minLength: NEWS.length, maxLength: NEWS.length }),
  repeats: fc.array(fc.nat(NEWS.length - 1), { maxLength: 6 }),
  batchSize: fc.integer({ min: 1, max: NEWS.length }),
});

/** Lets all batches run at once, each through both stages, and two upkeeps beside them; then until the store is at rest. */
async function arrive(opened: OpenedStore, news: Submission[], batchSize: number, windowDays = 0): Promise<void> {
  const batches: Submission[][] = [];
  for (let at = 0; at < news.length; at += batchSize) batches.push(news.slice(at, at + batchSize));
  const isDone = Promise.all(batches.map(async (batch) => cluster(opened, await ingest(opened, batch), windowDays)));
  await Promise.all([isDone, upkeep(opened, windowDays), upkeep(opened, windowDays)]);
  await rest(opened, windowDays);
}

const newsAt = (places: number[]): Submission[] => places.map((at) => NEWS[at] as Submission);

/** When copies of one text were printed, and which: with a window of 30 days, nothing joins what was printed by February to the rest. */
const PRINTED: [day: string, cut: number][] = [
  ['01-02', 0],
  ['01-20', 1],
  ['02-20', 0],
  ['02-25', 2],
  ['03-28', 4],
  ['04-20', 3],
  ['05-10', 4],
  ['06-05', 5],
  ['06-30', 6],
];

/** Copies of one text over half a year, each cut in its own way, some of them printed twice; and a text without a date. */
function datedNews(): Submission[] {
  const { headline, paragraphs } = FERRY;
  const cutOf = (cut: number) => paragraphs.slice(cut % 2, paragraphs.length - Math.floor(cut / 2));
  const dated = PRINTED.flatMap(([day, cut]) => {
    const made = pushedText(`Daily of ${day}`, headline, cutOf(cut));
    const published = `2026-${day}T09:00:00Z`;
    return made.pushed?.kind === 'text' ? [{ ...made, pushed: { ...made.pushed, published } }] : [];
  });
  return [...dated, pushedText('Timeless', LIBRARY.headline, LIBRARY.paragraphs)];
}

async function judgedAgain(on: OpenedStore): Promise<void> {
  await forgetEverything(on);
  const gazette = furnishedNews();
  await cluster(on, await ingest(on, gazette));
  const storyOf = async (at: number) => (await on.store.article(gazette[at]?.id ?? ''))?.story;
  const first = await storyOf(0);
  expect(await storyOf(1)).toBe(first);
  await rest(on);
  expect(await storyOf(1)).not.toBe(await storyOf(0));
  expect(await storyOf(7)).toBe(await storyOf(0));
  expect((await on.store.story(first ?? ''))?.story.id).toBeDefined();
  expect(await on.store.audit({ deadlineMs: LEASE_MS })).toEqual([]);
}

async function removed(on: OpenedStore, runs: number): Promise<void> {
  const decide = decideStories({ judge: rememberingJudge(), windowDays: 0, newStoryId: newTestStoryId });
  const everything = [...NEWS.keys()];
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(everything, { minLength: 1, maxLength: 12 }), async (removed) => {
      const left = everything.filter((at) => !removed.includes(at));
      const others = newsAt(left);
      await forgetEverything(on);
      await arrive(on, others, 5);
      const expected = await stateOf(on, others);
      await forgetEverything(on);
      await arrive(on, newsAt([...removed, ...left.slice(0, 10)]), 5);
      const goes = removed.map((at) => on.store.remove(NEWS[at]?.id ?? '', decide));
      await Promise.all([...goes, arrive(on, others.slice(10), 5)]);
      await rest(on);
      expect(await stateOf(on, others)).toEqual(expected);
      expect(await on.store.audit({ deadlineMs: LEASE_MS })).toEqual([]);
    }),
    { numRuns: Math.ceil(runs / 5) },
  );
}

async function windowed(on: OpenedStore, runs: number): Promise<void> {
  const news = datedNews();
  await forgetEverything(on);
  await arrive(on, news, 1, 30);
  const expected = await stateOf(on, news);
  expect(expected.stories.length).toBeGreaterThan(2);
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(news, { minLength: news.length, maxLength: news.length }),
      fc.integer({ min: 1, max: news.length }),
      async (order, batchSize) => {
        await forgetEverything(on);
        await arrive(on, order, batchSize, 30);
        expect(await stateOf(on, news)).toEqual(expected);
      },
    ),
    { numRuns: runs },
  );
}

async function anyOrder(on: OpenedStore, runs: number): Promise<void> {
  await forgetEverything(on);
  await arrive(on, NEWS, 1);
  const expected = await stateOf(on, NEWS);
  expect(expected.stories).toHaveLength(10);
  await fc.assert(
    fc.asyncProperty(arrivals, async ({ order, repeats, batchSize }) => {
      await forgetEverything(on);
      await arrive(on, newsAt([...order, ...repeats]), batchSize);
      expect(await stateOf(on, NEWS)).toEqual(expected);
      expect(await on.store.audit({ deadlineMs: LEASE_MS })).toEqual([]);
    }),
    { numRuns: runs },
  );
}

/** What holds of every order, by its claim. `runs` is how many orders are tried. */
const CLAIMS: Record<string, (on: OpenedStore, runs: number) => Promise<void>> = {
  'an article that came before its source was known is judged again once it is': judgedAgain,
  'removing articles, at once and while others come, leaves what the others alone give': removed,
  'with a window, articles of half a year give the same stories in every order': windowed,
  'the same articles give the same stories, canonicals and furniture in every order, with repeats, and from workers at once':
    anyOrder,
};

function describeOrder(name: string, runs: number, open: () => Promise<OpenedStore | { missing: string }>) {
  describe(`on ${name}`, () => {
    let opened: OpenedStore | { missing: string };
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(async () => {
      if ('store' in opened) await opened.store.close();
    });
    for (const [claim, holds] of Object.entries(CLAIMS)) {
      it(claim, { timeout: 300_000 }, async (context) => {
        if ('missing' in opened) return context.skip(opened.missing);
        await holds(opened, runs);
      });
    }
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
