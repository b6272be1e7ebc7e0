import type { RequestHandler, Router } from 'express';
import { requireScope, type Scope } from '../access/access.ts';
import { sendProblem } from '../problem.ts';

/** What an address takes: handlers by method. */
export interface Methods {
  get?: RequestHandler[];
  post?: RequestHandler[];
  patch?: RequestHandler[];
  delete?: RequestHandler[];
}

type Scopes = { [Method in keyof Methods]?: Scope };

/** What is needed where nothing is said. */
const CLOSED = { get: 'read', post: 'admin', patch: 'admin', delete: 'admin' } as const satisfies Scopes;

/** Registers one address. Every method that it does not take is answered 405 with the list of those it does. */
export function route(router: Router, path: string, methods: Methods, scopes: Scopes = {}): void {
  for (const method of ['get', 'post', 'patch', 'delete'] as const) {
    const handlers = methods[method];
    if (handlers) router[method](path, requireScope(scopes[method] ?? CLOSED[method]), ...handlers);
  }
  const allowed = [
    methods.get && 'GET, HEAD',
    methods.post && 'POST',
    methods.patch && 'PATCH',
    methods.delete && 'DELETE',
  ]
    .filter(Boolean)
    .join(', ');
  router.all(path, (request, response) => {
    response.set('Allow', allowed);
    if (request.method === 'OPTIONS') response.status(204).end();
    else sendProblem(response, 'method-not-allowed', `${request.method} is not taken here, only ${allowed}.`);
  });
}
