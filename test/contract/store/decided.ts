/** Articles with texts that the real rules place, and what people decide about them. */
import type { SignedText, Verdict } from '@wirefold/dedup';
import type { Component, DecisionOutcome, NewDecision, Store } from '@wirefold/store';
import { decideStories } from '@wirefold/story';
import { articleOf, claimOne, cluster, LEASE_MS, sign, signedText, submission, textPushed } from './fixtures.ts';

/** Enough keys that a text is not thin, and all its own. */
const OWN_KEYS = 8;
export const keysOf = (family: number, own: number) => [
  ...Array.from({ length: OWN_KEYS }, (_, at) => family * 1000 + at),
  family * 1000 + 100 + own,
];

function judgeKeys(a: SignedText, b: SignedText): Verdict {
  const linked = [...a.keys].some((key) => b.keys.includes(key));
  const kind = a.hash === b.hash ? 'same text' : linked ? 'revision' : 'different';
  const figures = { shared: linked ? 1 : 0, jaccard: linked ? 0.5 : 0, aInB: 0.5, bInA: 0.5 };
  return { kind, linked, rule: 'keys', ...figures, comparing: null, facts: null };
}

let stories = 0;
export const decide: (component: Component) => ReturnType<ReturnType<typeof decideStories>> = decideStories({
  judge: judgeKeys,
  windowDays: 0,
  newStoryId: () => `s${++stories}`,
});

export async function place(store: Store, ...ids: string[]): Promise<void> {
  await cluster(store, await store.claim('cluster', ids, LEASE_MS), decide);
}

/** An article with a text of a family; those of one family are linked, and equal where their own number is. */
export async function publish(store: Store, id: string, family: number, own: number): Promise<string> {
  await sign(store, id, keysOf(family, own), { source: { key: `${id}.example`, name: id } });
  await place(store, id);
  return storyOf(store, id);
}

/** Reads an article again, with another text. */
export async function revise(store: Store, id: string, family: number, own: number): Promise<void> {
  await store.submit([submission(id, { pushed: textPushed(`${id} ${family} ${own}`) })]);
  const { token } = await claimOne(store, 'ingest', id);
  const article = articleOf(id, { body: `${id} ${family} ${own}`, source: { key: `${id}.example`, name: id } });
  await store.saveSigned([{ articleId: id, token, article, text: signedText(...keysOf(family, own)), cards: [] }]);
  await place(store, id);
}

export const storyOf = async (store: Store, id: string) => (await store.article(id))?.story ?? '';

/** The articles of all live stories, each as one line. */
export async function partition(store: Store, ids: string[]): Promise<string[]> {
  const byStory = new Map<string, string[]>();
  for (const id of ids) {
    const story = await storyOf(store, id);
    byStory.set(story, [...(byStory.get(story) ?? []), id]);
  }
  return [...byStory.values()].map((members) => members.sort().join(' ')).sort();
}

const BY = { note: null, by: 'desk' };
export const split = (storyId: string, ...articleIds: string[]): NewDecision => ({
  kind: 'split',
  storyId,
  articleIds,
  ...BY,
});
export const merge = (storyId: string, ...mergedIds: string[]): NewDecision => ({
  kind: 'merge',
  storyId,
  mergedIds,
  ...BY,
});
export const pin = (storyId: string, articleId: string): NewDecision => ({
  kind: 'pin',
  storyId,
  articleIds: [articleId],
  ...BY,
});

export function made(outcome: DecisionOutcome): Extract<DecisionOutcome, { ok: true }> {
  if (!outcome.ok) throw new Error(`not decided: ${outcome.problem}`);
  return outcome;
}
