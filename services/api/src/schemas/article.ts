import { URL_CHARS_MAX } from '@wirefold/article';
import type { ArticleRecord, EntryRecord, Gone, Receipt } from '@wirefold/store';
import { z } from 'zod';
import { mirrorSchema } from './verdict.ts';

type Article = NonNullable<ArticleRecord['article']>;

const offset = z.int().min(0).meta({ description: 'UTF-16 units into body' });
export const isoTime = z.string().meta({ format: 'date-time' });
const urlText = z.string().max(URL_CHARS_MAX);

export const publishedSchema = z
  .object({
    at: isoTime.meta({ description: 'The instant; for an uncertain time the middle of what the evidence allows.' }),
    uncertaintyMs: z.number().min(0).meta({ description: 'How far off `at` may be, in milliseconds.' }),
    evidence: z.string().meta({ description: 'The text or field that said so, as it was written.' }),
  })
  .meta({ id: 'Published', description: 'When the article says it was published.' }) satisfies z.ZodType<
  Article['published']
>;

export const sourceSchema = z
  .object({ key: z.string(), name: z.string() })
  .meta({ id: 'Source', description: 'A publisher: `key` identifies it, `name` is what a reader sees.' });

const agencySchema = z.object({ id: z.string(), name: z.string() }).meta({ id: 'Agency' });

export const creditSchema = z
  .object({
    agency: agencySchema.nullable(),
    dateline: z
      .object({
        place: z.string().nullable(),
        date: z.string().nullable(),
        agency: agencySchema.nullable(),
        text: z.string(),
      })
      .nullable(),
    declaredOriginal: z.object({ url: z.string().nullable(), name: z.string().nullable() }).nullable(),
    evidence: z.array(
      z.object({
        kind: z.enum([
          'dateline',
          'byline',
          'credit-line',
          'structured-data',
          'canonical-link',
          'originally-appeared',
          'contribution',
          'hidden-from-news',
          'photo-credit',
        ]),
        agency: agencySchema.nullable(),
        text: z.string(),
        where: z.enum(['body', 'byline', 'page', 'structured-data', 'head', 'caption']).exactOptional(),
      }),
    ),
  })
  .meta({
    id: 'Credit',
    description: 'Who wrote the text, as far as it says so, with the evidence.',
  }) satisfies z.ZodType<Article['credit']>;

const span = { start: offset, end: offset };
export const boilerplateSchema = z
  .object({ ...span, rule: z.string() })
  .meta({ id: 'BoilerplateSpan', description: "A piece of the body that is the site's text; `end` is exclusive." });

const paragraph = { ...span, breaks: z.array(offset).exactOptional() };
const number = z.int().min(0);

export const paragraphSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.enum(['paragraph', 'quote', 'preformatted', 'caption', 'term', 'definition']),
      ...paragraph,
    }),
    z.object({ kind: z.literal('heading'), level: number, ...paragraph }),
    z.object({
      kind: z.literal('item'),
      depth: number,
      isOrdered: z.boolean(),
      number: z.int(),
      isContinued: z.boolean(),
      ...paragraph,
    }),
    z.object({
      kind: z.literal('cell'),
      table: number,
      row: number,
      column: number,
      isHeader: z.boolean(),
      ...paragraph,
    }),
  ])
  .meta({ id: 'Paragraph', description: 'What a paragraph of the body is, by its offsets.' }) satisfies z.ZodType<
  Article['paragraphs'][number]
>;

const finding = {
  certainty: z.enum(['confirmed', 'declared', 'shown', 'inferred']),
  from: z.object({
    place: z.enum(['structured-data', 'meta', 'link', 'microdata', 'rdfa', 'markup', 'text', 'url']),
    field: z.string().meta({ description: 'As the page names it: `datePublished`, `og:title`, `h1`.' }),
    text: z.string(),
  }),
};
const findingSchema = z
  .object(finding)
  .meta({ id: 'Finding', description: 'How sure a fact of the article is, and what said so.' });
const statedText = z.object({ ...finding, value: z.string() });

const metadataSchema = z
  .object({
    title: findingSchema.nullable(),
    published: findingSchema.nullable(),
    language: findingSchema.nullable(),
    image: findingSchema.nullable(),
    canonicalUrl: findingSchema.nullable(),
    authors: z.array(z.object({ ...finding, name: z.string(), isOrganization: z.boolean() })),
    modified: z.object({ ...finding, value: publishedSchema }).nullable(),
    section: statedText.nullable(),
    siteName: statedText.nullable(),
    ampUrl: statedText.nullable(),
    keywords: z.object({ ...finding, value: z.array(z.string()) }).nullable(),
  })
  .meta({
    id: 'Metadata',
    description: 'What a page says of its article besides, each fact with its source.',
  }) satisfies z.ZodType<Article['metadata']>;

