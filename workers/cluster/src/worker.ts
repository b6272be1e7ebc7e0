import type { Consumer, Queue } from '@wirefold/queue';
import { bugDetail, type Events, settleFailures } from '@wirefold/runtime';
import { type Claim, newStoryId, type Store } from '@wirefold/store';
import { type Clustering, placeArticles, rememberingJudge } from './cluster.ts';

export interface ClusterWorkerOptions {
  store: Store;
  queue: Queue;
  events: Events;
  settings: {
    clusterConcurrency: number;
    windowDays: number;
    leaseMs: number;
    retryBaseMs: number;
    retryMaxMs: number;
  };
}

/** Starts taking `cluster` jobs: signed articles in, stories out. */
export function startCluster(options: ClusterWorkerOptions): Promise<Consumer> {
  const { store, queue, settings } = options;
  const clustering: Clustering = { store, link: rememberingJudge(), windowDays: settings.windowDays, newStoryId };
  return queue.consume(
    'cluster',
    async (articleIds) => {
      const claims = await store.claim('cluster', articleIds, settings.leaseMs);
      if (claims.length > 0) await place(options, clustering, claims);
    },
    { concurrency: settings.clusterConcurrency },
  );
}

/** Places the batch; where that fails as a bug, each article alone, so that one bad article does not hold up the others. */
async function place(options: ClusterWorkerOptions, clustering: Clustering, claims: Claim[]): Promise<void> {
  const { store, events } = options;
  const startedAt = performance.now();
  try {
    const { done, changes } = await placeArticles(clustering, claims);
    events.clustered({ articles: done.length, changes, durationMs: performance.now() - startedAt });
  } catch (cause) {
    // With the store away nothing can be said of the articles: the claims run out and the sweeper hands them out again.
    await store.ping();
    if (claims.length === 1) await settleBug(options, claims[0] as Claim, cause);
    else for (const claim of claims) await place(options, clustering, [claim]);
  }
}

/** A bug is tried again a bounded number of times; then the article fails visibly, with the cause kept beside it. */
async function settleBug(options: ClusterWorkerOptions, claim: Claim, cause: unknown): Promise<void> {
  options.events.bug({ stage: 'cluster', articleId: claim.articleId, cause });
  await settleFailures(options, 'cluster', [{ claim, reason: 'bug', detail: bugDetail(cause), retryAfterMs: null }]);
}
