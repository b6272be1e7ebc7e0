import { judge, type SignedText, type Verdict } from '@wirefold/dedup';
import type { Claim, Looked, Store } from '@wirefold/store';
import { decideStories, isWithinWindow, rememberVerdicts, type StoryChanges } from '@wirefold/story';

type Link = (a: SignedText, b: SignedText) => Verdict;

/** What placing a batch of signed articles needs. */
export interface Clustering {
  store: Store;
  link: Link;
  /** Texts that were printed more days apart are not one story; 0 for no limit. */
  windowDays: number;
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
  clustering: Clustering,
  claims: Claim[],
): Promise<{ done: string[]; changes: StoryChanges }> {
  const { store, link, windowDays, newStoryId } = clustering;
  const textOfArticle = await store.textsOf(claims.map((claim) => claim.articleId));
  const texts = [...new Map([...textOfArticle.values()].map((text) => [text.hash, text])).values()];
  const { links, looked } = await findLinks(clustering, texts);
  return store.assign(claims, links, decideStories({ judge: link, windowDays, newStoryId }), looked);
}

/** The pairs of text hashes that belong together, and how many were looked at, among `texts` and everything in the store that shares a key with one of them. */
async function findLinks(
  { store, link, windowDays }: Clustering,
  texts: SignedText[],
): Promise<{ links: [string, string][]; looked: Looked[] }> {
  const candidates = await candidatesNear(store, texts, windowDays);
  const others = await store.loadTexts([...new Set([...candidates.values()].flat())]);
  const links: [string, string][] = [];
  const looked: Looked[] = [];
  for (const text of texts) {
    const found = candidates.get(text.hash) ?? [];
    const linked = found.filter((hash) => {
      const other = others.get(hash);
      return other !== undefined && link(text, other).linked;
    });
    for (const hash of linked) links.push([text.hash, hash]);
    looked.push({ candidates: found.length, linked: linked.length });
  }
  return { links, looked };
}

/**
 * The candidates that are within the window. The spans are asked for after the articles were committed: one that widens the span of its
 * text finds what the text is near to now.
 */
async function candidatesNear(store: Store, texts: SignedText[], windowDays: number): Promise<Map<string, string[]>> {
  const candidates = await store.candidates(texts);
  if (windowDays === 0) return candidates;
  const spans = await store.spansOf([...new Set([...candidates.keys(), ...[...candidates.values()].flat()])]);
  const isNear = (a: string, b: string) => isWithinWindow(spans.get(a) ?? null, spans.get(b) ?? null, windowDays);
  return new Map([...candidates].map(([own, others]) => [own, others.filter((other) => isNear(own, other))]));
}
