import { createHash, randomUUID } from 'node:crypto';
import { type Article, NO_METADATA, paragraphsIn } from '@wirefold/article';
import type { SignedText, Verdict } from '@wirefold/dedup';
import type { Claim, Component, OpenedStore, Store, StoryQuery, Submission } from '@wirefold/store';
import type { ExistingStory, Member, StoryChanges, StoryPlan } from '@wirefold/story';

export const LEASE_MS = 60_000;
export const SIGNATURE_VERSION = 1;
/** An age that no article of a test reaches by itself. */
export const DEADLINE = { deadlineMs: 3_600_000 };
export const ALL: StoryQuery = {
  cursor: null,
  limit: 100,
  since: null,
  source: null,
  language: null,
  minMirrors: 0,
  q: null,
};

/** Lets time pass for one article, as the database sees it: no test waits for a clock. */
export async function age({ pool }: OpenedStore, articleId: string, ms: number): Promise<void> {
  await pool.query(
    `update article set handed_at = handed_at - $2 * interval '1 ms', lease_until = lease_until - $2 * interval '1 ms',
       next_at = next_at - $2 * interval '1 ms', received_at = received_at - $2 * interval '1 ms' where id = $1`,
    [articleId, ms],
  );
  await pool.query(`update host set next_at = next_at - $1 * interval '1 ms', due_at = due_at - $1 * interval '1 ms'`, [
    ms,
  ]);
}

export function submission(id: string, change: Partial<Submission> = {}): Submission {
  const url = `https://paper.example/${id}`;
  return { id, url, canonicalUrl: url, pushed: null, partOf: null, ...change };
}

export function textPushed(text: string, isCard = false): Submission['pushed'] {
  return { kind: 'text', title: 'Harbour', text, source: 'Paper', published: null, isCard };
}

/** A text of which only its keys matter: two that share one are linked. */
export function signedText(...keys: number[]): SignedText {
  const shingles = Uint32Array.from(keys).sort();
  const hash = createHash('sha256').update(shingles).digest('hex').slice(0, 32);
  return { version: SIGNATURE_VERSION, hash, words: keys.length, comparison: keys.join(' '), keys: shingles };
}

export function articleOf(name: string, change: Partial<Article> = {}): Article {
  const { body = `Ships came to ${name} in the morning.\n\nThey left at night.` } = change;
  return {
    url: `https://paper.example/read/${name}`,
    title: `The harbour of ${name}`,
    body,
    paragraphs: paragraphsIn(body),
    byline: 'By Ada Ferry',
    published: { at: '2026-03-01T08:00:00.000Z', uncertaintyMs: 0, evidence: '2026-03-01' },
    language: 'en',
    source: { key: 'paper.example', name: 'Paper' },
    declaredCanonicalUrl: null,
    image: null,
    credit: { agency: null, dateline: null, declaredOriginal: null, evidence: [] },
    boilerplate: [],
    metadata: NO_METADATA,
    ...change,
  };
}

const SAME: Verdict = {
  kind: 'same text',
  linked: true,
  rule: 'jaccard',
  comparing: null,
  facts: null,
  shared: 9,
  jaccard: 0.9,
  aInB: 0.95,
  bInA: 0.94,
};

function planOf(members: Member[]): StoryPlan {
  const [first, ...rest] = members;
  const sources = [...new Set(members.map(({ source }) => source.key))];
  return {
    canonical: first?.articleId ?? '',
    reasons: [{ code: rest.length === 0 ? 'only-copy' : 'tie', text: 'the smallest id' }],
    mirrors: rest.map(({ articleId }) => ({ articleId, verdict: SAME, via: null })),
    origins: sources.map((key) => ({ key, name: key, isAgency: false, evidence: 'its own text' })),
    outlets: sources.length,
    texts: [...new Set(members.map(({ textHash }) => textHash))].sort(),
  };
}

