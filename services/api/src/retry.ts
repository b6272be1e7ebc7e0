import type { Events } from '@wirefold/runtime';
import type { Replayed, ReplayQuery, Store } from '@wirefold/store';
import type { Handover } from './handover.ts';

/** Has failed articles tried again, by somebody's wish. */
export interface Retry {
  /** Returns how many are tried again. */
  failures(query: ReplayQuery): Promise<number>;
  /** Whether it is tried again; null where there is no such article. */
  article(articleId: string): Promise<boolean | null>;
}

/** The ledger first, then the queue, as for a submission. */
export function createRetry(
  store: Pick<Store, 'replay' | 'replayOne'>,
  handover: Handover,
  events: Pick<Events, 'replayed'>,
): Retry {
  const passOn = (replayed: Replayed[]) => {
    if (replayed.length > 0) events.replayed({ articles: replayed.length });
    handover.add(replayed);
    return replayed.length;
  };
  return {
    failures: async (query) => passOn(await store.replay(query)),
    article: async (articleId) => {
      const replayed = await store.replayOne(articleId);
      return replayed === null ? null : passOn(replayed) > 0;
    },
  };
}
