import type { Queue } from '@wirefold/queue';
import type { Config, Events } from '@wirefold/runtime';
import type { Store } from '@wirefold/store';
import { createFeedPages, createMatchPages, createPages, createWebhookPages } from '@wirefold/web';
import express, { type Express, type RequestHandler } from 'express';
import { type Access, createAccess, guardApplication, requireScope } from './access/access.ts';
import { limitRate } from './access/rate-limit.ts';
import { createNoteAct } from './admin-notes.ts';
import { createByHand, pagesByHand } from './by-hand.ts';
import { createDiff } from './diff.ts';
import { answerErrors, answerUnknown } from './errors.ts';
import type { EventStreams } from './event-streams.ts';
import { createExplain } from './explain.ts';
import type { Handover } from './handover.ts';
import { createHealth } from './health.ts';
import { createHistory } from './history.ts';
import { checkHost } from './host.ts';
import { createMatch } from './match.ts';
import { createMatchPage } from './match-page.ts';
import { createMonitorFigures } from './monitor-figures.ts';
import { createPlace } from './place.ts';
import { createRelated } from './related.ts';
import { createRemove } from './remove.ts';
import { createAnswerOnce } from './repeat.ts';
import { createRetry } from './retry.ts';
import { adminLogEndpoints } from './routes/admin-log.ts';
import { articleEndpoints } from './routes/articles.ts';
import { changeEndpoints } from './routes/changes.ts';
import { decisionEndpoints } from './routes/decisions.ts';
import { diffEndpoints } from './routes/diff.ts';
import { eventEndpoints } from './routes/events.ts';
import { explainEndpoints } from './routes/explain.ts';
import { feedEndpoints } from './routes/feeds.ts';
import { hostEndpoints } from './routes/hosts.ts';
import { JOB_BOARD_PATH, jobBoardRoutes } from './routes/job-board.ts';
import { keyEndpoints } from './routes/keys.ts';
import { loginRoutes } from './routes/login.ts';
import { matchEndpoints } from './routes/match.ts';
import type { Endpoint } from './routes/operation.ts';
import { operationEndpoints } from './routes/operations.ts';
import { apiRoutes } from './routes/reference.ts';
import { relatedEndpoints } from './routes/related.ts';
import { retryEndpoints } from './routes/retry.ts';
import { revisionEndpoints } from './routes/revisions.ts';
import { sourceListEndpoints } from './routes/source-list.ts';
import { sourceEndpoints } from './routes/sources.ts';
import { storyEndpoints } from './routes/stories.ts';
import { storyExportEndpoints } from './routes/story-exports.ts';
import { storyFeedEndpoints } from './routes/story-feeds.ts';
import { webhookEndpoints } from './routes/webhooks.ts';
import { securityHeaders } from './security-headers.ts';
import { sharedReads } from './shared-reads.ts';
import { readSubmission } from './submission.ts';
import { createSubmit, type Submit } from './submit.ts';
import { createSubscribe } from './subscribe.ts';
import { createWebhookDesk } from './webhook-desk.ts';

export interface ApiOptions {
  store: Store;
  queue: Queue;
  events: Events;
  settings: Pick<
    Config,
    | 'host'
    | 'openAccess'
    | 'requestsAMinuteMax'
    | 'trustedProxies'
    | 'port'
    | 'articleDeadlineMs'
    | 'windowDays'
    | 'resendAfterMs'
    | 'claimsMax'
    | 'feedIntervalMinMs'
  >;
  now(): Date;
}

/**
 * The HTTP service: the API, the pages, and how it is. It never fetches and never decides. `handover` and `streams` belong to the
 * caller, who closes them at the end.
 */
export function createApp(options: ApiOptions, handover: Handover, streams: EventStreams): Express {
  const { store, queue, events, settings, now } = options;
  const app = guardedApp(events, settings);
  const access = createAccess({ store, settings, now });
  guardApplication(app, access);
  const answers = createAnswers(options, handover, access);
  app.use(limitRate({ access, settings }));
  app.use(loginRoutes(access, now));
  app.use(apiRoutes(endpointsOf(options, answers, access, streams)));
  app.use(jobBoardRoutes(queue));
  app.use(guardPages);
  app.use(
    createPages({
      ...answers,
      store: answers.reading,
      figures: createMonitorFigures({ store, queue, ...answers }),
      now,
      submitUrl: (url, refetch) => submitUrl(answers.submit, url, refetch),
      byHand: pagesByHand(answers.byHand, access),
    }),
  );
  app.use(formPages(options, answers));
  app.use(answerUnknown);
  app.use(answerErrors(store, events));
  return app;
}

