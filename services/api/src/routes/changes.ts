import { BadCursor, type ChangePage, type ChangeQuery, type Store } from '@wirefold/store';
import { STORY_EVENT_KINDS } from '@wirefold/story';
import express, { type RequestHandler, type Response, type Router } from 'express';
import { z } from 'zod';
import { CURSOR_CHARS_MAX, PAGE_CHANGES_DEFAULT, PAGE_CHANGES_MAX } from '../limits.ts';
import { sendProblem } from '../problem.ts';
import { parameterNumber, parameterText, readQuery } from './query.ts';
import { route } from './route.ts';

const kindsMessage = `must be some of ${STORY_EVENT_KINDS.join(', ')}, separated by commas`;

/** Kinds of events, separated by commas. */
const kindsParameter = z
  .string('is given more than once')
  .transform((list) => list.split(',').map((kind) => kind.trim()))
  .pipe(z.array(z.enum(STORY_EVENT_KINDS, kindsMessage), kindsMessage).min(1, kindsMessage));

const changesSchema = z.strictObject({
  since: parameterText(CURSOR_CHARS_MAX).optional(),
  limit: parameterNumber(1, PAGE_CHANGES_MAX).optional(),
  kinds: kindsParameter.optional(),
});

/** The log of what happened to stories. */
export function changeRoutes(store: Pick<Store, 'changes'>): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  route(router, '/v1/changes', { get: [listChanges(store)] });
  return router;
}

function listChanges(store: Pick<Store, 'changes'>): RequestHandler {
  return async (request, response) => {
    const query = readQuery(request, response, changesSchema);
    if (query === null) return;
    const { since = 'start', kinds = null, limit = PAGE_CHANGES_DEFAULT } = query;
    const page = await readChanges(store, response, { after: since, kinds, limit });
    if (page !== null) response.set('Cache-Control', 'no-store').json(page);
  };
}

/** A page of the log; where there is none for this cursor, answers so and gives null. */
async function readChanges(
  store: Pick<Store, 'changes'>,
  response: Response,
  query: ChangeQuery,
): Promise<ChangePage | null> {
  try {
    const page = await store.changes(query);
    if (page === null) {
      sendProblem(response, 'cursor-expired', 'Events after this cursor are gone, or the log never came to it.');
    }
    return page;
  } catch (error) {
    if (!(error instanceof BadCursor)) throw error;
    const detail = 'is not one that this service gave out; leave it out, or use "now"';
    sendProblem(response, 'invalid-query', `since ${detail}`, { errors: [{ parameter: 'since', detail }] });
    return null;
  }
}
