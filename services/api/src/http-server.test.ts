import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { boundedServer, HTTP_LIMITS } from './http-server.ts';
import { HEADER_BYTES_MAX } from './limits.ts';

const QUICK = {
  ...HTTP_LIMITS,
  headersTimeout: 200,
  requestTimeout: 400,
  keepAliveTimeout: 200,
  connectionsCheckingInterval: 50,
};

let server: Server;
afterEach(() => server.close());

async function connection(limits: typeof HTTP_LIMITS): Promise<{ socket: Socket; all: Promise<string> }> {
  server = boundedServer((request, response) => {
    request.resume().on('end', () => response.end('well'));
  }, limits);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const socket = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  return { socket, all: once(socket, 'close').then(() => text) };
}

test('headers that do not end are answered 408, and the connection is closed', async () => {
  const { socket, all } = await connection(QUICK);
  socket.write('GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ');
  expect(await all).toMatch(/^HTTP\/1\.1 408 [\s\S]*application\/problem\+json[\s\S]*"\/problems\/too-slow"/);
});

test('a body that does not end is answered 408', async () => {
  const { socket, all } = await connection(QUICK);
  socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf');
  expect(await all).toMatch(/^HTTP\/1\.1 408 /);
});

test('headers up to the limit are read, and larger ones are answered 431', async () => {
  const request = (bytes: number) =>
    `GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Large: ${'a'.repeat(bytes)}\r\n\r\n`;
  const fits = await connection(HTTP_LIMITS);
  fits.socket.write(request(HEADER_BYTES_MAX - 200));
  expect(await fits.all).toMatch(/^HTTP\/1\.1 200 [\s\S]*well/);
  server.close();
  const large = await connection(HTTP_LIMITS);
  large.socket.write(request(HEADER_BYTES_MAX + 200));
  expect(await large.all).toMatch(/^HTTP\/1\.1 431 [\s\S]*"\/problems\/headers-too-large"/);
});

test('what is no HTTP is answered 400', async () => {
  const { socket, all } = await connection(HTTP_LIMITS);
  socket.write('nothing\r\n\r\n');
  expect(await all).toMatch(/^HTTP\/1\.1 400 [\s\S]*"\/problems\/bad-request"/);
});

test('an idle connection is closed', async () => {
  const { socket, all } = await connection(QUICK);
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  expect(await all).toMatch(/^HTTP\/1\.1 200 /);
});

test('a connection has so many requests and no more', async () => {
  const { socket, all } = await connection({ ...HTTP_LIMITS, maxRequestsPerSocket: 2 });
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(2));
  expect((await all).match(/HTTP\/1\.1 200/g)).toHaveLength(2);
});
