import type { Store } from '@wirefold/store';
import { z } from 'zod';
import { sendProblem } from '../problem.ts';
import { sourceRecordSchema } from '../schemas/service.ts';
import { type Endpoint, endpoint, type Operation } from './operation.ts';

const showing = {
  id: 'showSource',
  method: 'get',
  path: '/v1/sources/:source',
  topic: 'Sources',
  summary: 'Shows a source: articles, stories, what it repeats from article to article',
  scope: 'read',
  parameters: z.strictObject({ source: z.string().meta({ description: 'Key of a source' }) }),
  answers: { 200: { description: 'The source.', schema: sourceRecordSchema } },
  problems: [],
} as const satisfies Operation;

/** What is known of a source. */
export function sourceEndpoints(store: Store): Endpoint[] {
  return [
    endpoint(showing, async ({ parameters, response }) => {
      const record = await store.source(parameters.source);
      if (record === null) return sendProblem(response, 'not-found', 'No article of this source was read.');
      response.set('Cache-Control', 'no-cache').json(record);
    }),
  ];
}
