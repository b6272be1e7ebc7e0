import type { StoryEventKind } from '@wirefold/story';
import { decodeChangeCursor, encodeChangeCursor } from '../cursor.ts';
import { storable } from '../encoding.ts';
import { type Runner, rowsOf } from '../transaction.ts';
import type { WebhookDelivery, WebhookDetail, WebhookRecord, WebhookStore } from '../webhooks.ts';

/** Webhooks of a store. */
const WEBHOOKS_MAX = 100;
/** Attempts that are kept of each. */
export const DELIVERIES_KEPT_MAX = 100;

const COLUMNS = 'w.id, w.url, w.kinds, w.created_at, w.failures, w.next_at, w.disabled_at, w.disabled_reason';

const ADD = {
  name: 'webhooks_add',
  text: `
    insert into webhook as w (id, url, kinds, secret, delivered_to)
    select $1, $2, $3, $4, greatest(l.pruned_to, (select max(id) from story_event)) from change_log l
    where (select count(*) from webhook) < ${WEBHOOKS_MAX}
    returning ${COLUMNS}`,
};
const LIST = { name: 'webhooks_list', text: `select ${COLUMNS} from webhook w order by w.created_at, w.id` };
const ONE = { name: 'webhooks_one', text: `select ${COLUMNS} from webhook w where w.id = $1` };
const REMOVE = { name: 'webhooks_remove', text: 'delete from webhook where id = $1 returning id' };
const ENABLE = {
  name: 'webhooks_enable',
  text: `
    update webhook set disabled_at = null, disabled_reason = null, failures = 0, next_at = now() where id = $1
    returning id`,
};
const PAUSE = {
  name: 'webhooks_pause',
  text: `
    update webhook set disabled_at = coalesce(disabled_at, now()), disabled_reason = coalesce(disabled_reason, 'It was paused by hand.')
    where id = $1
    returning id`,
};
const REPLAY = {
  name: 'webhooks_replay',
  text: `
    insert into webhook_replay (webhook_id, event_id)
    select w.id, e.id from webhook w, story_event e where w.id = $1 and e.id = $2::bigint
    on conflict (webhook_id, event_id) do update set event_id = excluded.event_id
    returning event_id`,
};
const DELIVERIES = {
  name: 'webhooks_deliveries',
  text: `
    select at, event_id, kind, story_id, is_replay, status, reason, duration_ms from webhook_delivery
    where webhook_id = $1 order by id desc limit ${DELIVERIES_KEPT_MAX}`,
};

interface WebhookRow {
  id: string;
  url: string;
  kinds: StoryEventKind[] | null;
  created_at: Date;
  failures: number;
  next_at: Date;
  disabled_at: Date | null;
  disabled_reason: string | null;
}

interface DeliveryRow {
  at: Date;
  event_id: string;
  kind: StoryEventKind;
  story_id: string;
  is_replay: boolean;
  status: number | null;
  reason: string | null;
  duration_ms: number;
}

function recordOf(row: WebhookRow): WebhookRecord {
  const isWaiting = row.failures > 0 && row.disabled_at === null;
  return {
    id: row.id,
    url: row.url,
    kinds: row.kinds,
    createdAt: row.created_at.toISOString(),
    failures: row.failures,
    nextAttemptAt: isWaiting ? row.next_at.toISOString() : null,
    disabledAt: row.disabled_at?.toISOString() ?? null,
    disabledReason: row.disabled_reason,
  };
}

function deliveryOf(row: DeliveryRow): WebhookDelivery {
  return {
    at: row.at.toISOString(),
    event: encodeChangeCursor(row.event_id),
    kind: row.kind,
    storyId: row.story_id,
    isReplay: row.is_replay,
    status: row.status,
    reason: row.reason,
    durationMs: row.duration_ms,
  };
}

export const addWebhook = async (
  runner: Runner,
  { id, url, kinds, secret }: Parameters<WebhookStore['addWebhook']>[0],
): Promise<WebhookRecord | null> => {
  const [row] = await rowsOf<WebhookRow & Record<string, unknown>>(runner, ADD, [id, storable(url), kinds, secret]);
  return row === undefined ? null : recordOf(row);
};

export async function webhooks(runner: Runner): Promise<WebhookRecord[]> {
  return (await rowsOf<WebhookRow & Record<string, unknown>>(runner, LIST, [])).map(recordOf);
}

export async function webhook(runner: Runner, id: string): Promise<WebhookDetail | null> {
  const [row] = await rowsOf<WebhookRow & Record<string, unknown>>(runner, ONE, [storable(id)]);
  if (row === undefined) return null;
  const deliveries = await rowsOf<DeliveryRow & Record<string, unknown>>(runner, DELIVERIES, [row.id]);
  return { ...recordOf(row), deliveries: deliveries.map(deliveryOf) };
}

export async function removeWebhook(runner: Runner, id: string): Promise<boolean> {
  return (await rowsOf(runner, REMOVE, [storable(id)])).length > 0;
}

export async function enableWebhook(runner: Runner, id: string): Promise<boolean> {
  return (await rowsOf(runner, ENABLE, [storable(id)])).length > 0;
}

export async function pauseWebhook(runner: Runner, id: string): Promise<boolean> {
  return (await rowsOf(runner, PAUSE, [storable(id)])).length > 0;
}

/** Throws `BadCursor`. */
export async function replayChange(runner: Runner, id: string, cursor: string): Promise<boolean> {
  return (await rowsOf(runner, REPLAY, [storable(id), decodeChangeCursor(cursor)])).length > 0;
}
