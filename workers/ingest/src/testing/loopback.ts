import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createFetcher, type Fetcher, type FetcherOptions } from '../fetch/fetcher.ts';

export interface Loopback {
  port: number;
  /** Sockets that are open now, as the server sees them. */
  open(): number;
  close(): Promise<void>;
}

/** Serves HTTP on a free port of 127.0.0.1. */
export function serveHttp(listener: RequestListener): Promise<Loopback> {
  return listen(
    createHttpServer({ requestTimeout: 0, headersTimeout: 0 }, (request, response) => {
      response.on('error', () => {});
      listener(request, response);
    }),
  );
}

/** Serves bytes on a free port of 127.0.0.1: `answer` is called once, with the first bytes that came. */
export function serveBytes(answer: (socket: Socket, first: Buffer) => void): Promise<Loopback> {
  return listen(createServer((socket) => void socket.once('data', (first) => answer(socket, first))));
}

async function listen(server: Server): Promise<Loopback> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    open: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** A fetcher with small limits for which `site.test` is the server on `port`. No other name resolves, unless `lookup` says so. */
export function fetcherFor(port: number, options: Partial<FetcherOptions> = {}): Fetcher {
  return createFetcher({
    deadlineMs: 5_000,
    wireBytesMax: 200_000,
    bodyBytesMax: 2_000_000,
    userAgent: 'Wirefold/test (+https://wirefold.test/bot)',
    testHosts: new Map([['site.test', { address: '127.0.0.1', port }]]),
    lookup: async (hostname) => {
      throw Object.assign(new Error(`no such host: ${hostname}`), { code: 'ENOTFOUND' });
    },
    ...options,
  });
}
