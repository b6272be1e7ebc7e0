import { STAGES } from '@wirefold/queue';
import type { SourceRecord, StageFigures, UpkeepFigures, Violation } from '@wirefold/store';
import type { StageView } from '@wirefold/web';
import { z } from 'zod';
import { isoTime } from './article.ts';

const number = z.int().min(0);

const stageSchema = z
  .object({
    stage: z.enum(STAGES),
    in: number,
    out: number,
    inLastMinute: number,
    outLastMinute: number,
    backlog: number,
    retrying: number,
    oldestAgeMs: z.number().nullable(),
    failures: z.array(z.object({ reason: z.string(), count: number, exampleId: z.string() })),
    queue: z
      .object({ waiting: number, active: number })
      .nullable()
      .meta({ description: 'Null while the queue does not answer.' }),
  } satisfies Record<keyof StageFigures | 'queue', z.ZodType>)
  .meta({ id: 'Stage', description: 'Figures of one stage, from the ledger.' }) satisfies z.ZodType<StageView>;

export const figuresSchema = z
  .object({
    stages: z.array(stageSchema),
    upkeep: z.object({ sourcesDue: number, articlesStale: number }) satisfies z.ZodType<UpkeepFigures>,
  })
  .meta({ id: 'Figures' });

export const healthFields = {
  checkedAt: isoTime,
  problems: z.array(z.string()),
  violations: z.array(
    z.object({
      invariant: z.enum(['I1', 'I2', 'I3', 'I4']),
      id: z.string(),
      detail: z.string(),
    }) satisfies z.ZodType<Violation>,
  ),
};

export const healthSchema = z.object({ status: z.literal('healthy'), ...healthFields }).meta({ id: 'Health' });

export const sourceRecordSchema = z
  .object({
    key: z.string(),
    name: z.string(),
    articles: number,
    stories: number,
    furniture: z.object({
      version: number,
      learnedAt: isoTime.nullable(),
      learnedFrom: number,
      lines: number,
      shingles: number,
      examples: z.array(z.object({ text: z.string(), articles: number })),
    }),
  })
  .meta({
    id: 'SourceRecord',
    description: 'What is known of a source, and what it repeats from article to article.',
  }) satisfies z.ZodType<SourceRecord>;
