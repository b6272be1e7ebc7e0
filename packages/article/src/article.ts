/** What an article is, for everybody. Every value here is plain data: it can be stored, sent and compared. */

import type { Metadata } from './metadata.ts';

/** A publisher whose site shows the article. `key` identifies it, `name` is what a reader sees. */
export interface Source {
  /** Registrable domain of the article's URL; where there is no URL, the folded name. */
  key: string;
  name: string;
}

/** When the article says it was published. */
export interface Published {
  /** ISO 8601 instant, by the clock of the zone that was written, else UTC; for an uncertain time the middle of what the evidence allows. */
  at: string;
  /** How far off `at` may be, in milliseconds: 0 for a stated instant, a day for a bare date, an hour for "2 hours ago". */
  uncertaintyMs: number;
  /** The text or field that said so, as it was written. */
  evidence: string;
}

/** A news agency of the agency table. */
export interface Agency {
  id: string;
  name: string;
}

export interface Dateline {
  place: string | null;
  /** The date as it is written, for example `May 30`. */
  date: string | null;
  agency: Agency | null;
  /** The dateline as it is written. */
  text: string;
}

export type CreditKind =
  | 'dateline'
  | 'byline'
  | 'credit-line'
  | 'structured-data'
  | 'canonical-link'
  | 'originally-appeared'
  | 'contribution'
  | 'hidden-from-news'
  | 'photo-credit';

/** Where a sign stands: in the body, in the byline, in the page's JSON-LD, in its head, at a picture, or elsewhere on the page. */
export type CreditPlace = 'body' | 'byline' | 'page' | 'structured-data' | 'head' | 'caption';

/**
 * One sign of who wrote the text. Three kinds are kept and never decide that: who took a picture (`photo-credit`), who helped with the
 * text (`contribution`), and that the page keeps itself out of Google News as copies are asked to (`hidden-from-news`).
 */
export interface CreditEvidence {
  kind: CreditKind;
  agency: Agency | null;
  /** The words or the URL that are the evidence. */
  text: string;
  /** Missing in articles that an earlier release signed. */
  where?: CreditPlace;
}

/** Who wrote the text, as far as it says so. */
export interface Credit {
  /** The agency named by the strongest evidence, never by a photo credit. */
  agency: Agency | null;
  dateline: Dateline | null;
  /** Another site that the article declares as its original: a cross-domain `rel=canonical`, or "originally appeared on". */
  declaredOriginal: { url: string | null; name: string | null } | null;
  evidence: CreditEvidence[];
}

/** A piece of the body that is the site's text and not the article's. Offsets are UTF-16 units into the body, end exclusive. */
export interface BoilerplateSpan {
  start: number;
  end: number;
  /** The rule that named it, for example `recaptcha` or `newsletter-pitch`. */
  rule: string;
}

/**
 * What a paragraph of the body is. Numbers count from 1 where the page does not number otherwise. `depth` is that of a list in lists.
 * An item or a definition that has more than one paragraph is continued by the others. Cells of one row and one table share its number.
 */
export type ParagraphForm =
  | { kind: 'paragraph' }
  | { kind: 'quote' }
  | { kind: 'preformatted' }
  | { kind: 'caption' }
  | { kind: 'term' }
  | { kind: 'definition' }
  | { kind: 'heading'; level: number }
  | { kind: 'item'; depth: number; isOrdered: boolean; number: number; isContinued: boolean }
  | { kind: 'cell'; table: number; row: number; column: number; isHeader: boolean };

/** A paragraph of the body, by its UTF-16 offsets, end exclusive. */
export type Paragraph = ParagraphForm & {
  start: number;
  end: number;
  /** Offsets, in the body, of the spaces that stood for line breaks; left out where there are none. */
  breaks?: number[];
};

/** One text at one canonical URL of one source. */
export interface Article {
  /** The URL that it was read from, after redirects; null for a text that came without one. */
  url: string | null;
  title: string;
  /** Paragraphs, with an empty line between them. */
  body: string;
  /** What each paragraph of the body is, in order: all of them, and nothing else. */
  paragraphs: Paragraph[];
  byline: string | null;
  published: Published | null;
  /** ISO 639-1 code, or null where the text is too short to tell. */
  language: string | null;
  source: Source;
  /** What the page declares by `rel=canonical`, absolute; it may point at another site. */
  declaredCanonicalUrl: string | null;
  /** The lead image, an absolute http(s) URL. */
  image: string | null;
  credit: Credit;
  boilerplate: BoilerplateSpan[];
  /** What else the page says of it, and what said each. */
  metadata: Metadata;
}

/** An article that stood on another article's page, as a card: enough to submit it on its own. */
export interface Card {
  url: string | null;
  source: string;
  title: string;
  text: string;
  published: Published | null;
}

/** What reading a page or a text gives: an article with the cards on its page, or the reason why it is not an article. */
export type Reading = { ok: true; article: Article; cards: Card[] } | { ok: false; reason: StubReason; detail: string };

/** Why a page that was fetched well is not an article. */
export type StubReason =
  | 'no-text'
  | 'thin'
  | 'bot-wall'
  | 'cookie-wall'
  | 'paywall'
  | 'error-page'
  | 'video-page'
  | 'gallery-page'
  | 'index-page';
