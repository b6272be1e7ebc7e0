import { parentPort, workerData } from 'node:worker_threads';
import { createWorker, type Jobs } from './batch-jobs.ts';
import type { BatchContext, Share } from './batch-shared.ts';

/** What a thread is told: something that is shared, or a job with a number that its answer carries. */
export type Order = { share: Share } | { number: number; kind: keyof Jobs; input: never };

/** A job's answer, or why it failed: an error loses its code on the way between threads. */
export type Answer =
  | { number: number; ok: true; result: unknown }
  | { number: number; ok: false; message: string; stack: string | undefined; code: string | undefined };

const worker = createWorker(workerData as BatchContext);

parentPort?.postMessage('up');
parentPort?.on('message', (order: Order) => {
  if ('share' in order) worker.share(order.share);
  else parentPort?.postMessage(answer(order));
});

function answer({ number, kind, input }: Exclude<Order, { share: Share }>): Answer {
  try {
    return { number, ok: true, result: worker.jobs[kind](input) };
  } catch (error) {
    const { message, stack, code } = error as NodeJS.ErrnoException;
    return { number, ok: false, message, stack, code };
  }
}
