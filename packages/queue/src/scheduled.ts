import { setTimeout as sleep } from 'node:timers/promises';
import type { JobSchedulerTemplateOptions } from 'bullmq';
import { JOB_OPTIONS, type JobPayload } from './jobs.ts';
import type { QueueName } from './queue.ts';
import { answered } from './within.ts';

/** A queue that lost everything is told again within this time. */
const WATCH_EVERY_MS = 5_000;

/** A run that is overdue by this many times its pause is taken for lost, where it is overdue by a minute as well. */
const OVERDUE_TIMES = 10;
const OVERDUE_MS = 60_000;

/** The parts of BullMQ's queue that keep its job schedulers. */
export interface Schedules {
  upsertJobScheduler(
    id: string,
    repeat: { every: number },
    template: { name: string; data: JobPayload; opts: JobSchedulerTemplateOptions },
  ): Promise<unknown>;
  getJobScheduler(id: string): Promise<{ next?: number } | undefined>;
}

interface ScheduleParts {
  stage: QueueName;
  everyMs: number;
  callMs: number;
  onError: (error: Error) => void;
}

/** Keeps one job scheduler of BullMQ's in a queue, which makes a job every `everyMs`, and puts it back where the queue has lost it. */
export function keepScheduled(producer: Schedules, parts: ScheduleParts): { stop(): Promise<void> } {
  const { stage, everyMs, callMs, onError } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;
  const put = () => {
    const template = { name: stage, data: { v: 1 as const, ids: [stage] }, opts: JOB_OPTIONS };
    return answered(producer.upsertJobScheduler(stage, { every: everyMs }, template), callMs);
  };
  const check = async () => {
    const found = await answered(producer.getJobScheduler(stage), callMs);
    const overdueMs = Date.now() - (found?.next ?? 0);
    if (found === undefined || overdueMs > Math.max(OVERDUE_TIMES * everyMs, OVERDUE_MS)) await put();
  };
  const watch = async () => {
    let act: () => Promise<unknown> = put;
    while (!signal.aborted) {
      try {
        await act();
        act = check;
      } catch (error) {
        onError(error instanceof Error ? error : new Error(String(error)));
      }
      await sleep(WATCH_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  };
  const ended = watch();
  return {
    stop() {
      stopping.abort();
      return ended;
    },
  };
}
