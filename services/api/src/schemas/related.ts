import { EVENT } from '@wirefold/story';
import { z } from 'zod';
import { storySummarySchema } from './story.ts';

export const relatedSchema = z
  .object({
    days: z.int().meta({ description: 'Most days between the days on which related stories were printed.' }),
    related: z
      .array(
        z
          .object({
            story: storySummarySchema,
            names: z.array(z.string()).meta({ description: 'Rare names that both have, the most prominent first.' }),
            heads: z.int().min(0).meta({ description: 'Of these, those in the title or the opening of both.' }),
            agreement: z
              .number()
              .min(0)
              .max(1)
              .meta({ description: 'Of all that both name, weighed by how prominent it is.' }),
          })
          .meta({ id: 'RelatedStory', description: 'Another text about the same event, and what says so.' }),
      )
      .max(EVENT.shownMax)
      .meta({ description: 'The nearest first.' }),
  })
  .meta({ id: 'RelatedStories' });
