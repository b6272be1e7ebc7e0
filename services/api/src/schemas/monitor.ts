import { REASONS, STAGES } from '@wirefold/queue';
import type { History, HostDetail, HostFigures, Spread } from '@wirefold/store';
import { z } from 'zod';
import { HOST_CHARS_MAX, REPLAYED_AT_ONCE_MAX } from '../limits.ts';
import { isoTime } from './article.ts';

const number = z.int().min(0);

const hostFields = {
  host: z.string(),
  waiting: number,
  nextAt: isoTime.meta({ description: 'From when on it may be asked again.' }),
  delayMs: number.meta({ description: 'The pause after the last fetch.' }),
  failuresInARow: number,
  lastReason: z.string().nullable(),
  fetches: number,
  failed: number,
  failedShare: z.number().nullable().meta({ description: 'Of the fetches; null where there was none.' }),
  lastDay: z
    .object({
      fetches: number,
      unchanged: number.meta({ description: 'The page is what it was (304).' }),
      refused: number.meta({ description: 'The host refused (401, 403).' }),
      tooMany: number.meta({ description: 'The host asked for fewer requests (429).' }),
      robots: number.meta({ description: 'Its robots.txt forbade the page, so it was not asked for.' }),
    })
    .meta({ description: 'What it answered in this hour and the 23 before.' }),
  fetchesAnHour: z
    .number()
    .min(0)
    .meta({ description: 'In this hour and the one before, by the time that they took.' }),
  fetchedAt: isoTime.nullable(),
} satisfies Record<keyof HostFigures, z.ZodType>;

export const hostsSchema = z
  .object({ hosts: z.array(z.object(hostFields).meta({ id: 'Host' })) })
  .meta({ id: 'Hosts' });

export const hostDetailSchema = z
  .object({
    ...hostFields,
    failures: z
      .array(z.object({ reason: z.string(), count: number, exampleId: z.string() }))
      .meta({ description: 'Articles that stand as failed now.' }),
  })
  .meta({ id: 'HostDetail' }) satisfies z.ZodType<HostDetail>;

const spreadSchema = z
  .object({ count: number, mean: z.number(), p50: z.number(), p95: z.number(), p99: z.number() })
  .meta({ id: 'Spread', description: 'A distribution. The mean is exact, the quantiles at most a factor of √2 off.' })
  .nullable() satisfies z.ZodType<Spread | null>;

const pointSchema = z
  .object({
    at: isoTime,
    in: number,
    out: number,
    rejected: number,
    retried: number,
    backlog: number.nullable(),
    oldestAgeMs: number.nullable(),
    waitMs: spreadSchema,
    runMs: spreadSchema,
  })
  .meta({ id: 'HistoryPoint', description: 'One step; backlog and age are the greatest that were seen in it.' });

export const historySchema = z
  .object({
    hours: number,
    stepMinutes: number,
    stages: z.array(
      z.object({ stage: z.enum(STAGES), waitMs: spreadSchema, runMs: spreadSchema, points: z.array(pointSchema) }),
    ),
    submittedToStoryMs: spreadSchema,
    candidates: spreadSchema,
    linked: spreadSchema,
    outcomes: z.array(z.object({ stage: z.enum(STAGES), outcome: z.string(), reason: z.string(), count: number })),
  })
  .meta({ id: 'History', description: 'The queues over time, in even steps.' }) satisfies z.ZodType<History>;

export const retrySchema = z
  .strictObject({
    reason: z.enum(Object.keys(REASONS), 'must be one of the reasons in docs/operating.md'),
    host: z
      .string('must be the name of a host')
      .trim()
      .min(1, 'is empty; leave it out instead')
      .max(HOST_CHARS_MAX, `is longer than ${HOST_CHARS_MAX} characters`)
      .nullish(),
    limit: z
      .int('must be a whole number')
      .min(1, 'must be at least 1')
      .max(REPLAYED_AT_ONCE_MAX, `must be at most ${REPLAYED_AT_ONCE_MAX}`)
      .default(REPLAYED_AT_ONCE_MAX),
  })
  .meta({ id: 'Retry' });

export const retriedSchema = z.object({ retried: number }).meta({ id: 'Retried' });
export const retriedManySchema = z
  .object({ retried: number, more: z.boolean().meta({ description: 'Whether another request may find some.' }) })
  .meta({ id: 'RetriedMany' });
