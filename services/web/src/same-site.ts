import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a form post comes from a page of this site, or from no page at all. Every current browser says where a request comes from
 * by `Sec-Fetch-Site`; `Origin` tells for older ones; a request with neither is no browser's, and carries nobody's rights.
 */
export function isSameSite(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin, host } = headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === host.toLowerCase();
}
