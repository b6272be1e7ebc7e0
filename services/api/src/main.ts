import { PARAMS } from '@wirefold/dedup';
import { runProcess } from '@wirefold/runtime';
import { startApi } from './listen.ts';

process.exitCode = await runProcess({
  service: 'api',
  env: process.env,
  signatureVersion: PARAMS.version,
  async start({ config, events, engines: { store, queue } }) {
    const api = await startApi({ store, queue, events, settings: config, now: () => new Date() });
    events.log.info({ url: api.url }, 'listening');
    return [{ name: 'api', close: () => api.close() }];
  },
});
