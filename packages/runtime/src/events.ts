import type { QueueDepth, QueueName, Reason, Stage } from '@wirefold/queue';
import type {
  History,
  HostAnswer,
  IndexFigures,
  PollResult,
  StageFigures,
  UpkeepFigures,
  Violation,
} from '@wirefold/store';
import type { DestinationStream, Logger } from 'pino';
import { createLogger, type LogLevel } from './logger.ts';
import {
  createMetrics,
  type Metrics,
  reasonLabel,
  setMonitorGauges,
  setQueueGauges,
  setStageGauges,
  type TimedStage,
} from './metrics.ts';

/** One article that left a stage. `durationMs` is the time that this stage took for it, where it was measured. */
interface ArticleFacts {
  stage: Stage;
  articleId: string;
  url?: string | null;
  durationMs?: number;
}

interface FailureFacts extends ArticleFacts {
  reason: Reason;
  detail: string;
}

/** One poll of a feed. */
interface PollFacts {
  feedId: string;
  url: string;
  result: PollResult;
  /** Why it failed; null where it did not. */
  reason: string | null;
  fresh: number;
  changed: number;
  durationMs: number;
}

/** What placing articles did to the stories; a story package's `StoryChanges` is one. */
interface ChangeFacts {
  merged: { from: string; into: string }[];
  events: { kind: string; storyId: string; articleId: string | null }[];
  spellings?: { articleId: string; into: string; sign: string }[];
}

export interface SweepFacts {
  ingest: number;
  cluster: number;
  suspects: number;
  /** Ids of the articles that were given up. */
  lost: string[];
  /** Articles left for a later sweep, because the queue still holds plenty. */
  withheld: number;
}

/** What happened, told once: each function raises the counter and writes the line. */
export interface Events {
  /** For the lines of a process about itself: started, listening, stopped. */
  readonly log: Logger;
  submitted(facts: { accepted: number; known: number }): void;
  /** Ingest is done with an article: fetched, extracted, signed and saved; `isUnchanged` where it is what it was, and nothing was signed. */
  ingested(facts: Omit<ArticleFacts, 'stage'> & { words?: number; cards?: number; isUnchanged?: boolean }): void;
  rejected(facts: FailureFacts): void;
  retried(facts: FailureFacts & { afterMs: number; attempt: number }): void;
  /** Cluster is done with `articles` articles, placed in one batch. */
  clustered(facts: { articles: number; changes: ChangeFacts; durationMs: number }): void;
  /** An article was removed by somebody's wish. */
  removed(facts: { articleId: string; changes: ChangeFacts }): void;
  /** A person decided about stories, or took that back. */
  decided(facts: { decision: number; kind: string; isWithdrawn: boolean; changes: ChangeFacts }): void;
  /** Failed articles are tried again by somebody's wish. */
  replayed(facts: { articles: number }): void;
  timed(stage: TimedStage, durationMs: number): void;
  /** A host was visited. */
  visited(facts: { answer: HostAnswer }): void;
  swept(facts: SweepFacts): void;
  /** The furniture of a source was learned; `isNew` where its articles have to be signed again for it. */
  learned(facts: { source: string; isNew: boolean }): void;
  /** Articles of a source were signed again, and so many of them have another text now. */
  resigned(facts: { source: string; unchanged: number; changed: number }): void;
  /** Texts were deleted that no article prints. */
  textsRemoved(facts: { texts: number }): void;
  /** Texts left the candidate index, because no article brought them for so long. */
  textsExpired(facts: { texts: number }): void;
  /** A round of the upkeep failed; the next one is made all the same. */
  upkeepFailed(facts: { cause: unknown }): void;
  /** The queue failed or is away. Articles wait in the ledger. */
  /** An event was sent to a webhook; `reason` is null where it was taken. */
  delivered(facts: { webhookId: string; event: string; reason: string | null; durationMs: number }): void;
  /** A webhook is told nothing any more. */
  webhookDisabled(facts: { webhookId: string; reason: string }): void;
  queueUnavailable(facts: { cause: unknown; kind?: string; stage?: QueueName; articles?: number }): void;
  /** A feed was polled; `fresh` and `changed` are entries that submitted an article. */
  polled(facts: PollFacts): void;
  /** Something that should not happen did. The article, where there is one, ends by `rejected` or `retried` as well. */
  bug(facts: { stage: string; cause: unknown; articleId?: string }): void;
  answered(facts: { method: string; route: string; status: number; durationMs: number }): void;
  /** The result of an audit of the invariants. */
  audited(violations: Violation[]): void;
  /** Gauges, set when somebody looks. */
  setStageFigures(figures: StageFigures[]): void;
  setMonitorFigures(hour: History, index: IndexFigures): void;
  setUpkeepFigures(figures: UpkeepFigures): void;
  setQueueDepths(depths: Partial<Record<Stage, QueueDepth>>): void;
  /** All series in the Prometheus text format. */
  metricsText(): Promise<string>;
  /** Those that this process counts by itself, without the gauges. */
  processMetricsText(): Promise<string>;
  readonly metricsContentType: string;
}

