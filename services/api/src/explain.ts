import { canonicalUrl } from '@wirefold/article';
import { explain } from '@wirefold/dedup';
import { REASONS } from '@wirefold/queue';
import { type ArticleRecord, type Store, WITHDRAWN } from '@wirefold/store';
import type { ExplainAnswer, ExplainedArticle, PairDecision } from '@wirefold/web';

/** Compares the texts of two articles, each named by its id or its URL. Nothing is decided by it: the cluster worker judged them, and people had their say. */
export type Explain = (a: string, b: string) => Promise<ExplainAnswer>;

type Failure = Extract<ExplainAnswer, { ok: false }>;
type Found = { ok: true; record: ArticleRecord } | Failure;

export function createExplain(
  store: Pick<Store, 'article' | 'articleByUrl' | 'textsOf' | 'decisionsBetween'>,
): Explain {
  return async (aName, bName) => {
    const [a, b] = await Promise.all([find(store, 'a', aName), find(store, 'b', bName)]);
    if (!a.ok) return a;
    if (!b.ok) return b;
    if (isWithdrawn(a.record)) return withdrawn('a');
    if (isWithdrawn(b.record)) return withdrawn('b');
    const texts = await store.textsOf([a.record.id, b.record.id]);
    const [aText, bText] = [texts.get(a.record.id), texts.get(b.record.id)];
    const [aShown, bShown] = [shownOf(a.record), shownOf(b.record)];
    if (aText === undefined || aShown === null) return notSigned('a', a.record);
    if (bText === undefined || bShown === null) return notSigned('b', b.record);
    const decisions = await store.decisionsBetween(a.record.id, b.record.id);
    const byHand = decisions.flatMap(({ id, kind, at, by, note }): PairDecision[] =>
      kind === 'pin' ? [] : [{ decision: id, kind, at, by, note }],
    );
    return { ok: true, a: aShown, b: bShown, explanation: explain(aText, bText), byHand };
  };
}

const isWithdrawn = ({ reading: { gone } }: ArticleRecord) => gone?.reason === WITHDRAWN;

function withdrawn(side: 'a' | 'b'): Failure {
  return { ok: false, problem: 'withdrawn', side, detail: 'The source may not show this text any more.' };
}

async function find(store: Pick<Store, 'article' | 'articleByUrl'>, side: 'a' | 'b', name: string): Promise<Found> {
  if (!/^https?:/i.test(name.trim())) {
    const record = await store.article(name.trim());
    return record === null
      ? { ok: false, problem: 'unknown', side, detail: 'There is no article with this id.' }
      : { ok: true, record };
  }
  const canonical = canonicalUrl(name);
  if (!canonical.ok) return { ok: false, problem: 'invalid', side, detail: canonical.problem };
  const record = await store.articleByUrl(canonical.url);
  return record === null
    ? { ok: false, problem: 'unknown', side, detail: `${canonical.url} has not been submitted.` }
    : { ok: true, record };
}

function shownOf({ id, url, story, article }: ArticleRecord): ExplainedArticle | null {
  if (article === null) return null;
  return { articleId: id, url, title: article.title, source: article.source, story };
}

function notSigned(side: 'a' | 'b', { id, state, reason, detail }: ArticleRecord): Failure {
  const words =
    reason === null ? '' : `${(REASONS as Record<string, { text: string }>)[reason]?.text ?? reason} ${detail ?? ''}`;
  const said = state === 'failed' ? `The article failed: ${words}` : `The article waits to be read. ${words}`;
  return { ok: false, problem: 'not-signed', side, detail: said.trim(), article: { articleId: id, state, reason } };
}
