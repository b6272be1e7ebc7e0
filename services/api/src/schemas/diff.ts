import { z } from 'zod';
import { publishedSchema, sourceSchema } from './article.ts';

const side = z
  .object({
    articleId: z.string(),
    isCanonical: z.boolean(),
    url: z.string().nullable(),
    title: z.string(),
    source: sourceSchema,
    published: publishedSchema.nullable(),
    language: z.string().nullable(),
  })
  .meta({ id: 'DiffedCopy', description: 'One of two copies that are compared.' });

const changeCount = z
  .object({ places: z.int().min(0), words: z.int().min(0) })
  .meta({ id: 'ChangeCount', description: 'A replaced passage counts as the longer of its two sides.' });

const step = z.object({ kind: z.enum(['kept', 'removed', 'added']), text: z.string() });

export const diffSchema = z
  .object({
    story: z.string(),
    a: side,
    b: side,
    changes: z.object({ editorial: changeCount, boilerplate: changeCount, credit: changeCount }),
    title: z.array(step),
    body: z.array(step.extend({ nature: z.enum(['editorial', 'boilerplate', 'credit']).optional() })),
  })
  .meta({ id: 'CopyDiff', description: 'What copy b changed of copy a. Kept and added texts together are b.' });
