import { handOver, JOB_IDS_MAX, type Queue, type RetrySettings, type Stage } from '@wirefold/queue';
import { bugDetail, type Events, settleFailures } from '@wirefold/runtime';
import type { Claim, Receipt, SignedArticle, Store, Unchanged } from '@wirefold/store';
import { type FailedClaim, settleGone } from './gone.ts';
import type { Ingested, NotIngested } from './reading.ts';

/** What the stage needs to write down what came of its claims. */
export interface ResultsOptions {
  store: Store;
  queue: Queue;
  events: IngestEvents;
  settings: RetrySettings;
  /** Aborts when the process stops: what is given back then is for another worker, at once. */
  signal: AbortSignal;
}

export type IngestEvents = Pick<
  Events,
  'visited' | 'ingested' | 'rejected' | 'retried' | 'submitted' | 'swept' | 'queueUnavailable' | 'bug' | 'timed'
>;

/** One claim's end in this stage. */
export interface Result {
  claim: Claim;
  /** Null gives the claim back: it was not worked on. */
  ingested: Ingested | null;
  durationMs: number;
}

export interface Results {
  /** Takes results; they are written soon, together with what else comes until then. */
  give(results: Result[]): void;
  /** Resolves when all that was given is written, rejects when the store would not take it. */
  written(): Promise<void>;
}

/**
 * Writes results as they come. While one group is being written the next one gathers, so that pushed texts go into few
 * transactions and a slow page holds up nobody.
 */
export function collectResults(options: ResultsOptions): Results {
  let pending: Result[] = [];
  let writing: Promise<void> | null = null;

  async function writeAll(): Promise<void> {
    while (pending.length > 0) {
      const group = pending;
      pending = [];
      await write(options, group);
    }
    writing = null;
  }

  return {
    give(results) {
      pending.push(...results);
      if (writing !== null || pending.length === 0) return;
      writing = writeAll();
      // Whoever asks hears of the failure; until then nothing more is written, and the leases run out.
      writing.catch(() => {});
    },
    written: async () => {
      await writing;
    },
  };
}

async function write(options: ResultsOptions, group: Result[]): Promise<void> {
  const signed = group.flatMap(({ claim, ingested, durationMs }) =>
    ingested?.ok && 'signed' in ingested ? [{ claim, signed: ingested.signed, durationMs }] : [],
  );
  const unchanged = group.flatMap(({ claim, ingested, durationMs }) =>
    ingested?.ok && 'unchanged' in ingested ? [{ claim, unchanged: ingested.unchanged, durationMs }] : [],
  );
  const failed = group.flatMap(({ claim, ingested, durationMs }) =>
    ingested !== null && !ingested.ok ? [{ claim, failure: ingested, durationMs }] : [],
  );
  const unworked = group.flatMap(({ claim, ingested }) => (ingested === null ? [claim] : []));
  if (signed.length > 0) await save(options, signed);
  if (unchanged.length > 0) await saveUnchanged(options, unchanged);
  if (failed.length > 0) await settle(options, failed);
  if (unworked.length > 0) await options.store.release(unworked);
}

interface Signed {
  claim: Claim;
  signed: SignedArticle;
  durationMs: number;
}

/** Saves, then hands over. Where a group cannot be saved, each alone, so that one bad article does not hold up the others. */
async function save(options: ResultsOptions, group: Signed[]): Promise<void> {
  const { store, events } = options;
  let written: { saved: string[]; cards: Receipt[] };
  try {
    written = await store.saveSigned(group.map(({ signed }) => signed));
  } catch (cause) {
    // With the store away nothing can be said of the articles: their leases run out and the sweeper hands them out again.
    await store.ping();
    const [first] = group;
    if (group.length > 1) for (const each of group) await save(options, [each]);
    else if (first) await settle(options, [{ ...first, failure: bug(events, first.claim, cause) }]);
    return;
  }
  const saved = new Set(written.saved);
  for (const { claim, signed, durationMs } of group) {
    if (!saved.has(claim.articleId)) continue;
    const { text, cards } = signed;
    events.ingested({ articleId: claim.articleId, url: claim.url, durationMs, words: text.words, cards: cards.length });
  }
  await passOn(options, 'cluster', written.saved);
  await passCardsOn(options, written.cards);
}

interface Known {
  claim: Claim;
  unchanged: Unchanged;
  durationMs: number;
}

/** Ends what is as it was. Only what has no place yet, or is living again, is handed over. */
async function saveUnchanged(options: ResultsOptions, group: Known[]): Promise<void> {
  const written = await options.store.saveUnchanged(group.map(({ unchanged }) => unchanged));
  const saved = new Set(written.saved);
  for (const { claim, unchanged, durationMs } of group) {
    const { articleId, url } = claim;
    if (!saved.has(articleId)) continue;
    options.events.ingested({ articleId, url, durationMs, isUnchanged: true, cards: unchanged.cards.length });
  }
  await passOn(options, 'cluster', written.toPlace);
  await passCardsOn(options, written.cards);
}

async function passCardsOn(options: ResultsOptions, cards: Receipt[]): Promise<void> {
  if (cards.length === 0) return;
  const accepted = cards.filter(({ isAccepted }) => isAccepted);
  options.events.submitted({ accepted: accepted.length, known: cards.length - accepted.length });
  const waiting = accepted.filter(({ state }) => state === 'submitted');
  await passOn(
    options,
    'ingest',
    waiting.map(({ id }) => id),
  );
}

function passOn({ queue, events }: ResultsOptions, stage: Stage, articleIds: string[]): Promise<boolean> {
  return handOver(queue, stage, articleIds, {
    batchIds: JOB_IDS_MAX,
    onError: (cause) => events.queueUnavailable({ cause, stage, articles: articleIds.length }),
  });
}

async function settle(options: ResultsOptions, group: FailedClaim[]): Promise<void> {
  const { left, toPlace } = await settleGone(options, group);
  await passOn(options, 'cluster', toPlace);
  const failures = left.map(({ claim, failure: { reason, detail, retryAfterMs }, durationMs }) => {
    return { claim, reason, detail, retryAfterMs, durationMs };
  });
  await settleFailures(options, 'ingest', failures);
}

/** Reports a bug that one article brought out, and gives it as that article's failure: tried again a few times, then final. */
export function bug(events: Pick<IngestEvents, 'bug'>, claim: Claim, cause: unknown): NotIngested {
  events.bug({ stage: 'ingest', articleId: claim.articleId, cause });
  return { ok: false, reason: 'bug', detail: bugDetail(cause), retryAfterMs: null };
}
