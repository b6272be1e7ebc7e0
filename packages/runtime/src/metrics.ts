import { type QueueDepth, REASONS, STAGES, type Stage } from '@wirefold/queue';
import type { History, IndexFigures, Spread, StageFigures } from '@wirefold/store';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Where time is measured: the two jobs and the stages inside them. */
export type TimedStage = Stage | 'fetch' | 'extract' | 'sign' | 'match' | 'assign';

// From one comparison (1 ms) to a fetch that ran into its deadline (30 s) and beyond.
const DURATION_BUCKETS_S = [0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
// The loop's delay is sampled this often: prom-client's own 10 ms would wake an idle process a hundred times a second.
const LOOP_SAMPLE_MS = 100;

export type Metrics = ReturnType<typeof createMetrics>;

/** Makes series of each kind, with our prefix: what a process counts in one registry, what is looked up in the store in another. */
function makersOf(counted: Registry, looked: Registry) {
  const registers = [counted];
  return {
    counter: <L extends string>(name: string, help: string, labelNames: L[]) =>
      new Counter({ name: `wirefold_${name}`, help, labelNames, registers }),
    gauge: <L extends string>(name: string, help: string, labelNames: L[]) =>
      new Gauge({ name: `wirefold_${name}`, help, labelNames, registers: [looked] }),
    histogram: <L extends string>(name: string, help: string, labelNames: L[]) =>
      new Histogram({ name: `wirefold_${name}`, help, labelNames, buckets: DURATION_BUCKETS_S, registers }),
  };
}

/**
 * The series of one process. Labels take few values; urls and ids never stand in a label. `counted` is what this process knows by itself,
 * `looked` what somebody has to look up for all.
 */
export function createMetrics() {
  const counted = new Registry();
  const looked = new Registry();
  collectDefaultMetrics({ register: counted, eventLoopMonitoringPrecision: LOOP_SAMPLE_MS });
  const { counter, gauge, histogram } = makersOf(counted, looked);
  return {
    counted,
    looked,
    submissions: counter('submissions_total', 'Submitted articles; known ones made no work.', ['known']),
    outcomes: counter('stage_outcomes_total', 'Articles that left a stage.', ['stage', 'outcome', 'reason']),
    durations: histogram('stage_duration_seconds', 'Time that a stage took, for one article or one batch.', ['stage']),
    storyChanges: counter('story_changes_total', 'What happened to stories.', ['kind']),
    removed: counter('removed_articles_total', 'Articles that were removed on request.', []),
    decided: counter('decisions_total', 'Decisions of people about stories, made or withdrawn.', ['kind', 'withdrawn']),
    replayed: counter('replayed_articles_total', 'Failed articles that were tried again on request.', []),
    swept: counter('swept_articles_total', 'Articles that the sweeper handed out again.', ['stage']),
    lost: counter('lost_articles_total', 'Articles given up because workers kept ending while they held them.', []),
    learned: counter('sources_learned_total', 'Times that the furniture of a source was learned.', ['new']),
    resigned: counter('resigned_articles_total', 'Articles that were signed again.', ['text']),
    visits: counter('host_visits_total', 'Fetches, by how the host answered.', ['answer']),
    polls: counter('feed_polls_total', 'Polls of feeds.', ['result', 'reason']),
    feedEntries: counter('feed_entries_total', 'Entries of feeds that submitted an article.', ['known']),
    textsRemoved: counter('texts_removed_total', 'Texts that no article prints any more.', []),
    textsExpired: counter('texts_expired_total', 'Texts that left the candidate index for their age.', []),
    sourcesDue: gauge('due_sources', 'Sources that changed since their furniture was learned.', []),
    articlesStale: gauge('stale_articles', 'Articles that have to be signed again.', []),
    upkeepFailures: counter('upkeep_failures_total', 'Rounds of the upkeep that failed.', []),
    deliveries: counter('webhook_deliveries_total', 'Events sent to webhooks; no reason where they were taken.', [
      'reason',
    ]),
    bugs: counter('bugs_total', 'Unexpected failures.', ['stage']),
    queueErrors: counter('queue_errors_total', 'Queue errors; the ledger keeps the articles.', ['kind']),
    requests: counter('http_requests_total', 'Answered requests.', ['method', 'route', 'status']),
    requestDurations: histogram('http_request_duration_seconds', 'Time to answer a request.', ['route']),
    backlog: gauge('backlog_articles', 'Articles that wait for a stage, the retrying ones included.', ['stage']),
    retrying: gauge('retrying_articles', 'Articles that wait for another attempt.', ['stage']),
    oldestAge: gauge('oldest_age_seconds', 'Age of the article that has waited longest; 0 where none waits.', [
      'stage',
    ]),
    failed: gauge('failed_articles', 'Articles that stand as failed now.', ['stage', 'reason']),
    waits: gauge('stage_wait_seconds', 'From when an article was due to its claim, of the last hour, all processes.', [
      'stage',
      'quantile',
    ]),
    runs: gauge('stage_run_seconds', 'From claim to outcome, of the last hour, all processes.', ['stage', 'quantile']),
    submittedToStory: gauge('submitted_to_story_seconds', 'From submission to the first story, of the last hour.', [
      'quantile',
    ]),
    candidates: gauge('text_candidates', 'Candidates that a text had, of the last hour.', ['quantile']),
    linkedShare: gauge(
      'linked_share',
      'Share of the candidates of the last hour that were links; 0 where none was.',
      [],
    ),
    largestStory: gauge('largest_story_articles', 'Articles of the largest story; 0 where none has eight.', []),
    largestBucket: gauge('largest_bucket_texts', 'Texts that share the most frequent key, estimated.', []),
    jobs: gauge('queue_jobs', 'Jobs that the queue holds.', ['stage', 'state']),
    violations: gauge('invariant_violations', 'Invariants of the store that do not hold now; 0 is healthy.', [
      'invariant',
    ]),
  };
}

/** Sets the gauges of the stages to what the store says now. */
export function setStageGauges(metrics: Metrics, figures: StageFigures[]): void {
  metrics.failed.reset();
  for (const { stage, backlog, retrying, oldestAgeMs, failures } of figures) {
    metrics.backlog.set({ stage }, backlog);
    metrics.retrying.set({ stage }, retrying);
    metrics.oldestAge.set({ stage }, (oldestAgeMs ?? 0) / 1000);
    for (const { reason, count } of failures) metrics.failed.set({ stage, reason }, count);
  }
}

/** Sets the gauges of what the last hour was like, and of the index. Those without an article in the last hour are left out. */
export function setMonitorGauges(metrics: Metrics, hour: History, index: IndexFigures): void {
  for (const gauge of [metrics.waits, metrics.runs, metrics.submittedToStory, metrics.candidates]) gauge.reset();
  for (const { stage, waitMs, runMs } of hour.stages) {
    for (const [quantile, ms] of quantilesOf(waitMs)) metrics.waits.set({ stage, quantile }, ms / 1000);
    for (const [quantile, ms] of quantilesOf(runMs)) metrics.runs.set({ stage, quantile }, ms / 1000);
  }
  for (const [quantile, ms] of quantilesOf(hour.submittedToStoryMs))
    metrics.submittedToStory.set({ quantile }, ms / 1000);
  for (const [quantile, texts] of quantilesOf(hour.candidates)) metrics.candidates.set({ quantile }, texts);
  const { candidates, linked } = hour;
  metrics.linkedShare.set(candidates?.mean && linked ? linked.mean / candidates.mean : 0);
  metrics.largestStory.set(index.largestStory?.copies ?? 0);
  metrics.largestBucket.set(index.largestBucket ?? 0);
}

function quantilesOf(spread: Spread | null): [quantile: string, value: number][] {
  if (spread === null) return [];
  return [
    ['0.5', spread.p50],
    ['0.95', spread.p95],
    ['0.99', spread.p99],
  ];
}

export function setQueueGauges(metrics: Metrics, depths: Partial<Record<Stage, QueueDepth>>): void {
  for (const stage of STAGES) {
    const depth = depths[stage];
    if (depth === undefined) continue;
    metrics.jobs.set({ stage, state: 'waiting' }, depth.waiting);
    metrics.jobs.set({ stage, state: 'active' }, depth.active);
  }
}

/** The label of a reason: one word of the list, whatever the store holds from an earlier release. */
export function reasonLabel(reason: string): string {
  return Object.hasOwn(REASONS, reason) ? reason : 'other';
}
