import { startApi } from '@wirefold/api';
import { startCluster, startUpkeep } from '@wirefold/cluster';
import { configuredFetcher, startDeliver, startFeeds, startIngest } from '@wirefold/ingest';
import { type Part, type ProcessContext, sweepLedger } from '@wirefold/runtime';

/** Everything in one process: where it listens, and its parts in the order in which they were started. */
export interface Service {
  url: string;
  parts: Part[];
}

/** Starts API, pages, ingest and cluster on the given engines. */
export async function startService({ config, events, engines }: ProcessContext): Promise<Service> {
  const { store, queue } = engines;
  const parts: Part[] = [];
  const started = <T extends { close(): Promise<void> }>(name: string, part: T): T => {
    parts.push({ name, close: () => part.close() });
    return part;
  };
  try {
    const fetcher = started('fetcher', configuredFetcher(config));
    started('ingest', await startIngest({ store, queue, fetcher, events, settings: config }));
    started('deliver', await startDeliver({ store, queue, fetcher, events, settings: config }));
    started('feeds', await startFeeds({ store, queue, fetcher, events, settings: config }));
    started('cluster', await startCluster({ store, queue, events, settings: config }));
    const upkeep = startUpkeep({ store, queue, events, settings: config });
    started('upkeep', { close: () => upkeep.stop() });
    const sweeper = sweepLedger(engines, config, events);
    started('sweeper', { close: () => sweeper.stop() });
    const api = started('api', await startApi({ store, queue, events, settings: config, now: () => new Date() }));
    return { url: api.url, parts };
  } catch (cause) {
    for (const part of parts.toReversed()) await part.close();
    throw cause;
  }
}
