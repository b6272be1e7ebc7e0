import { PARAMS } from '@wirefold/dedup';
import { runProcess, sweepLedger } from '@wirefold/runtime';
import { startUpkeep } from './upkeep.ts';
import { startCluster } from './worker.ts';

process.exitCode = await runProcess({
  service: 'cluster',
  env: process.env,
  signatureVersion: PARAMS.version,
  async start({ config, events, engines: { store, queue } }) {
    const cluster = await startCluster({ store, queue, events, settings: config });
    const upkeep = startUpkeep({ store, queue, events, settings: config });
    const sweeper = sweepLedger({ store, queue }, config, events);
    return [
      { name: 'cluster', close: () => cluster.close() },
      { name: 'upkeep', close: () => upkeep.stop() },
      { name: 'sweeper', close: () => sweeper.stop() },
    ];
  },
});
