import type { Request, RequestHandler, Response, Router } from 'express';
import type { z } from 'zod';
import type { Scope } from '../access/access.ts';
import { type ProblemWord, sendProblem } from '../problem.ts';
import { readQuery } from './query.ts';
import { type Methods, route } from './route.ts';

/** One thing that an operation answers when all went well. */
export interface Answer {
  description: string;
  /** Of the body as it is sent; left out where there is none, or where it is not JSON. */
  schema?: z.ZodType;
  /** Media type of the body: JSON where there is a schema, unless told. */
  type?: string;
  /** Headers that belong to the answer, by name, and what each says. */
  headers?: Record<string, string>;
}

/** Everything about one method of one address that is not what it does. The OpenAPI document and the routing are made of it. */
export interface Operation {
  /** Unique: generated clients name their functions by it. */
  id: string;
  method: keyof Methods;
  /** As express takes it: `/v1/articles/:id`. */
  path: `/${string}`;
  /** Heading of the reference page that it stands under. */
  topic: string;
  summary: string;
  description?: string;
  scope: Scope;
  /** The parts of the path that begin with a colon. */
  parameters?: z.ZodObject;
  /** Read before the handler, which is given the result; a query that does not fit is answered `invalid-query`. */
  query?: z.ZodObject<z.ZodRawShape, z.core.$strict>;
  headers?: z.ZodObject;
  /** The body by media type: its schema, or what it is where it is not JSON. */
  body?: Record<string, z.ZodType>;
  answers: Record<number, Answer>;
  /** Those beyond the ones that follow from the rest of the statement or that every address has. */
  problems: ProblemWord[];
}

type Output<Schema, Otherwise> = Schema extends z.ZodType ? z.infer<Schema> : Otherwise;

/** What a handler is given: the request, read by the schemas of its operation. */
export interface Asked<Stated extends Operation> {
  request: Request;
  response: Response;
  parameters: Output<Stated['parameters'], Record<string, never>>;
  query: Output<Stated['query'], Record<string, never>>;
}

/** An operation that can be asked for. */
export interface Endpoint extends Operation {
  handlers: RequestHandler[];
}

/** An operation with what it does; `before` runs first, to read a body. */
export function endpoint<const Stated extends Operation>(
  operation: Stated,
  handle: (asked: Asked<Stated>) => unknown,
  before: RequestHandler[] = [],
): Endpoint {
  const run: RequestHandler = async (request, response) => {
    const parameters = operation.parameters?.safeParse(request.params) ?? { success: true, data: {} };
    if (!parameters.success) return sendProblem(response, 'not-found', parameters.error?.issues[0]?.message);
    const query = operation.query === undefined ? {} : readQuery(request, response, operation.query);
    if (query === null) return;
    // The schemas that gave these values are those that the type is made of.
    await handle({ request, response, parameters: parameters.data, query } as Asked<Stated>);
  };
  return { ...operation, handlers: [...before, run] };
}

/** Registers endpoints, those of one address together, so that its other methods are answered 405 with those it takes. */
export function serve(router: Router, endpoints: Endpoint[]): Router {
  for (const path of new Set(endpoints.map((each) => each.path))) {
    const here = endpoints.filter((each) => each.path === path);
    const by = <Value>(of: (each: Endpoint) => Value) =>
      Object.fromEntries(here.map((each) => [each.method, of(each)]));
    route(
      router,
      path,
      by(({ handlers }) => handlers),
      by(({ scope }) => scope),
    );
  }
  return router;
}

/** Problems that every operation can answer. */
const EVERYWHERE: ProblemWord[] = [
  'bad-request',
  'too-slow',
  'wrong-host',
  'too-many-requests',
  'headers-too-large',
  'bug',
  'unavailable',
];

/** Every problem that an operation can answer. */
export function problemsOf({ method, scope, query, parameters, body, problems }: Operation): ProblemWord[] {
  const words: ProblemWord[] = [...problems, ...EVERYWHERE];
  if (scope !== 'free') words.push('unauthorized', 'missing-scope');
  if (scope !== 'free' && method !== 'get') words.push('forbidden');
  if (query !== undefined) words.push('invalid-query');
  if (parameters !== undefined) words.push('not-found');
  if (body !== undefined) words.push('invalid-json', 'body-too-large', 'unsupported-media-type');
  return [...new Set(words)];
}
