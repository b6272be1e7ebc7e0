import { parentPort } from 'node:worker_threads';
import type { ReadDocument } from './document.ts';
import { type ReadOptions, readDocument } from './read-document.ts';

/** What the thread is asked, and what it says: first that it is up, then an answer to each question. */
export interface Question extends ReadOptions {
  text: string;
}
export type Said = 'up' | ReadDocument;

parentPort?.on('message', ({ text, ...options }: Question) => {
  parentPort?.postMessage(readDocument(text, options) satisfies Said);
});
parentPort?.postMessage('up' satisfies Said);
