import type { Store } from '@wirefold/store';
import { z } from 'zod';
import { CURSOR_CHARS_MAX, PAGE_ADMIN_LINES_MAX } from '../limits.ts';
import { adminLogSchema } from '../schemas/admin-log.ts';
import { type Endpoint, endpoint, type Operation } from './operation.ts';
import { parameterNumber, parameterText } from './query.ts';

const listing = {
  id: 'listAdminLog',
  method: 'get',
  path: '/v1/admin-log',
  topic: 'The service',
  summary: 'Lists what administrators did, newest first',
  description:
    'Keys made and revoked, webhooks added, paused, enabled and removed, articles removed; when, and by which key. The last 10,000 are kept.',
  scope: 'admin',
  query: z.strictObject({
    cursor: parameterText(CURSOR_CHARS_MAX).optional().meta({ description: 'nextCursor of the page before' }),
    limit: parameterNumber(1, PAGE_ADMIN_LINES_MAX).optional().meta({ description: 'Lines; 100 unless told' }),
  }),
  answers: { 200: { description: 'A page of the log.', schema: adminLogSchema } },
  problems: [],
} as const satisfies Operation;

/** What was done by those who may do everything. */
export function adminLogEndpoints(store: Pick<Store, 'adminLog'>): Endpoint[] {
  return [
    endpoint(listing, async ({ query: { cursor = null, limit = 100 }, response }) => {
      response.set('Cache-Control', 'no-store').json(await store.adminLog({ cursor, limit }));
    }),
  ];
}
