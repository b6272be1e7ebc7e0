import { type IncomingHttpHeaders, type RequestOptions, request } from 'node:http';
import { PassThrough } from 'node:stream';
import { PARAMS } from '@wirefold/dedup';
import type { Queue } from '@wirefold/queue';
import { createEvents, type Events, openEngines } from '@wirefold/runtime';
import type { Store } from '@wirefold/store';
import type { Express } from 'express';
import { type ApiOptions, createApp } from '../app.ts';
import { createEventStreams } from '../event-streams.ts';
import { createHandover } from '../handover.ts';
import { type Api, startApi } from '../listen.ts';

/** The real service on engines in memory, listening on a free port of loopback. */
export interface TestService {
  store: Store;
  queue: Queue;
  api: Api;
  events: Events;
  /** The service once more on the same engines, with other settings. */
  again(changed: Partial<ApiOptions['settings']>): Promise<Api>;
  /** The same application once more, not listening: to look at its routes. */
  app(): Express;
  /** Lines of the log so far. */
  log(): string;
  /** Asks the service; redirects are answers. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** The same below fetch, which keeps some headers to itself. */
  request(
    path: string,
    options?: RequestOptions,
  ): Promise<{ status: number; headers: IncomingHttpHeaders; body: string }>;
  close(): Promise<void>;
}

export async function startTestService(
  settings: {
    host?: string;
    articleDeadlineMs?: number;
    openAccess?: boolean;
    requestsAMinuteMax?: number;
    now?: () => Date;
  } = {},
): Promise<TestService> {
  const lines: string[] = [];
  const destination = new PassThrough();
  destination.on('data', (line: Buffer) => lines.push(line.toString()));
  const events = createEvents({ level: 'debug', service: 'api', destination });
  const memory = {
    databaseUrl: null,
    redisUrl: null,
    dataDir: null,
    databasePoolMax: 4,
    leaseMs: 60_000,
    shutdownMs: 5_000,
  };
  const engines = await openEngines(memory, events, { signatureVersion: PARAMS.version });
  const { store, queue } = engines;
  const { host = '127.0.0.1', articleDeadlineMs = 86_400_000, openAccess = false } = settings;
  const requestsAMinuteMax = settings.requestsAMinuteMax ?? 6_000;
  const options: ApiOptions = {
    store,
    queue,
    events,
    settings: {
      host,
      openAccess,
      requestsAMinuteMax,
      trustedProxies: 0,
      port: 0,
      articleDeadlineMs,
      windowDays: 30,
      resendAfterMs: 30_000,
      claimsMax: 5,
      feedIntervalMinMs: 300_000,
    },
    now: settings.now ?? (() => new Date()),
  };
  const api = await startApi(options);
  return {
    store,
    queue,
    api,
    events,
    again: (changed) => startApi({ ...options, settings: { ...options.settings, ...changed } }),
    app: () => createApp(options, createHandover(options), createEventStreams(options)),
    log: () => lines.join(''),
    ask: (path, init) => fetch(api.url + path, { redirect: 'manual', ...init }),
    request: (path, options) => requestText(api.url + path, options),
    async close() {
      await api.close();
      await engines.close();
    },
  };
}

function requestText(url: string, options: RequestOptions = {}) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; body: string }>((resolve, reject) => {
    const asked = request(url, options, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() });
    });
    asked.once('error', reject);
    asked.end();
  });
}
