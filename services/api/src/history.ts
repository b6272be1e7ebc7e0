import type { History, HistoryQuery, Store } from '@wirefold/store';
import { HISTORY_EVERY_MS } from './limits.ts';

/** Reads the history; what was read a moment ago for the same question is given again. */
export function createHistory(
  store: Pick<Store, 'history'>,
  now: () => Date,
): (query: HistoryQuery) => Promise<History> {
  let asked: { key: string; at: number; answer: Promise<History> }[] = [];
  return (query) => {
    const at = now().getTime();
    const key = JSON.stringify([query.hours, query.stage]);
    asked = asked.filter((each) => at - each.at < HISTORY_EVERY_MS);
    const recent = asked.find((each) => each.key === key);
    if (recent !== undefined) return recent.answer;
    const answer = store.history(query);
    const entry = { key, at, answer };
    asked.push(entry);
    // A failure is no answer for whoever asks next.
    answer.catch(() => {
      asked = asked.filter((each) => each !== entry);
    });
    return answer;
  };
}
