import { sourceOf, URL_CHARS_MAX } from '@wirefold/article';
import type { FeedClaim, FeedKind, Poll, ReadFeed } from '@wirefold/store';
import { headerOf } from '../fetch/answer.ts';
import { type Failed, type FetchedPage, failed } from '../fetch/result.ts';
import type { Busy } from '../fetch/visit.ts';
import { type FeedDocument, newest, type ReadDocument } from './document.ts';
import { absoluteUrl, entriesOf } from './entries.ts';
import { type FeedFetchOptions, fetchDocument, freshnessOf, NO_COPY, sitemapsOf } from './feed-fetch.ts';
import { NO_WISHES, type Wishes } from './interval.ts';

/** Sitemaps of an index that are read in one poll. Indexes put what is new first or last, and say when each changed. */
export const CHILDREN_READ_MAX = 5;
/** Marks of a copy that are longer are no marks. */
const MARK_CHARS_MAX = 1_000;

/** What a poll brought, and what the site says of when to come back. */
export interface Polled {
  ok: true;
  poll: Exclude<Poll, { result: 'failed' }>;
  wishes: Wishes;
}

/** One look at a feed, or at a page that is to name one. Every failure of the site is a value; rejects only on a bug, or when `signal` aborts. */
export async function lookAt(
  options: FeedFetchOptions,
  claim: FeedClaim,
  signal: AbortSignal,
): Promise<Polled | Failed | Busy> {
  // The index may stay as it is while the sitemaps that it names change.
  const copy = claim.kind === 'sitemap-index' ? NO_COPY : { etag: claim.etag, lastModified: claim.lastModified };
  const answered = await fetchDocument(options, claim.url, { copy, withContent: claim.isFullText }, signal);
  if (!answered.ok) return answered;
  const { page, document } = answered;
  if (document === null) return { ok: true, poll: { result: 'not-modified' }, wishes: wishesOf(page, null) };
  if (document.kind === 'page') return discover(options, claim, page, document, signal);
  if (document.kind === 'index') return readIndex(options, claim, page, document.children, signal);
  const { feed } = document;
  const marks = {
    etag: markOf(headerOf(page.headers ?? {}, 'etag')),
    lastModified: markOf(headerOf(page.headers ?? {}, 'last-modified')),
  };
  return {
    ok: true,
    poll: { result: 'read', feed: { ...readOf(feed, feed.kind, claim, page), ...marks } },
    wishes: wishesOf(page, feed),
  };
}

const markOf = (mark: string | null) => (mark !== null && mark.length <= MARK_CHARS_MAX ? mark : null);

function readOf(feed: FeedDocument, kind: FeedKind, claim: FeedClaim, page: FetchedPage): ReadFeed {
  const homeUrl = absoluteUrl(feed.homeUrl, page.url);
  const context = { base: page.url, seenAt: page.fetchedAt, isFullText: claim.isFullText };
  return {
    kind,
    title: feed.title,
    homeUrl,
    sourceKey: sourceOf({ url: homeUrl ?? page.url, name: null }).key,
    etag: null,
    lastModified: null,
    entries: entriesOf(feed.entries, context),
  };
}

function wishesOf({ headers = {}, fetchedAt }: FetchedPage, feed: FeedDocument | null): Wishes {
  const freshMs = Math.max(freshnessOf(headers, Date.parse(fetchedAt)), (feed?.ttlMinutes ?? 0) * 60_000);
  return { freshMs, skipHours: feed?.skipHours ?? [], skipDays: feed?.skipDays ?? [] };
}

/** The feed that a page names in its head, else the sitemap that its site names. A page that was found on a page names no other. */
async function discover(
  options: FeedFetchOptions,
  claim: FeedClaim,
  page: FetchedPage,
  { links, baseHref }: Extract<ReadDocument, { kind: 'page' }>,
  signal: AbortSignal,
): Promise<Polled | Failed> {
  if (claim.kind !== null || claim.url !== claim.askedUrl) return failed('not-feed', 'a page');
  const base = absoluteUrl(baseHref, page.url) ?? page.url;
  const isFit = (url: string | null) => url !== null && url !== claim.url && url.length <= URL_CHARS_MAX;
  const named = links.map(({ url }) => absoluteUrl(url, base)).find(isFit);
  const url = named ?? (await sitemapsOf(options, new URL(page.url).origin, signal)).find(isFit);
  if (!url) return failed('no-feed-found', `at ${new URL(page.url).host}`);
  return { ok: true, poll: { result: 'found', url }, wishes: NO_WISHES };
}

type Child = Extract<ReadDocument, { kind: 'index' }>['children'][number];

/** The news of the sitemaps that an index names: of those with news in their names first, of those that changed last before others. */
async function readIndex(
  options: FeedFetchOptions,
  claim: FeedClaim,
  page: FetchedPage,
  children: Child[],
  signal: AbortSignal,
): Promise<Polled | Failed> {
  const feeds: FeedDocument[] = [];
  let trouble = failed('not-feed', 'an index that names no sitemap with news');
  for (const url of chosen(children, page.url)) {
    const answered = await fetchDocument(options, url, { copy: NO_COPY, withContent: false }, signal);
    if (!answered.ok) trouble = 'reason' in answered ? answered : trouble;
    else if (answered.document?.kind === 'feed') feeds.push(answered.document.feed);
  }
  const [first] = feeds;
  if (first === undefined) return trouble;
  const merged = { ...first, entries: newest(feeds.flatMap(({ entries }) => entries)) };
  return {
    ok: true,
    poll: { result: 'read', feed: readOf(merged, 'sitemap-index', claim, page) },
    wishes: wishesOf(page, null),
  };
}

function chosen(children: Child[], base: string): string[] {
  const timeOf = ({ updated }: Child) => Date.parse(updated ?? '') || 0;
  const isNews = ({ url }: Child) => (/news/i.test(url) ? 1 : 0);
  return children
    .toSorted((a, b) => isNews(b) - isNews(a) || timeOf(b) - timeOf(a))
    .flatMap(({ url }) => absoluteUrl(url, base) ?? [])
    .slice(0, CHILDREN_READ_MAX);
}
