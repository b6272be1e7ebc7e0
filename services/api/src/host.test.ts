import { expect, test } from 'vitest';
import { isLoopback } from './host.ts';

test.each(['localhost', 'LOCALHOST', 'wirefold.localhost', '127.0.0.1', '127.8.8.8', '::1', '[::1]'])(
  '%s leads to this machine alone',
  (host) => expect(isLoopback(host)).toBe(true),
);

test.each([
  '0.0.0.0',
  '::',
  'example.com',
  '127.0.0.1.example.com',
  'localhost.example.com',
  '10.0.0.1',
  '',
  'a.b-localhost',
])('%j does not', (host) => expect(isLoopback(host)).toBe(false));
