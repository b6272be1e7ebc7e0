import type { ExportRow } from '@wirefold/store';
import { type Options, stringify } from 'csv-stringify/sync';
import { type Cell, COLUMNS } from './columns.ts';

const SPLIT_FORMULA = /[;\t\r\n](?=[" ]*[=+\-@])/g;

/**
 * RFC 4180. A cell that a spreadsheet would compute begins with an apostrophe instead, which tells it that this is text. The same
 * stands within a text where a spreadsheet that splits at another character than the comma would begin a cell.
 */
const OPTIONS: Options = {
  record_delimiter: '\r\n',
  escape_formulas: true,
  cast: { boolean: String, string: (text) => text.replace(SPLIT_FORMULA, "$&'") },
};

/** CSV in UTF-8 with a line of names; empty where there is nothing, several names in one cell apart by `; `. */
export async function* renderCsv(pages: AsyncIterable<ExportRow[]>): AsyncGenerator<string> {
  yield stringify([COLUMNS.map(({ name }) => name)], OPTIONS);
  for await (const rows of pages)
    yield stringify(
      rows.map((row) => COLUMNS.map(({ cellOf }) => textOf(cellOf(row)))),
      OPTIONS,
    );
}

function textOf(cell: Cell): Cell {
  return Array.isArray(cell) ? cell.join('; ') : cell;
}
