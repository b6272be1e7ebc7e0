import type { StoryEventKind } from '@wirefold/story';
import { decodeChangeCursor, encodeChangeCursor } from '../cursor.ts';
import { type Runner, rowsOf } from '../transaction.ts';
import type { DeliveryResult, WebhookWork } from '../webhooks.ts';
import { type ChangeRow, changeOf, changes } from './change-log.ts';
import { DELIVERIES_KEPT_MAX } from './webhooks.ts';

/** Events that are sent again, in one claim; the next one has the others. */
const REPLAYS_AT_ONCE_MAX = 20;

const IS_DUE = `
  (w.lease_until is null or w.lease_until < now())
  and (exists (select from webhook_replay r where r.webhook_id = w.id)
    or w.disabled_at is null and w.next_at <= now() and w.delivered_to < (select max(id) from story_event))`;

const DUE = {
  name: 'deliveries_due',
  text: `select w.id from webhook w where ${IS_DUE} order by w.next_at, w.id limit $1`,
};
const CLAIM = {
  name: 'deliveries_claim',
  text: `
    update webhook w set token = w.token + 1, lease_until = now() + $2 * interval '1 millisecond'
    where w.id = $1 and ${IS_DUE}
    returning w.id, w.token, w.url, w.secret, w.failures, w.kinds, w.delivered_to, w.disabled_at is null and w.next_at <= now() as is_ready`,
};
const REPLAYS = {
  name: 'deliveries_replays',
  text: `
    select e.id, e.at, e.kind, e.story_id, e.article_id, e.detail from webhook_replay r join story_event e on e.id = r.event_id
    where r.webhook_id = $1 order by e.id limit ${REPLAYS_AT_ONCE_MAX}`,
};
// What was pruned since it was asked for cannot be sent.
const FORGET_PRUNED = {
  name: 'deliveries_forget_pruned',
  text: `
    delete from webhook_replay r where r.webhook_id = $1
      and not exists (select from story_event e where e.id = r.event_id)`,
};
const MOVE = {
  name: 'deliveries_move',
  text: 'update webhook set delivered_to = greatest(delivered_to, $3::bigint) where id = $1 and token = $2',
};
const LEAVE = {
  name: 'deliveries_leave',
  text: 'update webhook set lease_until = null where id = $1 and token = $2',
};
const SETTLE = {
  name: 'deliveries_settle',
  text: `
    update webhook set
      delivered_to = case when $3 then greatest(delivered_to, $4::bigint) else delivered_to end,
      failures = case when $3 then 0 when $5 then failures else failures + 1 end,
      next_at = case when $6::bigint is null then next_at else now() + $6 * interval '1 millisecond' end,
      disabled_at = case when $7::text is null then disabled_at else now() end,
      disabled_reason = coalesce($7, disabled_reason)
    where id = $1 and token = $2
    returning id`,
};
const FORGET_REPLAY = {
  name: 'deliveries_forget_replay',
  text: 'delete from webhook_replay where webhook_id = $1 and event_id = $2',
};
const KEEP = {
  name: 'deliveries_keep',
  text: `
    insert into webhook_delivery (webhook_id, event_id, kind, story_id, is_replay, status, reason, duration_ms)
    values ($1, $2, $3, $4, $5, $6, $7, $8)`,
};
const TRIM = {
  name: 'deliveries_trim',
  text: `
    delete from webhook_delivery where webhook_id = $1 and id <= (
      select id from webhook_delivery where webhook_id = $1 order by id desc offset ${DELIVERIES_KEPT_MAX} limit 1)`,
};

interface ClaimRow {
  id: string;
  token: string;
  url: string;
  secret: string;
  failures: number;
  kinds: StoryEventKind[] | null;
  delivered_to: string;
  is_ready: boolean;
}

export async function dueWebhooks(runner: Runner, limit: number): Promise<string[]> {
  return (await rowsOf<{ id: string }>(runner, DUE, [limit])).map(({ id }) => id);
}

/** In one transaction. */
export async function claimWebhook(
  runner: Runner,
  id: string,
  { leaseMs, limit }: { leaseMs: number; limit: number },
): Promise<WebhookWork | null> {
  const [row] = await rowsOf<ClaimRow & Record<string, unknown>>(runner, CLAIM, [id, leaseMs]);
  if (row === undefined) return null;
  await rowsOf(runner, FORGET_PRUNED, [id]);
  const replays = await rowsOf<ChangeRow & Record<string, unknown>>(runner, REPLAYS, [id]);
  const found = row.is_ready ? await eventsFor(runner, row, limit) : [];
  const { token, url, secret, failures } = row;
  return { id, token: Number(token), url, secret, failures, replays: replays.map(changeOf), changes: found };
}

/** What is due; where nothing of it is wanted, the mark moves past it at once. */
async function eventsFor(runner: Runner, { id, token, kinds, delivered_to }: ClaimRow, limit: number) {
  const query = { kinds, limit };
  const page =
    (await changes(runner, { ...query, after: encodeChangeCursor(delivered_to) })) ??
    // The log does not go back so far any more: from where it does.
    (await changes(runner, { ...query, after: 'start' }));
  if (page === null) return [];
  if (page.changes.length === 0) await rowsOf(runner, MOVE, [id, token, decodeChangeCursor(page.nextCursor)]);
  return page.changes;
}

/** In one transaction. */
export async function settleDelivery(runner: Runner, result: DeliveryResult): Promise<boolean> {
  const { id, token, change, isReplay, status, reason, durationMs, next } = result;
  const eventId = decodeChangeCursor(change.cursor);
  const isTaken = reason === null && !isReplay;
  const retryMs = next !== null && 'retryAfterMs' in next && !isReplay ? next.retryAfterMs : null;
  const disabled = next !== null && 'disabledReason' in next && !isReplay ? next.disabledReason : null;
  const values = [id, token, isTaken, eventId, isReplay, retryMs, disabled];
  if ((await rowsOf(runner, SETTLE, values)).length === 0) return false;
  if (isReplay) await rowsOf(runner, FORGET_REPLAY, [id, eventId]);
  await rowsOf(runner, KEEP, [
    id,
    eventId,
    change.kind,
    change.storyId,
    isReplay,
    status,
    reason,
    Math.round(durationMs),
  ]);
  await rowsOf(runner, TRIM, [id]);
  return true;
}

export async function leaveWebhook(runner: Runner, { id, token }: Pick<WebhookWork, 'id' | 'token'>): Promise<void> {
  await rowsOf(runner, LEAVE, [id, token]);
}
