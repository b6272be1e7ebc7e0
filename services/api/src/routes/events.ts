import type { Store } from '@wirefold/store';
import { z } from 'zod';
import type { EventStreams } from '../event-streams.ts';
import { CURSOR_CHARS_MAX, RETRY_AFTER_SECONDS } from '../limits.ts';
import { sendProblem } from '../problem.ts';
import { kindsParameter, readChanges } from './changes.ts';
import { type Asked, type Endpoint, endpoint, type Operation } from './operation.ts';
import { parameterText } from './query.ts';

const eventsSchema = z.strictObject({
  since: parameterText(CURSOR_CHARS_MAX)
    .optional()
    .meta({ description: 'A cursor of `/v1/changes` to go on from; `now` unless told' }),
  kinds: kindsParameter.optional(),
});

const streaming = {
  id: 'streamEvents',
  method: 'get',
  path: '/v1/events',
  topic: 'Changes',
  summary: 'Tells what happens to stories as it happens',
  description:
    'Server-sent events: `id` is a cursor of `/v1/changes`, `data` an event as it stands there. A client that was cut off goes on from the ' +
    '`Last-Event-ID` that it sends, which outranks `since`.',
  scope: 'read',
  query: eventsSchema,
  headers: z.object({
    'Last-Event-ID': z.string().optional().meta({ description: '`id` of the last event that was seen.' }),
  }),
  answers: { 200: { description: 'A stream that does not end.', type: 'text/event-stream' } },
  problems: ['cursor-expired'],
} as const satisfies Operation;

/** The log of what happened to stories, as it happens. */
export function eventEndpoints(store: Pick<Store, 'changes'>, streams: EventStreams): Endpoint[] {
  return [endpoint(streaming, streamEvents(store, streams))];
}

/** Without a cursor a client is told what happens from now on. */
function streamEvents(store: Pick<Store, 'changes'>, streams: EventStreams) {
  return async ({ request, query, response }: Asked<typeof streaming>) => {
    if (!streams.hasRoom()) {
      response.set('Retry-After', String(RETRY_AFTER_SECONDS));
      return sendProblem(response, 'unavailable', 'As many streams of events are open as there may be.');
    }
    const since = request.get('last-event-id') || query.since || 'now';
    // Asked before the head is sent: what is wrong with the cursor is an answer of its own.
    const page = await readChanges(store, response, { after: since, kinds: null, limit: 1 });
    if (page === null) return;
    const after = since === 'now' ? page.nextCursor : since;
    response.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    if (request.method === 'HEAD') response.end();
    else streams.open(response, after, query.kinds ?? null);
  };
}
