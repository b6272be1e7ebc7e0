import type { Queue } from '@wirefold/queue';
import type { Store } from '@wirefold/store';
import type { Health, MonitorFigures } from '@wirefold/web';
import { figureViews } from './health.ts';
import type { createHistory } from './history.ts';
import { FAILURE_GROUPS_MAX, MONITOR_HOSTS_MAX, QUARANTINE_SHOWN_MAX } from './limits.ts';

export interface MonitorOptions {
  store: Store;
  queue: Queue;
  health(): Promise<Health>;
  history: ReturnType<typeof createHistory>;
}

/** All that the monitor shows. */
export function createMonitorFigures({ store, queue, health, history }: MonitorOptions): () => Promise<MonitorFigures> {
  return async () => {
    const [{ stages }, how, day, hour, failures, quarantine, hosts, index] = await Promise.all([
      figureViews(store, queue),
      health(),
      history({ hours: 24, stage: null }),
      history({ hours: 1, stage: null }),
      store.failureGroups(FAILURE_GROUPS_MAX),
      store.failuresOf({ reason: 'bug', limit: QUARANTINE_SHOWN_MAX }),
      store.hosts({ limit: MONITOR_HOSTS_MAX }),
      store.indexFigures(),
    ]);
    return { stages, health: how, day, hour, failures, quarantine, hosts, index };
  };
}
