import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { decodePage, pageKind, savedFrom } from '@wirefold/article';
import { linesOf, plain } from './lines.ts';
import type { ArchivedPage } from './warc-pages.ts';

/** A page as a file; a larger one is cut long before by whoever reads it. */
const FILE_BYTES_MAX = 32 * 2 ** 20;
/** Standard input has no address of its own. */
const STDIN_URL = 'file:///dev/stdin';

/** What an input holds: a page, a line that should hold one, or what is wrong with it. `name` says where it came from. */
export type Input =
  | { kind: 'page'; name: string; url: string; html: string; fetchedAt: string | null }
  | { kind: 'line'; name: string; number: number; text: string | null }
  | Exclude<ArchivedPage, { kind: 'page' }>;

/**
 * All pages of files, `-` for standard input, in order. A file that cannot be read is a problem, and does not end the reading.
 * @param isArchive whether a file holds WARC records
 */
export async function* readInputs(
  files: readonly string[],
  stdin: Readable,
  isArchive: (file: string) => boolean,
): AsyncGenerator<Input> {
  for (const file of files) {
    const isStdin = file === '-';
    const name = isStdin ? 'standard input' : file;
    try {
      const url = isStdin ? STDIN_URL : pathToFileURL(path.resolve(file)).href;
      const prefix = files.length > 1 ? `${name}: ` : '';
      // Opened last: a file that is missing says so to who reads it.
      const archive = isArchive(file) ? await import('./warc-pages.ts') : null;
      const stream = isStdin ? stdin : createReadStream(file);
      if (archive === null) yield* readInput(stream, name, url, prefix);
      else for await (const page of archive.archivedPages(stream, prefix)) yield inputOf(page);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      const hint = error.code === 'EISDIR' ? `; give its files: wirefold extract ${path.join(file, '*.html')}` : '';
      yield { kind: 'problem', problem: `cannot read ${name}: ${error.message}${hint}` };
    }
  }
}

function inputOf(page: ArchivedPage): Input {
  if (page.kind !== 'page') return page;
  const { url, html, fetchedAt } = page;
  return { kind: 'page', name: url, url, html, fetchedAt };
}

async function* readInput(stream: Readable, name: string, url: string, prefix: string): AsyncGenerator<Input> {
  const chunks = plain(stream)[Symbol.asyncIterator]();
  const head: Buffer[] = [];
  let mark = -1;
  // The first byte that is no white space tells lines of JSON from a page.
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    head.push(next.value);
    mark = next.value.findIndex((byte) => byte > SPACE && !BYTE_ORDER_MARK.includes(byte));
    if (mark >= 0) break;
  }
  const rest = async function* () {
    yield* head;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  };
  if (head.at(-1)?.[mark] === OBJECT) {
    for await (const { number, text } of linesOf(rest())) yield { kind: 'line', name: prefix, number, text };
    return;
  }
  yield await readPageFile(rest(), name, url);
}

const SPACE = 0x20;
const OBJECT = 0x7b;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

async function readPageFile(chunks: AsyncIterable<Buffer>, name: string, url: string): Promise<Input> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > FILE_BYTES_MAX) return problem(name, `is larger than ${FILE_BYTES_MAX} bytes, and no page is`);
    parts.push(chunk);
  }
  const bytes = Buffer.concat(parts);
  const isNamed = /\.x?html?(?:\.gz)?$/i.test(name);
  const kind = pageKind(null, bytes);
  if (length === 0) return problem(name, 'is empty; save the page again');
  if (kind === 'other') return problem(name, `is no HTML page; save the page itself, or give ${JSON_LINES}`);
  if (kind === 'text' && !isNamed)
    return problem(
      name,
      `is a text and no HTML page; \`wirefold cluster\` takes texts, and this command ${JSON_LINES}`,
    );
  const { html } = decodePage(bytes, null);
  return { kind: 'page', name, url: savedFrom(html) ?? url, html, fetchedAt: null };
}

const JSON_LINES = 'JSON lines {id?, url, html}';
const problem = (name: string, what: string): Input => ({ kind: 'problem', problem: `${name} ${what}` });
