import { z } from 'zod';
import { isoTime } from './article.ts';

/** A feed as the API shows it. */
export const feedSchema = z
  .object({
    id: z.string(),
    url: z.string().meta({ description: 'Where it is polled.' }),
    askedUrl: z.string().meta({ description: 'What was subscribed: the feed, or the page that named it.' }),
    kind: z.enum(['rss', 'atom', 'json', 'sitemap', 'sitemap-index']).nullable(),
    title: z.string().nullable(),
    homeUrl: z.string().nullable(),
    source: z.string(),
    fullText: z.boolean(),
    state: z.enum(['active', 'paused']),
    result: z.enum(['new', 'same', 'not-modified', 'found', 'failed']).nullable(),
    reason: z.string().nullable().meta({ description: 'Why the last poll failed; a word of the list.' }),
    detail: z.string().nullable(),
    failuresInARow: z.int(),
    nextPollAt: isoTime.nullable(),
    intervalMs: z.int(),
    polledAt: isoTime.nullable(),
    changedAt: isoTime.nullable(),
    polls: z.int(),
    entries: z.int().meta({ description: 'Entries in the last copy.' }),
    entriesNew: z.int().meta({ description: 'Entries that were new, of all polls.' }),
    createdAt: isoTime,
  })
  .meta({ id: 'Feed', description: 'A subscribed feed.' });

export const feedPageSchema = z
  .object({ feeds: z.array(feedSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'FeedPage' });

export const importedSchema = z
  .object({
    feeds: z.array(feedSchema.extend({ isNew: z.boolean() })),
    refused: z.array(z.object({ url: z.string(), detail: z.string() })),
  })
  .meta({ id: 'ImportedFeeds', description: 'What became of a list: its feeds, and the addresses that are none.' });
