/** Leaves the place that `enter` gave. Called once. */
export type Leave = () => void;

export interface Places {
  /** Waits for a place; null when `signal` aborts while it waits. First come, first served. */
  enter(signal: AbortSignal): Promise<Leave | null>;
}

/** Room for `placesMax` fetches at once in this process, which holds their bodies in memory. */
export function createPlaces(placesMax: number): Places {
  const waiting = new Set<() => void>();
  let taken = 0;

  function start(): Leave {
    taken += 1;
    return () => {
      taken -= 1;
      const [next] = waiting;
      next?.();
    };
  }

  return {
    async enter(signal) {
      if (signal.aborted) return null;
      if (taken < placesMax) return start();
      return new Promise((resolve) => {
        const begin = () => {
          waiting.delete(begin);
          signal.removeEventListener('abort', giveUp);
          resolve(start());
        };
        const giveUp = () => {
          waiting.delete(begin);
          resolve(null);
        };
        signal.addEventListener('abort', giveUp, { once: true });
        waiting.add(begin);
      });
    },
  };
}