/** `destination` takes the log lines; standard error where it is not given. */
export function createEvents(options: { level: LogLevel; service: string; destination?: DestinationStream }): Events {
  const log = createLogger(options.level, options.service, options.destination);
  const metrics = createMetrics();
  return {
    log,
    ...articleEvents(log, metrics),
    ...systemEvents(log, metrics),
    ...upkeepEvents(log, metrics),
    setMonitorFigures: (hour, index) => setMonitorGauges(metrics, hour, index),
    setStageFigures: (figures) => setStageGauges(metrics, figures),
    setUpkeepFigures: ({ sourcesDue, articlesStale }) => {
      metrics.sourcesDue.set(sourcesDue);
      metrics.articlesStale.set(articlesStale);
    },
    setQueueDepths: (depths) => setQueueGauges(metrics, depths),
    metricsText: async () => `${await metrics.counted.metrics()}\n${await metrics.looked.metrics()}`,
    processMetricsText: () => metrics.counted.metrics(),
    metricsContentType: metrics.counted.contentType,
  };
}

type ArticleEvents = Pick<
  Events,
  | 'submitted'
  | 'ingested'
  | 'rejected'
  | 'retried'
  | 'clustered'
  | 'removed'
  | 'decided'
  | 'replayed'
  | 'timed'
  | 'visited'
>;

function articleEvents(log: Logger, metrics: Metrics): ArticleEvents {
  const timed = (stage: TimedStage, durationMs: number) => metrics.durations.observe({ stage }, durationMs / 1000);
  // The one place that counts how articles leave a stage.
  const ended = (stage: Stage, outcome: string, reason: string, articles: number) =>
    metrics.outcomes.inc({ stage, outcome, reason }, articles);
  const failed = (outcome: 'rejected' | 'retry', facts: FailureFacts) => {
    ended(facts.stage, outcome, reasonLabel(facts.reason), 1);
    if (facts.durationMs !== undefined) timed(facts.stage, facts.durationMs);
  };
  return {
    timed,
    visited: ({ answer }) => metrics.visits.inc({ answer }),
    submitted(facts) {
      metrics.submissions.inc({ known: 'false' }, facts.accepted);
      metrics.submissions.inc({ known: 'true' }, facts.known);
      log.info(facts, 'submitted');
    },
    ingested(facts) {
      ended('ingest', 'done', '', 1);
      if (facts.durationMs !== undefined) timed('ingest', facts.durationMs);
      log.debug(facts, 'ingested');
    },
    rejected(facts) {
      failed('rejected', facts);
      log.warn(facts, 'rejected');
    },
    retried(facts) {
      failed('retry', facts);
      log.info(facts, 'retried');
    },
    clustered({ articles, changes, durationMs }) {
      ended('cluster', 'done', '', articles);
      timed('cluster', durationMs);
      for (const { kind } of changes.events) metrics.storyChanges.inc({ kind });
      log.debug({ articles, changes: changes.events, durationMs }, 'clustered');
      for (const merge of changes.merged) log.info(merge, 'stories merged');
      for (const spelling of changes.spellings ?? []) log.info(spelling, 'article ended as a spelling');
    },
    removed({ articleId, changes }) {
      metrics.removed.inc();
      for (const { kind } of changes.events) metrics.storyChanges.inc({ kind });
      log.info({ articleId, changes: changes.events }, 'removed');
    },
    decided({ decision, kind, isWithdrawn, changes }) {
      metrics.decided.inc({ kind, withdrawn: String(isWithdrawn) });
      for (const { kind: change } of changes.events) metrics.storyChanges.inc({ kind: change });
      log.info({ decision, kind, isWithdrawn, changes: changes.events }, 'decided by hand');
    },
    replayed(facts) {
      metrics.replayed.inc(facts.articles);
      log.info(facts, 'failed articles tried again');
    },
  };
}

