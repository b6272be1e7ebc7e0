import { printedSimilarity } from '@wirefold/dedup';
import type { Store, StoryDetail, StorySummary } from '@wirefold/store';
import express, { type RequestHandler, type Response, type Router } from 'express';
import { z } from 'zod';
import {
  CURSOR_CHARS_MAX,
  MIN_MIRRORS_MAX,
  PAGE_STORIES_DEFAULT,
  PAGE_STORIES_MAX,
  QUERY_CHARS_MAX,
  SOURCE_CHARS_MAX,
} from '../limits.ts';
import { sendProblem } from '../problem.ts';
import { parameterNumber, parameterText, readQuery } from './query.ts';
import { route } from './route.ts';

const ISO_TIME = 'must be an ISO 8601 date or time, such as 2026-03-11 or 2026-03-11T09:00:00Z';

const listSchema = z.strictObject({
  cursor: parameterText(CURSOR_CHARS_MAX).optional(),
  limit: parameterNumber(1, PAGE_STORIES_MAX).optional(),
  since: z.union([z.iso.datetime({ offset: true }), z.iso.date()], ISO_TIME).optional(),
  source: parameterText(SOURCE_CHARS_MAX).optional(),
  lang: z
    .string('is given more than once')
    .regex(/^[a-zA-Z]{2,3}$/, 'must be a language code of two or three letters, such as en')
    .optional(),
  min_mirrors: parameterNumber(0, MIN_MIRRORS_MAX).optional(),
  q: parameterText(QUERY_CHARS_MAX).optional(),
});

/** The story feed, newest first, and single stories. */
export function storyRoutes(store: Store): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  route(router, '/v1/stories', { get: [listStories(store)] });
  route(router, '/v1/stories/:id', { get: [showStory(store)] });
  return router;
}

function listStories(store: Store): RequestHandler {
  return async (request, response) => {
    const query = readQuery(request, response, listSchema);
    if (query === null) return;
    const page = await store.stories({
      cursor: query.cursor ?? null,
      limit: query.limit ?? PAGE_STORIES_DEFAULT,
      since: query.since === undefined ? null : new Date(query.since).toISOString(),
      source: query.source ?? null,
      language: query.lang?.toLowerCase() ?? null,
      minMirrors: query.min_mirrors ?? 0,
      q: query.q ?? null,
    });
    response.set('Cache-Control', 'no-cache').json({ ...page, stories: page.stories.map(summaryView) });
  };
}

/**
 * A merged id answers 301 and not the story under a wrong address, so that a client learns the id that lives; it asks again each
 * time, because that story may merge in its turn.
 */
function showStory(store: Store): RequestHandler {
  return async (request, response) => {
    const id = String(request.params.id);
    const answer = await store.story(id);
    if (answer === null) return sendNoStory(response, await store.storyEndedAt(id));
    const { story, redirectedFrom } = answer;
    response.set('Cache-Control', 'no-cache');
    if (redirectedFrom === null) {
      response.json(storyView(story));
      return;
    }
    response
      .status(301)
      .location(`/v1/stories/${encodeURIComponent(story.id)}`)
      .json({ id: story.id, redirectedFrom });
  };
}

function sendNoStory(response: Response, endedAt: string | null): void {
  if (endedAt === null) sendProblem(response, 'not-found', 'There is no story with this id.');
  else sendProblem(response, 'gone', 'The last article of this story was removed.', { endedAt });
}

/** A story as the feed lists it. */
function summaryView({ mirrors, ...summary }: StorySummary) {
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
