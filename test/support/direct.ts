/** The workers of both stages and the upkeep as the processes run them, without a queue between them. */
import { readText } from '@wirefold/article';
import { placeArticles, rememberingJudge, upkeepOnce } from '@wirefold/cluster';
import type { OpenedStore, SignedArticle, Submission } from '@wirefold/store';
import { signBody } from '@wirefold/story';

export const LEASE_MS = 60_000;
const SEEN_AT = '2026-11-17T12:00:00Z';
const NOT_TOLD = { learned() {}, resigned() {}, textsRemoved() {}, textsExpired() {}, bug() {} };

/** A worker of ingest, as the processes run it. */
export async function ingest({ store }: OpenedStore, submissions: Submission[]): Promise<string[]> {
  await store.submit(submissions);
  const claims = await store.claim(
    'ingest',
    submissions.map(({ id }) => id),
    LEASE_MS,
  );
  const read = claims.map(({ articleId, token, pushed }) => {
    if (pushed?.kind !== 'text') throw new Error('the news of this test are texts');
    const reading = readText({ ...pushed, url: null, seenAt: SEEN_AT });
    if (!reading.ok) throw new Error(`${pushed.title}: ${reading.detail}`);
    return { articleId, token, article: reading.article };
  });
  const known = await store.furniture(read.map(({ article }) => article.source.key));
  const signed = read.map(({ articleId, token, article }): SignedArticle => {
    const source = known.get(article.source.key);
    if (source === undefined) throw new Error('the store answers for every source');
    const { text, boilerplate, boilerplateWords } = signBody(article, source.furniture);
    const made = { article: { ...article, boilerplate }, text, boilerplateWords, furnitureVersion: source.version };
    return { articleId, token, cards: [], ...made };
  });
  return (await store.saveSigned(signed)).saved;
}

let stories = 0;
export const newTestStoryId = () => `s${++stories}`;

export async function cluster({ store }: OpenedStore, articleIds: string[], windowDays = 0): Promise<void> {
  const claims = await store.claim('cluster', articleIds, LEASE_MS);
  if (claims.length > 0)
    await placeArticles({ store, link: rememberingJudge(), windowDays, newStoryId: newTestStoryId }, claims);
}

/** A round of upkeep, and the placing of what it hands over; whether there was anything. */
export async function upkeep(opened: OpenedStore, windowDays = 0): Promise<boolean> {
  const toPlace: string[] = [];
  const passOn = async (articleIds: string[]) => toPlace.push(...articleIds);
  const settings = { furnitureQuietMs: 0, windowDays, changesKeepDays: 0 };
  await upkeepOnce({ store: opened.store, events: NOT_TOLD, settings, passOn });
  await cluster(opened, toPlace, windowDays);
  return toPlace.length > 0;
}

/** Until nothing is left to be done. */
export async function rest(opened: OpenedStore, windowDays = 0): Promise<void> {
  for (;;) {
    const isBusy = await upkeep(opened, windowDays);
    const { sourcesDue, articlesStale } = await opened.store.upkeepFigures();
    if (!isBusy && sourcesDue + articlesStale === 0) return;
  }
}

/** The partition and its canonicals in a form that does not know ids of stories, and what was learned. */
export async function stateOf(
  { store }: OpenedStore,
  news: Submission[],
): Promise<{ stories: string[]; learned: string[] }> {
  const records = await Promise.all(news.map(({ id }) => store.article(id)));
  const byStory = new Map<string, string[]>();
  for (const record of records) {
    if (record?.story == null) throw new Error('every article ends in a story');
    byStory.set(record.story, [...(byStory.get(record.story) ?? []), record.isCanonical ? `${record.id}!` : record.id]);
  }
  const stories = [...byStory.values()].map((members) => members.sort().join(' ')).sort();
  const sources = [...new Set(records.map((record) => record?.article?.source.key ?? ''))].sort();
  const known = await store.furniture(sources);
  const learned = sources.map((key) => {
    const { articles, lines, shingles } = known.get(key)?.furniture ?? { articles: 0, lines: [], shingles: [] };
    return `${key} ${articles}: ${lines.join(' ')} / ${shingles.join(' ')}`;
  });
  return { stories, learned: [...learned, ...records.map((record) => JSON.stringify(record?.article?.boilerplate))] };
}
