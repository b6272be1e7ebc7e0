import type { AccessStore, KeyScope, KnownKey } from '@wirefold/store';
import { isSameSite } from '@wirefold/web';
import type { Request, RequestHandler, Response } from 'express';
import { isLoopback } from '../host.ts';
import { sendProblem } from '../problem.ts';
import { KEY_SCOPES } from './key.ts';
import { createKeyRing, type KeyRing } from './key-ring.ts';
import { keyOfSession } from './session.ts';

/** What a caller must be allowed to: `free` is for everybody. */
export type Scope = 'free' | KeyScope;

/** Who asks, as far as it is known. */
export interface Caller {
  /** Null for everybody who may do what is `allowed` without a key. */
  key: KnownKey | null;
  allowed: readonly KeyScope[];
  /** Why there is no key: none was shown, or one that does not count. */
  lack: 'none' | 'wrong' | null;
  /** Whether the service asks nobody for a key. */
  isOpen: boolean;
  /** By the cookie of a browser, which sends it without being asked. */
  isSession: boolean;
}

export interface Access {
  ring: KeyRing;
  callerOf(request: Request): Promise<Caller>;
}

/** The name of the key that a request came with; null where none was asked for. */
export async function callerName(access: Pick<Access, 'callerOf'>, request: Request): Promise<string | null> {
  return (await access.callerOf(request)).key?.name ?? null;
}

export interface AccessOptions {
  store: Pick<AccessStore, 'keys' | 'keyUsed'>;
  /** Where the service listens, and whether it may be open there without a key. */
  settings: { host: string; openAccess: boolean };
  now(): Date;
}

const OPEN: Caller = { key: null, allowed: KEY_SCOPES, lack: null, isOpen: true, isSession: false };
const NOBODY: Caller = { key: null, allowed: [], lack: 'none', isOpen: false, isSession: false };
const BEARER = /^Bearer +(\S+) *$/i;

/** Knows callers by their keys. While there is no key, a service on loopback, or one that was told to be, is open to all who reach it. */
export function createAccess({ store, settings, now }: AccessOptions): Access {
  const ring = createKeyRing(store, now);
  const mayBeOpen = isLoopback(settings.host) || settings.openAccess;
  const byKey = (key: KnownKey | null, isSession: boolean): Caller => {
    if (key === null) return { key, allowed: [], lack: 'wrong', isOpen: false, isSession };
    return {
      key,
      allowed: key.scopes.includes('admin') ? KEY_SCOPES : key.scopes,
      lack: null,
      isOpen: false,
      isSession,
    };
  };
  const identify = async ({ headers }: Request): Promise<Caller> => {
    if (mayBeOpen && (await ring.isEmpty())) return OPEN;
    if (headers.authorization !== undefined) {
      const [, text = ''] = BEARER.exec(headers.authorization) ?? [];
      return byKey(await ring.find(text), false);
    }
    const key = await keyOfSession(headers.cookie, ring, now().getTime());
    return key === null ? NOBODY : byKey(key, true);
  };
  const known = new WeakMap<Request, Promise<Caller>>();
  return {
    ring,
    callerOf(request) {
      const caller = known.get(request) ?? identify(request);
      known.set(request, caller);
      return caller;
    },
  };
}

const accessOf = new WeakMap<object, Access>();

/** Has the routes of an application ask this access. */
export function guardApplication(application: object, access: Access): void {
  accessOf.set(application, access);
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Lets a request pass whose caller is allowed to `scope`; answers others 401 or 403. What nobody guards is closed, and a bug. */
export function requireScope(scope: Scope): RequestHandler {
  return async (request, response, next) => {
    if (scope === 'free') return next();
    const access = accessOf.get(request.app);
    if (access === undefined) throw new Error('The application has no access control');
    const caller = await access.callerOf(request);
    if (!caller.allowed.includes(scope)) return refuse(request, response, caller, scope);
    if (caller.isSession && !SAFE.has(request.method) && !isSameSite(request.headers)) {
      return sendProblem(response, 'forbidden', 'A session counts only for requests of the pages of this site.');
    }
    next();
  };
}

function refuse(request: Request, response: Response, caller: Caller, scope: KeyScope): void {
  if (caller.lack === null) {
    const detail = `The key ${caller.key?.name ?? ''} has not the scope ${scope}.`;
    sendProblem(response, 'missing-scope', detail, { scope, scopes: caller.allowed });
    return;
  }
  const isReader = SAFE.has(request.method) && request.accepts(['json', 'html']) === 'html';
  if (isReader && !request.path.startsWith('/v1/') && caller.lack === 'none') {
    response.redirect(303, `/login?next=${encodeURIComponent(request.originalUrl)}`);
    return;
  }
  const error = caller.lack === 'wrong' ? ', error="invalid_token"' : '';
  response.set('WWW-Authenticate', `Bearer realm="wirefold", scope="${scope}"${error}`);
  const detail = caller.lack === 'wrong' ? 'The key is not known here, or was revoked.' : 'No key was shown.';
  sendProblem(response, 'unauthorized', detail, { scope });
}
