import { Worker as Thread } from 'node:worker_threads';
import type { ReadDocument } from './document.ts';
import type { ReadOptions } from './read-document.ts';
import type { Question, Said } from './reading-thread.ts';

/** A feed of 2 MiB with 3,000 entries takes 1.5 s of processor time; some that were made for it take any time. */
const READ_DEADLINE_MS = 10_000;

/** Loading the parsers waits for a core, as everything does that this process starts with. */
const START_DEADLINE_MS = 60_000;

/** A sitemap of 16 MiB with 58,000 URLs is read within it. */
const THREAD_MEMORY_MB_MAX = 256;

/** What a document is; `late` where the deadline ended the reading, `failed` where the thread ended by itself, for its memory. */
export type DocumentReading = ReadDocument | { kind: 'late' } | { kind: 'failed'; detail: string };

export interface DocumentReader {
  /** Reads documents one after another. */
  read(text: string, options: ReadOptions): Promise<DocumentReading>;
  close(): Promise<void>;
}

/** Reads documents in a thread of its own, which is ended where it is late or takes too much memory; the next one has a new thread. */
export function createDocumentReader(deadlineMs = READ_DEADLINE_MS): DocumentReader {
  let thread: Thread | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function end(): Promise<void> {
    const ended = thread;
    thread = null;
    await ended?.terminate();
  }

  async function answer(question: Question): Promise<DocumentReading> {
    if (thread === null) {
      thread = startThread();
      const up = await nextWord(thread, START_DEADLINE_MS);
      if (up !== 'up') {
        await end();
        throw new Error('the thread that reads feeds did not start', { cause: up });
      }
    }
    const said = nextWord(thread, deadlineMs);
    thread.postMessage(question);
    const word = await said;
    if (word !== 'up' && word.kind !== 'late' && word.kind !== 'failed') return word;
    await end();
    return word === 'up' ? { kind: 'failed', detail: 'out of turn' } : word;
  }

  return {
    read(text, options) {
      const reading = last.then(() => answer({ text, ...options }));
      last = reading.catch(() => undefined);
      return reading;
    },
    async close() {
      await last;
      await end();
    },
  };
}

function startThread(): Thread {
  const thread = new Thread(new URL('./reading-thread.mjs', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: THREAD_MEMORY_MB_MAX },
  });
  // An idle thread must not keep a process alive that is done.
  thread.unref();
  thread.on('error', () => {});
  return thread;
}

/** The next thing that the thread says, or how it ended, or that it was late. */
function nextWord(thread: Thread, ms: number): Promise<Said | { kind: 'late' } | { kind: 'failed'; detail: string }> {
  return new Promise((resolve) => {
    const done = (word: Awaited<ReturnType<typeof nextWord>>) => {
      clearTimeout(timer);
      thread.off('message', done).off('error', onError).off('exit', onExit);
      resolve(word);
    };
    const onError = (error: Error) =>
      done({ kind: 'failed', detail: 'code' in error ? String(error.code) : error.name });
    const onExit = (code: number) => done({ kind: 'failed', detail: `the thread ended with ${code}` });
    const timer = setTimeout(() => done({ kind: 'late' }), ms);
    thread.once('message', done).once('error', onError).once('exit', onExit);
  });
}
