import type { Explanation } from '@wirefold/dedup';
import type { ExplainedArticle } from '@wirefold/web';
import { z } from 'zod';
import { isoTime, sourceSchema } from './article.ts';
import { verdictSchema } from './verdict.ts';

const explainedSchema = z
  .object({
    articleId: z.string(),
    url: z.string().nullable(),
    title: z.string(),
    source: sourceSchema,
    story: z.string().nullable(),
  })
  .meta({ id: 'ExplainedArticle' }) satisfies z.ZodType<ExplainedArticle>;

const checkSchema = z
  .object({
    rule: z.string(),
    figure: z.string(),
    value: z.number().nullable(),
    bound: z.enum(['at least', 'at most']),
    limit: z.number().nullable(),
    isShare: z.boolean().meta({ description: 'Whether both are parts of a whole; else they count.' }),
    isMet: z.boolean().nullable(),
    decides: z.boolean(),
  })
  .meta({ id: 'Check', description: 'A figure beside its limit.' }) satisfies z.ZodType<
  Record<keyof Explanation['checks'][number], unknown>
>;

const counted = { count: z.int(), words: z.int() };
const sides = { a: z.string(), b: z.string() };
const own = z.object({ ...counted, shown: z.array(z.object({ words: z.int(), text: z.string() })) });
const number = z.int();

export const explanationSchema = z
  .object({
    a: explainedSchema,
    b: explainedSchema,
    verdict: verdictSchema,
    sentence: z.string(),
    checks: z.array(checkSchema),
    common: z.object({ ...counted, shown: z.array(z.object({ words: number, ...sides })) }),
    onlyA: own,
    onlyB: own,
    replaced: z.object({
      ...counted,
      facts: number,
      wording: number,
      spelling: number,
      shown: z.array(z.object({ kind: z.enum(['facts', 'wording', 'spelling']), words: number, ...sides })),
    }),
    byHand: z
      .array(
        z.object({
          decision: z.int(),
          kind: z.enum(['split', 'merge']),
          at: isoTime,
          by: z.string().nullable(),
          note: z.string().nullable(),
        }),
      )
      .meta({ description: 'Decisions of people in force that hold the two apart, or make them one story.' }),
  } satisfies Record<keyof Explanation | 'a' | 'b' | 'byHand', z.ZodType>)
  .meta({ id: 'Explanation', description: 'Why two articles are copies of one text, or are not.' });
