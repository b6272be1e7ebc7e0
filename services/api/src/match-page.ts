import { explain } from '@wirefold/dedup';
import type { Store } from '@wirefold/store';
import { copyChanges } from '@wirefold/story';
import type { ComparedText, MatchPageAnswer } from '@wirefold/web';
import { type Matched, matchOf, type Stored } from './match.ts';
import { readInput, wrongWords } from './routes/match.ts';

type PageStore = Stored & Pick<Store, 'article' | 'textsOf'>;
type Asked = Extract<Awaited<ReturnType<typeof matchOf>>, { ok: true }>;

/** Answers the form of the page by what decides for `POST /v1/match`, and compares with the best text word by word. */
export function createMatchPage(store: PageStore, now: () => Date) {
  return async (form: Record<string, string>): Promise<MatchPageAnswer> => {
    const input = readInput(form);
    if (!input.ok) return { ok: false, detail: wrongWords(input.errors) };
    const found = await matchOf(store, input.value, now().toISOString());
    if (!found.ok) return found;
    const best = found.answer.matches[0] ?? found.answer.nearest;
    return { ...found.answer, compared: best === null ? null : await compared(store, found, best) };
  };
}

/** Null where the article went in the meantime. */
async function compared(store: PageStore, { article, text }: Asked, best: Matched): Promise<ComparedText | null> {
  const [print] = best.articles;
  if (print === undefined) return null;
  const [record, texts] = await Promise.all([store.article(print.articleId), store.textsOf([print.articleId])]);
  const known = texts.get(print.articleId);
  if (known === undefined || record === null || record.article === null) return null;
  return {
    explanation: explain(known, text),
    before: record.article.body,
    changes: copyChanges(record.article, article),
    language: record.article.language,
  };
}