type UpkeepEvents = Pick<Events, 'learned' | 'resigned' | 'textsRemoved' | 'textsExpired' | 'upkeepFailed'>;

function upkeepEvents(log: Logger, metrics: Metrics): UpkeepEvents {
  return {
    learned(facts) {
      metrics.learned.inc({ new: String(facts.isNew) });
      log.debug(facts, 'source learned');
    },
    resigned(facts) {
      metrics.resigned.inc({ text: 'unchanged' }, facts.unchanged);
      metrics.resigned.inc({ text: 'changed' }, facts.changed);
      log.info(facts, 'articles signed again');
    },
    textsRemoved(facts) {
      metrics.textsRemoved.inc(facts.texts);
      log.debug(facts, 'texts removed');
    },
    textsExpired(facts) {
      metrics.textsExpired.inc(facts.texts);
      log.debug(facts, 'texts left the index');
    },
    upkeepFailed({ cause }) {
      metrics.upkeepFailures.inc();
      log.warn({ err: cause }, 'upkeep failed');
    },
  };
}

type SystemEvents = Pick<
  Events,
  'swept' | 'polled' | 'queueUnavailable' | 'delivered' | 'webhookDisabled' | 'bug' | 'answered' | 'audited'
>;

function systemEvents(log: Logger, metrics: Metrics): SystemEvents {
  return {
    swept(facts) {
      metrics.swept.inc({ stage: 'ingest' }, facts.ingest);
      metrics.swept.inc({ stage: 'cluster' }, facts.cluster);
      metrics.lost.inc(facts.lost.length);
      if (facts.lost.length > 0) log.error(facts, 'articles given up');
      else if (facts.ingest + facts.cluster + facts.suspects > 0) log.info(facts, 'handed out again');
    },
    polled(facts) {
      const { result, fresh, changed } = facts;
      metrics.polls.inc({ result, reason: facts.reason === null ? '' : reasonLabel(facts.reason) });
      metrics.feedEntries.inc({ known: 'false' }, fresh);
      metrics.feedEntries.inc({ known: 'true' }, changed);
      log[result === 'failed' ? 'warn' : 'debug'](facts, 'feed polled');
    },
    queueUnavailable({ cause, kind = 'unavailable', ...facts }) {
      metrics.queueErrors.inc({ kind });
      log.warn({ ...facts, kind, err: cause }, 'queue error');
    },
    delivered(facts) {
      metrics.deliveries.inc({ reason: facts.reason === null ? '' : reasonLabel(facts.reason) });
      log.debug(facts, 'delivered');
    },
    webhookDisabled(facts) {
      log.warn(facts, 'webhook disabled');
    },
    bug({ cause, ...facts }) {
      metrics.bugs.inc({ stage: facts.stage });
      log.error({ ...facts, err: cause }, 'bug');
    },
    answered({ method, route, status, durationMs }) {
      metrics.requests.inc({ method, route, status: String(status) });
      metrics.requestDurations.observe({ route }, durationMs / 1000);
      log.debug({ method, route, status, durationMs }, 'answered');
    },
    audited(violations) {
      metrics.violations.reset();
      for (const { invariant } of violations) metrics.violations.inc({ invariant });
      for (const violation of violations) log.error(violation, 'invariant violated');
    },
  };
}
