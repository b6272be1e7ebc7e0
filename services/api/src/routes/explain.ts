import { URL_CHARS_MAX } from '@wirefold/article';
import { z } from 'zod';
import type { Explain } from '../explain.ts';
import { sendProblem } from '../problem.ts';
import { explanationSchema } from '../schemas/explanation.ts';
import { type Asked, type Endpoint, endpoint, type Operation } from './operation.ts';
import { parameterText } from './query.ts';

const side = parameterText(URL_CHARS_MAX).meta({ description: 'Id or URL of an article' });

const explaining = {
  id: 'explainPair',
  method: 'get',
  path: '/v1/explain',
  topic: 'Stories',
  summary: 'Explains why two articles are copies of one text, or are not',
  scope: 'read',
  query: z.strictObject({ a: side, b: side }),
  answers: { 200: { description: 'Every figure beside its limit, and the words.', schema: explanationSchema } },
  problems: ['not-found', 'not-signed', 'withdrawn'],
} as const satisfies Operation;

const PROBLEM_OF = { invalid: 'invalid-query', unknown: 'not-found', withdrawn: 'withdrawn' } as const;

/** Why two articles are copies of one text, or are not. */
export function explainEndpoints(explain: Explain): Endpoint[] {
  return [endpoint(explaining, explainPair(explain))];
}

function explainPair(explain: Explain) {
  return async ({ query, response }: Asked<typeof explaining>) => {
    const answer = await explain(query.a, query.b);
    if (answer.ok) {
      const { a, b, explanation, byHand } = answer;
      response.set('Cache-Control', 'no-cache').json({ a, b, ...explanation, byHand });
      return;
    }
    const detail = `${answer.side}: ${answer.detail}`;
    const errors = [{ parameter: answer.side, detail: answer.detail }];
    if (answer.problem === 'not-signed') sendProblem(response, 'not-signed', detail, { errors, ...answer.article });
    else sendProblem(response, PROBLEM_OF[answer.problem], detail, { errors });
  };
}