type Answers = ReturnType<typeof createAnswers>;

/** What both the API and the pages ask. */
function createAnswers({ store, events, settings, now }: ApiOptions, handover: Handover, access: Access) {
  const note = createNoteAct(store, access);
  const reading = sharedReads(store);
  const place = createPlace(settings.windowDays);
  return {
    note,
    reading,
    submit: createSubmit(store, handover, events),
    health: createHealth({ store, events, articleDeadlineMs: settings.articleDeadlineMs, now }),
    history: createHistory(store, now),
    explain: createExplain(store),
    retry: createRetry(store, handover, events),
    diff: createDiff(store),
    subscribe: createSubscribe(store, settings),
    byHand: createByHand(store, events, place),
    related: createRelated(reading),
    remove: createRemove(store, events, place),
    desk: createWebhookDesk(store, note),
  };
}

function endpointsOf(options: ApiOptions, answers: Answers, access: Access, streams: EventStreams): Endpoint[] {
  const { store, queue, events, now } = options;
  const { reading, submit, remove, subscribe, byHand, health, history, note } = answers;
  return [
    ...articleEndpoints(store, submit, remove, createAnswerOnce(store, access), note),
    ...revisionEndpoints(store),
    ...storyEndpoints(reading),
    ...relatedEndpoints(answers.related, store),
    ...storyFeedEndpoints(reading, now),
    ...storyExportEndpoints(store, events),
    ...diffEndpoints(answers.diff),
    ...decisionEndpoints({ store, byHand, access }),
    ...sourceListEndpoints(store),
    ...feedEndpoints(store, subscribe, now),
    ...sourceEndpoints(store),
    ...changeEndpoints(store),
    ...eventEndpoints(store, streams),
    ...webhookEndpoints(store, answers.desk),
    ...explainEndpoints(answers.explain),
    ...matchEndpoints(createMatch(store, now)),
    ...hostEndpoints(store),
    ...retryEndpoints(answers.retry),
    ...keyEndpoints(store, access.ring, note),
    ...adminLogEndpoints(store),
    ...operationEndpoints({ store, queue, events, health, history }),
  ];
}

/** Pages that are mostly forms. */
function formPages({ store, now }: ApiOptions, { subscribe, desk }: Answers): RequestHandler[] {
  return [
    createFeedPages({ store, subscribe }),
    createMatchPages({ match: createMatchPage(store, now) }),
    createWebhookPages({ store, desk }),
  ];
}

/** An application in which every answer is counted, has its headers, and is given only under our own names. */
function guardedApp(events: Events, settings: ApiOptions['settings']): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', settings.trustedProxies);
  app.use(countAnswers(events));
  app.use(securityHeaders());
  app.use(checkHost(settings.host));
  return app;
}

const [readPages, submitByPages, changeByPages] = [requireScope('read'), requireScope('submit'), requireScope('admin')];

/**
 * What is no operation is a page: looking needs one scope, sending a form another, changing feeds and stories the highest, and so does
 * all of webhooks. The form of a match only reads. Style and fonts show nothing.
 */
const guardPages: RequestHandler = (request, response, next) => {
  if (request.path.startsWith('/assets/')) return next();
  if (/^\/webhooks(?:\/|$)/.test(request.path)) return changeByPages(request, response, next);
  if (request.path === '/match') return readPages(request, response, next);
  const send = /^\/(?:feeds|stories|decisions)(?:\/|$)/.test(request.path) ? changeByPages : submitByPages;
  return (request.method === 'POST' ? send : readPages)(request, response, next);
};

async function submitUrl(submit: Submit, url: string, refetch = false) {
  const reading = readSubmission({ url, refetch });
  if (!reading.ok) return { ok: false as const, problem: reading.errors.map(({ detail }) => detail).join('; ') };
  const [receipt] = await submit([reading.submission]);
  return { ok: true as const, id: receipt?.id ?? reading.submission.id };
}

/** Counts each answer under the pattern of its route, never under its path: a label has few values. */
function countAnswers(events: Events): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    response.once('finish', () => {
      const isBoard = request.originalUrl.startsWith(JOB_BOARD_PATH);
      const pattern: unknown = isBoard ? JOB_BOARD_PATH : request.route?.path;
      const route = typeof pattern === 'string' ? pattern : 'none';
      events.answered({
        method: request.method,
        route: route.replace(/^\/assets\/[^/]*/, '/assets'),
        status: response.statusCode,
        durationMs: performance.now() - startedAt,
      });
    });
    next();
  };
}
