import type { Store } from '@wirefold/store';
import { wordDiff } from '@wirefold/story';
import { z } from 'zod';
import { REVISION_NUMBER_MAX } from '../limits.ts';
import { sendProblem } from '../problem.ts';
import { revisionHistorySchema, revisionSchema } from '../schemas/revision.ts';
import { type Asked, type Endpoint, endpoint, type Operation } from './operation.ts';
import { parameterNumber } from './query.ts';

const id = z.string().meta({ description: 'Id of an article' });

const listing = {
  id: 'listRevisions',
  method: 'get',
  path: '/v1/articles/:id/revisions',
  topic: 'Articles',
  summary: 'Lists what stood at the URL of an article, and when',
  scope: 'read',
  parameters: z.strictObject({ id }),
  answers: { 200: { description: 'The texts that are kept, oldest first.', schema: revisionHistorySchema } },
  problems: [],
} as const satisfies Operation;

const showing = {
  id: 'showRevision',
  method: 'get',
  path: '/v1/articles/:id/revisions/:number',
  topic: 'Articles',
  summary: 'Shows a text of an article, and word by word how the next one differs',
  scope: 'read',
  parameters: z.strictObject({ id, number: parameterNumber(1, REVISION_NUMBER_MAX).meta({ description: 'From 1' }) }),
  answers: { 200: { description: 'The text.', schema: revisionSchema } },
  problems: ['withdrawn'],
} as const satisfies Operation;

/** What stood at an article's URL before, and what was changed. */
export function revisionEndpoints(store: Pick<Store, 'revisions' | 'revision'>): Endpoint[] {
  return [
    endpoint(listing, async ({ parameters, response }) => {
      const history = await store.revisions(parameters.id);
      if (history === null) return sendProblem(response, 'not-found', 'No article with this id was read.');
      response.set('Cache-Control', 'no-cache').json(history);
    }),
    endpoint(showing, showRevision(store)),
  ];
}

/** A revision, and how the next one differs: `kept`, `removed` and `added` runs, of which the first and the last are the next text. */
function showRevision(store: Pick<Store, 'revision'>) {
  return async ({ parameters: { id: articleId, number }, response }: Asked<typeof showing>) => {
    const pair = await store.revision(articleId, number);
    if (pair === null) return sendProblem(response, 'not-found', 'There is no such revision, or it is not kept.');
    if (pair.isWithdrawn) return sendProblem(response, 'withdrawn', 'The source may not show this text any more.');
    const { revision, next } = pair;
    const diff = next && {
      to: next.number,
      title: runsOf(revision.title, next.title),
      body: runsOf(revision.body, next.body),
    };
    response.set('Cache-Control', 'no-cache').json({ articleId, ...revision, diff });
  };
}

function runsOf(before: string, after: string) {
  return wordDiff(before, after).map(({ kind, text }) => ({ kind, text }));
}
