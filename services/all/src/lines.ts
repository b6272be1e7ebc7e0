import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Longest line, in bytes: the longest article is far below, and a file without line ends must not fill the memory. */
const LINE_BYTES_MAX = 16 * 2 ** 20;
const NEWLINE = 0x0a;
const GZIP_MAGIC = [0x1f, 0x8b];

/** A line that is not blank. `text` is null for one that is too long to read; `number` counts from 1, blank lines too. */
export interface Line {
  number: number;
  text: string | null;
}

/** The lines of a stream of UTF-8, plain or gzip (told by its first bytes). Throws what the stream throws, or a zlib error. */
export async function* linesOf(input: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  const decoder = new TextDecoder();
  let number = 0;
  let parts: Buffer[] = [];
  let bytes = 0;
  const take = (): Line | null => {
    number++;
    const text = bytes > LINE_BYTES_MAX ? null : decoder.decode(Buffer.concat(parts));
    parts = [];
    bytes = 0;
    return text?.trim() === '' ? null : { number, text };
  };
  const keep = (part: Buffer) => {
    bytes += part.length;
    if (bytes <= LINE_BYTES_MAX) parts.push(part);
    else parts = [];
  };
  for await (const chunk of plain(input)) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      keep(chunk.subarray(from, at));
      from = at + 1;
      const line = take();
      if (line !== null) yield line;
    }
    keep(chunk.subarray(from));
  }
  const last = bytes > 0 ? take() : null;
  if (last !== null) yield last;
}

/** The bytes as they are, or what is packed in them. */
export async function* plain(input: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const chunks = input[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done) return;
  async function* whole() {
    yield first.value as Buffer;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  }
  if (GZIP_MAGIC.every((byte, at) => first.value[at] === byte)) {
    const gunzip = createGunzip();
    const source = Readable.from(whole());
    source.on('error', (error) => gunzip.destroy(error));
    yield* source.pipe(gunzip);
  } else yield* whole();
}
