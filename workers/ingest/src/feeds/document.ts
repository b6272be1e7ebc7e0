/** What was read in a feed, a sitemap or a page, as plain data: it comes out of a thread. */
import { Parser } from 'htmlparser2';

/** Entries that are taken from one document: a news sitemap holds 1,000 by its protocol, a feed some tens. */
const ENTRIES_MAX = 1_000;
/** Sitemaps that an index names: by the protocol it may name 50,000, of which a few are looked into. */
export const CHILDREN_MAX = 1_000;
/** Feeds that a page names. */
export const LINKS_MAX = 50;
/** A line of a feed: a title, an id, a name, a time. */
export const LINE_CHARS_MAX = 2_048;

/** A document that names articles. */
export type DocumentKind = 'rss' | 'atom' | 'json' | 'sitemap';

export interface DocumentEntry {
  /** The entry's own id: `guid`, `id`. */
  guid: string | null;
  /** As it was written; it may be relative. */
  url: string | null;
  title: string | null;
  summary: string | null;
  /** HTML of the whole text; null where there is none, or where it was not asked for. */
  content: string | null;
  /** Times as they were written. */
  published: string | null;
  updated: string | null;
  /** Who published it first, as RSS `<source>`, Atom `<source>` and the news sitemap's `<news:publication>` say. */
  source: { name: string | null; url: string | null } | null;
}

export interface FeedDocument {
  kind: DocumentKind;
  title: string | null;
  description: string | null;
  /** The page that the feed belongs to. */
  homeUrl: string | null;
  language: string | null;
  updated: string | null;
  /** For how long a copy may be kept, by RSS `<ttl>`. */
  ttlMinutes: number | null;
  /** Hours of the day, in UTC, and days of the week (0 is Sunday) in which the feed is not to be asked for. */
  skipHours: number[];
  skipDays: number[];
  /** At most `ENTRIES_MAX`. */
  entries: DocumentEntry[];
}

/** A link of a page to a feed, as it was written. */
export interface FeedLink {
  url: string;
  title: string | null;
}

export type ReadDocument =
  | { kind: 'feed'; feed: FeedDocument }
  | { kind: 'index'; children: { url: string; updated: string | null }[] }
  | { kind: 'page'; links: FeedLink[]; baseHref: string | null }
  /** `unreadable` where it begins as a feed and is broken; `other` for anything else. */
  | { kind: 'none'; why: 'unreadable' | 'other'; detail: string };

export function lineOf(text: string | null | undefined): string | null {
  const line = (text ?? '')
    .slice(0, 2 * LINE_CHARS_MAX)
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, LINE_CHARS_MAX);
  return line === '' ? null : line;
}

/** A title as text: feeds write it as HTML, most of them without a word of it. */
export function titleOf(markup: string | null | undefined): string | null {
  const line = lineOf(markup);
  if (line === null || !/[<&]/.test(line)) return line;
  let text = '';
  const parser = new Parser({
    ontext(piece) {
      text += piece;
    },
  });
  parser.end(line);
  return lineOf(text);
}

/** The newest entries, in their order, where there are more than are taken. Those without a time count as the oldest. */
export function newest(entries: DocumentEntry[]): DocumentEntry[] {
  if (entries.length <= ENTRIES_MAX) return entries;
  const timeOf = ({ updated, published }: DocumentEntry) => Date.parse(updated ?? published ?? '') || 0;
  const kept = entries.map((entry, index) => ({ index, time: timeOf(entry) }));
  kept.sort((a, b) => b.time - a.time || a.index - b.index);
  const indexes = new Set(kept.slice(0, ENTRIES_MAX).map(({ index }) => index));
  return entries.filter((_, index) => indexes.has(index));
}
