import type { JobBoard, JobBoardOptions } from './job-board.ts';

/** The two stages of an article. */
export type Stage = 'ingest' | 'cluster';
export const STAGES = ['ingest', 'cluster'] as const satisfies readonly Stage[];

/** All kinds of job: those of articles, and `deliver`, which tells a webhook what happened. Its ids are those of webhooks. */
export type JobKind = Stage | 'deliver';
export const JOB_KINDS = [...STAGES, 'deliver'] as const satisfies readonly JobKind[];
/** All that there are queues for: kinds of job, and the feeds that are looked after again and again. */
export type QueueName = JobKind | 'feeds';

export interface QueueDepth {
  /** Jobs that wait for a worker. */
  waiting: number;
  /** Jobs that a worker holds. */
  active: number;
}

/** A running consumer of one stage. */
export interface Consumer {
  /** Takes no new job, waits for those in hand, then resolves. */
  close(): Promise<void>;
}

/** Handles one job: the ids of up to `JOB_IDS_MAX` articles. A throw means that the job's articles stay with the ledger. */
export type Handler = (articleIds: string[], signal: AbortSignal) => Promise<void>;

/**
 * Hands articles to workers, quickly and without a promise: it may lose everything it holds, because the ledger in the store
 * knows what is unfinished and the sweeper hands it out again.
 */
export interface Queue {
  /** Adds one job for each batch of ids. The same batch may be added twice. */
  add(stage: JobKind, batches: string[][]): Promise<void>;
  /** Starts a consumer that runs up to `concurrency` jobs at once. */
  consume(stage: JobKind, handler: Handler, options: { concurrency: number }): Promise<Consumer>;
  /**
   * Has feeds looked after every `everyMs`, by one of the processes that ask for it, and by the next one where a look takes longer. What
   * is due is the store's to say: a look that is lost, or one too many, does no harm. A queue that lost everything is told again.
   */
  lookAfterFeeds(look: (signal: AbortSignal) => Promise<void>, options: { everyMs: number }): Promise<Consumer>;
  depth(stage: JobKind): Promise<QueueDepth>;
  /** Has bull-board show all queues, to be looked at only. Loads it, which takes a moment. */
  showOn(board: JobBoard, options: JobBoardOptions): Promise<void>;
  /** Closes producers and connections; consumers are closed by their owner before. */
  close(): Promise<void>;
}
