import { Worker as Thread } from 'node:worker_threads';
import { createWorker, type Jobs } from './batch-jobs.ts';
import type { BatchContext, Share } from './batch-shared.ts';
import type { Answer, Order } from './batch-worker.ts';

/** Jobs that a thread is given beyond the one it works on, so that it need not wait for the next. */
const JOBS_AHEAD = 1;

/** Does jobs in the main thread, and in threads of their own once these were started. */
export interface Pool {
  run<Kind extends keyof Jobs>(kind: Kind, input: Parameters<Jobs[Kind]>[0]): Promise<ReturnType<Jobs[Kind]>>;
  share(share: Share): void;
  /** How many jobs to hand in at once. */
  width(): number;
  /** Starts the threads. Jobs are done in the main thread until the first one is up. */
  start(): void;
  close(): Promise<void>;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

interface Started {
  thread: Thread;
  isUp: boolean;
  jobs: Map<number, Waiting>;
}

/** @param threads with 1, everything is done in the main thread */
export function createPool(threads: number, context: BatchContext): Pool {
  const own = createWorker(context);
  const started: Started[] = [];
  const shares: Share[] = [];
  let numbers = 0;
  const freest = () =>
    started
      .filter(({ isUp }) => isUp)
      .reduce<Started | null>((a, b) => (a && a.jobs.size <= b.jobs.size ? a : b), null);
  return {
    run<Kind extends keyof Jobs>(kind: Kind, input: Parameters<Jobs[Kind]>[0]) {
      type Result = ReturnType<Jobs[Kind]>;
      return new Promise<Result>((resolve, reject) => {
        const chosen = freest();
        if (chosen === null) {
          // Between two jobs the threads get a chance to say that they are up.
          setImmediate(() => {
            try {
              resolve((own.jobs[kind] as (given: typeof input) => Result)(input));
            } catch (error) {
              reject(error as Error);
            }
          });
          return;
        }
        const number = ++numbers;
        chosen.jobs.set(number, { resolve: (result) => resolve(result as Result), reject });
        chosen.thread.postMessage({ number, kind, input } as Order);
      });
    },
    share(share) {
      shares.push(share);
      own.share(share);
      for (const { thread } of started) thread.postMessage({ share } satisfies Order);
    },
    width: () => (freest() === null ? 1 : started.length * (1 + JOBS_AHEAD)),
    start() {
      if (threads < 2 || started.length > 0) return;
      for (let at = 0; at < threads; at++) started.push(startThread(context, shares));
    },
    async close() {
      await Promise.all(started.map(({ thread }) => thread.terminate()));
    },
  };
}

function startThread(context: BatchContext, shares: Share[]): Started {
  const thread = new Thread(new URL('./batch-worker.mjs', import.meta.url), { workerData: context });
  const started: Started = { thread, isUp: false, jobs: new Map() };
  for (const share of shares) thread.postMessage({ share } satisfies Order);
  thread.on('message', (answer: Answer | 'up') => {
    if (answer === 'up') {
      started.isUp = true;
      return;
    }
    const waiting = started.jobs.get(answer.number);
    started.jobs.delete(answer.number);
    if (answer.ok) waiting?.resolve(answer.result);
    else waiting?.reject(Object.assign(new Error(answer.message), { stack: answer.stack, code: answer.code }));
  });
  const fail = (error: Error) => {
    started.isUp = false;
    for (const { reject } of started.jobs.values()) reject(error);
    started.jobs.clear();
  };
  thread.on('error', fail);
  thread.on('exit', (code) => fail(new Error(`A thread ended with ${code}.`)));
  return started;
}

/** Runs jobs at most `width` at once, and takes their results in the order of the jobs. */
export async function inOrder<Job, Result>(
  jobs: AsyncIterable<Job> | Iterable<Job>,
  width: () => number,
  run: (job: Job) => Promise<Result>,
  take: (result: Result, job: Job) => void,
): Promise<void> {
  const running: { job: Job; result: Promise<Result> }[] = [];
  const takeFirst = async () => {
    const first = running.shift();
    if (first !== undefined) take(await first.result, first.job);
  };
  for await (const job of jobs) {
    const result = run(job);
    // It is awaited in its turn; until then a failure is nobody's.
    result.catch(() => {});
    running.push({ job, result });
    while (running.length >= width()) await takeFirst();
  }
  while (running.length > 0) await takeFirst();
}
