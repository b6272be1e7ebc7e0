import { setTimeout as sleep } from 'node:timers/promises';
import { handOver, type OnQueueError, type Queue, type Stage } from '@wirefold/queue';
import type { Config, Events } from '@wirefold/runtime';
import type { Store } from '@wirefold/store';
import { HANDOVER_HOSTS_MAX, HANDOVER_IDS_MAX, HANDOVER_PAUSE_MS, PUSHED_IDS_PER_JOB } from './limits.ts';

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

export interface HandoverOptions {
  store: Pick<Store, 'frontier'>;
  queue: Queue;
  events: Pick<Events, 'queueUnavailable'>;
  settings: Pick<Config, 'resendAfterMs' | 'claimsMax'>;
}

export function createHandover({ store, queue, events, settings }: HandoverOptions): Handover {
  let waiting: Accepted[] = [];
  let running: Promise<void> | null = null;
  // One at a time, and in a burst not one after the other: what comes in meanwhile is handed over together, which costs far less.
  const run = async () => {
    while (waiting.length > 0) {
      const taken = waiting;
      waiting = [];
      await handAll({ store, queue, events, settings }, taken);
      if (waiting.length > 0) await sleep(HANDOVER_PAUSE_MS);
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

async function handAll({ queue, events, ...options }: HandoverOptions, accepted: Accepted[]): Promise<void> {
  const onError: OnQueueError = (cause, { kind, stage, articleIds }) =>
    events.queueUnavailable({ cause, kind, stage, articles: articleIds?.length ?? 0 });
  const idsWhere = (fits: (each: Accepted) => boolean) => accepted.filter(fits).map(({ id }) => id);
  // What came with its content shares jobs. A URL to fetch waits at its host, and has a job of its own when its turn has come.
  const pushed = idsWhere(({ stage, isPushed }) => stage === 'ingest' && isPushed);
  const hosted = idsWhere(({ stage, isPushed }) => stage === 'ingest' && !isPushed);
  await handOver(queue, 'ingest', pushed, { onError, batchIds: PUSHED_IDS_PER_JOB });
  await handOver(queue, 'ingest', hosted.length === 0 ? [] : await readyToFetch(options, onError), { onError });
  await handOver(
    queue,
    'cluster',
    idsWhere(({ stage }) => stage === 'cluster'),
    { onError },
  );
}

/** What may be fetched now, of those that were submitted or of others; where the store does not say, the workers find it by themselves. */
async function readyToFetch(
  { store, settings }: Pick<HandoverOptions, 'store' | 'settings'>,
  onError: OnQueueError,
): Promise<string[]> {
  const { resendAfterMs, claimsMax } = settings;
  try {
    return (await store.frontier({ resendAfterMs, claimsMax, limit: HANDOVER_HOSTS_MAX })).ingest;
  } catch (cause) {
    onError(cause instanceof Error ? cause : new Error(String(cause)), { kind: 'unavailable', stage: 'ingest' });
    return [];
  }
}
