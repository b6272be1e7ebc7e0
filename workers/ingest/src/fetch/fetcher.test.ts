import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { serveBytes, serveHttp } from '../testing/loopback.ts';
import { HTML, openSite, PAGE, siteFor, textOf } from '../testing/site.ts';
import type { ResolvedAddress } from './connect.ts';
import { type Fetcher, userAgentOf } from './fetcher.ts';
import type { FetchResult } from './result.ts';

describe('a page', () => {
  it('comes with its bytes, its type and where it stood in the end', async () => {
    const site = siteFor(await serveHttp((_, response) => response.writeHead(200, HTML).end(PAGE)), {
      now: () => Date.parse('2026-11-20T12:00:00Z'),
    });
    const result = await site('/a?b=c#d');
    expect(textOf(result)).toBe(PAGE);
    expect(result).toMatchObject({
      ok: true,
      page: {
        url: 'http://site.test/a?b=c',
        status: 200,
        contentType: 'text/html; charset=utf-8',
        redirects: [],
        fetchedAt: '2026-11-20T12:00:00.000Z',
      },
    });
  });

  it('is asked for under our own name, in the three encodings that are read', async () => {
    const asked: unknown[] = [];
    const site = siteFor(
      await serveHttp(({ method, headers }, response) => {
        asked.push([method, headers.host, headers['user-agent'], headers['accept-encoding'], headers.cookie]);
        response.writeHead(200, HTML).end(PAGE);
      }),
      { userAgent: userAgentOf('1.2.3', 'https://wirefold.test/bot') },
    );
    await site();
    expect(asked).toEqual([
      ['GET', 'site.test', 'Wirefold/1.2.3 (+https://wirefold.test/bot)', 'gzip, deflate, br', undefined],
    ]);
  });

  it.each([
    ['gzip', gzipSync(PAGE)],
    ['br', brotliCompressSync(PAGE)],
  ])('is decoded from %s', async (encoding, bytes) => {
    const server = await serveHttp((_, response) =>
      response.writeHead(200, { ...HTML, 'content-encoding': encoding }).end(bytes),
    );
    expect(textOf(await siteFor(server)())).toBe(PAGE);
  });

  it('may come without a type, and without a length', async () => {
    const site = siteFor(await serveBytes((socket) => void socket.end(`HTTP/1.0 200 OK\r\n\r\n${PAGE}`)));
    const result = await site();
    expect(textOf(result)).toBe(PAGE);
    expect(result).toMatchObject({ page: { contentType: null } });
  });
});

describe('redirects', () => {
  it('are followed, and listed', async () => {
    const server = await serveHttp((request, response) => {
      const step = Number(request.url?.slice(1));
      if (step === 5) response.writeHead(200, HTML).end(PAGE);
      else response.writeHead(step % 2 === 0 ? 301 : 307, { location: `/${step + 1}` }).end('moved');
    });
    const result = await siteFor(server)('/0');
    const at = (step: number) => `http://site.test/${step}`;
    expect(result).toMatchObject({ ok: true, page: { url: at(5), redirects: [at(0), at(1), at(2), at(3), at(4)] } });
  });

  it('end after five, and so does a loop', async () => {
    let asked = 0;
    const server = await serveHttp((_, response) => {
      asked += 1;
      response.writeHead(302, { location: '/again' }).end();
    });
    expect(await siteFor(server)()).toMatchObject({ ok: false, reason: 'too-many-redirects' });
    expect(asked).toBe(6);
  });

  it.each([
    ['http://127.0.0.1/', 'address-not-public'],
    ['http://169.254.169.254/latest/meta-data/', 'address-not-public'],
    ['//[::1]/', 'address-not-public'],
    ['http://inside.test/', 'address-not-public'],
    ['file:///etc/passwd', 'url-not-allowed'],
    ['http://user:word@site.test/', 'url-not-allowed'],
    ['http://site.test:22/', 'url-not-allowed'],
    ['http://nowhere.test/', 'host-not-found'],
  ])('to %s are refused', async (location, reason) => {
    const server = await serveHttp((_, response) => response.writeHead(302, { location }).end());
    const site = siteFor(server, {
      lookup: async (hostname) => {
        if (hostname === 'inside.test') return [{ address: '10.0.0.1', family: 4 }];
        throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
      },
    });
    expect(await site()).toMatchObject({ ok: false, reason });
  });

  it('without a location are an error of the site', async () => {
    const server = await serveHttp((_, response) => response.writeHead(302).end());
    expect(await siteFor(server)()).toMatchObject({ ok: false, reason: 'http-client-error' });
  });
});

