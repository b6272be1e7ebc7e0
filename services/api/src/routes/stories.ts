import { printedSimilarity } from '@wirefold/dedup';
import type { Store, StoryDetail, StoryQuery, StorySummary } from '@wirefold/store';
import type { Response } from 'express';
import { z } from 'zod';
import {
  CURSOR_CHARS_MAX,
  MIN_MIRRORS_MAX,
  MIN_ORIGINS_MAX,
  PAGE_STORIES_DEFAULT,
  PAGE_STORIES_MAX,
  QUERY_CHARS_MAX,
  SOURCE_CHARS_MAX,
} from '../limits.ts';
import { sendProblem } from '../problem.ts';
import { mergedSchema, storyPageSchema, storySchema } from '../schemas/story.ts';
import { type Asked, type Endpoint, endpoint, type Operation } from './operation.ts';
import { parameterNumber, parameterText } from './query.ts';

const ISO_TIME = 'must be an ISO 8601 date or time, such as 2026-03-11 or 2026-03-11T09:00:00Z';

/** What a list of stories can be asked for by. */
export const listSchema = z.strictObject({
  cursor: parameterText(CURSOR_CHARS_MAX).optional().meta({ description: 'nextCursor of the page before' }),
  limit: parameterNumber(1, PAGE_STORIES_MAX)
    .optional()
    .meta({ description: `Stories on the page; ${PAGE_STORIES_DEFAULT} unless told` }),
  since: z
    .union([z.iso.datetime({ offset: true }), z.iso.date()], ISO_TIME)
    .optional()
    .meta({ description: 'Only stories that changed at or after this time' }),
  source: parameterText(SOURCE_CHARS_MAX).optional().meta({ description: 'Key of a source that has a copy' }),
  lang: z
    .string('is given more than once')
    .regex(/^[a-zA-Z]{2,3}$/, 'must be a language code of two or three letters, such as en')
    .optional()
    .meta({ description: 'Language of the canonical, as ISO 639 has it' }),
  min_mirrors: parameterNumber(0, MIN_MIRRORS_MAX)
    .optional()
    .meta({ description: 'Only stories with so many mirrors or more' }),
  min_origins: parameterNumber(0, MIN_ORIGINS_MAX)
    .optional()
    .meta({ description: 'Only stories with so many origins or more' }),
  q: parameterText(QUERY_CHARS_MAX).optional().meta({ description: 'Words to search for, in web search syntax' }),
});

const listing = {
  id: 'listStories',
  method: 'get',
  path: '/v1/stories',
  topic: 'Stories',
  summary: 'Lists stories, newest first',
  scope: 'read',
  query: listSchema,
  answers: { 200: { description: 'A page of stories.', schema: storyPageSchema } },
  problems: [],
} as const satisfies Operation;

/** The path of a story, or of a part of it. */
export const ofStorySchema = z.strictObject({ id: z.string().meta({ description: 'Id of a story' }) });

const showing = {
  id: 'showStory',
  method: 'get',
  path: '/v1/stories/:id',
  topic: 'Stories',
  summary: 'Shows a story with its proof',
  description: 'The canonical with the reasons why it leads, each mirror with the figures of its verdict, and the log.',
  scope: 'read',
  parameters: ofStorySchema,
  answers: {
    200: { description: 'The story.', schema: storySchema },
    301: {
      description: 'The story was merged into another.',
      schema: mergedSchema,
      headers: { Location: 'The story that lives.' },
    },
  },
  problems: ['gone'],
} as const satisfies Operation;

/** The story feed, newest first, and single stories. */
export function storyEndpoints(store: Store): Endpoint[] {
  return [endpoint(listing, listStories(store)), endpoint(showing, showStory(store))];
}

/** The store's question for a query that was read. */
export function storyQuery(query: z.infer<typeof listSchema>, limit: number): StoryQuery {
  return {
    cursor: query.cursor ?? null,
    limit: query.limit ?? limit,
    since: query.since === undefined ? null : new Date(query.since).toISOString(),
    source: query.source ?? null,
    language: query.lang?.toLowerCase() ?? null,
    minMirrors: query.min_mirrors ?? 0,
    minOrigins: query.min_origins ?? 0,
    q: query.q ?? null,
  };
}

function listStories(store: Store) {
  return async ({ query, response }: Asked<typeof listing>) => {
    const page = await store.stories(storyQuery(query, PAGE_STORIES_DEFAULT));
    response.set('Cache-Control', 'no-cache').json({ ...page, stories: page.stories.map(summaryView) });
  };
}

function showStory(store: Store) {
  return async ({ parameters: { id }, response }: Asked<typeof showing>) => {
    const answer = await store.story(id);
    if (answer === null) return sendNoStory(response, await store.storyEndedAt(id));
    const { story, redirectedFrom } = answer;
    response.set('Cache-Control', 'no-cache');
    if (redirectedFrom === null) response.json(storyView(story));
    else sendMerged(response, { id: story.id, redirectedFrom });
  };
}

/**
 * A merged id answers 301 and not the story under a wrong address, so that a client learns the id that lives; it asks again each
 * time, because that story may merge in its turn. `part` is what was asked for of the story, as its path goes on.
 */
export function sendMerged(response: Response, { id, redirectedFrom }: z.infer<typeof mergedSchema>, part = ''): void {
  response
    .status(301)
    .location(`/v1/stories/${encodeURIComponent(id)}${part}`)
    .json({ id, redirectedFrom });
}

export function sendNoStory(response: Response, endedAt: string | null): void {
  if (endedAt === null) sendProblem(response, 'not-found', 'There is no story with this id.');
  else sendProblem(response, 'gone', 'The last article of this story was removed.', { endedAt });
}

/** A story as the feed lists it. */
export function summaryView({ mirrors, ...summary }: StorySummary) {
  return { ...summary, mirrorCount: mirrors };
}

/** A story as the API shows it: each mirror with its verdict, the figures of the bodies as printed, and what of it is boilerplate. */
function storyView({ mirrorList, ...story }: StoryDetail) {
  return {
    ...story,
    mirrorCount: story.mirrors,
    mirrors: mirrorList.map(({ boilerplate, ...mirror }) => ({
      ...mirror,
      printed: printedSimilarity(story.body, mirror.body),
      boilerplate: boilerplate.map((span) => ({ ...span, text: mirror.body.slice(span.start, span.end) })),
    })),
  };
}
