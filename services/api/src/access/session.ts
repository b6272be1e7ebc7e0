import { createHmac, timingSafeEqual } from 'node:crypto';
import type { KnownKey } from '@wirefold/store';
import type { CookieOptions } from 'express';
import { SESSION_MAX_MS } from '../limits.ts';
import type { KeyRing } from './key-ring.ts';

const SESSION_COOKIE = 'wirefold_session';
const SESSION = /^([0-9a-f]{12})\.(\d{1,15})\.([\w-]{43})$/;

/** How the cookie of a session is set: no script reads it, and no other site's form carries it. */
export function sessionCookie(isSecure: boolean): [name: string, options: CookieOptions] {
  const kept = { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure, maxAge: SESSION_MAX_MS } as const;
  return [SESSION_COOKIE, kept];
}

/**
 * A session is a key's id and its end, sealed by the digest of the key: nothing is stored, every process knows it, and it ends with
 * its key. The key itself does not lie in the browser.
 */
export function sealSession({ id, digest }: KnownKey, nowMs: number): string {
  const claim = `${id}.${nowMs + SESSION_MAX_MS}`;
  return `${claim}.${sealOf(claim, digest)}`;
}

function sealOf(claim: string, digest: Buffer): string {
  return createHmac('sha256', digest).update(`session:${claim}`).digest('base64url');
}

/** The key that a request's session was made from; null where it has none that counts. */
export async function keyOfSession(
  cookies: string | undefined,
  ring: KeyRing,
  nowMs: number,
): Promise<KnownKey | null> {
  const [, id = '', end = '', seal = ''] = SESSION.exec(cookieIn(cookies ?? '')) ?? [];
  if (id === '' || Number(end) <= nowMs) return null;
  const key = await ring.byId(id);
  if (key === null) return null;
  const isSealed = timingSafeEqual(Buffer.from(sealOf(`${id}.${end}`, key.digest)), Buffer.from(seal));
  if (!isSealed) return null;
  ring.noteUse(id);
  return key;
}

function cookieIn(header: string): string {
  const pair = header.split(';').find((part) => part.trim().startsWith(`${SESSION_COOKIE}=`));
  return pair?.slice(pair.indexOf('=') + 1).trim() ?? '';
}
