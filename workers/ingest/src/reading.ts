import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type Article,
  articleIdOfText,
  articleIdOfUrl,
  type Card,
  canonicalUrl,
  decodePage,
  decodePieces,
  pageKind,
  type Reading,
  readPage,
  readText,
  type SpellingClaim,
  spellingClaims,
} from '@wirefold/article';
import { NO_FURNITURE } from '@wirefold/dedup';
import type { Reason } from '@wirefold/queue';
import type { Claim, FeedEntry, Fetched, SignedArticle, SourceFurniture, Submission, Unchanged } from '@wirefold/store';
import { signBody } from '@wirefold/story';
import type { FetchedPage } from './fetch/result.ts';

/** What was made of one claim. */
export type Ingested = { ok: true; signed: SignedArticle } | { ok: true; unchanged: Unchanged } | NotIngested;

export interface NotIngested {
  ok: false;
  reason: Reason;
  detail: string;
  /** What the site asked for; null where it said nothing. */
  retryAfterMs: number | null;
}

/** Runs one of the two parts of reading, and measures it. */
export type Timed = <Value>(stage: 'extract' | 'sign', work: () => Value) => Value;

/** An article that was read, from where if it was fetched, or why there is none. */
export type Read = (Extract<Reading, { ok: true }> & { fetched?: Fetched }) | NotIngested;

/** Extracts content that came with the submission; null where none did. Pure. */
export function readPushed(claim: Claim, timed: Timed): Read | null {
  const { pushed, url, receivedAt: seenAt } = claim;
  if (pushed === null) return null;
  if (pushed.kind === 'text') {
    const { kind: _, ...content } = pushed;
    return readOf(timed('extract', () => readText({ ...content, url, seenAt })));
  }
  if (url === null) return notIngested('url-not-allowed', 'a page without the URL at which it stands');
  const { html, fetched } = pushed;
  // A clock that is ahead is not believed: nothing was fetched after it was pushed.
  const fetchedAt = fetched && fetched < seenAt ? fetched : seenAt;
  return readOf(timed('extract', () => readPage({ html, url, seenAt: fetchedAt })));
}

/** Extracts a fetched page, HTML or plain text. Its own URL is the one where it stood in the end. Pure. */
export function readFetched(page: FetchedPage, timed: Timed): Read {
  const { url, bytes, contentType, fetchedAt: seenAt } = page;
  const kind = pageKind(contentType, bytes);
  if (kind === 'other') return notIngested('not-html', 'by its bytes, whatever its type says');
  const reading = timed('extract', () => {
    if (kind === 'html') return readPage({ html: decodePieces(bytes, contentType), url, seenAt });
    const text = decodePage(bytes, contentType).html;
    return readText({ title: null, text, source: null, url, published: null, seenAt, isCard: false });
  });
  const read = readOf(reading);
  return read.ok && page.fetched !== undefined ? { ...read, fetched: page.fetched } : read;
}

/** Whether a page was read that does not say its title or its time. */
export function isIncomplete(read: Read): read is Extract<Read, { ok: true }> {
  return read.ok && (read.article.title === '' || read.article.published === null);
}

/** What the page did not say, as feeds say it; the evidence of a time then says that it is a feed's. */
export function completed(read: Extract<Read, { ok: true }>, entries: readonly FeedEntry[]): Read {
  const { article } = read;
  const title = entries.find((entry) => entry.title !== null)?.title ?? '';
  const published = entries.find((entry) => entry.published !== null)?.published ?? null;
  return {
    ...read,
    article: {
      ...article,
      title: article.title || title,
      published: article.published ?? (published && { ...published, evidence: `feed: ${published.evidence}` }),
    },
  };
}

export function notIngested(reason: Reason, detail: string, retryAfterMs: number | null = null): NotIngested {
  return { ok: false, reason, detail, retryAfterMs };
}

function readOf(reading: Reading): Read {
  return reading.ok ? reading : notIngested(reading.reason, reading.detail);
}

/** Signs what was read, with what is known of its source. Pure. */
export function signRead(claim: Claim, read: Read, { version, furniture }: SourceFurniture, timed: Timed): Ingested {
  if (!read.ok) return read;
  const { article, cards, fetched } = read;
  const signed = timed('sign', () => signBody(article, furniture));
  // Without words there is nothing to compare. Rules alone say so: what is learned may change, and an end is an end.
  if (signed.text.words === 0 && signBody(article, NO_FURNITURE).text.words === 0)
    return notIngested('no-text', 'nothing is left without the text of the site');
  const { articleId, token, canonicalUrl: asked } = claim;
  const { text, boilerplate, boilerplateWords } = signed;
  return {
    ok: true,
    signed: {
      articleId,
      token,
      article: { ...article, boilerplate },
      text,
      boilerplateWords,
      furnitureVersion: version,
      claims: asked === null ? [] : claimsOf(asked, article),
      cards: submissionsOf(cards, articleId),
      ...(fetched !== undefined && { fetched }),
    },
  };
}

function claimsOf(asked: string, { url, declaredCanonicalUrl, metadata }: Article): SpellingClaim[] {
  return spellingClaims({
    canonicalUrl: asked,
    readUrl: url,
    declaredCanonicalUrl,
    ampUrl: metadata.ampUrl?.value ?? null,
  });
}

/** The cards of an article's page as articles to submit: each once, and never the article itself. */
export function submissionsOf(cards: Card[], partOf: string): Submission[] {
  const byId = new Map<string, Submission>();
  for (const card of cards) {
    const submission = submissionOf(card, partOf);
    if (submission.id !== partOf && !byId.has(submission.id)) byId.set(submission.id, submission);
  }
  return [...byId.values()];
}

function submissionOf({ url, source, title, text, published }: Card, partOf: string): Submission {
  const canonical = url === null ? null : canonicalUrl(url);
  const pushed = { kind: 'text', title, text, source, published, isCard: true } as const;
  if (canonical?.ok) return { id: articleIdOfUrl(canonical.url), url, canonicalUrl: canonical.url, pushed, partOf };
  return { id: articleIdOfText({ source, title, text }), url: null, canonicalUrl: null, pushed, partOf };
}

/** Reads one after another, and lets the process do other things between two: each takes milliseconds of pure computing. */
export async function inTurn<Item>(items: Item[], signal: AbortSignal, work: (item: Item) => void): Promise<void> {
  for (const item of items) {
    if (signal.aborted) return;
    work(item);
    await nextTurn();
  }
}
