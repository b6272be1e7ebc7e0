import type { Events } from '@wirefold/runtime';
import type { Store } from '@wirefold/store';
import type { Place } from './place.ts';

/** Removes an article; false where there is none with this id. */
export type Remove = (articleId: string) => Promise<boolean>;

/** What is left of the article's stories is decided by the rules of cluster, in the transaction that removes it. */
export function createRemove(store: Store, events: Pick<Events, 'removed'>, place: Place): Remove {
  return async (articleId) => {
    const changes = await store.remove(articleId, place);
    if (changes !== null) events.removed({ articleId, changes });
    return changes !== null;
  };
}
