import { judge } from '@wirefold/dedup';
import type { Events } from '@wirefold/runtime';
import { newStoryId, type Store } from '@wirefold/store';
import { decideStories, rememberVerdicts } from '@wirefold/story';

/** Removes an article; false where there is none with this id. */
export type Remove = (articleId: string) => Promise<boolean>;

/** Verdicts remembered between two tries and two removals: those of some large stories. */
const VERDICTS_REMEMBERED_MAX = 20_000;

/** What is left of the article's stories is decided by the rules of cluster, in the transaction that removes it. */
export function createRemove(store: Store, events: Pick<Events, 'removed'>, windowDays: number): Remove {
  const decide = decideStories({ judge: rememberVerdicts(judge, VERDICTS_REMEMBERED_MAX), windowDays, newStoryId });
  return async (articleId) => {
    const changes = await store.remove(articleId, decide);
    if (changes !== null) events.removed({ articleId, changes });
    return changes !== null;
  };
}
