import type { OnQueueError } from './bullmq.ts';
import type { Queue, Stage } from './queue.ts';

/**
 * How many articles go into one job, where a stage's articles may need the network. A page may take its whole deadline to fetch, and
 * a job ends when the last of its articles does: so each fetch is a job of its own. Placing articles in stories takes milliseconds,
 * and is cheaper for many at once; so is ingest of texts that were pushed, which the caller knows and may batch like `cluster`.
 */
export const BATCH_IDS = { ingest: 1, cluster: 50 } as const satisfies Record<Stage, number>;

/**
 * Hands saved articles to the queue, `batchIds` to a job. A queue that is not available is reported and no more: the ledger has the
 * articles, and the sweeper hands them over when the queue is back. Returns whether the queue took them.
 */
export async function handOver(
  queue: Queue,
  stage: Stage,
  articleIds: string[],
  { onError, batchIds = BATCH_IDS[stage] }: { onError: OnQueueError; batchIds?: number },
): Promise<boolean> {
  if (articleIds.length === 0) return true;
  try {
    await queue.add(stage, batchesOf(articleIds, batchIds));
    return true;
  } catch (cause) {
    onError(cause instanceof Error ? cause : new Error(String(cause)), { kind: 'unavailable', stage, articleIds });
    return false;
  }
}

export function batchesOf(ids: string[], size: number): string[][] {
  const batches: string[][] = [];
  for (let start = 0; start < ids.length; start += size) batches.push(ids.slice(start, start + size));
  return batches;
}
