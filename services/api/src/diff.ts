import type { Article } from '@wirefold/article';
import type { ArticleRecord, Store } from '@wirefold/store';
import { copyChanges, wordDiff } from '@wirefold/story';
import type { DiffAnswer, DiffedCopy } from '@wirefold/web';

/** What copy `b` of a story changed of copy `a`; both are article ids. */
export type Diff = (storyId: string, a: string, b: string) => Promise<DiffAnswer>;

type Printed = ArticleRecord & { article: Article };

export function createDiff(store: Pick<Store, 'article' | 'story' | 'storyEndedAt'>): Diff {
  return async (storyId, aId, bId) => {
    const [a, b] = await Promise.all([store.article(aId), store.article(bId)]);
    if (!isCopyOf(storyId, a) || !isCopyOf(storyId, b)) return whyNot(store, storyId, isCopyOf(storyId, a) ? 'b' : 'a');
    return {
      ok: true,
      story: storyId,
      a: shownOf(a),
      b: shownOf(b),
      title: wordDiff(a.article.title, b.article.title),
      before: a.article.body,
      changes: copyChanges(a.article, b.article),
    };
  };
}

function isCopyOf(storyId: string, record: ArticleRecord | null): record is Printed {
  return record !== null && record.story === storyId && record.article !== null;
}

async function whyNot(
  store: Pick<Store, 'story' | 'storyEndedAt'>,
  storyId: string,
  side: 'a' | 'b',
): Promise<DiffAnswer> {
  const answer = await store.story(storyId);
  if (answer !== null && answer.redirectedFrom !== null) return { ok: false, problem: 'merged', into: answer.story.id };
  if (answer !== null) return { ok: false, problem: 'not-a-copy', side };
  const endedAt = await store.storyEndedAt(storyId);
  return endedAt === null ? { ok: false, problem: 'unknown' } : { ok: false, problem: 'gone', endedAt };
}

function shownOf({ id, article, isCanonical }: Printed): DiffedCopy {
  const { url, title, source, published, language } = article;
  return { articleId: id, isCanonical, url, title, source, published, language };
}
