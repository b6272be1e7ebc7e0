import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { comparisonText, decodePage, type Reading, readPage, readText } from '@wirefold/article';
import { type SignedText, sign } from '@wirefold/dedup';
import type { PrintedCopy } from '@wirefold/story';
import { type BatchLine, batchLineSchema } from './batch-line.ts';
import { readJsonLine } from './json-lines.ts';

/** An article made ready for comparing, and what it is called. */
export interface ExplainInput {
  /** What it says of itself. */
  about: {
    name: string;
    title: string | null;
    source: string | null;
    /** Why the service would not take it: then nothing of it is compared. */
    refused: { reason: string; detail: string } | null;
  };
  text: SignedText;
  /** As it was printed; null where it was refused. */
  copy: PrintedCopy | null;
}

export type InputReading = { ok: true; input: ExplainInput } | { ok: false; problem: string };

/** A line of `wirefold cluster` may be as long; an article is not. */
const FILE_BYTES_MAX = 16 * 2 ** 20;
const EXPECTED = 'an object {title?, text, source?, url?, published?}';

/**
 * Reads a file as `cluster` reads a line: HTML as a page, JSON as one line, anything else as a text. Throws what the file system throws.
 * @param seenAt resolves relative times
 */
export async function readInput(file: string, seenAt: string): Promise<InputReading> {
  const { size } = await stat(file);
  if (size > FILE_BYTES_MAX) return { ok: false, problem: `${file} is larger than ${FILE_BYTES_MAX} bytes` };
  const bytes = await readFile(file);
  const kind = path.extname(file).toLowerCase();
  if (kind === '.html' || kind === '.htm') {
    // The address that it was saved from is not known; what follows from it, source and credit, is not compared.
    const reading = readPage({ html: decodePage(bytes, null).html, url: pathToFileURL(file).href, seenAt });
    return { ok: true, input: inputOf(file, reading, null) };
  }
  if (bytes.includes(0)) return { ok: false, problem: `${file} is not text in UTF-8: it holds a zero byte` };
  const text = new TextDecoder().decode(bytes);
  if (kind !== '.json') return { ok: true, input: inputOfLine(file, { text }, seenAt) };
  const line = readJsonLine(text, batchLineSchema, EXPECTED);
  return line.ok
    ? { ok: true, input: inputOfLine(file, line.value, seenAt) }
    : { ok: false, problem: `${file}: ${line.problem}` };
}

function inputOfLine(name: string, line: BatchLine, seenAt: string): ExplainInput {
  const { url = null, source = null, title = null, published = null, text } = line;
  const reading = readText({ title, text, source, url, published, seenAt, isCard: true, wantsLanguage: false });
  return inputOf(name, reading, source);
}

function inputOf(name: string, reading: Reading, source: string | null): ExplainInput {
  if (!reading.ok) {
    const { reason, detail } = reading;
    return { about: { name, title: null, source, refused: { reason, detail } }, text: sign(''), copy: null };
  }
  const { title, body, boilerplate } = reading.article;
  const text = sign(comparisonText(body, boilerplate).text);
  return { about: { name, title, source, refused: null }, text, copy: reading.article };
}
