import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { z } from 'zod';

export type LineReading<T> = { ok: true; value: T } | { ok: false; problem: string };

/** Reads one line of JSON by its schema. A problem says what the line should have been, `expected`; null is a line too long to read. */
export function readJsonLine<T>(text: string | null, schema: z.ZodType<T>, expected: string): LineReading<T> {
  if (text === null) return { ok: false, problem: `is too long; expected ${expected}` };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, problem: `is not JSON; expected ${expected}` };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? 'the line' : `"${issue.path.join('.')}"`;
  return { ok: false, problem: `${where}: ${issue?.message}; expected ${expected}` };
}

/** Writes rows as JSON lines, as fast as they are read. */
export interface RowWriter {
  /** Resolves with false when the reader has gone away (`| head`): that ends the writing, and is no failure. */
  write(row: object): Promise<boolean>;
  /** The same for rows that are text already, each with its line end. */
  writeText(text: string): Promise<boolean>;
}

export function rowWriter(output: Writable): RowWriter {
  let isOpen = true;
  output.on('error', () => {
    isOpen = false;
  });
  const writeText = async (text: string) => {
    if (isOpen && !output.write(text)) {
      // A stream that breaks emits `close` after `error`: either way there is nothing to wait for any more.
      const over = new AbortController();
      const events = ['drain', 'close'].map((event) => once(output, event, { signal: over.signal }));
      await Promise.race(events).catch(() => {});
      // The one that did not come would listen for ever.
      over.abort();
      await Promise.allSettled(events);
    }
    return isOpen;
  };
  return { write: (row) => writeText(`${JSON.stringify(row)}\n`), writeText };
}
