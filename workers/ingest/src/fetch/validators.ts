import type { Fetched } from '@wirefold/store';
import { type Headers, headerOf, httpDateOf } from './answer.ts';

/** An ETag longer than this is not kept; those of servers have some 40 characters. */
const ETAG_CHARS_MAX = 200;

/**
 * A page that changed this shortly before its answer may change again within the same second, and its date would not tell (RFC 9110,
 * 8.8.2.2; a minute, because the clocks behind one site differ).
 */
const LAST_MODIFIED_AGE_MIN_MS = 60_000;

/** What an answer says to ask by next time: only what has the form that HTTP gives it. */
export function fetchedOf(url: URL, headers: Headers, nowMs: number): Fetched {
  const etag = headerOf(headers, 'etag')?.trim() ?? '';
  const lastModified = headerOf(headers, 'last-modified')?.trim() ?? '';
  const dateMs = httpDateOf(headerOf(headers, 'date')?.trim() ?? '');
  const ageMs = (Number.isNaN(dateMs) ? nowMs : dateMs) - httpDateOf(lastModified);
  // An empty tag is sent by servers that have none.
  const isTag = etag.length <= ETAG_CHARS_MAX && /^(?:W\/)?"[\x21\x23-\x7e]+"$/.test(etag);
  return {
    url: url.href,
    etag: isTag ? etag : null,
    lastModified: ageMs >= LAST_MODIFIED_AGE_MIN_MS ? lastModified : null,
  };
}

/** The headers that ask for a page only where it changed; null where nothing is known of this very URL. */
export function conditionsFor(url: URL, known: Fetched): Record<string, string> | null {
  if (known.url !== url.href || (known.etag === null && known.lastModified === null)) return null;
  return conditionHeaders(known);
}

/** The headers that ask for what changed since an answer with these marks. */
export function conditionHeaders({ etag, lastModified }: Omit<Fetched, 'url'>): Record<string, string> {
  return {
    ...(etag !== null && { 'if-none-match': etag }),
    ...(lastModified !== null && { 'if-modified-since': lastModified }),
  };
}

/** Whether a 304 means what we have: one that names another tag speaks of an answer that we never saw. Weak tags are compared weakly. */
export function meansKnown(headers: Headers, known: Fetched): boolean {
  const etag = headerOf(headers, 'etag')?.trim() ?? '';
  const opaque = (tag: string) => tag.replace(/^W\//, '');
  return etag === '' || known.etag === null || opaque(etag) === opaque(known.etag);
}
