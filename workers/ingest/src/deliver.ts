import { setTimeout as sleep } from 'node:timers/promises';
import { type Queue, type RetrySettings, retryDelayMs } from '@wirefold/queue';
import { bugDetail, type Events } from '@wirefold/runtime';
import type { Change, DeliveryResult, WebhookStore, WebhookWork } from '@wirefold/store';
import { Webhook } from 'standardwebhooks';
import type { Fetcher } from './fetch/fetcher.ts';
import type { PostResult } from './fetch/post.ts';

/** Webhooks that are told at once, in one process. */
const DELIVERIES_MAX = 4;
/** Webhooks that one look finds; the next one has the others. */
const WEBHOOKS_AT_ONCE_MAX = 100;
/** Events of one claim, and claims of one job: then it is another webhook's turn. */
const EVENTS_AT_ONCE_MAX = 20;
const CLAIMS_A_JOB_MAX = 5;
/** Failures in a row after which a webhook is told nothing any more: with the usual waits, a day and more after the first. */
const FAILURES_MAX = 40;
const GONE = 410;

export interface DeliverOptions {
  store: WebhookStore;
  queue: Queue;
  fetcher: Pick<Fetcher, 'post'>;
  events: Pick<Events, 'delivered' | 'webhookDisabled' | 'queueUnavailable' | 'bug'>;
  settings: RetrySettings & {
    webhooksEveryMs: number;
    leaseMs: number;
  };
}

/**
 * Tells webhooks what happens to stories. The store knows how far each one is, and who may tell it; the queue only spreads the work.
 * Each event is sent at least once and in order: one that is not taken is sent again, and what comes after it waits.
 */
export async function startDeliver(options: DeliverOptions): Promise<{ close(): Promise<void> }> {
  const { store, queue, events, settings } = options;
  const consumer = await queue.consume(
    'deliver',
    async (ids, signal) => {
      for (const id of ids) await tell(options, id, signal);
    },
    { concurrency: DELIVERIES_MAX },
  );
  const stopping = new AbortController();
  const { signal } = stopping;
  const look = async () => {
    while (!signal.aborted) {
      try {
        const due = await store.dueWebhooks(WEBHOOKS_AT_ONCE_MAX);
        if (due.length > 0)
          await queue.add(
            'deliver',
            due.map((id) => [id]),
          );
      } catch (cause) {
        events.queueUnavailable({ cause, kind: 'sweep', stage: 'deliver' });
      }
      await sleep(settings.webhooksEveryMs, undefined, { signal }).catch(() => undefined);
    }
  };
  const looking = look();
  return {
    async close() {
      stopping.abort();
      await looking;
      await consumer.close();
    },
  };
}

async function tell(options: DeliverOptions, id: string, signal: AbortSignal): Promise<void> {
  const { store, settings } = options;
  for (let claims = 0; claims < CLAIMS_A_JOB_MAX && !signal.aborted; claims++) {
    const work = await store.claimWebhook(id, { leaseMs: settings.leaseMs, limit: EVENTS_AT_ONCE_MAX });
    if (work === null) return;
    const isWell = await deliverAll(options, work, signal);
    await store.leaveWebhook(work);
    if (!isWell) return;
  }
}

/** Whether all was taken. Nothing is begun in the second half of the lease: it would end when another worker may be at it. */
async function deliverAll(options: DeliverOptions, work: WebhookWork, signal: AbortSignal): Promise<boolean> {
  const { store, events, settings } = options;
  const startedAt = performance.now();
  const due = [
    ...work.replays.map((change) => ({ change, isReplay: true })),
    ...work.changes.map((change) => ({ change, isReplay: false })),
  ];
  let failures = work.failures;
  for (const { change, isReplay } of due) {
    if (signal.aborted || performance.now() - startedAt > settings.leaseMs / 2) return false;
    const result = await deliver(options, { ...work, failures }, change, isReplay, signal);
    if (result === null || !(await store.settleDelivery(result))) return false;
    events.delivered({
      webhookId: work.id,
      event: change.cursor,
      reason: result.reason,
      durationMs: result.durationMs,
    });
    const { next } = result;
    if (next !== null && 'disabledReason' in next && !isReplay)
      events.webhookDisabled({ webhookId: work.id, reason: next.disabledReason });
    if (next !== null && !isReplay) return false;
    failures = 0;
  }
  return due.length > 0;
}

/** One attempt; null where it was broken off because the process stops. */
async function deliver(
  { fetcher, events, settings }: DeliverOptions,
  work: WebhookWork,
  change: Change,
  isReplay: boolean,
  signal: AbortSignal,
): Promise<DeliveryResult | null> {
  const startedAt = performance.now();
  let sent: PostResult;
  try {
    sent = await fetcher.post(signedPost(work, change, new Date()), signal);
  } catch (cause) {
    if (signal.aborted) return null;
    events.bug({ stage: 'deliver', cause });
    sent = { ok: false, reason: 'bug', detail: bugDetail(cause), retryAfterMs: null, status: null };
  }
  const { id, token } = work;
  const durationMs = performance.now() - startedAt;
  const reason = sent.ok ? null : sent.reason;
  return {
    id,
    token,
    change,
    isReplay,
    status: sent.status,
    reason,
    durationMs,
    next: nextAfter(sent, work, settings),
  };
}

/** What is sent, by the scheme of standardwebhooks.com: an id that stays the same through all attempts, a time, and a signature of both and the body. */
function signedPost({ url, secret }: WebhookWork, change: Change, at: Date) {
  const body = JSON.stringify({ type: `story.${change.kind}`, timestamp: change.at, data: change });
  const id = `change_${change.cursor}`;
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
  return { url, headers, body };
}

function nextAfter(sent: PostResult, { failures }: WebhookWork, settings: RetrySettings): DeliveryResult['next'] {
  if (sent.ok) return null;
  if (sent.status === GONE) return { disabledReason: 'The receiver answers that it is gone (410).' };
  if (failures + 1 >= FAILURES_MAX)
    return {
      disabledReason: `${FAILURES_MAX} attempts in a row failed, the last one with ${sent.reason}: ${sent.detail}`,
    };
  const delayMs = retryDelayMs(failures + 1, settings.retryBaseMs, settings.retryMaxMs, Math.random());
  return { retryAfterMs: Math.min(Math.max(delayMs, sent.retryAfterMs ?? 0), settings.retryMaxMs) };
}
