import type { Printed } from '@wirefold/store';
import { z } from 'zod';
import {
  MATCH_ARTICLES_MAX,
  MATCH_CANDIDATES_MAX,
  MATCH_HTML_BYTES_MAX,
  MATCH_TEXT_BYTES_MAX,
  MATCHES_MAX,
} from '../limits.ts';
import type { Matched } from '../match.ts';
import { articleInputSchema, upToBytes } from '../submission.ts';
import { publishedSchema, sourceSchema } from './article.ts';
import { verdictSchema } from './verdict.ts';

/** What may be matched. Which fields go together is said by the route. */
export const matchInputSchema = articleInputSchema
  .pick({ url: true, source: true, title: true })
  .extend({
    text: upToBytes(MATCH_TEXT_BYTES_MAX).nullish(),
    html: upToBytes(MATCH_HTML_BYTES_MAX).nullish(),
  })
  .meta({ id: 'MatchInput', description: 'A text ({text, title?, source?, url?}) or a page ({html, url?}).' });

const printedSchema = z
  .object({
    articleId: z.string(),
    url: z.string().nullable(),
    title: z.string(),
    source: sourceSchema,
    published: publishedSchema.nullable(),
    story: z.string().nullable().meta({ description: 'Null while the article waits to be placed.' }),
    isCanonical: z.boolean(),
  })
  .meta({ id: 'PrintedArticle' }) satisfies z.ZodType<Printed>;

const matchedSchema = z
  .object({
    verdict: verdictSchema.meta({ description: 'a is what was sent, b the text of these articles.' }),
    copies: z.int().min(1).meta({ description: 'How many articles print this text.' }),
    articles: z
      .array(printedSchema)
      .max(MATCH_ARTICLES_MAX)
      .meta({ description: 'Canonicals of stories first, then by time.' }),
  })
  .meta({ id: 'Matched', description: 'A text that is known, and how it compares.' }) satisfies z.ZodType<Matched>;

export const matchSchema = z
  .object({
    title: z.string().meta({ description: 'As it was read; empty where there was none.' }),
    words: z.int().min(1).meta({ description: "Words that were compared: those of the text without the site's." }),
    candidates: z.int().min(0).max(MATCH_CANDIDATES_MAX).meta({ description: 'Texts that it was compared with.' }),
    linked: z.int().min(0).meta({ description: 'Texts of these that are one with it.' }),
    matches: z.array(matchedSchema).max(MATCHES_MAX).meta({ description: 'Those, the most alike first.' }),
    nearest: matchedSchema
      .nullable()
      .meta({ description: 'The most alike where none is linked; null where no text is near, too.' }),
  })
  .meta({ id: 'MatchAnswer', description: 'Whose copy a text is.' });
