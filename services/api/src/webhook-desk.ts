import { randomBytes } from 'node:crypto';
import type { AdminAct, Store, WebhookRecord } from '@wirefold/store';
import type { Request } from 'express';
import type { NoteAct } from './admin-notes.ts';
import { fieldErrorsOf } from './field-errors.ts';
import type { FieldError } from './problem.ts';
import { webhookInputSchema } from './schemas/webhook.ts';

/** The scheme asks for 24 to 64 bytes. */
const SECRET_BYTES = 32;

export type AddedWebhook =
  | { ok: true; webhook: WebhookRecord; secret: string }
  | { ok: false; problem: 'too-many' }
  | { ok: false; problem: 'invalid'; errors: FieldError[] };

type DeskStore = Pick<Store, 'addWebhook' | 'removeWebhook' | 'enableWebhook' | 'pauseWebhook'>;

/** What can be done to webhooks, by the API and by the pages; each act is written down with the key that did it. */
export interface WebhookDesk {
  /** Adds the webhook that `value`, from a body or a form, describes. Its secret is told here and never again. */
  add(request: Request, value: unknown): Promise<AddedWebhook>;
  /** These are false where there is no such webhook. */
  remove(request: Request, id: string): Promise<boolean>;
  enable(request: Request, id: string): Promise<boolean>;
  pause(request: Request, id: string): Promise<boolean>;
}

export function createWebhookDesk(store: DeskStore, note: NoteAct): WebhookDesk {
  const noted =
    (kind: AdminAct['kind'], act: (id: string) => Promise<boolean>) => async (request: Request, id: string) => {
      const isDone = await act(id);
      if (isDone) await note(request, { kind, subject: id, detail: '' });
      return isDone;
    };
  return {
    async add(request, value) {
      const added = await addTo(store, value);
      if (added.ok)
        await note(request, { kind: 'webhook-added', subject: added.webhook.id, detail: added.webhook.url });
      return added;
    },
    remove: noted('webhook-removed', (id) => store.removeWebhook(id)),
    enable: noted('webhook-enabled', (id) => store.enableWebhook(id)),
    pause: noted('webhook-paused', (id) => store.pauseWebhook(id)),
  };
}

async function addTo(store: DeskStore, value: unknown): Promise<AddedWebhook> {
  const parsed = webhookInputSchema.safeParse(value);
  if (!parsed.success) {
    const errors = fieldErrorsOf(parsed.error, 'is not a field here; those are url, kinds');
    return { ok: false, problem: 'invalid', errors };
  }
  const { url, kinds = null } = parsed.data;
  const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
  const id = `w${randomBytes(12).toString('hex')}`;
  const webhook = await store.addWebhook({ id, url: new URL(url).href, kinds, secret });
  return webhook === null ? { ok: false, problem: 'too-many' } : { ok: true, webhook, secret };
}
