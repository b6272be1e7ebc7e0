import { type Queue, type Sweeper, startSweeper } from '@wirefold/queue';
import type { Store } from '@wirefold/store';
import type { IngestEvents } from './results.ts';

/** Hosts that are looked at in a round; those beyond are looked at in the next one. */
const HOSTS_AT_ONCE_MAX = 200;

export interface FrontierSettings {
  hostsEveryMs: number;
  resendAfterMs: number;
  claimsMax: number;
}

const NOTHING = { ingest: [], cluster: [], suspects: [], lost: [] };

interface FrontierOptions {
  store: Store;
  queue: Queue;
  events: IngestEvents;
  settings: FrontierSettings;
}

/**
 * Hands out, of each host whose turn has come, the article that has waited longest. Like the sweeper, but more often, because a host's
 * pause is a second; any number of processes may do it at once.
 */
export function startFrontier({ store, queue, events, settings }: FrontierOptions): Sweeper {
  const { hostsEveryMs: everyMs, resendAfterMs, claimsMax } = settings;
  return startSweeper({
    // What is handed out and then withheld would not be handed out again for a while, and its host would stand still.
    sweep: async (deep) => {
      if (deep.has('ingest')) return NOTHING;
      return store.frontier({ resendAfterMs, claimsMax, limit: HOSTS_AT_ONCE_MAX });
    },
    queue,
    everyMs,
    // That articles get their turn is no news; that some were given up is.
    onSwept: (swept) => {
      if (swept.lost.length > 0) events.swept(swept);
    },
    onError: (cause) => events.queueUnavailable({ cause, kind: 'sweep' }),
  });
}
