export type { OnQueueError, QueueErrorFacts, QueueTimes } from './bullmq.ts';
export { handOver } from './hand-over.ts';
export type { JobBoard, JobBoardOptions } from './job-board.ts';
export { JOB_IDS_MAX } from './jobs.ts';
export { type Outcome, REASONS, type Reason } from './outcome.ts';
export { openPostgresQueue } from './postgres.ts';
export {
  type Consumer,
  type Handler,
  type JobKind,
  type Queue,
  type QueueDepth,
  type QueueName,
  STAGES,
  type Stage,
} from './queue.ts';
export { openRedisQueue } from './redis.ts';
export { outcomeAfter, type RetryEvidence, type RetrySettings, retryDelayMs } from './retry.ts';
export { type Sweeper, type SweeperOptions, type Swept, startSweeper, type Unfinished } from './sweeper.ts';
