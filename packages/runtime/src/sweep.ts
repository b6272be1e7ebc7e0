import { type Sweeper, startSweeper } from '@wirefold/queue';
import type { Config } from './config.ts';
import type { Events } from './events.ts';
import type { Engines } from './open.ts';

/** Articles that one sweep hands out at most; what is left is found by the next one. */
const SWEEP_ARTICLES_MAX = 2_000;

/** Hands what the ledger says is unfinished to the queue, now and again. Any number of processes may do it at once. */
export function sweepLedger(
  { store, queue }: Pick<Engines, 'store' | 'queue'>,
  { sweepEveryMs, resendAfterMs, claimsMax }: Pick<Config, 'sweepEveryMs' | 'resendAfterMs' | 'claimsMax'>,
  events: Pick<Events, 'swept' | 'queueUnavailable'>,
): Sweeper {
  return startSweeper({
    sweep: (deep) => {
      return store.sweep({ resendAfterMs, claimsMax, limit: SWEEP_ARTICLES_MAX, withHosts: !deep.has('ingest') });
    },
    queue,
    everyMs: sweepEveryMs,
    onSwept: (swept) => events.swept(swept),
    onError: (cause) => events.queueUnavailable({ cause, kind: 'sweep' }),
  });
}
