import { MIRRORS_SHOWN_MAX, type StoryDetail, type StorySummary } from '@wirefold/store';
import { z } from 'zod';
import {
  boilerplateSchema,
  creditSchema,
  goneSchema,
  isoTime,
  paragraphSchema,
  publishedSchema,
  sourceSchema,
} from './article.ts';
import { mirrorSchema, similaritySchema } from './verdict.ts';

const copy = {
  articleId: z.string(),
  url: z.string().nullable(),
  title: z.string(),
  source: sourceSchema,
  byline: z.string().nullable(),
  published: publishedSchema.nullable(),
  language: z.string().nullable(),
  image: z.string().nullable(),
  section: z.string().nullable(),
  modified: publishedSchema.nullable(),
  revision: z
    .int()
    .exactOptional()
    .meta({ description: 'Number of its text; missing in what an earlier release wrote.' }),
  gone: goneSchema.nullable().exactOptional(),
};
const copySchema = z.object(copy).meta({ id: 'Copy', description: 'An article as a story lists it.' });

const originSchema = z
  .object({ key: z.string(), name: z.string(), isAgency: z.boolean(), evidence: z.string() })
  .meta({ id: 'Origin', description: 'Who wrote the text of a story, and why that is known.' });

const summary = {
  id: z.string(),
  title: z.string(),
  lead: z.string().meta({ description: "The opening of the canonical's body." }),
  canonical: copySchema,
  copies: z.int().meta({ description: 'All articles of the story, the canonical included.' }),
  outlets: z.int().meta({ description: 'Distinct sources.' }),
  origins: z.array(originSchema),
  createdAt: isoTime,
  updatedAt: isoTime,
  mirrorCount: z.int().min(0),
} satisfies Record<Exclude<keyof StorySummary, 'mirrors'> | 'mirrorCount', z.ZodType>;

export const storySummarySchema = z
  .object(summary)
  .meta({ id: 'StorySummary', description: 'A story as the feed lists it.' });

export const storyPageSchema = z
  .object({
    stories: z.array(storySummarySchema),
    nextCursor: z.string().nullable().meta({ description: 'Where the next page starts; null on the last one.' }),
  })
  .meta({ id: 'StoryPage' });

export const storySchema = z
  .object({
    ...summary,
    body: z.string(),
    paragraphs: z.array(paragraphSchema),
    reasons: z.array(
      z.object({
        code: z.enum([
          'pinned',
          'not-gone',
          'declared-original',
          'agency-own',
          'not-a-declared-copy',
          'earliest',
          'no-foreign-text',
          'only-copy',
          'tie',
        ]),
        text: z.string(),
      }),
    ),
    mirrors: z
      .array(
        z.object({
          ...copy,
          match: mirrorSchema,
          body: z.string(),
          boilerplate: z.array(boilerplateSchema.extend({ text: z.string() })),
          credit: creditSchema,
          printed: similaritySchema.meta({ description: 'How alike the bodies are as printed; it decides nothing.' }),
        }),
      )
      .max(MIRRORS_SHOWN_MAX),
    log: z.array(
      z.object({
        at: isoTime,
        kind: z.string(),
        articleId: z.string().nullable(),
        detail: z.record(z.string(), z.unknown()),
      }),
    ),
  } satisfies Record<Exclude<keyof StoryDetail, 'mirrorList'> | 'mirrorCount', z.ZodType>)
  .meta({ id: 'Story', description: 'A story with its proof.' });

export const mergedSchema = z
  .object({ id: z.string(), redirectedFrom: z.string() })
  .meta({ id: 'MergedStory', description: 'The story that this id leads to now.' });
