import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  articleIdOfText,
  articleIdOfUrl,
  type Card,
  canonicalUrl,
  comparisonText,
  decodePage,
  pageKind,
  type Reading,
  readPage,
  readText,
} from '@wirefold/article';
import { sign } from '@wirefold/dedup';
import type { Reason } from '@wirefold/queue';
import type { Claim, SignedArticle, Submission } from '@wirefold/store';
import type { FetchedPage } from './fetch/result.ts';

/** What was made of one claim. */
export type Ingested = { ok: true; signed: SignedArticle } | NotIngested;

export interface NotIngested {
  ok: false;
  reason: Reason;
  detail: string;
  /** What the site asked for; null where it said nothing. */
  retryAfterMs: number | null;
}

/** Runs one of the two parts of reading, and measures it. */
export type Timed = <Value>(stage: 'extract' | 'sign', work: () => Value) => Value;

/** Extracts and signs content that came with the submission; null where none did. Pure. */
export function ingestPushed(claim: Claim, timed: Timed): Ingested | null {
  const { pushed, url, receivedAt: seenAt } = claim;
  if (pushed === null) return null;
  if (pushed.kind === 'text') {
    const { kind: _, ...content } = pushed;
    return signReading(
      claim,
      timed('extract', () => readText({ ...content, url, seenAt })),
      timed,
    );
  }
  if (url === null) return notIngested('url-not-allowed', 'a page without the URL at which it stands');
  const { html } = pushed;
  return signReading(
    claim,
    timed('extract', () => readPage({ html, url, seenAt })),
    timed,
  );
}

/** Extracts and signs a fetched page, HTML or plain text. Its own URL is the one where it stood in the end. Pure. */
export function ingestFetched(claim: Claim, page: FetchedPage, timed: Timed): Ingested {
  const { url, bytes, contentType, fetchedAt: seenAt } = page;
  const kind = pageKind(contentType, bytes);
  if (kind === 'other') return notIngested('not-html', 'by its bytes, whatever its type says');
  const reading = timed('extract', () => {
    const { html } = decodePage(bytes, contentType);
    if (kind === 'html') return readPage({ html, url, seenAt });
    return readText({ title: null, text: html, source: null, url, published: null, seenAt, isCard: false });
  });
  return signReading(claim, reading, timed);
}

export function notIngested(reason: Reason, detail: string, retryAfterMs: number | null = null): NotIngested {
  return { ok: false, reason, detail, retryAfterMs };
}

function signReading(claim: Claim, reading: Reading, timed: Timed): Ingested {
  if (!reading.ok) return notIngested(reading.reason, reading.detail);
  const { article, cards } = reading;
  const text = timed('sign', () => sign(comparisonText(article.body, article.boilerplate).text));
  // Without words there is nothing to compare, and all such articles would be one text.
  if (text.words === 0) return notIngested('no-text', 'nothing is left without the text of the site');
  const { articleId, token } = claim;
  return { ok: true, signed: { articleId, token, article, text, cards: submissionsOf(cards, articleId) } };
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
