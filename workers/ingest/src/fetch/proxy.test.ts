import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect as connectTcp, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { serveBytes, serveHttp } from '../testing/loopback.ts';
import { HTML, PAGE, siteFor, textOf } from '../testing/site.ts';

interface Proxy {
  url: URL;
  asked: { place: string; authorization: string | undefined }[];
}

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A proxy whose tunnels all lead to `port`, or that answers `status` to each. */
async function serveProxy(port: number, status = 200): Promise<Proxy> {
  const asked: Proxy['asked'] = [];
  const sockets = new Set<Socket>();
  const server = createServer();
  server.on('connect', (request, socket: Socket) => {
    asked.push({ place: request.url ?? '', authorization: request.headers['proxy-authorization'] });
    sockets.add(socket.on('error', () => {}));
    if (status !== 200) return void socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const far = connectTcp(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(far).pipe(socket);
    });
    sockets.add(far.on('error', () => {}));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port: own } = server.address() as AddressInfo;
  return { url: new URL(`http://reader:se%20cret@127.0.0.1:${own}`), asked };
}

const addressesOf = (names: Record<string, string[]>) => async (hostname: string) =>
  (names[hostname] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

describe('an egress proxy', () => {
  it('is asked for the checked address, never for the name, and the site sees its own name', async () => {
    const hosts: unknown[] = [];
    const server = await serveHttp(({ headers }, response) => {
      hosts.push(headers.host, headers['proxy-authorization']);
      response.writeHead(200, HTML).end(PAGE);
    });
    const proxy = await serveProxy(server.port);
    const lookup = addressesOf({ 'news.test': ['93.184.216.34'], 'six.test': ['2606:4700::1111'] });
    const site = siteFor(server, { proxy: proxy.url, lookup, testHosts: new Map() });
    expect(textOf(await site('http://news.test/a'))).toBe(PAGE);
    expect(textOf(await site('http://six.test:8080/a'))).toBe(PAGE);
    const authorization = `Basic ${Buffer.from('reader:se cret').toString('base64')}`;
    expect(proxy.asked).toEqual([
      { place: '93.184.216.34:80', authorization },
      { place: '[2606:4700::1111]:8080', authorization },
    ]);
    expect(hosts).toEqual(['news.test', undefined, 'six.test:8080', undefined]);
  });

  it.each([['http://inside.test/'], ['http://10.0.0.1/'], ['http://[::1]/'], ['http://mixed.test/']])(
    'is never asked for %s, which is not public',
    async (url) => {
      const server = await serveHttp((_, response) => response.writeHead(200, HTML).end(PAGE));
      const proxy = await serveProxy(server.port);
      const lookup = addressesOf({ 'inside.test': ['10.0.0.1'], 'mixed.test': ['93.184.216.34', '127.0.0.1'] });
      const site = siteFor(server, { proxy: proxy.url, lookup, testHosts: new Map() });
      expect(textOf(await site(url))).toBe('address-not-public');
      expect(proxy.asked).toEqual([]);
    },
  );

  it('carries TLS that begins at this end, with the name of the site', async () => {
    const begun: Buffer[] = [];
    const server = await serveBytes((socket, first) => {
      begun.push(first);
      socket.end();
    });
    const proxy = await serveProxy(server.port);
    const lookup = addressesOf({ 'news.test': ['93.184.216.34'] });
    const site = siteFor(server, { proxy: proxy.url, lookup, testHosts: new Map() });
    expect(textOf(await site('https://news.test/a'))).toBe('connection-failed');
    // 22 is the type of a TLS handshake record; the server's name stands in its first message.
    expect(begun[0]?.[0]).toBe(22);
    expect(begun[0]?.includes('news.test')).toBe(true);
    expect(proxy.asked.map(({ place }) => place)).toEqual(['93.184.216.34:443']);
  });

  it('that refuses the tunnel is a failed connection', async () => {
    const server = await serveHttp((_, response) => response.writeHead(200, HTML).end(PAGE));
    const proxy = await serveProxy(server.port, 403);
    expect(await siteFor(server, { proxy: proxy.url })()).toMatchObject({
      ok: false,
      reason: 'connection-failed',
      detail: 'the proxy answered 403',
    });
  });

  it('that is not there is a failed connection', async () => {
    const server = await serveHttp((_, response) => response.writeHead(200, HTML).end(PAGE));
    const gone = await serveHttp((_, response) => response.end());
    await gone.close();
    const proxy = new URL(`http://127.0.0.1:${gone.port}`);
    expect(await siteFor(server, { proxy })()).toMatchObject({ ok: false, reason: 'connection-failed' });
  });
});
