import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { serveHttp } from '../testing/loopback.ts';
import { answerTo, HTML, PAGE, siteFor, textOf } from '../testing/site.ts';

describe('limits of size', () => {
  it('a body that never ends is cut off by its size', async () => {
    const chunk = Buffer.alloc(16_384, 'x');
    const server = await serveHttp((_, response) => {
      response.writeHead(200, HTML);
      const pump = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', pump);
      pump();
    });
    expect(await siteFor(server)()).toMatchObject({ ok: false, reason: 'body-too-large' });
  });

  it('a body that announces too much is not begun', async () => {
    const result = await answerTo('HTTP/1.1 200 OK\r\ncontent-length: 200001\r\n\r\n', { ends: false });
    expect(result).toMatchObject({ ok: false, reason: 'body-too-large' });
  });

  it('a gzip bomb is cut off by its expansion', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, 'A'));
    const server = await serveHttp((_, response) =>
      response.writeHead(200, { ...HTML, 'content-encoding': 'gzip' }).end(bomb),
    );
    expect(await siteFor(server)()).toMatchObject({ ok: false, reason: 'body-too-large' });
  });

  it.each([
    ['one huge header', `x-big: ${'a'.repeat(100_000)}`],
    ['many headers', Array.from({ length: 20_000 }, (_, i) => `x-${i}: y`).join('\r\n')],
  ])('%s is refused', async (_, headers) => {
    const result = await answerTo(`HTTP/1.1 200 OK\r\n${headers}\r\ncontent-length: 2\r\n\r\nok`, { ends: true });
    expect(result).toMatchObject({ ok: false, reason: 'body-too-large' });
  });

  it('a flood of interim answers is cut off', async () => {
    const flood = 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(50);
    const answer = `${flood}HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 2\r\n\r\nok`;
    expect(await answerTo(answer, { ends: true })).toMatchObject({ ok: false, reason: 'connection-failed' });
  });
});

describe('limits of time and number', () => {
  it.each([
    ['silence', ''],
    ['headers that never end', 'HTTP/1.1 200 OK\r\nx-a: b\r\n'],
    ['a body that never ends', 'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n<p>Wait'],
  ])('%s ends at the deadline', async (_, bytes) => {
    expect(await answerTo(bytes, { ends: false, deadlineMs: 200 })).toMatchObject({
      ok: false,
      reason: 'deadline-exceeded',
    });
  });

  it('a name that is never resolved ends at the deadline', async () => {
    const server = await serveHttp((_, response) => response.end());
    const site = siteFor(server, { deadlineMs: 200, lookup: () => new Promise(() => {}) });
    expect(await site('http://silent.test/')).toMatchObject({ ok: false, reason: 'deadline-exceeded' });
  });

  it('a fetch that waits for its turn at a busy host ends at the deadline', async () => {
    const server = await serveHttp(() => {});
    const site = siteFor(server, { deadlineMs: 200 });
    const results = await Promise.all(Array.from({ length: 6 }, () => site()));
    expect(results.map((result) => textOf(result))).toEqual(Array(6).fill('deadline-exceeded'));
  });

  it('one deadline covers all redirects', async () => {
    let asked = 0;
    const server = await serveHttp((_, response) => {
      asked += 1;
      setTimeout(() => response.writeHead(302, { location: `/${asked}` }).end(), 120).unref();
    });
    expect(await siteFor(server, { deadlineMs: 300 })()).toMatchObject({ ok: false, reason: 'deadline-exceeded' });
    expect(asked).toBeLessThan(5);
  });

  it('a host gets two connections at once', async () => {
    let now = 0;
    let most = 0;
    const server = await serveHttp((_, response) => {
      now += 1;
      most = Math.max(most, now);
      setTimeout(() => {
        now -= 1;
        response.writeHead(200, HTML).end(PAGE);
      }, 20);
    });
    const site = siteFor(server);
    const results = await Promise.all(Array.from({ length: 8 }, (_, i) => site(`/${i}`)));
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(most).toBe(2);
  });
});

describe('broken answers', () => {
  const gzipped = gzipSync(PAGE.repeat(50));

  it('a gzip stream that is cut off is an error, not a short page', async () => {
    const server = await serveHttp((_, response) =>
      response.writeHead(200, { ...HTML, 'content-encoding': 'gzip' }).end(gzipped.subarray(0, gzipped.length - 9)),
    );
    expect(await siteFor(server)()).toMatchObject({ ok: false, reason: 'bad-encoding' });
  });

  it.each([
    ['encodings one on another', 'content-encoding: gzip, gzip\r\ncontent-length: 2\r\n\r\nok'],
    ['encodings in two headers', 'content-encoding: gzip\r\ncontent-encoding: br\r\ncontent-length: 2\r\n\r\nok'],
    ['an encoding that was not asked for', 'content-encoding: zstd\r\ncontent-length: 2\r\n\r\nok'],
    ['a body shorter than its length', 'content-type: text/html\r\ncontent-length: 5000\r\n\r\nshort'],
    ['a chunk without a size', 'content-type: text/html\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\nhello\r\n'],
    ['a length and chunks at once', 'content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['chunks without an end', 'content-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n'],
  ])('%s: bad-encoding', async (_, rest) => {
    const result = await answerTo(`HTTP/1.1 200 OK\r\n${rest}`, { ends: true });
    expect(result).toMatchObject({ ok: false, reason: 'bad-encoding' });
  });

  it.each([
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.0\r\n'],
    ['nothing', ''],
  ])('%s: connection-failed', async (_, bytes) => {
    expect(await answerTo(bytes, { ends: true })).toMatchObject({ ok: false, reason: 'connection-failed' });
  });

  it('a port where nobody listens: connection-failed', async () => {
    const server = await serveHttp((_, response) => response.end());
    await server.close();
    expect(await siteFor(server)()).toMatchObject({ ok: false, reason: 'connection-failed' });
  });

  it.each([
    [404, 'http-not-found'],
    [403, 'http-forbidden'],
    [500, 'http-server-error'],
  ])('status %i: %s', async (status, reason) => {
    const server = await serveHttp((_, response) => response.writeHead(status, HTML).end('Sorry.'));
    expect(await siteFor(server)()).toMatchObject({ ok: false, reason, detail: `HTTP ${status}` });
  });

  it('a request for fewer requests says how long to wait', async () => {
    const server = await serveHttp((_, response) => response.writeHead(429, { 'retry-after': '30' }).end());
    expect(await siteFor(server)()).toMatchObject({ reason: 'http-too-many-requests', retryAfterMs: 30_000 });
  });

  it('a PDF is refused by its type, without its body', async () => {
    const result = await answerTo('HTTP/1.1 200 OK\r\ncontent-type: application/pdf\r\n\r\n', { ends: false });
    expect(result).toMatchObject({ ok: false, reason: 'not-html', detail: 'application/pdf' });
  });
});
