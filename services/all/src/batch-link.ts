import { type CandidateTable, createCandidateWalk, judgeLink } from '@wirefold/dedup';
import type { BatchTexts } from './batch-texts.ts';

/** Candidates, and which texts are connected so far: all threads read and write the same memory. */
export interface LinkState {
  table: CandidateTable;
  parents: Int32Array;
}

/** Pairs of candidates, and those of them that were compared word by word. */
export interface LinkCount {
  candidates: number;
  compared: number;
}

/** Compares the candidates of rows `from` to `to` that are not yet connected, which is enough to find what is connected. */
export function createLinker({ table, parents }: LinkState, texts: BatchTexts) {
  const candidatesOf = createCandidateWalk(table);
  return ({ from, to }: { from: number; to: number }): LinkCount => {
    const count: LinkCount = { candidates: 0, compared: 0 };
    for (let row = from; row < to; row++) {
      for (const other of candidatesOf(row)) {
        count.candidates++;
        if (rootOf(parents, row) === rootOf(parents, other)) continue;
        count.compared++;
        if (judgeLink(texts.at(row).text, texts.at(other).text).linked) connect(parents, row, other);
      }
    }
    return count;
  };
}

/**
 * Union-find that threads share (Anderson and Woll 1991, without ranks): a root points at itself, and only ever comes to point at a
 * smaller row, so that a value that is read late still leads to the same root.
 */
export function rootOf(parents: Int32Array, row: number): number {
  let at = row;
  for (;;) {
    const parent = Atomics.load(parents, at);
    if (parent === at) return at;
    const above = Atomics.load(parents, parent);
    if (above !== parent) Atomics.compareExchange(parents, at, parent, above);
    at = above;
  }
}

function connect(parents: Int32Array, a: number, b: number): void {
  for (;;) {
    const [x, y] = [rootOf(parents, a), rootOf(parents, b)];
    if (x === y) return;
    const [small, large] = x < y ? [x, y] : [y, x];
    if (Atomics.compareExchange(parents, large, large, small) === large) return;
  }
}
