import type { ArticleRecord } from '@wirefold/store';
import { z } from 'zod';

type Mirror = NonNullable<ArticleRecord['match']>;

const share = z.number().min(0).max(1);
const similarity = {
  shared: z.int().min(0).meta({ description: 'Number of shared shingles' }),
  jaccard: share,
  aInB: share.meta({ description: 'Share of the shingles of a that b has too' }),
  bInA: share.meta({ description: 'Share of the shingles of b that a has too' }),
};

export const similaritySchema = z.object(similarity).meta({ id: 'Similarity' });

export const verdictSchema = z
  .object({
    kind: z.enum(['same text', 'contains', 'revision', 'different']),
    linked: z.boolean(),
    rule: z.string().meta({ description: 'The rule that decided' }),
    ...similarity,
    comparing: z.object({ alignedWords: z.number(), replacedWords: z.number(), wordsBefore: z.number() }).nullable(),
    facts: z
      .object({
        changes: z.number(),
        alignedWords: z.number(),
        examples: z.array(z.object({ a: z.string(), b: z.string() })),
      })
      .nullable(),
  })
  .meta({
    id: 'Verdict',
    description: 'What was found when two texts were compared, with all that decided it.',
  }) satisfies z.ZodType<Mirror['verdict']>;

export const mirrorSchema = z
  .object({
    articleId: z.string(),
    verdict: verdictSchema.meta({ description: "a is the canonical's text, b the mirror's." }),
    via: z
      .object({ textHash: z.string(), verdict: verdictSchema })
      .nullable()
      .meta({ description: 'The link that holds it in the story, where the verdict against the canonical is none.' }),
    byHand: z
      .object({
        decision: z.int(),
        at: z.string().meta({ format: 'date-time' }),
        by: z.string().nullable(),
        note: z.string().nullable(),
      })
      .exactOptional()
      .meta({ description: 'The decision of a person that joined it to the canonical; left out where links did.' }),
  })
  .meta({ id: 'Mirror', description: 'How a mirror compares with the canonical.' }) satisfies z.ZodType<Mirror>;
