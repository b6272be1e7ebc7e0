import { URL_CHARS_MAX } from '@wirefold/article';
import express, { type RequestHandler, type Router } from 'express';
import { z } from 'zod';
import type { Explain } from '../explain.ts';
import { sendProblem } from '../problem.ts';
import { parameterText, readQuery } from './query.ts';
import { route } from './route.ts';

const explainSchema = z.strictObject({ a: parameterText(URL_CHARS_MAX), b: parameterText(URL_CHARS_MAX) });

/** Why two articles are copies of one text, or are not. */
export function explainRoutes(explain: Explain): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  route(router, '/v1/explain', { get: [explainPair(explain)] });
  return router;
}

function explainPair(explain: Explain): RequestHandler {
  return async (request, response) => {
    const query = readQuery(request, response, explainSchema);
    if (query === null) return;
    const answer = await explain(query.a, query.b);
    if (answer.ok) {
      const { a, b, explanation } = answer;
      response.set('Cache-Control', 'no-cache').json({ a, b, ...explanation });
      return;
    }
    const detail = `${answer.side}: ${answer.detail}`;
    const errors = [{ parameter: answer.side, detail: answer.detail }];
    if (answer.problem === 'not-signed') sendProblem(response, 'not-signed', detail, { errors, ...answer.article });
    else sendProblem(response, answer.problem === 'invalid' ? 'invalid-query' : 'not-found', detail, { errors });
  };
}
