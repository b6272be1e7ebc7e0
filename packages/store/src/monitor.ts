import type { HostFigures } from './hosts.ts';
import type { StoreStage } from './store.ts';

/** How a stage stands, from the ledger. */
export interface StageFigures {
  stage: StoreStage;
  /** Articles that entered and left this stage, ever. */
  in: number;
  out: number;
  /** Entered and left in the last minute. */
  inLastMinute: number;
  outLastMinute: number;
  backlog: number;
  retrying: number;
  /** Age of the article that has waited longest, in milliseconds; null where none waits. */
  oldestAgeMs: number | null;
  /** Articles that stand as failed now, by reason, with one example each. */
  failures: { reason: string; count: number; exampleId: string }[];
}

/** A host and why articles of it stand as failed now. */
export interface HostDetail extends HostFigures {
  failures: HostFailure[];
}

/** Articles of one host that stand as failed now, for one reason. */
export interface HostFailure {
  reason: string;
  count: number;
  exampleId: string;
}

/** Failed articles that are to be tried again, the oldest ids first. */
export interface ReplayQuery {
  /** Of this reason. */
  reason: string;
  /** Of this host; null for all. */
  host: string | null;
  limit: number;
}

/** An article that waits again, from the stage where it failed. */
export interface Replayed {
  id: string;
  stage: StoreStage;
  /** Whether its content came with it, so that nothing has to be fetched. */
  isPushed: boolean;
}

/** What the search for copies of one text came to. */
export interface Looked {
  /** Texts that share a key with it. */
  candidates: number;
  /** Those of them whose comparison said that they belong together. */
  linked: number;
}

export interface HistoryQuery {
  /** How far back, at most 90 days. */
  hours: number;
  /** Null for both. */
  stage: StoreStage | null;
}

/** A distribution, from a histogram with bounds a factor of √2 apart; the quantiles are at most so far off. `mean` is exact. */
export interface Spread {
  count: number;
  mean: number;
  p50: number;
  p95: number;
  p99: number;
}

/** One step of a stage's history. */
export interface HistoryPoint {
  /** ISO time of its beginning. */
  at: string;
  in: number;
  /** Left by any outcome; `rejected` is part of it, `retried` is not. */
  out: number;
  rejected: number;
  retried: number;
  /** The most that waited, and the greatest age, of the looks within it; null where nobody looked. */
  backlog: number | null;
  oldestAgeMs: number | null;
  /** From when an article was due to when a worker took it, and from then on; of those that left. Null where none did. */
  waitMs: Spread | null;
  runMs: Spread | null;
}

export interface History {
  hours: number;
  stepMinutes: number;
  stages: { stage: StoreStage; waitMs: Spread | null; runMs: Spread | null; points: HistoryPoint[] }[];
  /** From the submission of an article to its first story. */
  submittedToStoryMs: Spread | null;
  /** Candidates that a text had, and how many of them were links. */
  candidates: Spread | null;
  linked: Spread | null;
  /** How articles left the stages, and what happened to stories (`event`), the most frequent first. */
  outcomes: { stage: StoreStage; outcome: string; reason: string; count: number }[];
}

/** Articles of one stage, reason and host that stand as failed now. `host` is null for pushed content. */
export interface FailureGroup {
  stage: StoreStage;
  reason: string;
  host: string | null;
  count: number;
  exampleId: string;
}

export interface FailureQuery {
  reason: string;
  limit: number;
}

/** A failed article with its cause. */
export interface Quarantined {
  id: string;
  url: string | null;
  stage: StoreStage;
  detail: string | null;
  endedAt: string | null;
}

/** How the candidate index and what it leads to are: few candidates for each text, and no story that swallows others. */
export interface IndexFigures {
  /** Texts that share the most frequent key, as the statistics of the database estimate it; null where it has none yet. */
  largestBucket: number | null;
  /** The largest live story; null where none has eight articles. */
  largestStory: { id: string; copies: number } | null;
}

/** The questions of the monitor, and what it may do. Part of the store. */
export interface MonitorStore {
  /** Any host that was ever asked, by its name; null for any other. */
  host(name: string): Promise<HostDetail | null>;
  /** The largest groups first. */
  failureGroups(limit: number): Promise<FailureGroup[]>;
  /** Failed articles of a reason, the latest first. */
  failuresOf(query: FailureQuery): Promise<Quarantined[]>;
  indexFigures(): Promise<IndexFigures>;
  history(query: HistoryQuery): Promise<History>;
  /** Once a minute over all processes: notes what waits, and makes hours of minutes that are older than two days. Says whether it did. */
  keepHistory(): Promise<boolean>;
  /** Tries failed articles again, as if they had been submitted again. */
  replay(query: ReplayQuery): Promise<Replayed[]>;
  /** The same for one article; null where there is none, empty where it did not fail. */
  replayOne(articleId: string): Promise<Replayed[] | null>;
}
