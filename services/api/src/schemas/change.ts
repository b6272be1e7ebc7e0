import type { ChangePage } from '@wirefold/store';
import { STORY_EVENT_KINDS } from '@wirefold/story';
import { z } from 'zod';
import { isoTime } from './article.ts';

const changeSchema = z
  .object({
    cursor: z.string().meta({ description: 'To go on after this event.' }),
    at: isoTime,
    kind: z.enum(STORY_EVENT_KINDS),
    storyId: z.string(),
    articleId: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Change', description: 'Something that happened to a story.' });

export const changePageSchema = z
  .object({
    changes: z.array(changeSchema),
    nextCursor: z.string(),
    hasMore: z.boolean().meta({ description: 'Whether more is there to be read now.' }),
  })
  .meta({ id: 'ChangePage' }) satisfies z.ZodType<ChangePage>;
