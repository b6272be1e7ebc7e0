import type { Readable, Writable } from 'node:stream';
import { type Article, explainPage, type Page, type PageExplanation } from '@wirefold/article';
import { z } from 'zod';
import { EXIT, type ExitCode } from './exit-code.ts';
import { addressesOf } from './extract-addresses.ts';
import { type Input, readInputs } from './extract-input.ts';
import { blocksView, markdownView, textView } from './extract-view.ts';
import { type RowWriter, readJsonLine, rowWriter } from './json-lines.ts';
import { tame } from './tame.ts';
import { countPassed } from './warc-passed.ts';

/** A line of a file of pages. */
const EXPECTED = 'an object {id?, url, html}';
const lineSchema = z.object({ id: z.union([z.string(), z.number()]).optional(), url: z.url(), html: z.string() });

/** Bad lines and files beyond this are counted and not named. */
export const BAD_NAMED_MAX = 20;
const PROGRESS_EVERY = 1000;

export const FORMATS = ['text', 'markdown', 'json', 'jsonl'] as const;
export type Format = (typeof FORMATS)[number];

export interface ExtractOptions {
  /** Address of the one page that is given as a file. */
  url: string | null;
  /** Whether a file holds WARC records. */
  isArchive: (file: string) => boolean;
  /** With each block of a page: kept or dropped, and why. */
  isExplained: boolean;
  format: Format;
  /** What relative times are resolved against, ISO 8601. */
  seenAt: string;
}

interface Named {
  /** As the input calls it. */
  id?: string | number;
  name: string;
  /** The time of an archived page. */
  fetched?: string;
}

/**
 * Extracts pages: HTML files, files of JSON lines `{id?, url, html}`, WARC files, each also as gzip, and standard input (`-`). What is no
 * page is named, counted and skipped. Ends with 0, with 1 where something was bad or nothing was an article, with 2 where nothing could be read.
 */
export async function extractFiles(
  files: readonly string[],
  options: ExtractOptions,
  stdin: Readable,
  output: Writable,
  progress: Writable,
): Promise<ExitCode> {
  const count = { pages: 0, articles: 0, bad: 0 };
  const say = (text: string) => progress.write(`wirefold: ${tame(text)}\n`);
  const onBad = (problem: string) => {
    if (++count.bad <= BAD_NAMED_MAX) say(problem);
  };
  const passed = countPassed(say);
  const writer = rowWriter(output);
  let isMore = false;
  for await (const input of readInputs(files, stdin, options.isArchive)) {
    if (input.kind === 'passed') {
      passed.add(input);
      continue;
    }
    const read = pageOf(input, options);
    if (!read.ok) {
      onBad(read.problem);
      continue;
    }
    const explained = explainPage(read.page);
    count.pages++;
    if (explained.reading.ok) count.articles++;
    if (count.pages % PROGRESS_EVERY === 0) say(`${count.pages} pages`);
    if (!(await writePage(writer, explained, read, options, isMore))) break;
    isMore = true;
  }
  passed.tell();
  if (count.pages + count.bad !== 1 || count.bad > 0)
    say(`${count.pages} pages, ${count.pages - count.articles} not articles, ${count.bad} bad lines, records or files`);
  if (count.pages === 0 && count.bad > 0 && count.bad === files.length) return EXIT.couldNotRun;
  return count.bad > 0 || count.articles === 0 ? EXIT.someBad : EXIT.ok;
}

type PageReading = ({ ok: true; page: Page } & Named) | { ok: false; problem: string };

function pageOf(input: Exclude<Input, { kind: 'passed' }>, { url, seenAt }: ExtractOptions): PageReading {
  if (input.kind === 'problem') return { ok: false, problem: input.problem };
  if (input.kind === 'page') {
    const { name, html, fetchedAt } = input;
    const page = { html, url: url ?? input.url, seenAt: fetchedAt ?? seenAt };
    return { ok: true, name, ...(fetchedAt !== null && { fetched: fetchedAt }), page };
  }
  const line = readJsonLine(input.text, lineSchema, EXPECTED);
  if (!line.ok) return { ok: false, problem: `${input.name}line ${input.number}: ${line.problem}` };
  const { id, url: address, html } = line.value;
  return { ok: true, ...(id !== undefined && { id }), name: address, page: { html, url: address, seenAt } };
}

function writePage(
  writer: RowWriter,
  explained: PageExplanation,
  { id, name, fetched, page }: Named & { page: Page },
  { format, isExplained }: ExtractOptions,
  isMore: boolean,
): Promise<boolean> {
  const { reading, blocks, origin } = explained;
  if (format === 'text' || format === 'markdown') {
    const view = format === 'text' ? textView(reading, name) : markdownView(reading, name);
    const table = isExplained ? `\n${blocksView(explained)}` : '';
    return writer.writeText(`${isMore ? '\n\n' : ''}${view}${table}`);
  }
  const fields = reading.ok
    ? fieldsOf(reading.article)
    : { url: page.url, reason: reading.reason, detail: reading.detail };
  const named = { ...(id !== undefined && { id }), ...(fetched !== undefined && { fetched }) };
  const row = { ...named, ...fields, ...(isExplained && { origin, blocks }) };
  return format === 'jsonl' ? writer.write(row) : writer.writeText(`${JSON.stringify(row, null, 2)}\n`);
}

function fieldsOf(article: Article) {
  return {
    title: article.title,
    body: article.body,
    paragraphs: article.paragraphs,
    byline: article.byline,
    published: article.published,
    authors: article.metadata.authors.map(({ name }) => name),
    modified: article.metadata.modified?.value ?? null,
    language: article.language,
    source: article.source.key,
    canonicalUrl: article.declaredCanonicalUrl ?? article.url,
    addresses: addressesOf(article),
    image: article.image,
    section: article.metadata.section?.value ?? null,
    siteName: article.metadata.siteName?.value ?? null,
    ampUrl: article.metadata.ampUrl?.value ?? null,
    keywords: article.metadata.keywords?.value ?? [],
    metadata: article.metadata,
    dateline: article.credit.dateline?.text ?? null,
    agency: article.credit.agency?.name ?? null,
  };
}
