import { articleIdOfText, articleIdOfUrl, canonicalUrl, readText, sourceOf } from '@wirefold/article';
import type { Member, SignableBody } from '@wirefold/story';
import { z } from 'zod';

/** A line of `wirefold cluster`: an article as other tools write it. Fields that are not named here are kept as they are. */
export const batchLineSchema = z.looseObject({
  id: z.union([z.string(), z.number()]).optional(),
  url: z.string().nullish(),
  source: z.string().nullish(),
  title: z.string().nullish(),
  text: z.string(),
  published: z.string().nullish(),
});

export type BatchLine = z.infer<typeof batchLineSchema>;

export const EXPECTED = 'an object {id?, url?, source?, title?, text, published?}';

/** What the choice of a canonical asks for, as far as it is known before the text is signed. */
export type Printer = Pick<Member, 'url' | 'source' | 'published' | 'credit'>;

/** An article as it was read, with the spans that rules found and before anything is learned of its source. */
export interface LineReading extends SignableBody {
  identity: string;
  title: string;
  printer: Printer;
}

/**
 * Reads one line, as the service reads a pushed text. What the service would refuse (a wall, a stub) has no text to compare and so
 * stays alone: its reading is null.
 * @param seenAt resolves relative times
 * @returns `identity`: the article's id, by its URL or else by its words
 */
export function readLine(
  line: BatchLine,
  seenAt: string,
): { identity: string; sourceKey: string; reading: LineReading | null } {
  const { url = null, source = null, title = null, published = null, text } = line;
  const result = readText({ title, text, source, url, published, seenAt, isCard: true, wantsLanguage: false });
  const canonical = url === null ? null : canonicalUrl(url);
  const articleUrl = canonical?.ok ? canonical.url : null;
  const identity = articleUrl === null ? articleIdOfText({ source, title, text }) : articleIdOfUrl(articleUrl);
  if (!result.ok) return { identity, sourceKey: sourceOf({ url: articleUrl, name: source }).key, reading: null };
  const { article } = result;
  const printer = { url: articleUrl, source: article.source, published: article.published, credit: article.credit };
  const { title: headline, body, boilerplate } = article;
  return {
    identity,
    sourceKey: article.source.key,
    reading: { identity, title: headline, body, boilerplate, printer },
  };
}
