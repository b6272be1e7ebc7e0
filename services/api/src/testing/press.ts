import {
  type Article,
  articleIdOfText,
  articleIdOfUrl,
  canonicalUrl,
  NO_METADATA,
  paragraphsIn,
} from '@wirefold/article';
import { sign } from '@wirefold/dedup';
import type { Component, Store, Submission } from '@wirefold/store';

type Mirrors = ReturnType<Parameters<Store['assign']>[2]>['stories'][number]['plan']['mirrors'];

/** What a test says of one printed copy; the rest is filled in. */
export interface Print {
  url?: string | null;
  source: string;
  title: string;
  body: string;
  byline?: string;
  published?: Article['published'];
  boilerplate?: Article['boilerplate'];
  language?: string;
  agency?: { id: string; name: string };
}

/** Puts copies through the real store as one story, the first as canonical, with the same writes that the workers make. `merged` are ids that it replaces. */
export async function publish(
  store: Store,
  storyId: string,
  prints: Print[],
  merged: string[] = [],
): Promise<string[]> {
  const submissions = prints.map(submissionOf);
  await store.submit(submissions);
  const ids = submissions.map(({ id }) => id);
  const claims = await store.claim('ingest', ids, 60_000);
  const signed = claims.map(({ articleId, token }) => {
    const print = prints[ids.indexOf(articleId)] as Print;
    const article = articleOf(print);
    return { articleId, token, article, text: sign(ownBody(article)), cards: [] };
  });
  await store.saveSigned(signed);
  const placed = await store.claim('cluster', ids, 60_000);
  const hashes = signed.map(({ text }) => text.hash);
  const links = hashes.slice(1).map((hash): [string, string] => [hashes[0] ?? hash, hash]);
  await store.assign(placed, links, (component) => ({
    ...planOf(storyId, ids[0] ?? '', component, prints),
    merged: merged.map((from) => ({ from, into: storyId })),
  }));
  return ids;
}

function submissionOf({ url = null, source, title, body }: Print): Submission {
  const canonical = url === null ? null : canonicalUrl(url);
  const canonicalized = canonical?.ok ? canonical.url : null;
  return {
    id: canonicalized === null ? articleIdOfText({ source, title, text: body }) : articleIdOfUrl(canonicalized),
    url,
    canonicalUrl: canonicalized,
    pushed: { kind: 'text', title, text: body, source, published: null, isCard: false },
    partOf: null,
  };
}

function articleOf({ url = null, source, title, body, ...more }: Print): Article {
  return {
    url,
    title,
    body,
    paragraphs: paragraphsIn(body),
    byline: more.byline ?? null,
    published: more.published ?? null,
    language: more.language ?? 'en',
    source: { key: source.toLowerCase(), name: source },
    declaredCanonicalUrl: null,
    image: null,
    credit: { agency: more.agency ?? null, dateline: null, declaredOriginal: null, evidence: [] },
    boilerplate: more.boilerplate ?? [],
    metadata: NO_METADATA,
  };
}

function ownBody({ body, boilerplate }: Article): string {
  return boilerplate.toReversed().reduce((text, { start, end }) => text.slice(0, start) + text.slice(end), body);
}

/** The verdict of two copies that print one text to the letter. */
export const SAME_TEXT = {
  kind: 'same text',
  linked: true,
  rule: 'equal',
  comparing: null,
  facts: null,
  shared: 9,
  jaccard: 1,
  aInB: 1,
  bInA: 1,
} as const;

function planOf(storyId: string, canonical: string, component: Component, prints: Print[]) {
  const mirrors: Mirrors = component.members
    .filter(({ articleId }) => articleId !== canonical)
    .map(({ articleId }) => ({ articleId, verdict: SAME_TEXT, via: null }));
  const agency = prints[0]?.agency;
  const source = component.members.find(({ articleId }) => articleId === canonical)?.source ?? { key: '', name: '' };
  const origin =
    agency === undefined ? { ...source, isAgency: false } : { key: agency.id, name: agency.name, isAgency: true };
  const plan = {
    canonical,
    reasons: [{ code: 'earliest' as const, text: 'Earliest by 58 minutes' }],
    mirrors,
    origins: [{ ...origin, evidence: 'No other outlet is named.' }],
    outlets: new Set(component.members.map((member) => member.source.key)).size,
    texts: component.texts.map(({ hash }) => hash),
  };
  const events = [{ storyId, kind: 'created' as const, articleId: canonical, detail: {} }];
  return { stories: [{ id: storyId, plan }], ended: [], events };
}
