/** Fetching a feed: the same guard, robots.txt and turns of hosts as for articles; then unpacking and reading it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { decodePage } from '@wirefold/article';
import { type Headers, headerOf } from '../fetch/answer.ts';
import { decodeBody } from '../fetch/decode.ts';
import type { Fetcher, Gate } from '../fetch/fetcher.ts';
import { type Failed, type FetchedPage, type FetchResult, failed } from '../fetch/result.ts';
import { type Busy, startVisit, type VisitOptions } from '../fetch/visit.ts';
import type { ReadDocument } from './document.ts';
import type { DocumentReader } from './document-reader.ts';

/** RSS, Atom and JSON Feed, unpacked: what the parser reads in a part of its deadline. */
const FEED_BYTES_MAX = 2 * 2 ** 20;
/** Sitemaps, unpacked. By the protocol they may have 50 MB; with news they have 1,000 entries at most, of some 300 bytes each. */
const SITEMAP_BYTES_MAX = 16 * 2 ** 20;
/** Where the root element stands, by which a sitemap is told from a feed. */
const ROOT_CHARS = 16_384;

/** How long a poll waits for the turn of its host: articles that wait there have theirs at once when it is free. */
const PATIENCE_MS = 2_000;
const PATIENCE_STEP_MS = 50;

export interface FeedFetchOptions extends VisitOptions {
  fetcher: Pick<Fetcher, 'fetchFeed' | 'fetchRobots'>;
  reader: DocumentReader;
}

/** The marks of a copy that is known. */
export interface Copy {
  etag: string | null;
  lastModified: string | null;
}
export const NO_COPY: Copy = { etag: null, lastModified: null };

export type Answered =
  | { ok: true; page: FetchedPage; document: Exclude<ReadDocument, { kind: 'none' }> }
  | { ok: true; page: FetchedPage; document: null };

/** A document, null where it is the copy that is known; or why there is none. */
export async function fetchDocument(
  options: FeedFetchOptions,
  url: string,
  { copy, withContent }: { copy: Copy; withContent: boolean },
  signal: AbortSignal,
): Promise<Answered | Failed | Busy> {
  const request = { ...copy, bytesMax: SITEMAP_BYTES_MAX };
  const result = await visited(options, (gate) => options.fetcher.fetchFeed(url, request, signal, gate));
  if (!result.ok) return result;
  const { page } = result;
  if (page.status === 304) return { ok: true, page, document: null };
  const unpacked = await unpack(page.bytes);
  if (!unpacked.ok) return unpacked;
  const { html: text } = decodePage(unpacked.bytes, page.contentType);
  if (unpacked.bytes.length > FEED_BYTES_MAX && !isSitemap(text)) {
    return failed('body-too-large', `more than ${FEED_BYTES_MAX} bytes`);
  }
  const document = await options.reader.read(text, { withContent });
  if (document.kind === 'late') return failed('feed-unreadable', 'reading it took too long');
  if (document.kind === 'failed') return failed('feed-unreadable', document.detail);
  if (document.kind === 'none') {
    return failed(document.why === 'unreadable' ? 'feed-unreadable' : 'not-feed', document.detail);
  }
  return { ok: true, page, document };
}

/** The sitemaps that the robots.txt of a site names, those with news in their names first; at most 20. */
export async function sitemapsOf(options: FeedFetchOptions, origin: string, signal: AbortSignal): Promise<string[]> {
  const result = await options.fetcher.fetchRobots(`${origin}/robots.txt`, signal);
  if (!result.ok) return [];
  const text = new TextDecoder().decode(result.page.bytes);
  const named = [...text.matchAll(/^[ \t]{0,20}sitemap[ \t]{0,20}:[ \t]{0,20}(\S{1,2000})/gim)].map(
    ([, url = '']) => url,
  );
  const urls = named.filter((url) => /^https?:\/\//i.test(url) && URL.canParse(url)).slice(0, SITEMAPS_MAX);
  const isNews = (url: string) => /news/i.test(new URL(url).pathname);
  return [...urls.filter(isNews), ...urls.filter((url) => !isNews(url))];
}

const SITEMAPS_MAX = 20;

/** One fetch in the turn of its host, for which it waits a little. */
async function visited(
  options: FeedFetchOptions,
  fetch: (gate: Gate<Failed | Busy>) => Promise<FetchResult | Failed | Busy>,
): Promise<FetchResult | Busy> {
  const visit = startVisit(options);
  let result: FetchResult | Failed | Busy;
  try {
    result = await fetch(patient(visit.gate));
  } catch (error) {
    await visit.end('broken off');
    throw error;
  }
  const isUnchanged = result.ok && result.page.status === 304;
  const failure = !result.ok && 'reason' in result ? result : null;
  await visit.end(isUnchanged ? 'unchanged' : failure);
  return result;
}

function patient(gate: Gate<Failed | Busy>): Gate<Failed | Busy> {
  return async (url, signal) => {
    for (let waitedMs = 0; ; waitedMs += PATIENCE_STEP_MS) {
      const stop = await gate(url, signal);
      if (stop === null || 'reason' in stop || waitedMs >= PATIENCE_MS) return stop;
      await sleep(PATIENCE_STEP_MS, undefined, { signal });
    }
  };
}

/** A packed file, as sitemaps are: named so, and not by its transfer. */
async function unpack(bytes: Uint8Array): Promise<{ ok: true; bytes: Uint8Array } | Failed> {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return isGzip ? decodeBody(bytes, 'gzip', SITEMAP_BYTES_MAX) : { ok: true, bytes };
}

function isSitemap(text: string): boolean {
  return /<(?:\w{1,20}:)?(?:urlset|sitemapindex)[\s>]/i.test(text.slice(0, ROOT_CHARS));
}

/** For how long an answer is fresh, by its headers; 0 where they do not say. */
export function freshnessOf(headers: Headers, nowMs: number): number {
  const cacheControl = headerOf(headers, 'cache-control') ?? '';
  if (/\bno-(?:cache|store)\b/i.test(cacheControl)) return 0;
  const maxAge = /\bmax-age\s{0,5}=\s{0,5}"?(\d{1,9})/i.exec(cacheControl)?.[1];
  if (maxAge !== undefined) return Math.max(0, Number(maxAge) - ageOf(headers)) * 1_000;
  const expires = Date.parse(headerOf(headers, 'expires') ?? '');
  return Number.isNaN(expires) ? 0 : Math.max(0, expires - nowMs);
}

/** How long a cache on the way has had the answer, in seconds. */
function ageOf(headers: Headers): number {
  const age = headerOf(headers, 'age') ?? '';
  return /^\d{1,9}$/.test(age) ? Number(age) : 0;
}
