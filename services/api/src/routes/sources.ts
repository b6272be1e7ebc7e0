import type { Store } from '@wirefold/store';
import express, { type RequestHandler, type Router } from 'express';
import { sendProblem } from '../problem.ts';
import { route } from './route.ts';

/** What is known of a source. */
export function sourceRoutes(store: Store): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  route(router, '/v1/sources/:source', { get: [showSource(store)] });
  return router;
}

function showSource(store: Store): RequestHandler {
  return async (request, response) => {
    const record = await store.source(String(request.params.source));
    if (record === null) return sendProblem(response, 'not-found', 'No article of this source was read.');
    response.set('Cache-Control', 'no-cache').json(record);
  };
}
