import { ADMIN_ACTS, type AdminLogEntry } from '@wirefold/store';
import { z } from 'zod';
import { isoTime } from './article.ts';

export const adminLogSchema = z
  .object({
    entries: z
      .array(
        z
          .object({
            at: isoTime,
            kind: z.enum(ADMIN_ACTS),
            subject: z.string().meta({ description: 'Id of what it was done to.' }),
            detail: z.string().meta({ description: 'What it was; empty where its id says all.' }),
            by: z.string().meta({ description: 'Name of the key that did it.' }),
          } satisfies Record<keyof AdminLogEntry, z.ZodType>)
          .meta({ id: 'AdminLogEntry' }),
      )
      .meta({ description: 'Newest first.' }),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'AdminLog' });
