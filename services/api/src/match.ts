import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Article, type Reading, readPage, readText } from '@wirefold/article';
import { judge, NO_FURNITURE, PARAMS, type SignedText, type Verdict } from '@wirefold/dedup';
import type { Printed, Store } from '@wirefold/store';
import { signBody } from '@wirefold/story';
import { MATCH_ARTICLES_MAX, MATCH_CANDIDATES_MAX, MATCHES_MAX } from './limits.ts';

/** A page, or a text; of both, the source's own furniture is left out where the source is known. */
export type ToMatch =
  | { html: string; url: string | null }
  | { text: string; title: string | null; source: string | null; url: string | null };

/** A text of the store, with how it compares and who prints it. */
export interface Matched {
  /** `a` is what was sent, `b` the text of these articles. */
  verdict: Verdict;
  /** How many articles print it. */
  copies: number;
  articles: Printed[];
}

export type MatchAnswer =
  | {
      ok: true;
      title: string;
      words: number;
      /** Texts that it was compared with. */
      candidates: number;
      /** Texts of these that are linked with it. */
      linked: number;
      matches: Matched[];
      nearest: Matched | null;
    }
  | { ok: false; reason: string; detail: string };

/** Says whose copy a text is. Nothing is written; what decides is what decides for ingest and cluster. */
export type Match = (input: ToMatch) => Promise<MatchAnswer>;

export type Stored = Pick<Store, 'furniture' | 'textsNear' | 'printsOf'>;

/** Where a page stands that came without its address: a name that no site has, so no source's furniture is left out. */
const NOWHERE = 'https://page.invalid/';

export function createMatch(store: Stored, now: () => Date): Match {
  return async (input) => {
    const found = await matchOf(store, input, now().toISOString());
    return found.ok ? found.answer : found;
  };
}

type Found =
  | { ok: true; answer: Extract<MatchAnswer, { ok: true }>; article: Article; text: SignedText }
  | Extract<MatchAnswer, { ok: false }>;

/** The answer, with what was read and signed for it. */
export async function matchOf(store: Stored, input: ToMatch, seenAt: string): Promise<Found> {
  const reading = read(input, seenAt);
  if (!reading.ok) return reading;
  const { article } = reading;
  const text = await signArticle(store, article);
  if (text.words < PARAMS.thinWords) {
    const detail = `It has ${text.words} words; a text of fewer than ${PARAMS.thinWords} is nobody's.`;
    return { ok: false, reason: 'thin', detail };
  }
  const judged = await judgeAll(text, await store.textsNear(text, MATCH_CANDIDATES_MAX));
  const linked = judged.filter(({ verdict }) => verdict.linked);
  const shown = linked.length > 0 ? linked.slice(0, MATCHES_MAX) : judged.slice(0, 1);
  const found = await withPrints(store, shown);
  const answer = {
    ok: true as const,
    title: article.title,
    words: text.words,
    candidates: judged.length,
    linked: linked.length,
    matches: linked.length > 0 ? found : [],
    nearest: linked.length > 0 ? null : (found[0] ?? null),
  };
  return { ok: true, answer, article, text };
}

function read(input: ToMatch, seenAt: string): Reading {
  if ('html' in input) return readPage({ html: input.html, url: input.url ?? NOWHERE, seenAt });
  return readText({ ...input, published: null, seenAt, isCard: false, wantsLanguage: false });
}

async function signArticle(store: Stored, article: Article): Promise<SignedText> {
  const { key } = article.source;
  const known = (await store.furniture([key])).get(key);
  return signBody(article, known?.furniture ?? NO_FURNITURE).text;
}

interface Judged {
  hash: string;
  verdict: Verdict;
}

/** One after another, the best first; other requests have their turn between two. */
async function judgeAll(text: SignedText, others: SignedText[]): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const other of others) {
    judged.push({ hash: other.hash, verdict: judge(text, other) });
    await nextTurn();
  }
  return judged.sort(byNearness);
}

function byNearness(a: Judged, b: Judged): number {
  const [x, y] = [a.verdict, b.verdict];
  return (
    Number(y.linked) - Number(x.linked) ||
    y.jaccard - x.jaccard ||
    Math.max(y.aInB, y.bInA) - Math.max(x.aInB, x.bInA) ||
    (a.hash < b.hash ? -1 : 1)
  );
}

/** A text whose last article went in the meantime is left out. */
async function withPrints(store: Stored, judged: Judged[]): Promise<Matched[]> {
  if (judged.length === 0) return [];
  const prints = await store.printsOf(
    judged.map(({ hash }) => hash),
    MATCH_ARTICLES_MAX,
  );
  return judged.flatMap(({ hash, verdict }) => {
    const print = prints.get(hash);
    return print === undefined ? [] : [{ verdict, copies: print.count, articles: print.articles }];
  });
}
