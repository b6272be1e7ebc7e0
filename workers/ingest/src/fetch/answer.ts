import { type Failed, failed } from './result.ts';

/** A site that asks for a longer pause than this is asked again after this: an article is not worth much later. */
const RETRY_AFTER_MAX_MS = 3_600_000;

const REDIRECT_STATUSES = new Set([301, 302, 303, 307, 308]);

/** Media types that can be a page. XML may be XHTML, and the last is what servers say that do not know: both are looked into. */
const TYPES_ALLOWED = new Set([
  'text/html',
  'application/xhtml+xml',
  'text/plain',
  'text/xml',
  'application/xml',
  'application/octet-stream',
]);

/** Media types that can be a feed, a sitemap or a page that names one. Many servers send feeds as text, and packed sitemaps as files. */
const FEED_TYPE =
  /^(?:text\/(?:xml|html|plain|x-opml|rss)|application\/(?:(?:[\w.-]+\+)?(?:xml|json)|rss|octet-stream|(?:x-)?gzip))$/;

/** Headers as undici gives them: names in lower case, a list where a name came more than once. */
export type Headers = Record<string, string | string[] | undefined>;

/** One header's value; the values of a repeated one joined as HTTP says. */
export function headerOf(headers: Headers, name: string): string | null {
  const value = headers[name];
  if (value === undefined) return null;
  return typeof value === 'string' ? value : value.join(', ');
}

/** Where the answer redirects to, as it was written; null where it is no redirect. */
export function redirectOf(status: number, headers: Headers): string | null {
  if (!REDIRECT_STATUSES.has(status)) return null;
  const location = headers.location;
  // Two differing locations: browsers disagree about which one counts, so neither does.
  return typeof location === 'string' && location.trim() !== '' ? location.trim() : null;
}

/** The failure that a status stands for; null for a page. `nowMs` is for a `Retry-After` that names a date. */
export function failureOfStatus(status: number, headers: Headers, nowMs: number): Failed | null {
  const detail = `HTTP ${status}`;
  // 206 is a part of a page that was asked for whole.
  if (status >= 200 && status < 300 && status !== 206) return null;
  if (status === 401 || status === 403) return failed('http-forbidden', detail);
  if (status === 404) return failed('http-not-found', detail);
  if (status === 410) return failed('http-gone', detail);
  if (status === 451) return failed('http-unavailable-legally', detail);
  const retryAfterMs = retryAfterOf(headerOf(headers, 'retry-after'), nowMs);
  if (status === 429) return failed('http-too-many-requests', detail, retryAfterMs);
  if (status >= 500 && status < 600) return failed('http-server-error', detail, retryAfterMs);
  return failed('http-client-error', REDIRECT_STATUSES.has(status) ? `${detail} without a location` : detail);
}

/** `Retry-After` in either of its forms, as milliseconds from now, at most an hour; null for none or nonsense. */
export function retryAfterOf(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  const afterMs = /^\d{1,10}$/.test(text) ? Number(text) * 1_000 : httpDateOf(text) - nowMs;
  return Number.isFinite(afterMs) ? Math.min(Math.max(afterMs, 0), RETRY_AFTER_MAX_MS) : null;
}

/** Only the one form that RFC 9110 lets a server write; Date.parse alone would take almost anything. Milliseconds since 1970, or NaN. */
export function httpDateOf(text: string): number {
  return /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text) ? Date.parse(text) : Number.NaN;
}

/** Refuses what says that it is neither HTML nor plain text; a missing type passes and is looked into by its bytes. */
export function failureOfType(contentType: string | null): Failed | null {
  const mediaType = mediaTypeOf(contentType);
  return mediaType === '' || TYPES_ALLOWED.has(mediaType) ? null : failed('not-html', shownType(mediaType));
}

/** The same for what is to be a feed. */
export function failureOfFeedType(contentType: string | null): Failed | null {
  const mediaType = mediaTypeOf(contentType);
  return mediaType === '' || FEED_TYPE.test(mediaType) ? null : failed('not-feed', shownType(mediaType));
}

function mediaTypeOf(contentType: string | null): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** Any server's words: only what has the form of a media type is shown. */
function shownType(mediaType: string): string {
  return /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(mediaType) ? mediaType : 'unreadable content type';
}
