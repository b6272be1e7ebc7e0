import { expect, test } from 'vitest';
import { serveBytes, serveHttp } from '../testing/loopback.ts';
import { openSite } from '../testing/site.ts';

const NEVER = new AbortController().signal;
const post = (url = 'http://site.test/hook') => ({
  url,
  headers: { 'content-type': 'application/json' },
  body: '{"a":1}',
});

test('the body arrives whole, with the headers', async () => {
  let got = '';
  const server = await serveHttp(async (request, response) => {
    for await (const chunk of request) got += String(chunk);
    got = `${request.method} ${request.url} ${request.headers['content-type']} ${got}`;
    response.writeHead(202).end();
  });
  expect(await openSite(server).post(post(), NEVER)).toEqual({ ok: true, status: 202 });
  expect(got).toBe('POST /hook application/json {"a":1}');
});

test('an answer without an end is not read', async () => {
  const server = await serveBytes(
    (socket) => void socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n'),
  );
  expect(await openSite(server).post(post(), NEVER)).toEqual({ ok: true, status: 200 });
});

test('a silent receiver ends with the deadline', async () => {
  const server = await serveBytes(() => {});
  const result = await openSite(server, { deadlineMs: 100 }).post(post(), NEVER);
  expect(result).toMatchObject({ ok: false, reason: 'deadline-exceeded', status: null });
});

test('a redirect is a failure, and is not followed', async () => {
  let requests = 0;
  const server = await serveHttp((_request, response) => {
    requests += 1;
    response.writeHead(307, { location: 'http://site.test/other' }).end();
  });
  expect(await openSite(server).post(post(), NEVER)).toMatchObject({ ok: false, status: 307 });
  expect(requests).toBe(1);
});

test.each([
  ['http://10.0.0.1/', 'address-not-public'],
  ['http://[::1]/', 'address-not-public'],
  ['http://site.test:25/', 'url-not-allowed'],
  ['ftp://site.test/', 'url-not-allowed'],
  ['http://nowhere.test/', 'host-not-found'],
])('%s is refused as %s', async (url, reason) => {
  const server = await serveHttp((_request, response) => void response.end());
  expect(await openSite(server).post(post(url), NEVER)).toMatchObject({ ok: false, reason, status: null });
});

test('it is broken off when its signal aborts', async () => {
  const stopping = new AbortController();
  const server = await serveBytes(() => stopping.abort(new Error('the process stops')));
  await expect(openSite(server).post(post(), stopping.signal)).rejects.toThrow('the process stops');
});
