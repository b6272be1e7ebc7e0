import type { Article, Paragraph, Published } from '@wirefold/article';
import type { SignedText } from '@wirefold/dedup';
import type { Receipt, Submission } from './store.ts';

/** What a page was read from: where it stood in the end, and what its answer said to ask by next time. */
export interface Fetched {
  url: string;
  /** As it was sent, with `W/` where it is weak. */
  etag: string | null;
  lastModified: string | null;
}

/** An article whose page answers that it is not there any more. */
export interface Gone {
  /** ISO time of the first such answer. */
  since: string;
  reason: string;
}

/** The reason of a text that was withdrawn by law: it is kept as evidence, and shown to nobody. */
export const WITHDRAWN = 'http-unavailable-legally';

/** What the store knows of how an article was read, beside its content. */
export interface ArticleReading {
  /** Number of the text that stands now, counted from 1; null where none was read. */
  revision: number | null;
  /** ISO time at which this text was first read. */
  readAt: string | null;
  /** ISO time at which its page last answered with it; null where its content was pushed. */
  checkedAt: string | null;
  gone: Gone | null;
}

/** What a claim says of earlier work on its article. */
export interface ClaimHistory {
  /** Why the last try was not the end; null at the first one. */
  lastReason: string | null;
  /** Whether a text of it is known. */
  isRead: boolean;
  /** What that was fetched from; null where it was not. */
  fetched: Fetched | null;
}

/** What an article was when it was last read, with all that its signing gave. */
export interface ReadBefore {
  article: Article;
  text: SignedText;
  boilerplateWords: number;
  furnitureVersion: number;
}

/** A reading that found what is known already. */
export interface Unchanged {
  articleId: string;
  token: number;
  /** Of a page that was sent; null where it was not, because it has not changed. Left out where content was pushed. */
  fetched?: Fetched | null;
  cards: Submission[];
}

/** An end by an answer that says that the page is not there. */
export interface GoneEnding {
  articleId: string;
  token: number;
  reason: string;
  detail: string;
}

/** A text of an article without its words. */
export interface RevisionSummary {
  number: number;
  /** ISO time at which it was first read. */
  readAt: string;
  textHash: string;
  title: string;
  byline: string | null;
  published: Published | null;
  bodyChars: number;
  /** Whether it stands now. */
  isCurrent: boolean;
}

export interface Revision extends RevisionSummary {
  body: string;
  paragraphs: Paragraph[];
}

export interface RevisionHistory {
  articleId: string;
  url: string | null;
  gone: Gone | null;
  /** Those that are kept, oldest first; the last one stands now. */
  revisions: RevisionSummary[];
  /** How many between the first and the newest were dropped. */
  dropped: number;
}

/** A text and the one that came after it, as far as it is kept. */
export interface RevisionPair {
  revision: Revision;
  next: Revision | null;
  /** The text was withdrawn: bodies and paragraphs are empty. */
  isWithdrawn: boolean;
}

/** The questions about articles that are read again. Part of the store. */
export interface RevisionStore {
  /** What these articles were when they were last read; one that was never read is missing. */
  readBefore(articleIds: string[]): Promise<Map<string, ReadBefore>>;
  /**
   * Ends ingest for articles that are what they were, where the token is still current. An article that was gone is living again.
   * `toPlace` are those of them that cluster has to place.
   */
  saveUnchanged(unchanged: Unchanged[]): Promise<{ saved: string[]; toPlace: string[]; cards: Receipt[] }>;
  /**
   * Marks articles as gone that stand in a story, where the token is still current; they stay in it, and it is decided again. Gives
   * the ids for which it counted: any other one is for `settle`.
   */
  markGone(endings: GoneEnding[]): Promise<{ gone: string[]; toPlace: string[] }>;
  /** The history of an article's text; null where there is no such article, or nothing was read. */
  revisions(articleId: string): Promise<RevisionHistory | null>;
  revision(articleId: string, number: number): Promise<RevisionPair | null>;
}
