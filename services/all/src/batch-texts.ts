import type { BatchContext, SignedRows } from './batch-shared.ts';
import { type SignedArticle, signedAt } from './batch-sign.ts';

/** Letters of the texts that all threads together keep to compare; with what comparing makes of them some ten times as many bytes. */
const TEXTS_KEPT_CHARS_MAX = 16_000_000;

/** Signed articles by row, read from the disk when they are not at hand. */
export interface BatchTexts {
  at(row: number): SignedArticle;
}

export function createBatchTexts(context: BatchContext, signed: SignedRows): BatchTexts {
  // A Map keeps the order of insertion: what is used is put last, what comes first goes first.
  const kept = new Map<number, SignedArticle>();
  const charsMax = TEXTS_KEPT_CHARS_MAX / context.threads;
  let chars = 0;
  return {
    at(row) {
      const known = kept.get(row);
      if (known !== undefined) {
        kept.delete(row);
        kept.set(row, known);
        return known;
      }
      const article = signedAt(context, signed, row);
      chars += article.text.comparison.length;
      for (const [oldest, { text }] of kept) {
        if (chars <= charsMax) break;
        kept.delete(oldest);
        chars -= text.comparison.length;
      }
      kept.set(row, article);
      return article;
    },
  };
}
