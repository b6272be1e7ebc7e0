import { createServer, type RequestListener, type Server } from 'node:http';
import { isIPv6 } from 'node:net';
import type { Store } from '@wirefold/store';
import type { Config } from './config.ts';
import type { Events } from './events.ts';
import type { Part } from './shutdown.ts';

/** Connections of those who look at a worker at once; further ones are dropped. */
const LOOKERS_MAX = 20;
/** Time for a request, and for the store to say that it is there. */
const REQUEST_MS = 5_000;

export interface MetricsServerOptions {
  settings: Pick<Config, 'metricsPort' | 'metricsHost'>;
  store: Pick<Store, 'ping'>;
  events: Pick<Events, 'log' | 'processMetricsText' | 'metricsContentType'>;
}

/**
 * Has a process that answers nothing else tell of itself: `/metrics` for Prometheus, `/health` for who starts it anew. Null where no port
 * was set.
 * @throws Error that says what to do, when the address cannot be listened on.
 */
export async function serveMetrics({ settings, store, events }: MetricsServerOptions): Promise<Part | null> {
  const { metricsPort: port, metricsHost: host } = settings;
  if (port === null) return null;
  const server = createServer({ requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS }, answerWith(store, events));
  server.maxConnections = LOOKERS_MAX;
  const listening = await listen(server, host, port);
  events.log.info({ url: `http://${isIPv6(host) ? `[${host}]` : host}:${listening}/metrics` }, 'metrics');
  return {
    name: 'metrics',
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answerWith(store: Pick<Store, 'ping'>, events: MetricsServerOptions['events']): RequestListener {
  return async ({ method, url = '/' }, response) => {
    const say = (status: number, type: string, text: string) =>
      response
        .writeHead(status, { 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
        .end(text);
    if (method !== 'GET' && method !== 'HEAD') return say(405, 'text/plain', 'GET only\n');
    const [path] = url.split('?');
    if (path === '/metrics') return say(200, events.metricsContentType, await events.processMetricsText());
    if (path !== '/health') return say(404, 'text/plain', 'There are /metrics and /health.\n');
    const answers = await pingWithin(store, REQUEST_MS);
    const problems = answers ? [] : ['The store does not answer.'];
    const body = { status: answers ? 'healthy' : 'unhealthy', problems };
    return say(answers ? 200 : 503, 'application/json', `${JSON.stringify(body)}\n`);
  };
}

async function pingWithin(store: Pick<Store, 'ping'>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const answers = store.ping().then(
    () => true,
    () => false,
  );
  return await Promise.race([answers, late]).finally(() => clearTimeout(timer));
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new Error(`METRICS_PORT: ${host}:${port} cannot be listened on; set another one`, { cause })),
    );
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
