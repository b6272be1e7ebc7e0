import { isSameSite } from '@wirefold/web';
import type { RequestHandler } from 'express';
import { sendProblem } from '../problem.ts';

/** A request without a body is one that a form of another site can send, and a service on loopback asks for no key. */
export const refuseOtherSites: RequestHandler = (request, response, next) => {
  if (isSameSite(request.headers)) return next();
  sendProblem(response, 'forbidden', 'The request was sent by a page of another site.');
};
