import { type DecisionRecord, NOTE_CHARS_MAX } from '@wirefold/store';
import { z } from 'zod';
import { DECISION_NAMES_MAX } from '../limits.ts';
import { isoTime } from './article.ts';
import { storySummarySchema } from './story.ts';

/** Longer than any id. */
const ID_CHARS_MAX = 200;

const NOTE_MESSAGE = `must be a text of at most ${NOTE_CHARS_MAX} characters`;
const note = z
  .string(NOTE_MESSAGE)
  .max(NOTE_CHARS_MAX, NOTE_MESSAGE)
  .optional()
  .meta({ description: 'Why; it stands beside the decision.' });

const idsOf = (what: string) => {
  const message = `must be a list of 1 to ${DECISION_NAMES_MAX} ids of ${what}`;
  return z
    .array(z.string(message).max(ID_CHARS_MAX, message), message)
    .min(1, message)
    .max(DECISION_NAMES_MAX, message);
};
const ARTICLE_MESSAGE = 'must be the id of an article';

export const splitSchema = z.strictObject({ articles: idsOf('articles'), note }).meta({ id: 'SplitInput' });
export const mergeSchema = z.strictObject({ stories: idsOf('stories'), note }).meta({ id: 'MergeInput' });
export const pinSchema = z
  .strictObject({ article: z.string(ARTICLE_MESSAGE).max(ID_CHARS_MAX, ARTICLE_MESSAGE), note })
  .meta({ id: 'PinInput' });

export const decisionSchema = z
  .object({
    id: z.int(),
    kind: z.enum(['split', 'merge', 'pin']),
    storyId: z.string().meta({ description: 'The story that it was made on, by the id that it had then.' }),
    mergedIds: z
      .array(z.string())
      .meta({ description: 'The stories that a merge made one with it, by the ids of then.' }),
    articleIds: z.array(z.string()).meta({ description: 'What a split set apart, or what is pinned.' }),
    storyIds: z.array(z.string()).meta({ description: 'The stories that hold what it names now.' }),
    note: z.string().nullable(),
    by: z.string().nullable().meta({ description: 'Name of the key that it was made with.' }),
    at: isoTime,
    withdrawnBy: z.string().nullable(),
    withdrawnAt: isoTime.nullable().meta({ description: 'Null while it is in force.' }),
  } satisfies Record<keyof DecisionRecord, z.ZodType>)
  .meta({ id: 'Decision', description: 'What a person decided about stories.' }) satisfies z.ZodType<DecisionRecord>;

export const decisionsSchema = z.object({ decisions: z.array(decisionSchema) }).meta({ id: 'Decisions' });

export const decidedSchema = z
  .object({
    decision: decisionSchema,
    isNew: z.boolean().meta({ description: 'False where the same was done before.' }),
    stories: z.array(storySummarySchema).meta({ description: 'The stories that hold what it names, as they are now.' }),
  })
  .meta({ id: 'Decided' });
