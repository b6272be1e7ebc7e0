import { randomBytes } from 'node:crypto';
import type { Store, WebhookRecord } from '@wirefold/store';
import { fieldErrorsOf } from './field-errors.ts';
import type { FieldError } from './problem.ts';
import { webhookInputSchema } from './schemas/webhook.ts';

/** The scheme asks for 24 to 64 bytes. */
const SECRET_BYTES = 32;

export type AddedWebhook =
  | { ok: true; webhook: WebhookRecord; secret: string }
  | { ok: false; problem: 'too-many' }
  | { ok: false; problem: 'invalid'; errors: FieldError[] };

/** Adds the webhook that `value`, from a body or a form, describes. Its secret is told here and never again. */
export function createAddWebhook(store: Pick<Store, 'addWebhook'>): (value: unknown) => Promise<AddedWebhook> {
  return async (value) => {
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
  };
}
