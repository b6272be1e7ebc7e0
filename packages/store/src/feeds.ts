import type { Published } from '@wirefold/article';
import type { Receipt, Submission } from './store.ts';

export type FeedKind = 'rss' | 'atom' | 'json' | 'sitemap' | 'sitemap-index';

/** Paused feeds are not polled until somebody resumes them. */
export type FeedState = 'active' | 'paused';

/** `new`: entries that were not known; `same`: read, and nothing new; `not-modified`: not even sent; `found`: a page that named the feed. */
export type PollResult = 'new' | 'same' | 'not-modified' | 'found' | 'failed';

/** A subscription that somebody asks for. */
export interface Subscription {
  /** A function of `url`. */
  id: string;
  /** A feed, or a page that names one. */
  url: string;
  /** Null where it is not known before it is read. */
  title: string | null;
  sourceKey: string;
  isFullText: boolean;
  intervalMs: number;
}

/** A subscribed feed, as people see it. */
export interface FeedRecord {
  id: string;
  url: string;
  /** What was subscribed: `url`, or the page that named it. */
  askedUrl: string;
  kind: FeedKind | null;
  title: string | null;
  homeUrl: string | null;
  sourceKey: string;
  isFullText: boolean;
  state: FeedState;
  /** What the last poll came to; null before the first. */
  result: PollResult | null;
  /** Why it failed; null where it did not. */
  reason: string | null;
  detail: string | null;
  failuresInARow: number;
  /** ISO time; null while it is paused. */
  nextPollAt: string | null;
  intervalMs: number;
  polledAt: string | null;
  /** When a poll last brought something new. */
  changedAt: string | null;
  polls: number;
  /** Entries in the last copy. */
  entries: number;
  /** Entries that were new, of all polls. */
  entriesNew: number;
  createdAt: string;
}

export interface FeedQuery {
  cursor: string | null;
  limit: number;
  state: FeedState | null;
  source: string | null;
}

export interface FeedPage {
  feeds: FeedRecord[];
  nextCursor: string | null;
}

/** The right to poll one feed, for as long as `token` is current. */
export interface FeedClaim {
  feedId: string;
  token: number;
  url: string;
  askedUrl: string;
  kind: FeedKind | null;
  isFullText: boolean;
  etag: string | null;
  lastModified: string | null;
  intervalMs: number;
  failures: number;
}

/** What a feed says of one article. */
export interface FeedEntry {
  guid: string | null;
  url: string | null;
  title: string | null;
  published: Published | null;
  /** ISO time of its last change. */
  updated: string | null;
  source: { name: string | null; url: string | null } | null;
}

/** The same as evidence of an article. */
export interface EntryRecord extends FeedEntry {
  feed: { id: string; url: string; title: string | null };
  firstSeenAt: string;
}

export interface ReadFeed {
  kind: FeedKind;
  title: string | null;
  homeUrl: string | null;
  sourceKey: string;
  etag: string | null;
  lastModified: string | null;
  /** Each with the submission that it makes; no two of them of one id. */
  entries: { entry: FeedEntry; submission: Submission }[];
}

export type Poll =
  | { result: 'read'; feed: ReadFeed }
  | { result: 'not-modified' }
  /** The page names a feed: it is polled there from now on, at once. */
  | { result: 'found'; url: string }
  | { result: 'failed'; reason: string; detail: string; isPaused: boolean };

/** When a feed is polled next, by what its poll brought. */
export interface NextPoll {
  intervalMs: number;
  afterMs: number;
}

export interface PolledFeed {
  /** False where the feed was removed, or claimed by another meanwhile: then nothing was written. */
  isRecorded: boolean;
  /** Entries that were new, and that had changed. */
  fresh: number;
  changed: number;
  /** What was submitted, in the same transaction. */
  receipts: Receipt[];
}

/** The questions about feeds. Part of the store; every method is one transaction. */
export interface FeedStore {
  /** Subscribes feeds; one that is subscribed already stays as it is. Gives them in the order of the request. */
  subscribe(subscriptions: Subscription[]): Promise<{ feed: FeedRecord; isNew: boolean }[]>;
  /** The oldest subscription first. Throws `BadCursor`. */
  feeds(query: FeedQuery): Promise<FeedPage>;
  feed(id: string): Promise<FeedRecord | null>;
  /** Pauses, resumes, or says whether entries bring their whole text. One that is resumed is polled at once. */
  changeFeed(id: string, change: { isPaused?: boolean; isFullText?: boolean }): Promise<FeedRecord | null>;
  /** Makes an active feed due; a paused one stays as it is. */
  pollNow(id: string): Promise<FeedRecord | null>;
  /** Ends a subscription. Its articles stay. */
  unsubscribe(id: string): Promise<boolean>;
  /** Takes the feed that has been due the longest; null where none is. */
  claimFeed(leaseMs: number): Promise<FeedClaim | null>;
  /** Gives a claim back, to be taken again after a while, as if it had never been taken. */
  putOffFeed(claim: FeedClaim, afterMs: number): Promise<void>;
  /**
   * Records a poll, with all that follows from it: what the feed is, its entries, and the articles that they submit. The pure `decide`
   * says when to poll next.
   */
  recordPoll(claim: FeedClaim, poll: Poll, decide: (isChanged: boolean) => NextPoll): Promise<PolledFeed>;
  /** What feeds say of an article; at most 20, the first seen first. */
  entriesOf(articleId: string): Promise<EntryRecord[]>;
}
