import type { ReadBatch } from './batch-read.ts';
import { DIGEST_PARTS, IDENTITY_PARTS } from './batch-read.ts';
import { type ReadRows, sharedFloat64, sharedUint32 } from './batch-shared.ts';

/** What the main thread keeps of each row beside what is shared. */
export interface Rows extends ReadRows {
  identities: Uint32Array;
  digests: Uint32Array;
  lineLengths: Uint32Array;
  /** Keys of the sources by number. */
  sourceKeys: string[];
  /** The rows were read in pieces of neighbours, which lie together in the spills; where each begins, in rows and in bytes. */
  pieces: { from: number; to: number; linesStart: number }[];
}

/** Collects rows as they are read. */
export interface RowCollector {
  add(batch: ReadBatch): void;
  rows(): Rows;
}

const ROWS_AT_START = 1 << 12;

export function createRowCollector(): RowCollector {
  const identities = createColumn(sharedUint32);
  const digests = createColumn(sharedUint32);
  const sources = createColumn(sharedUint32);
  const lineLengths = createColumn(sharedUint32);
  const readingStarts = createColumn(sharedFloat64);
  const readingLengths = createColumn(sharedUint32);
  const numberOfSource = new Map<string, number>();
  const pieces: Rows['pieces'] = [];
  let count = 0;
  return {
    add(batch) {
      const numbers = batch.sourceKeys.map((key) => {
        const number = numberOfSource.get(key) ?? numberOfSource.size;
        numberOfSource.set(key, number);
        return number;
      });
      identities.append(batch.identities);
      digests.append(batch.digests);
      sources.append(batch.sources.map((source) => numbers[source] as number));
      lineLengths.append(batch.lineLengths);
      readingStarts.append(startsOf(batch.readingLengths, batch.readingsStart));
      readingLengths.append(batch.readingLengths);
      if (batch.count > 0) pieces.push({ from: count, to: count + batch.count, linesStart: batch.linesStart });
      count += batch.count;
    },
    rows: () => ({
      count,
      identities: identities.view(count * IDENTITY_PARTS),
      digests: digests.view(count * DIGEST_PARTS),
      sources: sources.view(count),
      lineLengths: lineLengths.view(count),
      readingStarts: readingStarts.view(count),
      readingLengths: readingLengths.view(count),
      sourceKeys: [...numberOfSource.keys()],
      pieces,
    }),
  };
}

function startsOf(lengths: Uint32Array, from: number): Float64Array {
  let start = from;
  return Float64Array.from(lengths, (length) => {
    start += length;
    return start - length;
  });
}

/** A column that grows, in memory that threads can share. */
function createColumn<Values extends Uint32Array | Float64Array>(make: (count: number) => Values) {
  let values = make(ROWS_AT_START);
  let length = 0;
  return {
    append(more: ArrayLike<number>): void {
      if (length + more.length > values.length) {
        const larger = make(Math.max(values.length * 2, length + more.length));
        larger.set(values.subarray(0, length));
        values = larger;
      }
      values.set(more, length);
      length += more.length;
    },
    view: (count: number) => values.subarray(0, count) as Values,
  };
}
