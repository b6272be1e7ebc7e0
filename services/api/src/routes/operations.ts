import { type Queue, STAGES } from '@wirefold/queue';
import type { Events } from '@wirefold/runtime';
import type { History, HistoryQuery, Store } from '@wirefold/store';
import { type Health, sendMessage } from '@wirefold/web';
import { z } from 'zod';
import { figureViews } from '../health.ts';
import { HISTORY_HOURS_DEFAULT, HISTORY_HOURS_MAX, RETRY_AFTER_SECONDS } from '../limits.ts';
import { isProblemWord, PROBLEMS, sendProblem } from '../problem.ts';
import { historySchema } from '../schemas/monitor.ts';
import { figuresSchema, healthSchema } from '../schemas/service.ts';
import { type Asked, type Endpoint, endpoint, type Operation } from './operation.ts';
import { parameterNumber } from './query.ts';

type ToAnswer = Pick<Asked<Operation>, 'response'>;

export interface OperationsOptions {
  store: Store;
  queue: Queue;
  events: Events;
  health(): Promise<Health>;
  history(query: HistoryQuery): Promise<History>;
}

const queues = {
  id: 'showQueues',
  method: 'get',
  path: '/v1/queues',
  topic: 'Service',
  summary: 'Shows what is on its way: backlogs, ages, failures by reason',
  scope: 'read',
  answers: { 200: { description: 'The figures of one moment.', schema: figuresSchema } },
  problems: [],
} as const satisfies Operation;

const overTime = {
  id: 'showHistory',
  method: 'get',
  path: '/v1/queues/history',
  topic: 'Service',
  summary: 'Shows the queues over time: rates, backlogs, waits, runs, outcomes',
  scope: 'read',
  query: z.strictObject({
    hours: parameterNumber(1, HISTORY_HOURS_MAX).default(HISTORY_HOURS_DEFAULT).meta({ description: 'How far back' }),
    stage: z
      .enum(STAGES, `must be ${STAGES.join(' or ')}`)
      .optional()
      .meta({ description: 'One stage only' }),
  }),
  answers: { 200: { description: 'The history.', schema: historySchema } },
  problems: [],
} as const satisfies Operation;

const healthy = {
  id: 'showHealth',
  method: 'get',
  path: '/healthz',
  topic: 'Service',
  summary: 'Says whether all is well',
  scope: 'free',
  answers: { 200: { description: 'The store answers and the invariants hold.', schema: healthSchema } },
  problems: ['unhealthy'],
} as const satisfies Operation;

const metrics = {
  id: 'showMetrics',
  method: 'get',
  path: '/metrics',
  topic: 'Service',
  summary: 'Gives the figures to Prometheus',
  scope: 'read',
  answers: { 200: { description: 'Metrics in the text format.', type: 'text/plain' } },
  problems: [],
} as const satisfies Operation;

const explaining = {
  id: 'showProblem',
  method: 'get',
  path: '/problems/:word',
  topic: 'Service',
  summary: 'Says what a problem means and what to do',
  description: 'The `type` of a problem document leads here.',
  scope: 'free',
  parameters: z.strictObject({ word: z.string().meta({ description: 'The end of the type of a problem' }) }),
  answers: { 200: { description: 'A page.', type: 'text/html' } },
  problems: [],
} as const satisfies Operation;

/** How the service itself is: queue figures, health, metrics; and what its problems mean. */
export function operationEndpoints(options: OperationsOptions): Endpoint[] {
  return [
    endpoint(queues, showQueues(options)),
    endpoint(overTime, showHistory(options)),
    endpoint(healthy, showHealth(options)),
    endpoint(metrics, showMetrics(options)),
    endpoint(explaining, showProblem),
  ];
}

function showQueues({ store, queue }: OperationsOptions) {
  return async ({ response }: ToAnswer) => {
    response.set('Cache-Control', 'no-store').json(await figureViews(store, queue));
  };
}

function showHistory({ history }: OperationsOptions) {
  return async ({ query, response }: Asked<typeof overTime>) => {
    response.set('Cache-Control', 'no-store').json(await history({ ...query, stage: query.stage ?? null }));
  };
}

function showHealth({ health }: OperationsOptions) {
  return async ({ response }: ToAnswer) => {
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
function showMetrics({ store, queue, events, history }: OperationsOptions) {
  return async ({ response }: ToAnswer) => {
    const figures = await figureViews(store, queue).catch(() => null);
    if (figures !== null) {
      const { stages, upkeep } = figures;
      events.setUpkeepFigures(upkeep);
      events.setStageFigures(stages);
      events.setQueueDepths(
        Object.fromEntries(stages.flatMap(({ stage, queue: depth }) => (depth ? [[stage, depth]] : []))),
      );
    }
    const monitor = await Promise.all([history({ hours: 1, stage: null }), store.indexFigures()]).catch(() => null);
    if (monitor !== null) events.setMonitorFigures(...monitor);
    const text = await events.metricsText();
    response.set('Cache-Control', 'no-store').set('Content-Type', events.metricsContentType).send(text);
  };
}

function showProblem({ parameters: { word }, response }: Asked<typeof explaining>): void {
  if (isProblemWord(word)) {
    const { status, title, help } = PROBLEMS[word];
    sendMessage(response, 200, `${title} (${status}, ${word})`, help);
  } else sendProblem(response, 'not-found', 'There is no problem of this name.');
}
