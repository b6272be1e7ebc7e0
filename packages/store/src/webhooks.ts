import type { StoryEventKind } from '@wirefold/story';
import type { Change } from './change-log.ts';

/** An address that is told what happens to stories. */
export interface WebhookRecord {
  id: string;
  url: string;
  /** What it is told of; null for everything. */
  kinds: StoryEventKind[] | null;
  createdAt: string;
  /** Failures in a row, and when the next attempt is made after one. */
  failures: number;
  nextAttemptAt: string | null;
  /** ISO time and reason, where it is told nothing any more. */
  disabledAt: string | null;
  disabledReason: string | null;
}

/** One attempt to deliver an event. */
export interface WebhookDelivery {
  at: string;
  /** Cursor of the event. */
  event: string;
  kind: StoryEventKind;
  storyId: string;
  isReplay: boolean;
  /** HTTP status; null where none came. */
  status: number | null;
  /** Why it failed: one of the reasons of a fetch; null where it was taken. */
  reason: string | null;
  durationMs: number;
}

export interface WebhookDetail extends WebhookRecord {
  /** The last 100, newest first. */
  deliveries: WebhookDelivery[];
}

/** The right to deliver to one address, for as long as `token` is current. */
export interface WebhookWork {
  id: string;
  token: number;
  url: string;
  secret: string;
  failures: number;
  /** Events that are sent again because somebody asked for it, then those that are due, each in the order of the log. */
  replays: Change[];
  changes: Change[];
}

export interface DeliveryResult {
  id: string;
  token: number;
  change: Change;
  isReplay: boolean;
  status: number | null;
  reason: string | null;
  durationMs: number;
  /** What follows from a failure: another attempt after a while, or none any more; null where it was taken. */
  next: { retryAfterMs: number } | { disabledReason: string } | null;
}

/** The addresses that are told, and what they were told. How far each one is stands here, and nowhere else. Part of the store. */
export interface WebhookStore {
  /** It is told what happens from now on. Null where there are 100 already. */
  addWebhook(webhook: Pick<WebhookRecord, 'id' | 'url' | 'kinds'> & { secret: string }): Promise<WebhookRecord | null>;
  /** Oldest first. */
  webhooks(): Promise<WebhookRecord[]>;
  webhook(id: string): Promise<WebhookDetail | null>;
  removeWebhook(id: string): Promise<boolean>;
  /** Takes a webhook up again where it was left: at the first event that was not taken. */
  enableWebhook(id: string): Promise<boolean>;
  /** Tells a webhook nothing more, but what is in hand, until it is enabled again; one that is disabled keeps its reason. */
  pauseWebhook(id: string): Promise<boolean>;
  /** Sends an event once more. False where there is no such webhook, or no such event any more. Throws `BadCursor`. */
  replayChange(id: string, cursor: string): Promise<boolean>;
  /** Ids of those that have something to be told now, and that nobody is telling. */
  dueWebhooks(limit: number): Promise<string[]>;
  /** Null where there is nothing to do, or another worker does it. */
  claimWebhook(id: string, options: { leaseMs: number; limit: number }): Promise<WebhookWork | null>;
  /** Keeps what came of an attempt, where the token is current; false where it is not. */
  settleDelivery(result: DeliveryResult): Promise<boolean>;
  /** Ends a claim. */
  leaveWebhook(work: Pick<WebhookWork, 'id' | 'token'>): Promise<void>;
}
