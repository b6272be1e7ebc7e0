import type { Reason } from '@wirefold/queue';
import type { Fetched } from '@wirefold/store';
import type { Headers } from './answer.ts';

/** A page as it came, decoded from its transfer, not from its charset. */
export interface FetchedPage {
  /** Where it stood in the end, after redirects, without a fragment. */
  url: string;
  status: number;
  /** The header as it was sent; null where there was none. */
  contentType: string | null;
  bytes: Uint8Array;
  /** The URLs that redirected, in order; empty where the first one answered. */
  redirects: string[];
  /** ISO 8601 instant in UTC at which the answer was complete. */
  fetchedAt: string;
  /** What to ask by next time; left out where nothing was asked. */
  fetched?: Fetched;
  /** All headers of the answer; only of feeds. */
  headers?: Headers;
}

/** The page is what it was when it was fetched last (304). */
export interface NotModified {
  ok: false;
  isKnown: true;
}

export interface Failed {
  ok: false;
  reason: Reason;
  /** Facts for a person: constant words and figures, never a URL with its query. */
  detail: string;
  /** What the site asked for by `Retry-After`, bounded; null where it said nothing. */
  retryAfterMs: number | null;
  /** The status that the site refused with; null, or left out, where it did not get so far. */
  status?: number | null;
}

export type FetchResult = { ok: true; page: FetchedPage } | Failed;

export function failed(reason: Reason, detail: string, retryAfterMs: number | null = null): Failed {
  return { ok: false, reason, detail, retryAfterMs };
}
