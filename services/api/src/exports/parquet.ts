import type { ExportRow } from '@wirefold/store';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { EXPORT_GROUP_ROWS } from '../limits.ts';
import { type Cell, COLUMNS, type Column } from './columns.ts';

type SchemaElement = ParquetWriter['schema'][number];

/** What Parquet calls each type; everything may be missing. */
const TYPES: Record<Exclude<Column['type'], 'texts'>, Omit<SchemaElement, 'name'>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  time: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
  integer: { type: 'INT64' },
  share: { type: 'DOUBLE' },
  flag: { type: 'BOOLEAN' },
};

const SCHEMA: SchemaElement[] = [
  { name: 'root', num_children: COLUMNS.length },
  ...COLUMNS.flatMap(({ name, type }): SchemaElement[] =>
    type === 'texts'
      ? [
          { name, converted_type: 'LIST', repetition_type: 'OPTIONAL', num_children: 1 },
          { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
          { name: 'element', repetition_type: 'OPTIONAL', ...TYPES.text },
        ]
      : [{ name, repetition_type: 'OPTIONAL', ...TYPES[type] }],
  ),
];

/**
 * A Parquet file with Snappy inside, row group by row group, so that no more than one is in memory. What is kept of a group until the
 * end is its part of the footer, some 2 kB.
 */
export async function* renderParquet(pages: AsyncIterable<ExportRow[]>): AsyncGenerator<Uint8Array> {
  const bytes = new ByteWriter();
  const file = new ParquetWriter({ writer: bytes, schema: SCHEMA, createdBy: 'wirefold' });
  let group: ExportRow[] = [];
  for await (const rows of pages) {
    group.push(...rows);
    if (group.length < EXPORT_GROUP_ROWS) continue;
    await writeGroup(file, group);
    group = [];
    yield taken(bytes);
  }
  if (group.length > 0) await writeGroup(file, group);
  await file.finish();
  yield taken(bytes);
}

async function writeGroup(file: ParquetWriter, rows: ExportRow[]): Promise<void> {
  const columnData = COLUMNS.map(({ name, type, cellOf }) => ({
    name,
    data: rows.map((row) => inFile(type, cellOf(row))),
  }));
  await file.write({ columnData, rowGroupSize: rows.length });
}

function inFile(type: Column['type'], cell: Cell): Cell | Date | bigint {
  if (type === 'time' && typeof cell === 'string') return new Date(cell);
  return type === 'integer' && typeof cell === 'number' ? BigInt(cell) : cell;
}

/** What was written since the last time; the offsets within the file go on. */
function taken(bytes: ByteWriter): Uint8Array {
  const written = new Uint8Array(bytes.getBuffer());
  bytes.index = 0;
  return written;
}
