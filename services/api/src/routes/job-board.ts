import type { Queue } from '@wirefold/queue';
import express, { type Express, type NextFunction, type RequestHandler, type Response, type Router } from 'express';
import { requireScope } from '../access/access.ts';
import { sendProblem } from '../problem.ts';
import { jobBoardPolicy } from '../security-headers.ts';

/** Where bull-board shows the jobs of the queues. */
export const JOB_BOARD_PATH = '/monitor/jobs';

const LOOK = {
  boardTitle: 'Wirefold: jobs',
  miscLinks: [{ text: 'To the monitor', url: '/monitor' }],
  // Nothing of the page leads to other hosts.
  hideDocsLink: true,
  // Nothing records what it would draw: jobs that ended are gone, and the monitor has their figures.
  showMetrics: false,
};

/** A font that the page would have from another host. */
const FOREIGN = /<link [^>]*"https:[^>]*>/g;

/** bull-board, for those who may administer. It is loaded when it is first asked for, so that others pay nothing for it. */
export function jobBoardRoutes(queue: Pick<Queue, 'showOn'>): Router {
  const router = express.Router();
  let board: Promise<Express> | null = null;
  router.use(JOB_BOARD_PATH, requireScope('admin'), onlyLooking, jobBoardPolicy(), async (request, response, next) => {
    board ??= openBoard(queue);
    keepAtHome(response, next);
    (await board)(request, response, (error?: unknown) => {
      if (error !== undefined) return next(error);
      sendProblem(response, 'not-found', `There is nothing at ${request.originalUrl}.`);
    });
  });
  return router;
}

const onlyLooking: RequestHandler = (request, response, next) => {
  if (request.method === 'GET' || request.method === 'HEAD') return next();
  response.set('Allow', 'GET, HEAD');
  sendProblem(response, 'method-not-allowed', 'Jobs are only looked at here; articles are tried again on the monitor.');
};

/** Sends the page that bull-board renders without what is not ours. */
function keepAtHome(response: Response, next: NextFunction): void {
  const render = response.render.bind(response);
  response.render = (view: string, values?: object) =>
    render(view, values, (error, page) => (error ? next(error) : response.send(page.replace(FOREIGN, ''))));
}

async function openBoard(queue: Pick<Queue, 'showOn'>): Promise<Express> {
  const { ExpressAdapter } = await import('@bull-board/express');
  const adapter = new ExpressAdapter().setBasePath(JOB_BOARD_PATH);
  await queue.showOn(adapter, { look: LOOK, articlePath: (id) => `/articles/${encodeURIComponent(id)}` });
  const board: Express = adapter.getRouter();
  return board.disable('x-powered-by');
}