/** Members whose texts are connected by shared keys, in the order of article ids. */
function groupsOf({ texts, members }: Component): Member[][] {
  const groups: { keys: Set<number>; members: Member[] }[] = [];
  const keysOf = new Map(texts.map(({ hash, keys }) => [hash, keys]));
  for (const member of members) {
    const keys = new Set(keysOf.get(member.textHash));
    const joined = { keys, members: [member] };
    for (const group of groups.filter((each) => [...keys].some((key) => each.keys.has(key)))) {
      for (const key of group.keys) joined.keys.add(key);
      joined.members.push(...group.members);
      groups.splice(groups.indexOf(group), 1);
    }
    groups.push(joined);
  }
  return groups.map((group) => group.members.sort((a, b) => (a.articleId < b.articleId ? -1 : 1)));
}

/** The stories whose canonical, or first article that is left, is among the members, oldest first. */
function forerunnersOf(existing: ExistingStory[], members: Member[], all: Set<string>): ExistingStory[] {
  const ids = new Set(members.map(({ articleId }) => articleId));
  return existing
    .filter(({ canonical, articleIds }) => ids.has([canonical, ...articleIds].find((id) => all.has(id)) ?? ''))
    .sort((a, b) => (a.createdAt + a.id < b.createdAt + b.id ? -1 : 1));
}

/** A decision that is simple and pure but for the ids: each connected set of texts is a story, and the oldest id stays. */
export function decide(component: Component): StoryChanges {
  const changes: StoryChanges = { stories: [], merged: [], ended: [], events: [] };
  const all = new Set(component.members.map(({ articleId }) => articleId));
  changes.ended = component.stories
    .filter(({ articleIds }) => !articleIds.some((id) => all.has(id)))
    .map(({ id }) => id);
  for (const storyId of changes.ended) changes.events.push({ storyId, kind: 'removed', articleId: null, detail: {} });
  for (const members of groupsOf(component)) {
    const [oldest, ...others] = forerunnersOf(component.stories, members, all);
    const id = oldest?.id ?? `story-${randomUUID()}`;
    changes.stories.push({ id, plan: planOf(members) });
    changes.merged.push(...others.map(({ id: from }) => ({ from, into: id })));
    if (oldest === undefined) changes.events.push({ storyId: id, kind: 'created', articleId: null, detail: {} });
    for (const { id: from } of others) {
      changes.events.push({ storyId: id, kind: 'merged', articleId: null, detail: { from } });
    }
  }
  return changes;
}

/** Everything that cluster does with a batch: candidates, links, stories. */
export async function cluster(
  store: Store,
  claims: Claim[],
  decideBy = decide,
): Promise<{ done: string[]; changes: StoryChanges }> {
  const texts = [...(await store.textsOf(claims.map(({ articleId }) => articleId))).values()];
  const links: [string, string][] = [];
  for (const [hash, others] of await store.candidates(texts)) for (const other of others) links.push([hash, other]);
  return store.assign(claims, links, decideBy);
}

/** Submits and signs an article with a text of these keys. */
export async function sign(store: Store, id: string, keys: number[], change: Partial<Article> = {}): Promise<void> {
  await store.submit([submission(id)]);
  const [claim] = await store.claim('ingest', [id], LEASE_MS);
  if (claim === undefined) throw new Error(`${id} was not to be claimed`);
  await store.saveSigned([
    { articleId: id, token: claim.token, article: articleOf(id, change), text: signedText(...keys), cards: [] },
  ]);
}

/** The whole road of one article; the id of its story. */
export async function publish(
  store: Store,
  id: string,
  keys: number[],
  change: Partial<Article> = {},
): Promise<string> {
  await sign(store, id, keys, change);
  await cluster(store, await store.claim('cluster', [id], LEASE_MS));
  return (await store.article(id))?.story ?? '';
}

/** Takes an article that is sure to be free. */
export async function claimOne(store: Store, stage: 'ingest' | 'cluster', id: string) {
  const [claim] = await store.claim(stage, [id], LEASE_MS);
  if (claim === undefined) throw new Error(`${id} was not to be claimed`);
  return claim;
}

/** Ends a stage badly: for good, or with a retry after a while. */
export async function fail(store: Store, stage: 'ingest' | 'cluster', id: string, retryAfterMs: number | null = null) {
  const { token } = await claimOne(store, stage, id);
  return store.settle(stage, [{ articleId: id, token, reason: 'bug', detail: 'it broke', retryAfterMs }]);
}
