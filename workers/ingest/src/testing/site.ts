import { afterEach } from 'vitest';
import type { Fetcher, FetcherOptions } from '../fetch/fetcher.ts';
import type { FetchResult } from '../fetch/result.ts';
import { fetcherFor, type Loopback, serveBytes } from './loopback.ts';

export const HTML = { 'content-type': 'text/html; charset=utf-8' };
export const PAGE = '<!doctype html><title>Bridge reopens</title><p>The bridge reopened on Monday.</p>';

const open: { server: Loopback; fetcher: Fetcher }[] = [];

/** After each test: no server has a socket left once its fetcher is closed. */
afterEach(async () => {
  for (const { server, fetcher } of open.splice(0)) {
    await fetcher.close();
    while (server.open() > 0) await new Promise<void>((resolve) => void setImmediate(resolve));
    await server.close();
  }
});

/** A fetcher for the server, which is `site.test`; both are closed after the test. */
export function openSite(server: Loopback, options: Partial<FetcherOptions> = {}): Fetcher {
  const fetcher = fetcherFor(server.port, options);
  open.push({ server, fetcher });
  return fetcher;
}

/** Fetches a path of `site.test`, or a whole URL. */
export function siteFor(
  server: Loopback,
  options: Partial<FetcherOptions> = {},
): (path?: string) => Promise<FetchResult> {
  const fetcher = openSite(server, options);
  return (path = '/') =>
    fetcher.fetchPage(path.startsWith('/') ? `http://site.test${path}` : path, new AbortController().signal);
}

/** The body of a page, or the reason of a failure. */
export function textOf(result: FetchResult): string {
  return result.ok ? Buffer.from(result.page.bytes).toString() : result.reason;
}

/** What comes of a server that writes these bytes and ends, or stays silent after them. */
export async function answerTo(
  bytes: string,
  options: { ends: boolean } & Partial<FetcherOptions>,
): Promise<FetchResult> {
  const { ends, ...fetcherOptions } = options;
  const server = await serveBytes((socket) => (ends ? socket.end(bytes) : socket.write(bytes)));
  return siteFor(server, fetcherOptions)();
}
