import { createHash } from 'node:crypto';
import { decodePage, sourceOf, URL_CHARS_MAX } from '@wirefold/article';
import type { Config } from '@wirefold/runtime';
import type { FeedRecord, FeedStore, Subscription } from '@wirefold/store';
import { z } from 'zod';
import { fieldErrorsOf } from './field-errors.ts';
import { FEED_TITLE_CHARS_MAX, FEEDS_IMPORTED_MAX } from './limits.ts';
import { type Outline, readOpml } from './opml.ts';
import type { FieldError } from './problem.ts';

const FEED_ID_HEX_DIGITS = 24;

export const subscriptionSchema = z.strictObject({
  url: z.string('must be a string: the address of a feed, or of a page that names one'),
  fullText: z.boolean('must be true or false').optional(),
});

type SubscriptionInput = z.infer<typeof subscriptionSchema>;

export type Subscribed = { ok: true; feed: FeedRecord; isNew: boolean } | { ok: false; errors: FieldError[] };

/** What became of a list: the feeds in its order, and the addresses that are none. */
export type Imported =
  | { ok: true; feeds: { feed: FeedRecord; isNew: boolean }[]; refused: { url: string; detail: string }[] }
  | { ok: false; problem: 'no-opml' | 'too-many' };

/** Subscribing feeds: a committed row each. Whether there is a feed at the address is found out by the first poll. */
export interface Subscribe {
  one(value: unknown): Promise<Subscribed>;
  opml(bytes: Uint8Array): Promise<Imported>;
}

export function createSubscribe(store: FeedStore, settings: Pick<Config, 'feedIntervalMinMs'>): Subscribe {
  const intervalMs = settings.feedIntervalMinMs;
  return {
    async one(value) {
      const parsed = subscriptionSchema.safeParse(value);
      if (!parsed.success) return { ok: false, errors: fieldErrorsOf(parsed.error, UNKNOWN_FIELD) };
      const read = subscriptionOf(parsed.data, null, intervalMs);
      if (!read.ok) return { ok: false, errors: [{ pointer: '/url', detail: read.detail }] };
      const [subscribed] = await store.subscribe([read.subscription]);
      if (subscribed === undefined) throw new Error('a subscription that was removed while it was made');
      return { ok: true, ...subscribed };
    },
    async opml(bytes) {
      const outlines = readOpml(decodePage(bytes, null).html, FEEDS_IMPORTED_MAX);
      if (outlines === null) return { ok: false, problem: 'no-opml' };
      if (outlines.length > FEEDS_IMPORTED_MAX) return { ok: false, problem: 'too-many' };
      return importAll(store, outlines, intervalMs);
    },
  };
}

async function importAll(store: FeedStore, outlines: Outline[], intervalMs: number): Promise<Imported> {
  const subscriptions = new Map<string, Subscription>();
  const refused: { url: string; detail: string }[] = [];
  for (const { url, title } of outlines) {
    const read = subscriptionOf({ url }, title, intervalMs);
    if (!read.ok) refused.push({ url: url.slice(0, URL_CHARS_MAX), detail: read.detail });
    else if (!subscriptions.has(read.subscription.id)) subscriptions.set(read.subscription.id, read.subscription);
  }
  const feeds = subscriptions.size === 0 ? [] : await store.subscribe([...subscriptions.values()]);
  return { ok: true, feeds, refused };
}

const UNKNOWN_FIELD = 'is not a field here; those are url, fullText';

type SubscriptionReading = { ok: true; subscription: Subscription } | { ok: false; detail: string };

/** A feed's address stays as it is: its parameters may say which feed it is. */
function subscriptionOf(
  { url: text, fullText = false }: SubscriptionInput,
  title: string | null,
  intervalMs: number,
): SubscriptionReading {
  if (text.length > URL_CHARS_MAX) return { ok: false, detail: `is longer than ${URL_CHARS_MAX} characters` };
  const trimmed = text.trim();
  const url = URL.canParse(trimmed) ? new URL(trimmed) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') {
    return { ok: false, detail: 'is not an address that begins with https:// or http://' };
  }
  if (url.username !== '' || url.password !== '') return { ok: false, detail: 'carries a user name or a password' };
  url.hash = '';
  if (url.href.length > URL_CHARS_MAX) return { ok: false, detail: `is longer than ${URL_CHARS_MAX} characters` };
  const digest = createHash('sha256').update(url.href).digest('hex');
  const subscription = {
    id: `f${digest.slice(0, FEED_ID_HEX_DIGITS)}`,
    url: url.href,
    title: title?.slice(0, FEED_TITLE_CHARS_MAX) ?? null,
    sourceKey: sourceOf({ url: url.href, name: null }).key,
    isFullText: fullText,
    intervalMs,
  };
  return { ok: true, subscription };
}
