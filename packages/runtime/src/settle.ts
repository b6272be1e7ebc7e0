import { outcomeAfter, type Reason, type RetrySettings, type Stage } from '@wirefold/queue';
import type { Claim, Ending, Store } from '@wirefold/store';
import type { Events } from './events.ts';

/** Enough of a stack to find the place; the message before it may hold a whole statement with its values. */
const BUG_DETAIL_CHARS_MAX = 4_000;

/** How one claim failed in a stage. */
export interface Failure {
  claim: Claim;
  reason: Reason;
  detail: string;
  /** The wait that the site asked for, in milliseconds. */
  retryAfterMs: number | null;
  durationMs?: number;
}

/** What is kept of the cause of a bug. */
export function bugDetail(cause: unknown): string {
  const detail = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  return detail.slice(0, BUG_DETAIL_CHARS_MAX);
}

/** Ends a stage by failure or retry, as the reasons say, and counts only what counted in the ledger. */
export async function settleFailures(
  { store, events, settings }: { store: Store; events: Pick<Events, 'rejected' | 'retried'>; settings: RetrySettings },
  stage: Stage,
  failures: Failure[],
): Promise<void> {
  const ended = failures.map(({ claim, reason, detail, retryAfterMs, durationMs }) => {
    const outcome = outcomeAfter(reason, claim.attempt, settings, Math.random(), { detail, retryAfterMs });
    return { claim, durationMs, outcome };
  });
  const endings = ended.map(({ claim, outcome }): Ending => {
    const { reason, detail } = outcome;
    const retryAfterMs = outcome.kind === 'retry' ? outcome.afterMs : null;
    return { articleId: claim.articleId, token: claim.token, reason, detail, retryAfterMs };
  });
  const counted = new Set(await store.settle(stage, endings));
  for (const { claim, durationMs, outcome } of ended) {
    const { articleId, url, attempt } = claim;
    if (!counted.has(articleId)) continue;
    const { reason, detail } = outcome;
    const facts = { stage, articleId, url, reason, detail, ...(durationMs === undefined ? {} : { durationMs }) };
    if (outcome.kind === 'retry') events.retried({ ...facts, afterMs: outcome.afterMs, attempt });
    else events.rejected(facts);
  }
}
