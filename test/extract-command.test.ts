import { link, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wirefold } from './support/command-line.ts';
import { FERRY, LIBRARY } from './support/news-texts.ts';
import { STRUCTURED_PAGE, STRUCTURED_TITLE, STRUCTURED_URL } from './support/structured-page.ts';

const url = 'http://courier.example/library';
const pageOf = ({ headline, paragraphs }: typeof LIBRARY, charset = 'utf-8') =>
  `<html lang="en"><head><meta charset="${charset}"><title>${headline} | Courier</title></head><body><nav>Home</nav><article><h1>${headline}</h1>
    ${paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('')}</article></body></html>`;
const html = pageOf(LIBRARY);
const body = LIBRARY.paragraphs.join('\n\n');
const linesOf = (rows: object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const rowsIn = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

let folder: string;
let library: string;
let structured: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirefold-extract-'));
  library = await file('library.html', html);
  structured = await file('barge.html', STRUCTURED_PAGE);
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('wirefold extract', { timeout: 60_000 }, () => {
  it('gives the article of a saved page, with what each paragraph is', async () => {
    const { code, stdout } = await wirefold(['extract', library, '--url', url]);
    expect(code).toBe(0);
    const [row] = rowsIn(stdout);
    expect(row).toMatchObject({ title: LIBRARY.headline, body, source: 'courier.example', language: 'en' });
    expect(row?.paragraphs).toHaveLength(LIBRARY.paragraphs.length);
  });

  it('reads many files in their order, names what is no page, and ends with 1', async () => {
    const text = await file('notes.txt', 'Nothing but notes.');
    const picture = await file('picture.html', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]));
    const ferry = await file('ferry.html.gz', gzipSync(pageOf(FERRY)));
    const missing = join(folder, 'missing.html');
    const { code, stdout, stderr } = await wirefold(['extract', library, text, picture, missing, folder, ferry]);
    expect(code).toBe(1);
    expect(rowsIn(stdout).map(({ title }) => title)).toEqual([LIBRARY.headline, FERRY.headline]);
    expect(stderr).toMatch(/notes\.txt is a text and no HTML page.*wirefold cluster/);
    expect(stderr).toMatch(/picture\.html is no HTML page.*save/);
    expect(stderr).toMatch(/missing\.html: ENOENT/);
    expect(stderr).toMatch(/EISDIR.*give its files.*\*\.html/);
    expect(stderr).toMatch(/2 pages, 0 not articles, 4 bad lines, records or files/);
  });

  it('reads JSON lines of pages, gzip too, keeps their ids, and counts bad lines', async () => {
    const lines = linesOf([
      { id: 'a', url, html },
      { id: 'b', url: 'nowhere', html },
      { id: 7, url, html },
    ]);
    const { code, stdout, stderr } = await wirefold(['extract', '-'], gzipSync(`\n ${lines}not json\n`));
    expect(code).toBe(1);
    expect(rowsIn(stdout)).toMatchObject([
      { id: 'a', body },
      { id: 7, body },
    ]);
    expect(stderr).toMatch(/line 3: "url"/);
    expect(stderr).toMatch(/line 5: is not JSON/);
  });

  it('takes the address of a saved page from the note of the browser, unless told another', async () => {
    const saved = await file('saved.html', html.replace('<html', `<!-- saved from url=(0030)${url} -->\n<html`));
    expect(rowsIn((await wirefold(['extract', saved])).stdout)).toMatchObject([{ canonicalUrl: url }]);
    const told = await wirefold(['extract', saved, '--url', 'http://other.example/x']);
    expect(rowsIn(told.stdout)).toMatchObject([{ canonicalUrl: 'http://other.example/x' }]);
  });

  it('decodes a page by the charset that it declares', async () => {
    const text = pageOf({ ...LIBRARY, headline: 'Zurück in Åmli' }, 'iso-8859-1');
    const { stdout } = await wirefold(['extract', '-', '--url', url], Buffer.from(text, 'latin1'));
    expect(rowsIn(stdout)).toMatchObject([{ title: 'Zurück in Åmli' }]);
  });

  it('names the addresses of a page: as given, by the rules, and what the page claims', async () => {
    const given = `${STRUCTURED_URL}/amp?utm_source=x`;
    const { stdout } = await wirefold(['extract', structured, '--url', given]);
    const canonical = `${STRUCTURED_URL}/amp`;
    expect(rowsIn(stdout)[0]?.addresses).toEqual({
      given,
      canonical,
      spellings: [{ url: STRUCTURED_URL, sign: 'canonical', isKin: true }],
    });
    const { stdout: shown } = await wirefold(['extract', structured, '--format', 'text', '--url', given]);
    expect(shown).toContain(`\nAddress by the rules: ${canonical}\nAlso at ${STRUCTURED_URL}: the page names`);
  });

  it('says why a page is no article, and ends with 1 where none is', async () => {
    const { code, stdout } = await wirefold(['extract', '-', '--url', url], '<html><p>Please log in.</p></html>');
    expect(code).toBe(1);
    expect(rowsIn(stdout)).toMatchObject([{ url, reason: 'thin' }]);
  });

  it('ends with 2 and says what is missing', async () => {
    expect(await wirefold(['extract'])).toMatchObject({ code: 2, stdout: '' });
    expect((await wirefold(['extract', 'none.html'])).code).toBe(2);
    expect((await wirefold(['extract', library, '--url', 'nowhere'])).stderr).toMatch(/nowhere is not a URL/);
    expect((await wirefold(['extract', library, structured, '--url', url])).stderr).toMatch(/--url goes with one page/);
    expect((await wirefold(['extract', library, '--format', 'pdf'])).stderr).toMatch(/none of text, markdown/);
  });
});

