import type { ArchivedPage } from './warc-pages.ts';

/** Answers that were failures are named up to here, and then only counted. */
const PASSED_NAMED_MAX = 20;

/** Counts what is passed over in archives, by its word, and names what failed. */
export function countPassed(say: (text: string) => void): {
  add(passed: Extract<ArchivedPage, { kind: 'passed' }>): void;
  /** Says the counts, where there are any. */
  tell(): void;
} {
  const counts = new Map<string, number>();
  let named = 0;
  return {
    add({ word, problem }) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
      if (problem !== null && ++named <= PASSED_NAMED_MAX) say(problem);
    },
    tell() {
      const told = [...counts].sort().map(([word, count]) => `${count} ${word}`);
      if (told.length > 0) say(`passed over: ${told.join(', ')}`);
    },
  };
}
