import { isSameSite, sendLogin, sendMessage } from '@wirefold/web';
import express, { type Request, type RequestHandler, type Router } from 'express';
import type { Access } from '../access/access.ts';
import { sealSession, sessionCookie } from '../access/session.ts';
import { LOGIN_BYTES_MAX } from '../limits.ts';
import { route } from './route.ts';

/** Where a browser shows its key, for a session by cookie. */
export function loginRoutes(access: Access, now: () => Date): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  const form = express.urlencoded({ extended: false, limit: LOGIN_BYTES_MAX, parameterLimit: 4 });
  const free = { get: 'free', post: 'free' } as const;
  route(router, '/login', { get: [showLogin(access)], post: [refuseOtherSites, form, login(access, now)] }, free);
  route(router, '/logout', { post: [refuseOtherSites, logout] }, free);
  return router;
}

const refuseOtherSites: RequestHandler = (request, response, next) => {
  if (isSameSite(request.headers)) return next();
  sendMessage(response, 403, 'Refused', 'This form was sent from another site.');
};

function showLogin(access: Access): RequestHandler {
  return async (request, response) => {
    const { key } = await access.callerOf(request);
    sendLogin(response, { name: key?.name ?? null, next: ownPath(request.query.next), isWrong: false });
  };
}

function login({ ring }: Access, now: () => Date): RequestHandler {
  return async (request, response) => {
    const next = ownPath(field(request, 'next'));
    const key = await ring.find(field(request, 'key').trim());
    if (key === null) return sendLogin(response, { name: null, next, isWrong: true });
    const [name, options] = sessionCookie(request.secure);
    response.cookie(name, sealSession(key, now().getTime()), options).redirect(303, next);
  };
}

const logout: RequestHandler = (request, response) => {
  const [name, { maxAge: _kept, ...options }] = sessionCookie(request.secure);
  response.clearCookie(name, options).redirect(303, '/login');
};

function field({ body }: Request, name: string): string {
  const value: unknown = body?.[name];
  return typeof value === 'string' ? value : '';
}

/** A path of this site, and nothing that leads away from it. */
function ownPath(value: unknown): string {
  return typeof value === 'string' && /^\/(?![/\\])[\x20-\x7e]*$/.test(value) ? value : '/';
}