const articleSchema = z
  .object({
    url: z.string().nullable(),
    title: z.string(),
    body: z.string().meta({ description: 'Paragraphs, with an empty line between them.' }),
    paragraphs: z.array(paragraphSchema),
    byline: z.string().nullable(),
    published: publishedSchema.nullable(),
    language: z.string().nullable().meta({ description: 'ISO 639-1 code' }),
    source: sourceSchema,
    declaredCanonicalUrl: z.string().nullable(),
    image: z.string().nullable(),
    credit: creditSchema,
    boilerplate: z.array(boilerplateSchema),
    metadata: metadataSchema,
  })
  .meta({ id: 'Article', description: 'One text at one canonical URL of one source.' }) satisfies z.ZodType<Article>;

export const stateSchema = z.enum(['submitted', 'signed', 'done', 'failed']).meta({
  id: 'ArticleState',
  description: '`submitted` waits for ingest, `signed` for cluster; the others are ends.',
});

export const receiptFields = {
  id: z.string(),
  url: urlText.nullable(),
  state: stateSchema,
  reason: z.string().nullable(),
  story: z.string().nullable(),
  isAccepted: z.boolean().meta({ description: 'Whether this submission made work.' }),
};
export const receiptSchema = z
  .object(receiptFields)
  .meta({ id: 'Receipt', description: 'What the ledger says of a submission.' }) satisfies z.ZodType<Receipt>;

export const goneSchema = z
  .object({ since: isoTime.meta({ description: 'When it first answered so.' }), reason: z.string() })
  .meta({ id: 'Gone', description: 'Its page answers that it is not there any more.' }) satisfies z.ZodType<Gone>;

const readingSchema = z
  .object({
    revision: z.int().nullable().meta({ description: 'Number of the text that stands now; null where none was read.' }),
    readAt: isoTime.nullable().meta({ description: 'When this text was first read.' }),
    checkedAt: isoTime
      .nullable()
      .meta({ description: 'When its page last answered with it; null for pushed content.' }),
    gone: goneSchema.nullable(),
  })
  .meta({ id: 'ArticleReading', description: 'How an article was read.' }) satisfies z.ZodType<
  ArticleRecord['reading']
>;

const spellingSchema = z
  .object({
    url: z.string(),
    submittedUrl: z
      .string()
      .nullable()
      .meta({ description: 'As it was submitted; null where only a redirect led there.' }),
    sign: z.enum(['redirect', 'canonical', 'amp']),
    seenAt: isoTime
      .nullable()
      .meta({ description: 'Since when it leads here; null where it would be read for itself first.' }),
  })
  .meta({ id: 'Spelling', description: 'Another URL of an article, and what says so.' });
const entrySchema = z
  .object({
    guid: z.string().nullable(),
    url: z.string().nullable(),
    title: z.string().nullable(),
    published: publishedSchema.nullable(),
    updated: isoTime.nullable(),
    source: z.object({ name: z.string().nullable(), url: z.string().nullable() }).nullable(),
    feed: z.object({ id: z.string(), url: z.string(), title: z.string().nullable() }),
    firstSeenAt: isoTime,
  })
  .meta({ id: 'Entry', description: 'What a feed says of an article.' }) satisfies z.ZodType<EntryRecord>;

export const articleRecordSchema = z
  .object({
    id: z.string(),
    url: z.string().nullable(),
    canonicalUrl: z.string().nullable(),
    state: stateSchema,
    reason: z.string().nullable().meta({ description: 'Why it failed, or why it is tried again; a word of the list.' }),
    detail: z.string().nullable(),
    attempts: z.int(),
    nextAttemptAt: isoTime.nullable(),
    receivedAt: isoTime,
    endedAt: isoTime.nullable(),
    partOf: z.string().nullable().meta({ description: 'The article on whose page this one stood.' }),
    cards: z.array(z.string()),
    story: z.string().nullable(),
    isCanonical: z.boolean(),
    match: mirrorSchema.nullable(),
    article: articleSchema.nullable(),
    words: z.int().nullable(),
    spellings: z.array(spellingSchema),
    reading: readingSchema,
    entries: z.array(entrySchema).meta({ description: 'What feeds said of it.' }),
  })
  .meta({ id: 'ArticleRecord', description: 'An article as the ledger has it.' }) satisfies z.ZodType<ArticleRecord>;

export const movedArticleSchema = z
  .object({ id: z.string(), redirectedFrom: z.string() })
  .meta({ id: 'MovedArticle', description: 'The article that this id leads to now.' });