describe('addresses', () => {
  async function resolvedTo(...addresses: string[]): Promise<{ result: FetchResult; asked: number }> {
    let asked = 0;
    const server = await serveHttp((_, response) => {
      asked += 1;
      response.writeHead(200, HTML).end(PAGE);
    });
    const lookup = async (): Promise<ResolvedAddress[]> =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    const site = siteFor(server, { lookup, testHosts: new Map() });
    return { result: await site(`http://name.test:8080/`), asked };
  }

  it.each([
    [['127.0.0.1']],
    [['::1']],
    [['10.1.2.3']],
    [['168.63.129.16']],
    [['64:ff9b::7f00:1']],
    [['93.184.216.34', '127.0.0.1']],
    [['127.0.0.1', '93.184.216.34']],
    [['2606:4700::1111', '::ffff:10.0.0.1']],
    [['not an address']],
  ])('%s: a name that resolves to anything that is not public is refused', async (addresses) => {
    const { result, asked } = await resolvedTo(...addresses);
    expect(result).toMatchObject({ ok: false, reason: 'address-not-public' });
    expect(asked).toBe(0);
  });

  it('a name without an address is not found', async () => {
    expect((await resolvedTo()).result).toMatchObject({ ok: false, reason: 'host-not-found' });
  });

  it('loopback is refused for a name, a literal and a port, unless the very name is a test host', async () => {
    const server = await serveHttp((_, response) => response.writeHead(200, HTML).end(PAGE));
    const site = siteFor(server, { lookup: async () => [{ address: '127.0.0.1', family: 4 }] });
    expect(textOf(await site('http://site.test/'))).toBe(PAGE);
    expect(textOf(await site('http://SITE.test:8080/'))).toBe(PAGE);
    expect(textOf(await site('http://other.test/'))).toBe('address-not-public');
    expect(textOf(await site('http://127.0.0.1/'))).toBe('address-not-public');
    expect(textOf(await site(`http://127.0.0.1:${server.port}/`))).toBe('url-not-allowed');
  });
});

/** A server that takes a request and says nothing. */
async function silentSite(): Promise<{ fetcher: Fetcher; arrived: Promise<void> }> {
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const server = await serveBytes(() => arrive());
  return { fetcher: openSite(server), arrived };
}

describe('stopping', () => {
  it('an aborted fetch rejects with the reason of its signal, while it waits and before it starts', async () => {
    const { fetcher, arrived } = await silentSite();
    const controller = new AbortController();
    const fetched = fetcher.fetchPage('http://site.test/', controller.signal);
    await arrived;
    controller.abort(new Error('shutting down'));
    await expect(fetched).rejects.toThrow('shutting down');
    await expect(fetcher.fetchPage('http://site.test/', controller.signal)).rejects.toThrow('shutting down');
  });

  it('an aborted fetch does not wait for a name that is being resolved', async () => {
    const asked = new AbortController();
    const fetcher = openSite(await serveHttp((_, response) => response.end()), {
      lookup: () => {
        asked.abort(new Error('shutting down'));
        return new Promise(() => {});
      },
    });
    await expect(fetcher.fetchPage('http://silent.test/', asked.signal)).rejects.toThrow('shutting down');
  });

  it('closing ends what is under way', async () => {
    const { fetcher, arrived } = await silentSite();
    const fetched = fetcher.fetchPage('http://site.test/', new AbortController().signal);
    await arrived;
    await fetcher.close();
    expect(await fetched).toMatchObject({ ok: false, reason: 'connection-failed' });
  });
});
