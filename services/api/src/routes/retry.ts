import type { Response } from 'express';
import { z } from 'zod';
import { type BodyReading, itemsOf, JSON_TYPE, readBody, singleOf } from '../body.ts';
import { fieldErrorsOf } from '../field-errors.ts';
import { sendProblem } from '../problem.ts';
import type { Retry } from '../retry.ts';
import { retriedManySchema, retriedSchema, retrySchema } from '../schemas/monitor.ts';
import { type Endpoint, endpoint, type Operation } from './operation.ts';
import { refuseOtherSites } from './other-sites.ts';

const one = {
  id: 'retryArticle',
  method: 'post',
  path: '/v1/articles/:id/retry',
  topic: 'Articles',
  summary: 'Tries a failed article again, from the stage where it failed',
  scope: 'submit',
  parameters: z.strictObject({ id: z.string().meta({ description: 'Id of an article' }) }),
  answers: { 202: { description: 'How many are tried again: 0 where it did not fail.', schema: retriedSchema } },
  problems: [],
} as const satisfies Operation;

const many = {
  id: 'retryFailures',
  method: 'post',
  path: '/v1/failures/retry',
  topic: 'Service',
  summary: 'Tries the failed articles of a reason, and of a host, again',
  scope: 'submit',
  body: { [JSON_TYPE]: retrySchema },
  answers: { 202: { description: 'How many are tried again.', schema: retriedManySchema } },
  problems: ['invalid-retry'],
} as const satisfies Operation;

/** Failed articles are tried again. */
export function retryEndpoints(retry: Retry): Endpoint[] {
  return [
    endpoint(
      one,
      async ({ parameters, response }) => {
        const isRetried = await retry.article(parameters.id);
        if (isRetried === null) return sendProblem(response, 'not-found', 'There is no article with this id.');
        response
          .status(202)
          .set('Cache-Control', 'no-store')
          .json({ retried: isRetried ? 1 : 0 });
      },
      [refuseOtherSites],
    ),
    endpoint(many, ({ request, response }) => retryFailures(retry, itemsOf(request), response), [
      refuseOtherSites,
      ...readBody(),
    ]),
  ];
}

async function retryFailures(retry: Retry, body: BodyReading, response: Response): Promise<void> {
  if (!body.ok)
    return sendProblem(response, body.word, body.detail, body.limit === undefined ? {} : { limit: body.limit });
  const parsed = retrySchema.safeParse(singleOf(body));
  if (!parsed.success) {
    const errors = fieldErrorsOf(parsed.error);
    const detail = errors.map((error) => `${error.pointer?.slice(1) ?? ''} ${error.detail}`.trim()).join('; ');
    return sendProblem(response, 'invalid-retry', detail, { errors });
  }
  const { reason, host, limit } = parsed.data;
  const retried = await retry.failures({ reason, host: host?.toLowerCase() ?? null, limit });
  response
    .status(202)
    .set('Cache-Control', 'no-store')
    .json({ retried, more: retried === limit });
}
