import { BadCursor, type Store } from '@wirefold/store';
import { z } from 'zod';
import { itemsOf, JSON_TYPE, readBody, singleOf } from '../body.ts';
import { sendProblem } from '../problem.ts';
import { addedWebhookSchema, webhookDetailSchema, webhookInputSchema, webhooksSchema } from '../schemas/webhook.ts';
import type { WebhookDesk } from '../webhook-desk.ts';
import { type Asked, type Endpoint, endpoint, type Operation } from './operation.ts';

type WebhookStore = Pick<Store, 'webhooks' | 'webhook' | 'replayChange'>;

const NO_WEBHOOK = 'There is no webhook with this id.';

const idSchema = z.strictObject({ id: z.string().meta({ description: 'Id of a webhook' }) });

const adding = {
  id: 'addWebhook',
  method: 'post',
  path: '/v1/webhooks',
  topic: 'Webhooks',
  summary: 'Adds an address that is told what happens to stories from now on',
  description:
    'Signed by the Standard Webhooks scheme with the secret of the answer, which is shown here and never again.',
  scope: 'admin',
  body: { [JSON_TYPE]: webhookInputSchema },
  answers: {
    201: {
      description: 'The webhook, with its secret.',
      schema: addedWebhookSchema,
      headers: { Location: 'Where it is asked for.' },
    },
  },
  problems: ['invalid-webhook', 'too-many-webhooks'],
} as const satisfies Operation;

const listing = {
  id: 'listWebhooks',
  method: 'get',
  path: '/v1/webhooks',
  topic: 'Webhooks',
  summary: 'Lists webhooks, oldest first',
  scope: 'admin',
  answers: { 200: { description: 'All of them.', schema: webhooksSchema } },
  problems: [],
} as const satisfies Operation;

const showing = {
  id: 'showWebhook',
  method: 'get',
  path: '/v1/webhooks/:id',
  topic: 'Webhooks',
  summary: 'Shows a webhook with its last deliveries',
  scope: 'admin',
  parameters: idSchema,
  answers: { 200: { description: 'The webhook.', schema: webhookDetailSchema } },
  problems: [],
} as const satisfies Operation;

const removing = {
  id: 'removeWebhook',
  method: 'delete',
  path: '/v1/webhooks/:id',
  topic: 'Webhooks',
  summary: 'Removes a webhook',
  scope: 'admin',
  parameters: idSchema,
  answers: { 204: { description: 'Removed.' } },
  problems: [],
} as const satisfies Operation;

const enabling = {
  id: 'enableWebhook',
  method: 'post',
  path: '/v1/webhooks/:id/enable',
  topic: 'Webhooks',
  summary: 'Takes a webhook up again that was disabled, at the first event that was not taken',
  scope: 'admin',
  parameters: idSchema,
  answers: { 204: { description: 'It is told again.' } },
  problems: [],
} as const satisfies Operation;

const pausing = {
  id: 'pauseWebhook',
  method: 'post',
  path: '/v1/webhooks/:id/pause',
  topic: 'Webhooks',
  summary: 'Tells a webhook nothing more until it is enabled again',
  description: 'But for what is in hand. Nothing is missed: it goes on at the first event that was not taken.',
  scope: 'admin',
  parameters: idSchema,
  answers: { 204: { description: 'It is paused.' } },
  problems: [],
} as const satisfies Operation;

const replaying = {
  id: 'replayEvent',
  method: 'post',
  path: '/v1/webhooks/:id/replay/:event',
  topic: 'Webhooks',
  summary: 'Sends an event once more',
  description: 'Soon; how it went stands among the deliveries.',
  scope: 'admin',
  parameters: idSchema.extend({ event: z.string().meta({ description: 'Cursor of the event' }) }),
  answers: { 202: { description: 'It will be sent.' } },
  problems: [],
} as const satisfies Operation;

/** Addresses that are told what happens to stories. */
export function webhookEndpoints(store: WebhookStore, desk: WebhookDesk): Endpoint[] {
  return [
    endpoint(adding, addWebhook(desk), readBody()),
    endpoint(listing, async ({ response }) => {
      response.set('Cache-Control', 'no-store').json({ webhooks: await store.webhooks() });
    }),
    endpoint(showing, async ({ parameters, response }) => {
      const found = await store.webhook(parameters.id);
      if (found === null) return sendProblem(response, 'not-found', NO_WEBHOOK);
      response.set('Cache-Control', 'no-store').json(found);
    }),
    endpoint(removing, async ({ request, parameters, response }) => {
      if (await desk.remove(request, parameters.id)) response.status(204).end();
      else sendProblem(response, 'not-found', NO_WEBHOOK);
    }),
    endpoint(enabling, async ({ request, parameters, response }) => {
      if (await desk.enable(request, parameters.id)) response.status(204).end();
      else sendProblem(response, 'not-found', NO_WEBHOOK);
    }),
    endpoint(pausing, async ({ request, parameters, response }) => {
      if (await desk.pause(request, parameters.id)) response.status(204).end();
      else sendProblem(response, 'not-found', NO_WEBHOOK);
    }),
    endpoint(replaying, replay(store)),
  ];
}

function addWebhook(desk: WebhookDesk) {
  return async ({ request, response }: Asked<typeof adding>) => {
    const body = itemsOf(request);
    if (!body.ok) return sendProblem(response, body.word, body.detail);
    const added = await desk.add(request, singleOf(body));
    if (added.ok) {
      const { webhook, secret } = added;
      const location = `/v1/webhooks/${webhook.id}`;
      return response
        .status(201)
        .set('Cache-Control', 'no-store')
        .location(location)
        .json({ ...webhook, secret });
    }
    if (added.problem === 'too-many') return sendProblem(response, 'too-many-webhooks');
    const { errors } = added;
    const detail = errors.map((error) => `${error.pointer} ${error.detail}`).join('; ');
    sendProblem(response, 'invalid-webhook', detail, { errors });
  };
}

function replay(store: WebhookStore) {
  return async ({ parameters: { id, event }, response }: Asked<typeof replaying>) => {
    const isQueued = await store.replayChange(id, event).catch((error: unknown) => {
      if (error instanceof BadCursor) return false;
      throw error;
    });
    if (isQueued) response.status(202).end();
    else sendProblem(response, 'not-found', 'There is no webhook with this id, or no event with this cursor.');
  };
}
