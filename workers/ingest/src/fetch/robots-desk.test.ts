import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { PARAMS } from '@wirefold/dedup';
import { type OpenedStore, openStore } from '@wirefold/store';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { serveBytes, serveHttp } from '../testing/loopback.ts';
import { openSite } from '../testing/site.ts';
import type { FetcherOptions } from './fetcher.ts';
import { createRobotsDesk, type RobotsDesk } from './robots-desk.ts';

const DAY_MS = 86_400_000;
const FORBIDS_PRIVATE = 'User-agent: *\nDisallow: /private\nCrawl-delay: 4\n';

let opened: OpenedStore;
let clock = 0;
beforeAll(async () => {
  opened = await openStore({ databaseUrl: null, dataDir: null, signatureVersion: PARAMS.version });
}, 60_000);
beforeEach(() => opened.pool.query('truncate robots'));
afterAll(() => opened.store.close());

/** A desk for `site.test`, and how often its robots.txt was asked for. */
async function deskFor(listener: RequestListener, options: Partial<FetcherOptions> = {}) {
  const asked: string[] = [];
  const server = await serveHttp((request, response) => {
    asked.push(request.url ?? '');
    listener(request, response);
  });
  const fetcher = openSite(server, options);
  const open = () => createRobotsDesk({ store: opened.store, fetcher, now: () => clock });
  return { asked, desk: open(), another: open };
}

async function ask(desk: RobotsDesk, path: string): Promise<string> {
  const answer = await desk.ask(new URL(path, 'http://site.test'), new AbortController().signal);
  return answer.ok ? 'allowed' : answer.reason;
}

const pass = (seconds: number) =>
  opened.pool.query(`update robots set fresh_until = fresh_until - interval '${seconds} seconds'`);

describe('the robots.txt of a site', () => {
  it('decides, gives its delay, and is read once for all processes', async () => {
    const { asked, desk, another } = await deskFor((_, response) => response.end(FORBIDS_PRIVATE));
    expect(await ask(desk, '/private/a')).toBe('robots-forbidden');
    expect(await ask(desk, '/robots.txt')).toBe('allowed');
    expect(await desk.ask(new URL('http://site.test/a'), new AbortController().signal)).toEqual({
      ok: true,
      crawlDelayMs: 4_000,
    });
    expect(await ask(another(), '/private/b')).toBe('robots-forbidden');
    expect(asked).toEqual(['/robots.txt']);
  });

  it('is read again after a day', async () => {
    let text = FORBIDS_PRIVATE;
    const { asked, desk } = await deskFor((_, response) => response.end(text));
    expect(await ask(desk, '/private')).toBe('robots-forbidden');
    text = '';
    clock += DAY_MS - 1_000;
    expect(await ask(desk, '/private')).toBe('robots-forbidden');
    clock += 2_000;
    await pass(DAY_MS / 1_000 + 1);
    expect(await ask(desk, '/private')).toBe('allowed');
    expect(asked).toHaveLength(2);
  });

  it.each([400, 401, 403, 404, 410, 451])('that is answered with %i allows everything', async (status) => {
    const { asked, desk } = await deskFor((_, response) => response.writeHead(status).end('Disallow: /'));
    expect(await ask(desk, '/private')).toBe('allowed');
    expect(await ask(desk, '/private')).toBe('allowed');
    expect(asked).toHaveLength(1);
  });

  it.each([429, 500, 503])('that is answered with %i forbids everything, and is asked for again', async (status) => {
    const { asked, desk } = await deskFor((_, response) => response.writeHead(status, { 'retry-after': '9' }).end());
    const answer = await desk.ask(new URL('http://site.test/a'), new AbortController().signal);
    expect(answer).toMatchObject({ ok: false, reason: 'robots-unreachable', retryAfterMs: 9_000 });
    expect(await ask(desk, '/a')).toBe('robots-unreachable');
    expect(asked).toHaveLength(2);
  });

  it('that fails later holds as it was read last', async () => {
    let status = 200;
    const { asked, desk } = await deskFor((_, response) => response.writeHead(status).end(FORBIDS_PRIVATE));
    expect(await ask(desk, '/private')).toBe('robots-forbidden');
    status = 500;
    clock += DAY_MS + 1;
    await pass(DAY_MS / 1_000 + 1);
    expect([await ask(desk, '/private'), await ask(desk, '/a')]).toEqual(['robots-forbidden', 'allowed']);
    expect(asked).toHaveLength(2);
  });
});

describe('a robots.txt that is odd', () => {
  it('is followed through five redirects; with more there is none', async () => {
    const { desk } = await deskFor(({ url }, response) => {
      const step = Number(url?.slice(1)) || 0;
      if (step === 5) response.end(FORBIDS_PRIVATE);
      else response.writeHead(301, { location: `/${step + 1}` }).end();
    });
    expect(await ask(desk, '/private')).toBe('robots-forbidden');
    await opened.pool.query('truncate robots');
    const endless = await deskFor((_, response) => response.writeHead(302, { location: '/again' }).end());
    expect(await ask(endless.desk, '/private')).toBe('allowed');
  });

  it('that redirects to a private address is not followed there', async () => {
    const { desk } = await deskFor((_, response) => response.writeHead(302, { location: 'http://127.0.0.1/' }).end());
    expect(await ask(desk, '/a')).toBe('address-not-public');
  });

  it('counts for its first 512 KiB, compressed or not, whatever its type', async () => {
    const early = `User-agent: *\nDisallow: /early\n${'#'.repeat(600_000)}\nDisallow: /late\n`;
    for (const headers of [{ 'content-type': 'video/mp4' }, { 'content-encoding': 'gzip' }]) {
      await opened.pool.query('truncate robots');
      const body = 'content-encoding' in headers ? gzipSync(early) : early;
      const { desk } = await deskFor((_, response) => response.writeHead(200, headers).end(body));
      expect([await ask(desk, '/early'), await ask(desk, '/late')]).toEqual(['robots-forbidden', 'allowed']);
    }
  });

  it('that never ends, or never comes, is cut off', async () => {
    const endless = await deskFor((_, response) => {
      const pump = () => {
        while (!response.destroyed && response.write(FORBIDS_PRIVATE.repeat(200)));
      };
      response.on('drain', pump);
      pump();
    });
    expect(await ask(endless.desk, '/private')).toBe('robots-forbidden');
    await opened.pool.query('truncate robots');
    const silent = openSite(await serveBytes(() => {}), { deadlineMs: 300 });
    const desk = createRobotsDesk({ store: opened.store, fetcher: silent, now: () => clock });
    expect(await ask(desk, '/a')).toBe('deadline-exceeded');
  });

  it('of one scheme or port says nothing of another', async () => {
    const { asked, desk } = await deskFor((_, response) => response.end(FORBIDS_PRIVATE));
    expect(await ask(desk, '/private')).toBe('robots-forbidden');
    expect(await ask(desk, 'http://site.test:8080/private')).toBe('robots-forbidden');
    expect(asked).toHaveLength(2);
  });
});
