import type { ExportRow } from '@wirefold/store';
import { COLUMNS } from './columns.ts';

/** One JSON object a line. */
export async function* renderJsonLines(pages: AsyncIterable<ExportRow[]>): AsyncGenerator<string> {
  for await (const rows of pages) {
    const lines = rows.map((row) =>
      JSON.stringify(Object.fromEntries(COLUMNS.map(({ name, cellOf }) => [name, cellOf(row)]))),
    );
    yield lines.map((line) => `${line}\n`).join('');
  }
}
