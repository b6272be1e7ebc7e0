/** A text as the candidate index knows it. */
interface IndexedText {
  id: number | string;
  version: number;
  keys: Uint32Array;
}

/** The rows that these texts have in the candidate index, as columns: versions, keys (signed, as the column is), ids of texts. */
export function sampleRows(texts: IndexedText[]): [number[], number[], (number | string)[]] {
  const versions: number[] = [];
  const keys: number[] = [];
  const ids: (number | string)[] = [];
  for (const text of texts) {
    for (const key of text.keys) {
      versions.push(text.version);
      keys.push(key | 0);
      ids.push(text.id);
    }
  }
  return [versions, keys, ids];
}
