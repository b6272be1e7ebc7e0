import type { Store } from '@wirefold/store';
import { z } from 'zod';
import { SOURCES_LISTED_DEFAULT, SOURCES_LISTED_MAX } from '../limits.ts';
import { type Endpoint, endpoint, type Operation } from './operation.ts';
import { parameterNumber } from './query.ts';

const listing = {
  id: 'listSources',
  method: 'get',
  path: '/v1/sources',
  topic: 'Sources',
  summary: 'Lists what can be asked for as source: the sources with the most articles',
  scope: 'read',
  query: z.strictObject({
    limit: parameterNumber(1, SOURCES_LISTED_MAX)
      .optional()
      .meta({ description: `Sources in the list; ${SOURCES_LISTED_DEFAULT} unless told` }),
  }),
  answers: {
    200: {
      description: 'Sources, those with the most articles first.',
      schema: z
        .object({ sources: z.array(z.object({ key: z.string(), name: z.string(), articles: z.int() })) })
        .meta({ id: 'SourceList' }),
    },
  },
  problems: [],
} as const satisfies Operation;

/** What can be asked for as `source`. */
export function sourceListEndpoints(store: Pick<Store, 'outlets'>): Endpoint[] {
  return [
    endpoint(listing, async ({ query, response }) => {
      const sources = await store.outlets(query.limit ?? SOURCES_LISTED_DEFAULT);
      response.set('Cache-Control', 'no-cache').json({ sources });
    }),
  ];
}
