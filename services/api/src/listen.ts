import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { type ApiOptions, createApp } from './app.ts';
import { createEventStreams } from './event-streams.ts';
import { createHandover } from './handover.ts';
import { isLoopback } from './host.ts';
import { boundedServer } from './http-server.ts';
import { CLOSE_GRACE_MS } from './limits.ts';

/** The HTTP service while it runs. */
export interface Api {
  /** Where it is reached from this machine, for example `http://127.0.0.1:8080`. */
  url: string;
  port: number;
  /** Takes no new request, lets those in hand end, hands over what was accepted, then resolves. */
  close(): Promise<void>;
}

/**
 * Starts the HTTP service and resolves once it listens.
 * @throws Error that says what to do, when the address cannot be listened on.
 */
export async function startApi(options: ApiOptions): Promise<Api> {
  const { settings } = options;
  await refuseOpenNetwork(options);
  const handover = createHandover(options);
  const streams = createEventStreams(options);
  const server = boundedServer(createApp(options, handover, streams));
  const closeServer = closable(server);
  const port = await listen(server, settings.host, settings.port);
  return {
    url: `http://${reachableHost(settings.host)}:${port}`,
    port,
    async close() {
      await Promise.all([streams.close(), closeServer()]);
      await handover.idle();
    },
  };
}

/** What listens beyond loopback is reached by anybody, so it starts only with a key, or where somebody said that it may be open. */
async function refuseOpenNetwork({ store, settings, events }: ApiOptions): Promise<void> {
  if (isLoopback(settings.host) || (await store.keys()).length > 0) return;
  if (!settings.openAccess) {
    throw new Error(
      `HOST=${settings.host} can be reached from the network, and there is no key to ask for. Create one with \`npm run -s ` +
        'wirefold -- keys create --scope admin --name NAME`, or set OPEN_ACCESS=true where something else asks who is there.',
    );
  }
  events.log.warn({ host: settings.host }, 'open to the network without a key: OPEN_ACCESS says so');
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const refuse = (cause: NodeJS.ErrnoException) => {
      const what = cause.code === 'EADDRINUSE' ? 'is in use; set PORT to another one' : 'cannot be listened on';
      reject(new Error(`${host}:${port} ${what}`, { cause }));
    };
    server.once('error', refuse);
    server.listen(port, host, () => {
      server.off('error', refuse);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** An address that listens everywhere is reached on this machine as loopback. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

/**
 * Prepares a server to be closed: connections without a request in hand end at once, also those that never sent one, as browsers
 * open them ahead; the others end with their answer, or after `CLOSE_GRACE_MS`.
 */
function closable(server: Server): () => Promise<void> {
  const requests = new Map<Socket, number>();
  let isClosing = false;
  const count = (socket: Socket, change: number) => {
    const left = (requests.get(socket) ?? 0) + change;
    requests.set(socket, left);
    if (isClosing && left === 0) socket.end();
  };
  server.on('connection', (socket) => {
    requests.set(socket, 0);
    socket.once('close', () => requests.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    count(socket, 1);
    response.once('close', () => count(socket, -1));
  });
  return () =>
    new Promise((resolve) => {
      isClosing = true;
      const cut = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
      server.close(() => {
        clearTimeout(cut);
        resolve();
      });
      for (const [socket, inHand] of requests) if (inHand === 0) socket.destroy();
    });
}
