import { URL_CHARS_MAX } from '@wirefold/article';
import type { WebhookDelivery, WebhookDetail, WebhookRecord } from '@wirefold/store';
import { STORY_EVENT_KINDS } from '@wirefold/story';
import { z } from 'zod';
import { isoTime } from './article.ts';

const URL_MESSAGE = `must be an http or https URL of at most ${URL_CHARS_MAX} characters, without user name and password`;
const KINDS_MESSAGE = `must be a list of some of ${STORY_EVENT_KINDS.join(', ')}`;

/** What a webhook is made from. */
export const webhookInputSchema = z
  .strictObject({
    url: z.string(URL_MESSAGE).max(URL_CHARS_MAX, URL_MESSAGE).refine(isReceiver, URL_MESSAGE),
    kinds: z
      .array(z.enum(STORY_EVENT_KINDS, KINDS_MESSAGE), KINDS_MESSAGE)
      .min(1, KINDS_MESSAGE)
      .optional()
      .meta({ description: 'What it is told of; everything where it is left out.' }),
  })
  .meta({ id: 'WebhookInput' });

function isReceiver(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}

const record = {
  id: z.string(),
  url: z.string(),
  kinds: z.array(z.enum(STORY_EVENT_KINDS)).nullable().meta({ description: 'Null for everything.' }),
  createdAt: isoTime,
  failures: z.int().min(0).meta({ description: 'In a row.' }),
  nextAttemptAt: isoTime.nullable(),
  disabledAt: isoTime.nullable().meta({ description: 'Since when it is told nothing any more.' }),
  disabledReason: z.string().nullable(),
} satisfies Record<keyof WebhookRecord, z.ZodType>;

const deliverySchema = z
  .object({
    at: isoTime,
    event: z.string().meta({ description: 'Cursor of the event.' }),
    kind: z.enum(STORY_EVENT_KINDS),
    storyId: z.string(),
    isReplay: z.boolean(),
    status: z.int().nullable().meta({ description: 'HTTP status; null where none came.' }),
    reason: z.string().nullable().meta({ description: 'Why it failed; null where it was taken.' }),
    durationMs: z.number().min(0),
  } satisfies Record<keyof WebhookDelivery, z.ZodType>)
  .meta({ id: 'WebhookDelivery', description: 'One attempt to deliver an event.' });

const webhookSchema = z.object(record).meta({ id: 'Webhook', description: 'An address that is told what happens.' });

export const webhooksSchema = z.object({ webhooks: z.array(webhookSchema) }).meta({ id: 'Webhooks' });

export const addedWebhookSchema = z
  .object({ ...record, secret: z.string().meta({ description: 'Shown this once: what deliveries are signed with.' }) })
  .meta({ id: 'AddedWebhook' });

export const webhookDetailSchema = z
  .object({ ...record, deliveries: z.array(deliverySchema).meta({ description: 'The last 100, newest first.' }) })
  .meta({ id: 'WebhookDetail' }) satisfies z.ZodType<WebhookDetail>;
