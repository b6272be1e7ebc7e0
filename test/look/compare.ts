import { diffArrays } from 'diff';

/** The time of a comparison grows with the number of differences; texts that differ in more have little in common. */
const EDITS_MAX = 6000;

/** A run of words that both texts have, that only the result has (`extra`), or only the gold text (`missing`). */
export interface Run {
  kind: 'common' | 'extra' | 'missing';
  text: string;
}

export interface Compared {
  runs: Run[];
  /** Words. */
  missing: number;
  extra: number;
}

const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/** Sets a result against a gold text, word by word. */
export function compare(result: string, gold: string): Compared {
  const [words, wanted] = [wordsOf(result), wordsOf(gold)];
  const changes = diffArrays(wanted, words, { maxEditLength: EDITS_MAX }) ?? [
    { added: false, removed: true, value: wanted },
    { added: true, removed: false, value: words },
  ];
  const runs = changes.map(({ added, removed, value }): Run => {
    return { kind: added ? 'extra' : removed ? 'missing' : 'common', text: value.join(' ') };
  });
  const count = (kind: Run['kind']): number =>
    runs.reduce((sum, run) => sum + (run.kind === kind ? wordsOf(run.text).length : 0), 0);
  return { runs, missing: count('missing'), extra: count('extra') };
}
