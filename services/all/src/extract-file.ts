import { readFile } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import { type Article, decodePage, type Reading, readPage } from '@wirefold/article';
import { z } from 'zod';
import { EXIT, type ExitCode } from './exit-code.ts';
import { readJsonLine, rowWriter } from './json-lines.ts';
import { linesOf } from './lines.ts';

/** A line of `wirefold extract --jsonl`. */
const EXPECTED = 'an object {id?, url, html}';
const lineSchema = z.object({ id: z.union([z.string(), z.number()]).optional(), url: z.url(), html: z.string() });

/** What is printed for one page; an article's fields, or the reason why the page is not one. */
type Extracted =
  | { id?: string | number; title: string; body: string; [field: string]: unknown }
  | { id?: string | number; url: string; reason: string; detail: string };

/** Extracts one HTML file and prints the article as JSON. */
export async function extractFile(
  { file, url, seenAt }: { file: string; url: string; seenAt: string },
  output: Writable,
): Promise<ExitCode> {
  const bytes = await readFile(file);
  const reading = readPage({ html: decodePage(bytes, null).html, url, seenAt });
  output.write(`${JSON.stringify(extracted(reading, url), null, 2)}\n`);
  return reading.ok ? EXIT.ok : EXIT.someBad;
}

/** Extracts pages from JSON lines `{id?, url, html}`; bad lines are named by number, counted and skipped. */
export async function extractLines(
  input: Readable,
  output: Writable,
  progress: Writable,
  seenAt: string,
): Promise<ExitCode> {
  const count = { pages: 0, notArticles: 0, bad: 0 };
  const writer = rowWriter(output);
  for await (const { number, text } of linesOf(input)) {
    const line = readJsonLine(text, lineSchema, EXPECTED);
    if (!line.ok) {
      count.bad++;
      progress.write(`wirefold: line ${number}: ${line.problem}\n`);
      continue;
    }
    const { id, url, html } = line.value;
    const reading = readPage({ html, url, seenAt });
    count.pages++;
    if (!reading.ok) count.notArticles++;
    if (!(await writer.write({ ...(id === undefined ? {} : { id }), ...extracted(reading, url) }))) break;
  }
  progress.write(`wirefold: ${count.pages} pages, ${count.notArticles} not articles, ${count.bad} bad lines\n`);
  return count.bad > 0 ? EXIT.someBad : EXIT.ok;
}

function extracted(reading: Reading, url: string): Extracted {
  return reading.ok ? fieldsOf(reading.article) : { url, reason: reading.reason, detail: reading.detail };
}

function fieldsOf(article: Article) {
  return {
    title: article.title,
    body: article.body,
    byline: article.byline,
    published: article.published,
    language: article.language,
    source: article.source.key,
    canonicalUrl: article.declaredCanonicalUrl ?? article.url,
    image: article.image,
    dateline: article.credit.dateline?.text ?? null,
    agency: article.credit.agency?.name ?? null,
  };
}
