/**
 * For people who work on the extractor: writes a static page for each article page, its blocks on the left, kept or dropped with the
 * reason, and the result on the right, with the words marked that a gold text has more or less; and an index, the worst first.
 * INPUT is a folder with `items.jsonl` ({id, url, file, body?}) and its files, or a file of lines {id?, url, html, body?}.
 */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decodePage, explainPage } from '@wirefold/article';
import { type Compared, compare } from './compare.ts';
import { indexPage, sidePage } from './side-page.ts';

const UNKNOWN_URL = 'https://unknown.example/';
const PAGES_BY_DEFAULT = 100;

interface Item {
  id?: string | number;
  url?: string;
  file?: string;
  html?: string;
  body?: string;
}

function itemsOf(input: string): Item[] {
  const isFolder = statSync(input).isDirectory();
  const file = isFolder ? path.join(input, 'items.jsonl') : input;
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Item);
}

function htmlOf({ html, file }: Item, input: string): string {
  return html ?? decodePage(readFileSync(path.join(input, file ?? '')), null).html;
}

function look(input: string, output: string, count: number): void {
  mkdirSync(output, { recursive: true });
  const seenAt = new Date().toISOString();
  const rows: { name: string; title: string; compared: Compared | null; state: string }[] = [];
  for (const [at, item] of itemsOf(input).slice(0, count).entries()) {
    const url = item.url ?? UNKNOWN_URL;
    const explained = explainPage({ html: htmlOf(item, input), url, seenAt });
    const { reading } = explained;
    const compared = item.body === undefined ? null : compare(reading.ok ? reading.article.body : '', item.body);
    const name = `${String(at + 1).padStart(4, '0')}.html`;
    writeFileSync(path.join(output, name), sidePage(explained, url, compared));
    const title = reading.ok ? reading.article.title : url;
    rows.push({ name, title, compared, state: reading.ok ? explained.origin : reading.reason });
  }
  const wrong = ({ compared }: (typeof rows)[number]) => (compared === null ? 0 : compared.missing + compared.extra);
  writeFileSync(path.join(output, 'index.html'), indexPage(rows.toSorted((a, b) => wrong(b) - wrong(a))));
  process.stdout.write(`${rows.length} pages in ${output}, with an index.html\n`);
}

const [input, output, count = `${PAGES_BY_DEFAULT}`] = process.argv.slice(2);
if (input === undefined || output === undefined || !existsSync(input) || !/^\d+$/.test(count)) {
  process.stderr.write('npm run look -- FOLDER|FILE.jsonl OUTPUT_FOLDER [COUNT]\n');
  process.exitCode = 2;
} else look(input, output, Number(count));
