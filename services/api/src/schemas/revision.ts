import type { Revision, RevisionHistory, RevisionSummary } from '@wirefold/store';
import { z } from 'zod';
import { goneSchema, isoTime, paragraphSchema, publishedSchema } from './article.ts';

const summary = {
  number: z.int().min(1),
  readAt: isoTime.meta({ description: 'When it was first read.' }),
  textHash: z.string(),
  title: z.string(),
  byline: z.string().nullable(),
  published: publishedSchema.nullable(),
  bodyChars: z.int().min(0),
  isCurrent: z.boolean().meta({ description: 'Whether it stands now.' }),
} satisfies Record<keyof RevisionSummary, z.ZodType>;

export const revisionHistorySchema = z
  .object({
    articleId: z.string(),
    url: z.string().nullable(),
    gone: goneSchema.nullable(),
    revisions: z
      .array(z.object(summary).meta({ id: 'RevisionSummary' }))
      .meta({ description: 'Those that are kept, oldest first; the last one stands now.' }),
    dropped: z.int().min(0).meta({ description: 'How many between the first and the newest were dropped.' }),
  })
  .meta({
    id: 'RevisionHistory',
    description: 'What stood at the URL of an article, and when.',
  }) satisfies z.ZodType<RevisionHistory>;

const words = z
  .array(z.object({ kind: z.enum(['kept', 'removed', 'added']), text: z.string() }).meta({ id: 'WordRun' }))
  .meta({
    description:
      'What is kept and what is added is the next text to the letter; the kind of quotes, dashes and spaces is no change.',
  });

export const revisionSchema = z
  .object({
    articleId: z.string(),
    ...summary,
    body: z.string(),
    paragraphs: z.array(paragraphSchema),
    diff: z
      .object({ to: z.int(), title: words, body: words })
      .nullable()
      .meta({ description: 'How the next revision differs; null for the newest.' }),
  } satisfies Record<keyof Revision | 'articleId' | 'diff', z.ZodType>)
  .meta({ id: 'Revision', description: 'A text of an article, and how the next one differs.' });
