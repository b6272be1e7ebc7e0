/** The one place that says whether two URLs are spellings of one address. The rules, with their reasons, are in `url-rules.ts`. */
import { applyRules } from './url-rules.ts';

/** Longest URL accepted and stored: every browser, proxy and sitemap reader takes this many, few news URLs pass 300. */
export const URL_CHARS_MAX = 2048;

export type CanonicalUrl = { ok: true; url: string } | { ok: false; problem: string };

function parseHttp(input: string, base?: string): URL | null {
  try {
    const url = new URL(input, base);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
    if (!url.hostname.endsWith('.')) return url;
    // The root's dot names the same host. Parsed again, because what is left may be a number, which is an IP address.
    url.hostname = url.hostname.replace(/\.+$/, '');
    return url.hostname === '' || url.hostname.endsWith('.') ? null : new URL(url.href);
  } catch {
    return null;
  }
}

/**
 * The URL after our rules; its hash is the article id. Never throws, and canonicalising twice changes nothing. What only looks like
 * another spelling (`www.`, `/amp`, a slash) is none here: the site itself says so.
 */
export function canonicalUrl(input: string): CanonicalUrl {
  const text = input.trim();
  if (text === '') return { ok: false, problem: 'The URL is empty.' };
  if (text.length > URL_CHARS_MAX) return { ok: false, problem: `The URL is longer than ${URL_CHARS_MAX} characters.` };
  const parsed = parseHttp(text);
  if (parsed === null) return { ok: false, problem: 'Not an absolute http or https URL with a host.' };
  if (parsed.username !== '' || parsed.password !== '')
    return { ok: false, problem: 'A URL with user-info is refused.' };
  const { origin, path, query, fragment } = applyRules({
    origin: parsed.origin,
    path: parsed.pathname,
    query: parsed.search.slice(1),
    fragment: parsed.hash.slice(1),
  });
  const url = origin + path + (query && `?${query}`) + (fragment && `#${fragment}`);
  if (url.length > URL_CHARS_MAX) return { ok: false, problem: `The URL is longer than ${URL_CHARS_MAX} characters.` };
  return { ok: true, url };
}

/** The absolute http(s) URL that a link of a page points at, or null. Tracking and fragment stay: it is a link, not an identity. */
export function resolveUrl(href: string, base: string): string | null {
  const text = href.trim();
  if (text === '') return null;
  const url = parseHttp(text, base);
  if (url === null || url.username !== '' || url.password !== '' || url.href.length > URL_CHARS_MAX) return null;
  return url.href;
}
