import { PARAMS } from '@wirefold/dedup';
import { runProcess, sweepLedger } from '@wirefold/runtime';
import { configuredFetcher } from './configured.ts';
import { startDeliver } from './deliver.ts';
import { startFeeds } from './feeds/start-feeds.ts';
import { startIngest } from './ingest.ts';

process.exitCode = await runProcess({
  service: 'ingest',
  env: process.env,
  signatureVersion: PARAMS.version,
  async start({ config, events, engines: { store, queue } }) {
    const fetcher = configuredFetcher(config);
    const ingest = await startIngest({ store, queue, fetcher, events, settings: config });
    const deliver = await startDeliver({ store, queue, fetcher, events, settings: config });
    const feeds = await startFeeds({ store, queue, fetcher, events, settings: config });
    const sweeper = sweepLedger({ store, queue }, config, events);
    return [
      { name: 'fetcher', close: () => fetcher.close() },
      { name: 'ingest', close: () => ingest.close() },
      { name: 'deliver', close: () => deliver.close() },
      { name: 'feeds', close: () => feeds.close() },
      { name: 'sweeper', close: () => sweeper.stop() },
    ];
  },
});
