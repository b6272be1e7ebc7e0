import { BadCursor, type Store, type WebhookRecord } from '@wirefold/store';
import { STORY_EVENT_KINDS } from '@wirefold/story';
import express, { type Request, type RequestHandler } from 'express';
import { render } from './html.ts';
import { formField, refuseOtherSites, route, sendMessage, sendPage } from './page.ts';
import { kindField, renderAddedWebhook, renderWebhook, renderWebhooks } from './webhooks.ts';

const FORM_BYTES_MAX = 32 * 1024;

type Act = (request: Request, id: string) => Promise<boolean>;

export interface WebhookPagesOptions {
  store: Pick<Store, 'webhooks' | 'webhook' | 'replayChange'>;
  /** What can be done to webhooks, for the caller of a request; false where there is no such webhook. */
  desk: {
    /** Adds the webhook that `{url, kinds?}` describes. */
    add(
      request: Request,
      value: unknown,
    ): Promise<
      | { ok: true; webhook: WebhookRecord; secret: string }
      | { ok: false; problem: 'too-many' }
      | { ok: false; problem: 'invalid'; errors: { detail: string }[] }
    >;
    remove: Act;
    enable: Act;
    pause: Act;
  };
}

/** The pages of the addresses that are told what happens, and their forms. */
export function createWebhookPages(options: WebhookPagesOptions): express.Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  const form = [
    refuseOtherSites,
    express.urlencoded({ extended: false, limit: FORM_BYTES_MAX, parameterLimit: 1 + STORY_EVENT_KINDS.length }),
  ];
  router.post('/webhooks', ...form, addWebhook(options));
  route(router, 'get', '/webhooks', async (_request, response) => {
    sendPage(response, renderWebhooks(await options.store.webhooks()));
  });
  router.post('/webhooks/:id', ...form, changeWebhook(options));
  route(router, 'get', '/webhooks/:id', async (request, response) => {
    const webhook = await options.store.webhook(String(request.params.id));
    if (webhook === null) return sendNone(response);
    sendPage(response, renderWebhook(webhook));
  });
  return router;
}

const sendNone = (response: express.Response) =>
  sendMessage(response, 404, 'No such webhook', 'There is no webhook with this id.');

function addWebhook({ desk }: WebhookPagesOptions): RequestHandler {
  return async (request, response) => {
    const kinds = STORY_EVENT_KINDS.filter((kind) => formField(request.body, kindField(kind)) === 'yes');
    const url = formField(request.body, 'url').trim();
    const added = await desk.add(request, { url, ...(kinds.length > 0 && { kinds }) });
    if (added.ok) {
      // The secret stands in this one answer, and in nothing that is kept of it.
      const page = renderAddedWebhook(added.webhook, added.secret);
      return response.status(201).set('Cache-Control', 'no-store').type('html').send(render(page));
    }
    if (added.problem === 'too-many')
      return sendMessage(response, 409, 'Too many webhooks', 'Remove one that is not needed any more.');
    const problem = `It ${added.errors.map(({ detail }) => detail).join('; ')}.`;
    sendMessage(response, 422, 'Not an address to tell', problem);
  };
}

function changeWebhook({ store, desk }: WebhookPagesOptions): RequestHandler {
  const actions: Record<string, Act> = {
    pause: desk.pause,
    resume: desk.enable,
    remove: desk.remove,
    replay: (request, id) => replay(store, id, formField(request.body, 'event')),
  };
  return async (request, response) => {
    const id = String(request.params.id);
    const wanted = formField(request.body, 'do');
    const action = Object.hasOwn(actions, wanted) ? actions[wanted] : undefined;
    if (action === undefined) return sendMessage(response, 400, 'Nothing to do', 'The form does not say what to do.');
    if (await action(request, id))
      return response.redirect(303, wanted === 'remove' ? '/webhooks' : `/webhooks/${encodeURIComponent(id)}`);
    if (wanted !== 'replay') return sendNone(response);
    sendMessage(
      response,
      404,
      'Not to be sent again',
      'There is no webhook with this id, or the event is not kept any more.',
    );
  };
}

async function replay(store: WebhookPagesOptions['store'], id: string, event: string): Promise<boolean> {
  return store.replayChange(id, event).catch((error: unknown) => {
    if (error instanceof BadCursor) return false;
    throw error;
  });
}
