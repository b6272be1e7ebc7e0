import { setTimeout as sleep } from 'node:timers/promises';
import { BATCH_IDS, batchesOf } from './hand-over.ts';
import { type Queue, type QueueDepth, STAGES, type Stage } from './queue.ts';

/** What the ledger says is unfinished and held by nobody; the store's `Sweep` is one. */
export interface Unfinished {
  ingest: string[];
  cluster: string[];
  /** Articles that a worker was lost with before: they may be why. */
  suspects: { stage: Stage; articleId: string }[];
  /** Articles that were given up just now. */
  lost: string[];
}

/** What one sweep did: numbers of articles handed out, and of those left for a later sweep. */
export interface Swept {
  ingest: number;
  cluster: number;
  suspects: number;
  lost: string[];
  withheld: number;
}

export interface SweeperOptions {
  /**
   * Asks the ledger, which marks what it answers as handed out now. `deep` are the stages whose backlog takes nothing more: what is
   * answered for them is withheld.
   */
  sweep: (deep: ReadonlySet<Stage>) => Promise<Unfinished>;
  queue: Queue;
  everyMs: number;
  onSwept: (swept: Swept) => void;
  /** A sweep failed; the next one is made all the same. */
  onError: (error: unknown) => void;
  batchIds?: Record<Stage, number>;
}

export interface Sweeper {
  /** Waits for the sweep in hand; then none follows. */
  stop(): Promise<void>;
}

// Where more jobs than these wait, an article that was not heard of for a while is most likely among them. It is left for a later
// sweep, or each sweep would add the whole backlog again.
const WAITING_JOBS_MAX = 200;

/** Sweeps now, and `everyMs` after each sweep, until it is stopped. */
export function startSweeper(options: SweeperOptions): Sweeper {
  const stopping = new AbortController();
  const { signal } = stopping;
  const loop = async () => {
    while (!signal.aborted) {
      try {
        const swept = await sweepOnce(options);
        options.onSwept(swept);
      } catch (error) {
        options.onError(error);
      }
      await sleep(options.everyMs, undefined, { signal }).catch(() => undefined);
    }
  };
  const ended = loop();
  return {
    stop() {
      stopping.abort();
      return ended;
    },
  };
}

async function sweepOnce({ sweep, queue, batchIds = BATCH_IDS }: SweeperOptions): Promise<Swept> {
  // Asked first: the ledger is not told that articles were handed out while the queue cannot take them.
  const depths: QueueDepth[] = await Promise.all(STAGES.map((stage) => queue.depth(stage)));
  const isDeep = new Set(STAGES.filter((_, i) => (depths[i]?.waiting ?? 0) > WAITING_JOBS_MAX));
  const unfinished = await sweep(isDeep);
  const swept: Swept = { ingest: 0, cluster: 0, suspects: 0, lost: unfinished.lost, withheld: 0 };
  for (const stage of STAGES) {
    const suspects = unfinished.suspects.filter((suspect) => suspect.stage === stage).map(({ articleId }) => articleId);
    const ids = unfinished[stage];
    if (isDeep.has(stage)) {
      swept.withheld += ids.length + suspects.length;
      continue;
    }
    // A suspect is alone in its job, so that it takes no other article with it.
    await queue.add(stage, [...batchesOf(ids, batchIds[stage]), ...batchesOf(suspects, 1)]);
    swept[stage] = ids.length;
    swept.suspects += suspects.length;
  }
  return swept;
}
