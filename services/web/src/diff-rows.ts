import type { CopyOperation } from '@wirefold/story';

/** A paragraph of two copies: as both print it, or as each of them does. */
export type DiffRow = { kind: 'same'; text: string } | { kind: 'changed'; a: CopyOperation[]; b: CopyOperation[] };

/** Between the paragraphs of a body. */
const PARAGRAPH_END = '\n\n';

/** The steps from one copy to another, cut into paragraphs; rows stand in the order of the texts. `before` is the body of the first. */
export function rowsOf(operations: readonly CopyOperation[], before: string): DiffRow[] {
  const rows: DiffRow[] = [];
  let row: CopyOperation[] = [];
  const close = () => {
    const text = row.map((operation) => operation.text).join('');
    if (row.some(({ kind }) => kind !== 'kept')) {
      rows.push({
        kind: 'changed',
        a: row.filter(({ kind }) => kind !== 'added'),
        b: row.filter(({ kind }) => kind !== 'removed'),
      });
    } else if (text.trim() !== '') rows.push({ kind: 'same', text: text.trim() });
    row = [];
  };
  for (const operation of operations) {
    if (operation.kind !== 'kept') {
      row.push(operation);
      continue;
    }
    if (row.at(-1)?.text.endsWith(PARAGRAPH_END)) close();
    operation.text.split(PARAGRAPH_END).forEach((text, index) => {
      if (index > 0) close();
      if (text !== '') row.push({ ...operation, text });
    });
    // What is kept reads as in the second copy, which may end here while the first goes on with another paragraph.
    if (before.slice(operation.a.start, operation.a.end).endsWith(PARAGRAPH_END)) close();
  }
  close();
  return rows;
}
