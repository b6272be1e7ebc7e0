import { failureOfFeedType, failureOfType } from './answer.ts';
import type { Failed } from './result.ts';
import { ROBOTS_BYTES_MAX } from './robots.ts';
import { conditionHeaders } from './validators.ts';

/** What is asked for, and what is taken as an answer to it. */
export interface Kind {
  accept: string;
  refuseType: (contentType: string | null) => Failed | null;
  /** A longer body is cut off here, where it is not compressed; null where a longer one than the limits is refused. */
  cutBytes: number | null;
  /** How much of the deadline it may take. */
  deadlineShare: number;
  /** Body bytes, as they travel and once decoded; the limits of the options where it is left out. */
  bytesMax?: number;
  /** Of a conditional request: sent with it, and a 304 is an answer. */
  conditions?: Record<string, string>;
}

export const PAGE: Kind = {
  accept: 'text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.1',
  refuseType: failureOfType,
  cutBytes: null,
  deadlineShare: 1,
};

/** Sites send it with any type, and what is beyond the limit does not count. The page that waits for it needs time, too. */
export const ROBOTS: Kind = {
  accept: 'text/plain,*/*;q=0.1',
  refuseType: () => null,
  cutBytes: ROBOTS_BYTES_MAX,
  deadlineShare: 0.5,
};

/** Pages are taken, too: a feed may be named there. */
const FEED: Kind = {
  accept:
    'application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,text/html;q=0.5,*/*;q=0.1',
  refuseType: failureOfFeedType,
  cutBytes: null,
  deadlineShare: 1,
};

/** What a feed is asked for with: the marks of the copy that is known, and how many bytes it may have. */
export interface FeedRequest {
  etag: string | null;
  lastModified: string | null;
  bytesMax: number;
}

export function feedKind({ bytesMax, ...known }: FeedRequest): Kind {
  return { ...FEED, bytesMax, conditions: conditionHeaders(known) };
}
