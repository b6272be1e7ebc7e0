import { handOver, JOB_IDS_MAX, type Queue } from '@wirefold/queue';
import { bugDetail, type Events } from '@wirefold/runtime';
import type { FeedClaim, NextPoll, Poll, PolledFeed, Store } from '@wirefold/store';
import type { Fetcher } from '../fetch/fetcher.ts';
import type { PaceSettings } from '../fetch/pace.ts';
import { type Failed, failed } from '../fetch/result.ts';
import { createRobotsDesk } from '../fetch/robots-desk.ts';
import { createDocumentReader } from './document-reader.ts';
import type { FeedFetchOptions } from './feed-fetch.ts';
import { type IntervalSettings, nextAfterFailure, nextPoll } from './interval.ts';
import { CHILDREN_READ_MAX, lookAt, type Polled } from './poll.ts';

/** Feeds that one look polls side by side: a slow site holds up one of so many. */
const FEEDS_AT_ONCE_MAX = 8;

/** A feed whose host was busy is tried again after this. */
const PUT_OFF_MS = 3_000;

export interface FeedsOptions {
  store: Store;
  queue: Queue;
  fetcher: Fetcher;
  events: Pick<Events, 'visited' | 'polled' | 'submitted' | 'bug' | 'queueUnavailable'>;
  settings: PaceSettings & IntervalSettings & { leaseMs: number; feedsEveryMs: number };
  /** Milliseconds from any start; the system's clock where it is left out. */
  now?: () => number;
}

interface FeedStage extends FeedsOptions, FeedFetchOptions {
  events: FeedsOptions['events'];
  fetcher: Fetcher;
  store: Store;
  settings: FeedsOptions['settings'];
  now: () => number;
}

/** Starts polling subscribed feeds: what is due comes from the store, when to look from the queue. */
export async function startFeeds(options: FeedsOptions): Promise<{ close(): Promise<void> }> {
  const now = options.now ?? (() => performance.now());
  const reader = createDocumentReader();
  const stage: FeedStage = { ...options, now, reader, robots: createRobotsDesk({ ...options, now }) };
  // A store that is away is no bug: the next look finds what is due.
  const look = (signal: AbortSignal) =>
    pollDue(stage, signal).catch((cause) => options.events.queueUnavailable({ cause, kind: 'sweep', stage: 'feeds' }));
  const consumer = await options.queue.lookAfterFeeds(look, { everyMs: options.settings.feedsEveryMs });
  return {
    async close() {
      await consumer.close();
      await reader.close();
    },
  };
}

/** Polls until nothing is due. */
async function pollDue(stage: FeedStage, signal: AbortSignal): Promise<void> {
  // A poll may ask for an index and its sitemaps, one after another, each for as long as an article may take.
  const leaseMs = stage.settings.leaseMs * (1 + CHILDREN_READ_MAX);
  const lane = async () => {
    while (!signal.aborted) {
      const claim = await stage.store.claimFeed(leaseMs);
      if (claim === null) return;
      await pollOne(stage, claim, signal);
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: FEEDS_AT_ONCE_MAX }, lane));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}

async function pollOne(stage: FeedStage, claim: FeedClaim, signal: AbortSignal): Promise<void> {
  const { store, now } = stage;
  const startedAt = now();
  let looked: Awaited<ReturnType<typeof lookAt>>;
  try {
    looked = await lookAt(stage, claim, signal);
  } catch (cause) {
    if (signal.aborted) return store.putOffFeed(claim, 0);
    looked = bug(stage, cause);
  }
  if (!looked.ok && !('reason' in looked)) return store.putOffFeed(claim, PUT_OFF_MS);
  const { poll, polled } = await record(stage, claim, looked);
  if (!polled.isRecorded) return;
  await submitted(stage, polled, poll);
  const { fresh, changed } = polled;
  const result = poll.result === 'read' ? (fresh + changed > 0 ? 'new' : 'same') : poll.result;
  const reason = poll.result === 'failed' ? poll.reason : null;
  const facts = { feedId: claim.feedId, url: claim.url, reason, fresh, changed };
  stage.events.polled({ ...facts, result, durationMs: now() - startedAt });
}

/** Where what was read cannot be recorded, that is what is recorded, so that one bad feed does not come again at once. */
async function record(
  stage: FeedStage,
  claim: FeedClaim,
  looked: Polled | Failed,
): Promise<{ poll: Poll; polled: PolledFeed }> {
  const { store } = stage;
  const { poll, decide } = looked.ok ? afterLook(stage, claim, looked) : afterFailure(stage, claim, looked);
  try {
    return { poll, polled: await store.recordPoll(claim, poll, decide) };
  } catch (cause) {
    // With the store away nothing can be said of the feed: its lease runs out.
    await store.ping();
    const failure = afterFailure(stage, claim, bug(stage, cause));
    return { poll: failure.poll, polled: await store.recordPoll(claim, failure.poll, failure.decide) };
  }
}

function bug({ events }: FeedStage, cause: unknown): Failed {
  events.bug({ stage: 'feeds', cause });
  return failed('bug', bugDetail(cause));
}

interface Ended {
  poll: Poll;
  decide: (isChanged: boolean) => NextPoll;
}

function afterLook({ settings }: FeedStage, { intervalMs }: FeedClaim, { poll, wishes }: Polled): Ended {
  const moment = { nowMs: Date.now(), random: Math.random() };
  return { poll, decide: (isChanged) => nextPoll({ intervalMs, isChanged }, wishes, settings, moment) };
}

/** A feed of which the site says that it is gone for good is not asked for again. */
function afterFailure({ settings }: FeedStage, claim: FeedClaim, failure: Failed): Ended {
  const { intervalMs } = claim;
  const isGone = failure.status === 410;
  const { retryAfterMs, detail } = failure;
  return {
    poll: { result: 'failed', reason: isGone ? 'feed-gone' : failure.reason, detail, isPaused: isGone },
    decide: () => nextAfterFailure({ intervalMs, failures: claim.failures + 1, retryAfterMs }, settings),
  };
}

/** Hands over what came with its text; what is to be fetched waits at its host, and is found there. */
async function submitted({ queue, events }: FeedStage, { receipts }: PolledFeed, poll: Poll): Promise<void> {
  if (poll.result !== 'read' || receipts.length === 0) return;
  const accepted = receipts.filter(({ isAccepted }) => isAccepted);
  events.submitted({ accepted: accepted.length, known: receipts.length - accepted.length });
  const isPushed = new Set(
    poll.feed.entries.flatMap(({ submission }) => (submission.pushed === null ? [] : [submission.id])),
  );
  const pushed = accepted.filter(({ id, state }) => state === 'submitted' && isPushed.has(id)).map(({ id }) => id);
  await handOver(queue, 'ingest', pushed, {
    batchIds: JOB_IDS_MAX,
    onError: (cause) => events.queueUnavailable({ cause, stage: 'ingest', articles: pushed.length }),
  });
}
