import { articleIdOfUrl, canonicalUrl, NO_METADATA, paragraphsIn, type SpellingClaim } from '@wirefold/article';
import { judge, sign } from '@wirefold/dedup';
import type { Store } from '@wirefold/store';
import { decideStories } from '@wirefold/story';

/** What both stages do with a page of the Harbor at this URL, with this text and these claims. Gives its id. */
export async function publishSpelled(
  store: Store,
  { url, body }: { url: string; body: string },
  ...claims: SpellingClaim[]
): Promise<string> {
  const canonical = canonicalUrl(url);
  if (!canonical.ok) throw new Error(canonical.problem);
  const id = articleIdOfUrl(canonical.url);
  await store.submit([{ id, url, canonicalUrl: canonical.url, pushed: null, partOf: null }]);
  const [claim] = await store.claim('ingest', [id], 60_000);
  const source = { key: 'harbor.example', name: 'Harbor' };
  const article = {
    ...{
      url: canonical.url,
      title: 'Ferry stops',
      body,
      paragraphs: paragraphsIn(body),
      byline: null,
      published: null,
    },
    ...{ language: 'en', source, declaredCanonicalUrl: null, image: null, boilerplate: [], metadata: NO_METADATA },
    credit: { agency: null, dateline: null, declaredOriginal: null, evidence: [] },
  };
  await store.saveSigned([{ articleId: id, token: claim?.token ?? 0, article, text: sign(body), claims, cards: [] }]);
  const decide = decideStories({ judge, windowDays: 0, newStoryId: () => `s-${id}` });
  await store.assign(await store.claim('cluster', [id], 60_000), [], decide);
  return id;
}
