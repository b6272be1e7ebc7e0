import type { RequestHandler, Router } from 'express';
import { sendProblem } from '../problem.ts';

/** What an address takes: handlers by method. */
export interface Methods {
  get?: RequestHandler[];
  post?: RequestHandler[];
  delete?: RequestHandler[];
}

/** Registers one address. Every method that it does not take is answered 405 with the list of those it does. */
export function route(router: Router, path: string, methods: Methods): void {
  if (methods.get) router.get(path, ...methods.get);
  if (methods.post) router.post(path, ...methods.post);
  if (methods.delete) router.delete(path, ...methods.delete);
  const allowed = [methods.get && 'GET, HEAD', methods.post && 'POST', methods.delete && 'DELETE']
    .filter(Boolean)
    .join(', ');
  router.all(path, (request, response) => {
    response.set('Allow', allowed);
    if (request.method === 'OPTIONS') response.status(204).end();
    else sendProblem(response, 'method-not-allowed', `${request.method} is not taken here, only ${allowed}.`);
  });
}
