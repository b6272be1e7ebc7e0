/** What one host may hold at once. The fetcher's connections per origin are the same number. */
const PER_HOST_MAX = 2;

/**
 * How many fetches of one host may wait in this process. Those beyond it go back to the ledger, so that a host with a thousand URLs
 * does not keep every job of the queue busy with waiting.
 */
const WAITING_PER_HOST_MAX = 50;

/** Leaves the place that `enter` gave. Called once. */
export type Leave = () => void;

export interface Pace {
  /**
   * Waits for a place: two for a host, and `fetchesMax` in all. Null when too many wait for this host already, or when `signal`
   * aborts while it waits.
   */
  enter(host: string, signal: AbortSignal): Promise<Leave | null>;
}

interface Waiting {
  host: string;
  start: (leave: Leave | null) => void;
}

/**
 * Shares the process's fetches among the hosts. A fetch that waits for its host holds no place of the whole, and the first one that
 * can start does, so that a slow host delays only itself.
 */
export function createPace(fetchesMax: number): Pace {
  const running = new Map<string, number>();
  const waiting = new Set<Waiting>();
  let total = 0;

  const count = (host: string) => running.get(host) ?? 0;
  const canStart = (host: string) => total < fetchesMax && count(host) < PER_HOST_MAX;

  function start(host: string): Leave {
    total += 1;
    running.set(host, count(host) + 1);
    return () => {
      total -= 1;
      if (count(host) === 1) running.delete(host);
      else running.set(host, count(host) - 1);
      const next = [...waiting].find((entry) => canStart(entry.host));
      if (next === undefined) return;
      waiting.delete(next);
      next.start(start(next.host));
    };
  }

  return {
    async enter(host, signal) {
      if (signal.aborted) return null;
      if (canStart(host)) return start(host);
      const ahead = [...waiting].filter((entry) => entry.host === host).length;
      if (ahead >= WAITING_PER_HOST_MAX) return null;
      return new Promise((resolve) => {
        const entry: Waiting = {
          host,
          start: (leave) => {
            signal.removeEventListener('abort', giveUp);
            resolve(leave);
          },
        };
        const giveUp = () => {
          waiting.delete(entry);
          resolve(null);
        };
        signal.addEventListener('abort', giveUp, { once: true });
        waiting.add(entry);
      });
    },
  };
}
