import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AggregatorPage, ownAggregatorPage, seedPage } from './support/aggregator-page.ts';
import { type LocalService, startInMemory } from './support/local-service.ts';
import { sharedPath } from './support/shared.ts';

interface Copy {
  articleId: string;
  source: { name: string };
  title: string;
  published: { uncertaintyMs: number } | null;
}

interface Story {
  id: string;
  canonical: Copy;
  copies: number;
  outlets: number;
  origins: { name: string }[];
  reasons: { code: string; text: string }[];
  mirrors: (Copy & {
    match: { verdict: { kind: string; jaccard: number; aInB: number } };
    printed: { jaccard: number; aInB: number };
    boilerplate: { rule: string; text: string }[];
  })[];
}

/** Every order of `items`. */
function permutations<T>(items: T[]): T[][] {
  if (items.length < 2) return [items];
  return items.flatMap((first, at) => permutations(items.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}

async function storiesOf(service: LocalService): Promise<Story[]> {
  const { stories } = (await service.get('/v1/stories')) as { stories: { id: string }[] };
  return Promise.all(stories.map(async ({ id }) => (await service.get(`/v1/stories/${id}`)) as Story));
}

/** The four articles stand in two stories, each led and credited as it has to be. */
async function expectTwoStories(service: LocalService, { expected, main }: AggregatorPage): Promise<void> {
  const stories = await storiesOf(service);
  expect(stories).toHaveLength(2);
  const alone = stories.find((story) => story.copies === 1) as Story;
  const gallery = stories.find((story) => story.copies === 3) as Story;

  expect(alone.canonical).toMatchObject({ title: main.title, source: { name: expected.mainSource } });
  expect(alone.origins.map(({ name }) => name)).toEqual([expected.mainOrigin]);

  expect(gallery.canonical.source.name).toBe(expected.canonicalSource);
  expect(gallery.reasons.map(({ code }) => code)).toContain('agency-own');
  expect(gallery.outlets).toBe(3);
  expect(gallery.origins.map(({ name }) => name)).toEqual([expected.cardOrigin]);

  const furnished = gallery.mirrors.find((mirror) => mirror.source.name === expected.furnishedSource);
  expect(furnished?.match.verdict).toMatchObject({ aInB: 1 });
  expect(furnished?.printed.aInB).toBe(1);
  expect(furnished?.printed.jaccard).toBeCloseTo(expected.printedJaccard, 3);
  expect(furnished?.boilerplate.length, 'what it adds is called boilerplate').toBeGreaterThan(0);
}

let service: LocalService;
beforeAll(async () => {
  service = await startInMemory();
});
afterAll(() => service.close());
beforeEach(() => service.forget());

const pages: [string, (context: Parameters<typeof sharedPath>[0]) => Promise<AggregatorPage>][] = [
  ['a page of our own', async () => ownAggregatorPage()],
  [
    'the seed page',
    async (context) => seedPage(await readFile(sharedPath(context, 'data/seed/aggregator-page.txt'), 'utf8')),
  ],
];

describe.each(pages)('%s', (_name, read) => {
  it('becomes four articles in two stories when it is pushed as one text', async (context) => {
    const page = await read(context);
    await service.push([{ text: page.page }]);
    await expectTwoStories(service, page);
    const gallery = (await storiesOf(service)).find((story) => story.copies === 3) as Story;
    expect(gallery.canonical.published?.uncertaintyMs, '"3 hours ago" is uncertain by an hour').toBe(3_600_000);
  });

  it('becomes the same two stories when its four texts are pushed one after another, in every order', {
    timeout: 300_000,
  }, async (context) => {
    const page = await read(context);
    for (const order of permutations([page.main, ...page.cards])) {
      await service.forget();
      for (const text of order) await service.push([text]);
      await expectTwoStories(service, page);
    }
  });

  it('gives the same articles whether its cards came on the page or by themselves', async (context) => {
    const page = await read(context);
    await service.push([{ text: page.page }]);
    const before = (await storiesOf(service)).map(membersOf);
    await service.push(page.cards);
    await expectTwoStories(service, page);
    expect((await storiesOf(service)).map(membersOf)).toEqual(before);
  });
});

/** A story's id, and its articles with the canonical first. */
function membersOf({ id, canonical, mirrors }: Story): string[] {
  return [id, canonical.articleId, ...mirrors.map(({ articleId }) => articleId).sort()];
}
