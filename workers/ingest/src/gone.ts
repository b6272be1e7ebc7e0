import type { Reason } from '@wirefold/queue';
import type { Claim } from '@wirefold/store';
import type { NotIngested } from './reading.ts';
import type { ResultsOptions } from './results.ts';

/** How a page answers that it is not there any more. */
const NOT_THERE: ReadonlySet<Reason> = new Set<Reason>(['http-not-found', 'http-gone', 'http-unavailable-legally']);

/** A 404 may be a fault of the site, in a deployment or a cache: it is believed when it is still one after this time. */
const CONFIRM_AFTER_MS = 600_000;

export interface FailedClaim {
  claim: Claim;
  failure: NotIngested;
  durationMs: number;
}

/**
 * Ends the claims of articles that were read before and whose page says now that it is not there: by a second try where the answer
 * is a first 404, else by marking them.
 * @returns what is a failure like any other, and the ids that cluster has to place
 */
export async function settleGone(
  options: ResultsOptions,
  group: FailedClaim[],
): Promise<{ left: FailedClaim[]; toPlace: string[] }> {
  const isGone = ({ claim, failure }: FailedClaim) => claim.isRead && NOT_THERE.has(failure.reason);
  const isDoubtful = ({ claim, failure: { reason } }: FailedClaim) =>
    reason === 'http-not-found' && claim.lastReason !== reason;
  const gone = group.filter(isGone);
  const doubtful = gone.filter(isDoubtful);
  if (doubtful.length > 0) await tryAgain(options, doubtful);
  const sure = gone.filter((each) => !isDoubtful(each));
  const { marked, toPlace } = sure.length > 0 ? await mark(options, sure) : { marked: new Set<string>(), toPlace: [] };
  const left = group.filter((each) => !isGone(each) || (!isDoubtful(each) && !marked.has(each.claim.articleId)));
  return { left, toPlace };
}

const factsOf = ({ claim: { articleId, url }, failure: { reason, detail }, durationMs }: FailedClaim) => {
  return { stage: 'ingest' as const, articleId, url, reason, detail, durationMs };
};

async function tryAgain({ store, events, settings }: ResultsOptions, doubtful: FailedClaim[]): Promise<void> {
  const afterMs = Math.min(CONFIRM_AFTER_MS, settings.retryMaxMs);
  const endings = doubtful.map(({ claim: { articleId, token }, failure: { reason, detail } }) => {
    return { articleId, token, reason, detail, retryAfterMs: afterMs };
  });
  const counted = new Set(await store.settle('ingest', endings));
  for (const each of doubtful) {
    const { articleId, attempt } = each.claim;
    if (counted.has(articleId)) events.retried({ ...factsOf(each), afterMs, attempt });
  }
}

async function mark({ store, events }: ResultsOptions, sure: FailedClaim[]) {
  const endings = sure.map(({ claim: { articleId, token }, failure: { reason, detail } }) => {
    return { articleId, token, reason, detail };
  });
  const { gone, toPlace } = await store.markGone(endings);
  const marked = new Set(gone);
  for (const each of sure) if (marked.has(each.claim.articleId)) events.rejected(factsOf(each));
  return { marked, toPlace };
}
