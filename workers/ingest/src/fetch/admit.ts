import { isIP } from 'node:net';
import { isPublicAddress } from './address.ts';
import { type Failed, failed } from './result.ts';

/** Longer URLs are refused: servers commonly stop at 8 KiB, and no article stands behind a longer one. */
const URL_LENGTH_MAX = 8_192;

/**
 * The web's default ports and their customary alternatives, which some publishers' origins use. No other: a public address with
 * another port is mail, a database or a shell, and a request line sent there could be taken for a command.
 */
const PORTS_ALLOWED = new Set(['', '80', '443', '8080', '8443']);

/** Where a host name that only tests know really is. */
export interface TestHost {
  address: string;
  port: number;
}

/** Lower-case host name to where it is; empty in every deployment. */
export type TestHosts = ReadonlyMap<string, TestHost>;

export type Admission = { ok: true; url: URL } | Failed;

/**
 * Applies every rule that needs no network: scheme, port, user-info, length, and the address where the host is one. `base` is the URL
 * that redirected here. Names are checked when they are resolved, in connect.ts.
 */
export function admitUrl(raw: string, base: URL | null, testHosts: TestHosts): Admission {
  if (raw.length > URL_LENGTH_MAX) return failed('url-not-allowed', `longer than ${URL_LENGTH_MAX} characters`);
  const url = parseUrl(raw, base);
  if (url === null) return failed('url-not-allowed', 'not a URL');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return failed('url-not-allowed', 'neither http nor https');
  }
  if (url.username !== '' || url.password !== '') return failed('url-not-allowed', 'carries a user name or a password');
  if (!PORTS_ALLOWED.has(url.port)) return failed('url-not-allowed', `port ${url.port}`);
  const address = addressOf(url.hostname);
  if (address !== null && !testHosts.has(url.hostname) && !isPublicAddress(address)) {
    return failed('address-not-public', address);
  }
  url.hash = '';
  return { ok: true, url };
}

function parseUrl(raw: string, base: URL | null): URL | null {
  try {
    return new URL(raw, base ?? undefined);
  } catch {
    return null;
  }
}

/** The IP address that a URL's host spells out, without brackets; null for a name. */
export function addressOf(hostname: string): string | null {
  const bare = hostname.startsWith('[') && hostname.endsWith(']') ? hostname.slice(1, -1) : hostname;
  return isIP(bare) === 0 ? null : bare;
}
