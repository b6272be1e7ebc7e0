import { handOver, type OnQueueError, type Queue, type Stage } from '@wirefold/queue';
import type { Events } from '@wirefold/runtime';
import { HANDOVER_IDS_MAX, PUSHED_IDS_PER_JOB } from './limits.ts';

/** An accepted article: which stage it waits for, and whether its content came with it. */
export interface Accepted {
  id: string;
  stage: Stage;
  isPushed: boolean;
}

/**
 * Hands accepted articles to the queue, behind the answers: the ledger has them, and a queue that is slow or away must not keep a
 * client waiting. What cannot be handed over is only told; the sweeper finds it in the ledger.
 */
export interface Handover {
  add(accepted: Accepted[]): void;
  /** Resolves when nothing is left to hand over. */
  idle(): Promise<void>;
}

export function createHandover(queue: Queue, events: Pick<Events, 'queueUnavailable'>): Handover {
  let waiting: Accepted[] = [];
  let running: Promise<void> | null = null;
  // One at a time: what comes in meanwhile is handed over together, which costs the queue far less.
  const run = async () => {
    while (waiting.length > 0) {
      const taken = waiting;
      waiting = [];
      await handAll(queue, taken, events);
    }
    running = null;
  };
  return {
    add(accepted) {
      const room = HANDOVER_IDS_MAX - waiting.length;
      waiting = waiting.concat(accepted.slice(0, room));
      if (accepted.length > room) {
        const cause = new Error('too many articles wait to be handed over');
        events.queueUnavailable({ cause, articles: accepted.length - room });
      }
      running ??= run();
    },
    idle: async () => {
      await running;
    },
  };
}

async function handAll(queue: Queue, accepted: Accepted[], events: Pick<Events, 'queueUnavailable'>): Promise<void> {
  const onError: OnQueueError = (cause, { kind, stage, articleIds }) =>
    events.queueUnavailable({ cause, kind, stage, articles: articleIds?.length ?? 0 });
  const idsWhere = (fits: (each: Accepted) => boolean) => accepted.filter(fits).map(({ id }) => id);
  // A URL to fetch has a job of its own, so that a slow site holds up nobody else; what came with its content shares jobs.
  const pushed = idsWhere(({ stage, isPushed }) => stage === 'ingest' && isPushed);
  const toFetch = idsWhere(({ stage, isPushed }) => stage === 'ingest' && !isPushed);
  await handOver(queue, 'ingest', pushed, { onError, batchIds: PUSHED_IDS_PER_JOB });
  await handOver(queue, 'ingest', toFetch, { onError });
  await handOver(
    queue,
    'cluster',
    idsWhere(({ stage }) => stage === 'cluster'),
    { onError },
  );
}
