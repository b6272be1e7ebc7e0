import type { Reason } from '@wirefold/queue';
import type { Events } from '@wirefold/runtime';
import type { HostAnswer, HostStore, HostTurn } from '@wirefold/store';
import type { Gate } from './fetcher.ts';
import { type PaceSettings, pauseAfter } from './pace.ts';
import type { Failed } from './result.ts';
import type { RobotsDesk } from './robots-desk.ts';

/** The host's turn was not to be had: another fetch holds it, or its pause lasts. */
export interface Busy {
  ok: false;
  busyAt: URL;
}

export interface VisitOptions {
  store: Pick<HostStore, 'enterHost' | 'leaveHost'>;
  robots: RobotsDesk;
  events: Pick<Events, 'visited'>;
  settings: PaceSettings & { leaseMs: number };
  /** Milliseconds from any start. */
  now: () => number;
}

/** One fetch, on its way through one host, or through several where it is redirected. */
export interface Visit {
  /** Lets a request through where the turn of its host is ours and its robots.txt allows it. */
  gate: Gate<Failed | Busy>;
  /**
   * Ends the turn that is held, by what came of the fetch: null where it brought something. One that was broken off by us tells nothing
   * of the host. Gives the host's failures in a row.
   */
  end(outcome: Failed | null | 'unchanged' | 'broken off'): Promise<{ host: string; failures: number } | null>;
}

const NO_FAILURE = { reason: null, retryAfterMs: null };

/** The reasons that say how welcome we are. */
const ANSWERS: Partial<Record<Reason, HostAnswer>> = {
  'http-forbidden': 'refused',
  'http-too-many-requests': 'too-many',
  'robots-forbidden': 'robots',
};

/** Holds the turn of one host at a time: a redirect to another host ends the first turn before the second begins. */
export function startVisit({ store, robots, events, settings, now }: VisitOptions): Visit {
  let turn: HostTurn | null = null;
  let startedAt = 0;
  let crawlDelayMs: number | null = null;

  async function leave(outcome: Parameters<Visit['end']>[0]): ReturnType<Visit['end']> {
    if (turn === null) return null;
    const { reason, retryAfterMs } = outcome === null || typeof outcome === 'string' ? NO_FAILURE : outcome;
    const answer = outcome === 'unchanged' ? 'unchanged' : ((reason && ANSWERS[reason]) ?? 'other');
    const ended = turn;
    turn = null;
    const latencyMs = now() - startedAt;
    const pause = pauseAfter(
      { failuresBefore: ended.failures, latencyMs, crawlDelayMs, reason, retryAfterMs },
      settings,
    );
    const failures = outcome === 'broken off' ? ended.failures : pause.failures;
    await store.leaveHost(ended, { delayMs: pause.delayMs, failures, reason: pause.trouble, answer });
    events.visited({ answer });
    return { host: ended.host, failures };
  }

  return {
    async gate(url, signal) {
      if (turn?.host !== url.host) {
        await leave(null);
        turn = await store.enterHost(url.host, settings.leaseMs);
        if (turn === null) return { ok: false, busyAt: url };
        startedAt = now();
        crawlDelayMs = null;
      }
      const answer = await robots.ask(url, signal);
      if (!answer.ok) return answer;
      crawlDelayMs = answer.crawlDelayMs;
      return null;
    },
    end: leave,
  };
}
