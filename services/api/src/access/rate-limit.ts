import type { RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { isLoopback } from '../host.ts';
import { sendProblem } from '../problem.ts';
import type { Access } from './access.ts';

const WINDOW_MS = 60_000;
/** A service that is open on loopback has one user, who may be in a hurry: a limit only stops a loop that ran wild. */
const OPEN_ON_LOOPBACK_TIMES = 100;

export interface RateLimitOptions {
  access: Access;
  settings: { host: string; requestsAMinuteMax: number };
}

/**
 * Counts the requests of each key, or of each address where no key is shown, in this process, and says in `RateLimit` and
 * `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-08) what is left. Health checks are not counted.
 */
export function limitRate({ access, settings }: RateLimitOptions): RequestHandler {
  const { requestsAMinuteMax, host } = settings;
  if (requestsAMinuteMax === 0) return (_request, _response, next) => next();
  // A store that is away tells nothing of keys; then addresses count.
  const callerOf = (request: Parameters<Access['callerOf']>[0]) => access.callerOf(request).catch(() => null);
  return rateLimit({
    windowMs: WINDOW_MS,
    limit: async (request) => {
      const isOpen = (await callerOf(request))?.isOpen === true && isLoopback(host);
      return isOpen ? requestsAMinuteMax * OPEN_ON_LOOPBACK_TIMES : requestsAMinuteMax;
    },
    keyGenerator: async (request) => {
      const key = (await callerOf(request))?.key ?? null;
      return key === null ? `address ${ipKeyGenerator(request.ip ?? '')}` : `key ${key.id}`;
    },
    skip: ({ path }) => path === '/healthz',
    identifier: 'requests',
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, response) => sendProblem(response, 'too-many-requests'),
    // Its checks of the set-up write to the console; the tests check the set-up.
    validate: false,
  });
}