describe('what a person reads', { timeout: 60_000 }, () => {
  it('is the text with its headings, lists, quotes and lines', async () => {
    const { stdout } = await wirefold(['extract', structured, '--format', 'text', '--url', STRUCTURED_URL]);
    expect(stdout).toContain(`${STRUCTURED_TITLE}\n${'='.repeat(STRUCTURED_TITLE.length)}\nRuna Holm · 2026-03-09`);
    expect(stdout).toContain('\nWhat changes for the islanders\n-----');
    expect(stdout).toMatch(/\n {2}• The barge leaves.*\n {4}before eight\.\n/);
    expect(stdout).toContain('\n    2. with the yellow flag');
    expect(stdout).toContain('\n  | I have carried stones');
    expect(stdout).toContain('\n    SEA 3 feet, rising to 5 by the evening\n');
    expect(stdout).toContain('\nSlow is the ferry and slow is the tide,\nwarm be the loaf');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('obeys no control characters of the page', async () => {
    const evil = html.replace('</h1>', '\u001b[2J\u202e</h1>').replace('<p>', '<p>\u001b]0;owned\u0007');
    const { stdout } = await wirefold(['extract', '-', '--format', 'text', '--explain'], evil);
    expect(stdout).toContain('owned');
    expect(stdout).not.toMatch(/[\u001b\u0007\u202e]/);
  });

  it('is Markdown where that is asked for, and what looks like markup is none', async () => {
    const { stdout } = await wirefold(['extract', structured, '--format', 'markdown', '--url', STRUCTURED_URL]);
    expect(stdout).toContain(`# ${STRUCTURED_TITLE}\n`);
    expect(stdout).toContain('\n### What changes for the islanders\n');
    expect(stdout).toContain('\n- The barge leaves');
    expect(stdout).toContain('\n> Bread is the first cargo');
    const evil = html.replace('<p>', '<p>1. *one* &lt;img src=x onerror=alert(1)&gt; ');
    const { stdout: tamed } = await wirefold(['extract', '-', '--format', 'markdown'], evil);
    expect(tamed).toContain('1\\. \\*one\\* \\<img src=x');
  });
});

describe('--explain', { timeout: 60_000 }, () => {
  it('tells of each block whether it was kept, and why', async () => {
    const { stdout } = await wirefold(['extract', structured, '--format', 'text', '--explain']);
    expect(stdout).toMatch(/\d+ blocks, \d+ kept; the body is from: shown/);
    expect(stdout).toMatch(/\n\+ 0\.\d{3} +\d+ {2}text +The outer isles/);
    expect(stdout).toMatch(/\n {2}0\.\d{3} +\d+ {2}unlikely: navigation +Home/);
    const { stdout: json } = await wirefold(['extract', structured, '--format', 'json', '--explain']);
    expect(JSON.parse(json)).toMatchObject({ origin: 'shown', blocks: expect.any(Array), body: expect.any(String) });
  });
});

describe('-o FILE', { timeout: 60_000 }, () => {
  it('is written as a whole', async () => {
    const target = join(folder, 'out.jsonl');
    expect(await wirefold(['extract', library, '-o', target])).toMatchObject({ code: 0, stdout: '' });
    expect(rowsIn(await readFile(target, 'utf8'))).toMatchObject([{ body }]);
  });

  it('never overwrites an input, by another name neither', async () => {
    const other = join(folder, 'other-name.html');
    await link(library, other);
    const { code, stderr } = await wirefold(['extract', library, '-o', other]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/is one of the inputs/);
    expect(await readFile(library, 'utf8')).toBe(html);
  });
});
