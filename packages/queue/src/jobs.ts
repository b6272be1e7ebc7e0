import { createHash } from 'node:crypto';
import type { JobsOptions } from 'bullmq';
import { z } from 'zod';
import type { JobKind, QueueName } from './queue.ts';

/** Ids in one job. A job of 50 costs about what a job of one does, and a lost one is soon done again. */
export const JOB_IDS_MAX = 50;

// Article ids are hashes; a longer one is not ours.
const ID_LENGTH_MAX = 200;

/**
 * What a job carries: ids, never content, because the store has that and may know better by now. `v` says how to read it; when it
 * changes, the old version is read for one more release.
 */
const payloadSchema = z.strictObject({
  v: z.literal(1),
  ids: z.array(z.string().min(1).max(ID_LENGTH_MAX)).min(1).max(JOB_IDS_MAX),
});
export type JobPayload = z.infer<typeof payloadSchema>;

/**
 * One attempt, because retries belong to the ledger: it knows how often an article failed and for what reason, through any loss of
 * the queue. Nothing is kept of an ended job: a kept one would swallow, without a sign, the next job with its id.
 */
export const JOB_OPTIONS = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const satisfies JobsOptions;

export interface NewJob {
  name: string;
  data: JobPayload;
  opts: JobsOptions & { jobId: string };
}

export function queueName(stage: QueueName): string {
  return `wirefold-${stage}`;
}

/** Start of a queue's Redis keys. The braces are a hash tag: on a cluster a queue is on one node, and two queues may be on two. */
export function redisPrefix(stage: QueueName): string {
  return `{${stage}}`;
}

/** @throws RangeError for a batch that no job can carry: that is a bug of the caller. */
export function newJob(stage: JobKind, ids: string[]): NewJob {
  const payload = payloadSchema.safeParse({ v: 1, ids });
  if (!payload.success) {
    throw new RangeError(`a job carries 1 to ${JOB_IDS_MAX} ids, not ${ids.length} or malformed ones`);
  }
  return { name: stage, data: payload.data, opts: { ...JOB_OPTIONS, jobId: jobId(ids) } };
}

/**
 * The same articles give the same id in any order, so a batch that is added again while it waits stays one job. The letter in
 * front is for BullMQ, which refuses ids of digits alone; a colon would split its Redis keys.
 */
export function jobId(ids: string[]): string {
  return `b${createHash('sha256')
    .update(JSON.stringify([...ids].sort()))
    .digest('hex')
    .slice(0, 32)}`;
}

export type PayloadReading = { ok: true; ids: string[] } | { ok: false; problem: string };

/** Reads what a queue delivered, which another release or another program may have written. */
export function readPayload(data: unknown): PayloadReading {
  const payload = payloadSchema.safeParse(data);
  if (payload.success) return { ok: true, ids: payload.data.ids };
  return { ok: false, problem: z.prettifyError(payload.error) };
}
