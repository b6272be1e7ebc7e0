import { BadCursor, type ChangePage, type ChangeQuery, type Store } from '@wirefold/store';
import { STORY_EVENT_KINDS } from '@wirefold/story';
import type { Response } from 'express';
import { z } from 'zod';
import { CURSOR_CHARS_MAX, PAGE_CHANGES_DEFAULT, PAGE_CHANGES_MAX } from '../limits.ts';
import { sendProblem } from '../problem.ts';
import { changePageSchema } from '../schemas/change.ts';
import { type Endpoint, endpoint, type Operation } from './operation.ts';
import { parameterNumber, parameterText } from './query.ts';

const kindsMessage = `must be some of ${STORY_EVENT_KINDS.join(', ')}, separated by commas`;

/** Kinds of events, separated by commas. */
export const kindsParameter = z
  .string('is given more than once')
  .transform((list) => list.split(',').map((kind) => kind.trim()))
  .pipe(z.array(z.enum(STORY_EVENT_KINDS, kindsMessage), kindsMessage).min(1, kindsMessage))
  // What it is for a client.
  .meta({ description: `Only these kinds, separated by commas: ${STORY_EVENT_KINDS.join(', ')}` });

const changesSchema = z.strictObject({
  since: parameterText(CURSOR_CHARS_MAX)
    .optional()
    .meta({ description: '`nextCursor` of the page before, `now`, or nothing for the oldest that is kept' }),
  limit: parameterNumber(1, PAGE_CHANGES_MAX)
    .optional()
    .meta({ description: `Events on the page; ${PAGE_CHANGES_DEFAULT} unless told` }),
  kinds: kindsParameter.optional(),
});

const listing = {
  id: 'listChanges',
  method: 'get',
  path: '/v1/changes',
  topic: 'Changes',
  summary: 'Lists what happened to stories, in order and without a gap',
  scope: 'read',
  query: changesSchema,
  answers: { 200: { description: 'A page of events; `nextCursor` goes on from it.', schema: changePageSchema } },
  problems: ['cursor-expired'],
} as const satisfies Operation;

/** The log of what happened to stories. */
export function changeEndpoints(store: Pick<Store, 'changes'>): Endpoint[] {
  return [
    endpoint(listing, async ({ query, response }) => {
      const { since = 'start', kinds = null, limit = PAGE_CHANGES_DEFAULT } = query;
      const page = await readChanges(store, response, { after: since, kinds, limit });
      if (page !== null) response.set('Cache-Control', 'no-store').json(page);
    }),
  ];
}

/** A page of the log; where there is none for this cursor, answers so and gives null. */
export async function readChanges(
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
