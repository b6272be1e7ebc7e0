import type { Queue } from '@wirefold/queue';
import type { Events } from '@wirefold/runtime';
import type { Store } from '@wirefold/store';
import { type Health, sendMessage } from '@wirefold/web';
import express, { type RequestHandler, type Router } from 'express';
import { figureViews } from '../health.ts';
import { RETRY_AFTER_SECONDS } from '../limits.ts';
import { isProblemWord, PROBLEMS, sendProblem } from '../problem.ts';
import { route } from './route.ts';

export interface OperationsOptions {
  store: Store;
  queue: Queue;
  events: Events;
  health(): Promise<Health>;
}

/** How the service itself is: queue figures, health, metrics; and what its problems mean. */
export function operationRoutes(options: OperationsOptions): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  route(router, '/v1/queues', { get: [showQueues(options)] });
  route(router, '/healthz', { get: [showHealth(options)] });
  route(router, '/metrics', { get: [showMetrics(options)] });
  route(router, '/problems/:word', { get: [showProblem] });
  return router;
}

function showQueues({ store, queue }: OperationsOptions): RequestHandler {
  return async (_request, response) => {
    response.set('Cache-Control', 'no-store').json(await figureViews(store, queue));
  };
}

function showHealth({ health }: OperationsOptions): RequestHandler {
  return async (_request, response) => {
    const { isHealthy, ...facts } = await health();
    response.set('Cache-Control', 'no-store');
    if (isHealthy) response.json({ status: 'healthy', ...facts });
    else {
      response.set('Retry-After', String(RETRY_AFTER_SECONDS));
      sendProblem(response, 'unhealthy', facts.problems[0], facts);
    }
  };
}

/** A store that is away costs its gauges only: the figures of the process are wanted most just then. */
function showMetrics({ store, queue, events }: OperationsOptions): RequestHandler {
  return async (_request, response) => {
    const figures = await figureViews(store, queue).catch(() => null);
    if (figures !== null) {
      const { stages, upkeep } = figures;
      events.setUpkeepFigures(upkeep);
      events.setStageFigures(stages);
      events.setQueueDepths(
        Object.fromEntries(stages.flatMap(({ stage, queue: depth }) => (depth ? [[stage, depth]] : []))),
      );
    }
    const text = await events.metricsText();
    response.set('Cache-Control', 'no-store').set('Content-Type', events.metricsContentType).send(text);
  };
}

const showProblem: RequestHandler = (request, response) => {
  const word = String(request.params.word);
  if (!isProblemWord(word)) return sendMessage(response, 404, 'Not found', 'There is no problem of this name.');
  const { status, title, help } = PROBLEMS[word];
  sendMessage(response, 200, `${title} (${status}, ${word})`, help);
};
