import type { RequestHandler } from 'express';
import { sendProblem } from './problem.ts';

const LOOPBACK = /^(?:localhost|(?:[\w-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i;

/** Whether a host name or address leads to this machine alone. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/**
 * A service that listens on loopback is open to whoever is on the machine, and so to its browser: a web page could point a name of
 * its own at 127.0.0.1 and read everything. Such a request still carries that name as its Host, and is refused.
 */
export function checkHost(listenHost: string): RequestHandler {
  if (!isLoopback(listenHost)) return (_request, _response, next) => next();
  return (request, response, next) => {
    const name = (request.headers.host ?? '').replace(/:\d+$/, '');
    if (isLoopback(name)) return next();
    sendProblem(response, 'wrong-host', 'This service listens on loopback only and answers only to loopback names.');
  };
}
