import { judge, type SignedText, type Verdict } from '@wirefold/dedup';
import type { Claim, Store } from '@wirefold/store';
import { planStories, reconcile, rememberVerdicts, type StoryChanges } from '@wirefold/story';

type Link = (a: SignedText, b: SignedText) => Verdict;

/** What placing a batch of signed articles needs. */
export interface Clustering {
  store: Store;
  link: Link;
  newStoryId: () => string;
}

/** Verdicts remembered in one worker: a component of 40 texts has 780 pairs, and all but the newest text's are asked again. */
const VERDICTS_REMEMBERED_MAX = 200_000;

/** The judge of a worker: texts never change, so a verdict that was given once stays right. */
export function rememberingJudge(): Link {
  return rememberVerdicts(judge, VERDICTS_REMEMBERED_MAX);
}

/**
 * Places claimed articles in stories. Their texts and keys were committed by ingest before this searches: of two copies that are
 * placed at the same moment, at least the later one finds the other.
 */
export async function placeArticles(
  { store, link, newStoryId }: Clustering,
  claims: Claim[],
): Promise<{ done: string[]; changes: StoryChanges }> {
  const textOfArticle = await store.textsOf(claims.map((claim) => claim.articleId));
  const texts = [...new Map([...textOfArticle.values()].map((text) => [text.hash, text])).values()];
  const links = await findLinks(store, texts, link);
  return store.assign(claims, links, (component) =>
    reconcile(planStories(component.texts, component.members, link), component.stories, newStoryId),
  );
}

/** The pairs of text hashes that belong together, among `texts` and everything in the store that shares a key with one of them. */
async function findLinks(store: Store, texts: SignedText[], link: Link): Promise<[string, string][]> {
  const candidates = await store.candidates(texts);
  const others = await store.loadTexts([...new Set([...candidates.values()].flat())]);
  const links: [string, string][] = [];
  for (const text of texts) {
    for (const hash of candidates.get(text.hash) ?? []) {
      const other = others.get(hash);
      if (other !== undefined && link(text, other).linked) links.push([text.hash, hash]);
    }
  }
  return links;
}
