import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wirefold } from './support/command-line.ts';
import { BUDGET, FERRY, LIBRARY } from './support/news-texts.ts';
import { answer, chunked, gzipMembers, type RecordInput, warcRecord } from './support/warc-file.ts';

const HTML = ['Content-Type: text/html; charset=utf-8'];
const pageOf = ({ headline, paragraphs }: typeof LIBRARY, when = '') =>
  `<html lang="en"><head><title>${headline} | Courier</title></head><body><article><h1>${headline}</h1>${when}
    ${paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('')}</article></body></html>`;
const urlOf = (name: string) => `https://courier.example/${name}`;
const pageRecord = (name: string, more: Partial<RecordInput> = {}) =>
  warcRecord({ url: urlOf(name), block: answer(pageOf(LIBRARY), HTML), ...more });

const rowsIn = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirefold-warc-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, records: Buffer[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, name.endsWith('.gz') ? gzipMembers(records) : Buffer.concat(records));
  return path;
}

const extract = async (records: Buffer[], ...args: string[]) => {
  const { code, stdout, stderr } = await wirefold(['extract', '--warc', '-', ...args], Buffer.concat(records));
  return { code, rows: rowsIn(stdout), stderr };
};

describe('wirefold extract --warc', { timeout: 120_000 }, () => {
  it('reads the pages of archives, which it knows by their names, with their own times', async () => {
    const crawled = await file('crawl.warc.gz', [
      warcRecord({ type: 'warcinfo', block: Buffer.from('software: by hand\r\n') }),
      warcRecord({ type: 'request', url: urlOf('a'), block: Buffer.from('GET /a HTTP/1.1\r\n\r\n') }),
      pageRecord('a', { block: answer(pageOf(LIBRARY, '<time>2 hours ago</time>'), HTML) }),
      warcRecord({ type: 'metadata', url: urlOf('a'), block: Buffer.from('fetchTimeMs: 5\r\n') }),
    ]);
    const saved = await file('saved.warc', [
      warcRecord({ type: 'resource', url: `<${urlOf('b')}>`, lines: HTML, block: Buffer.from(pageOf(FERRY)) }),
    ]);
    const { code, stdout, stderr } = await wirefold(['extract', crawled, saved]);
    expect(code).toBe(0);
    expect(rowsIn(stdout)).toMatchObject([
      {
        title: LIBRARY.headline,
        canonicalUrl: urlOf('a'),
        source: 'courier.example',
        fetched: '2026-03-11T12:00:00.000Z',
        published: { at: '2026-03-11T10:00:00.000Z' },
      },
      { title: FERRY.headline, canonicalUrl: urlOf('b') },
    ]);
    expect(stderr).toMatch(/2 pages, 0 not articles, 0 bad/);
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
  ])('undoes chunks and %s', async (encoding, encode) => {
    const body = chunked(encode(Buffer.from(pageOf(BUDGET))));
    const headers = [...HTML, `Content-Encoding: ${encoding}`, 'Transfer-Encoding: chunked'];
    const { code, rows } = await extract([pageRecord('a', { block: answer(body, headers) })]);
    expect(code).toBe(0);
    expect(rows).toMatchObject([{ title: BUDGET.headline, body: BUDGET.paragraphs.join('\n\n') }]);
  });

  it('takes a body that was kept unpacked, whatever its headers say, and the charset of its header', async () => {
    const latin = Buffer.from(pageOf({ ...LIBRARY, headline: 'Zurück in Åmli' }), 'latin1');
    const headers = [
      'Content-Type: text/html; charset=iso-8859-1',
      'Content-Encoding: gzip',
      'Transfer-Encoding: chunked',
    ];
    const { rows } = await extract([pageRecord('a', { block: answer(latin, headers) })]);
    expect(rows).toMatchObject([{ title: 'Zurück in Åmli' }]);
  });

  it('passes over what is no page or no success, counts it, and names what failed', async () => {
    const { code, rows, stderr } = await extract([
      pageRecord('moved', { block: answer('', ['Location: /a'], '301 Moved Permanently') }),
      pageRecord('gone', { block: answer(pageOf(LIBRARY), HTML, '404 Not Found') }),
      pageRecord('part', { block: answer(pageOf(LIBRARY), HTML, '206 Partial Content') }),
      pageRecord('again', { type: 'revisit' }),
      pageRecord('picture', { block: answer(Buffer.alloc(50_000, 1), ['Content-Type: image/png']) }),
      pageRecord('data', { block: answer('{"a": 1}', ['Content-Type: application/json']) }),
      warcRecord({ url: 'dns:courier.example', block: Buffer.from('20260311120000\n') }),
      pageRecord('a'),
    ]);
    expect(code).toBe(0);
    expect(rows).toMatchObject([{ canonicalUrl: urlOf('a') }]);
    expect(stderr).toMatch(/record 2 at byte \d+, https:\/\/courier\.example\/gone: status 404/);
    expect(stderr).toContain('passed over: 3 no page, 1 revisit, 1 status 206, 1 status 301, 1 status 404');
  });
});

describe('a broken archive', { timeout: 120_000 }, () => {
  it('has its broken records named with their places; the others are read, and it ends with 1', async () => {
    const cut = gzipSync(pageOf(FERRY)).subarray(0, -20);
    const records = [
      pageRecord('a'),
      pageRecord('cut', { block: answer(cut, [...HTML, 'Content-Encoding: gzip']) }),
      pageRecord('twice', { block: answer(gzipSync(cut), [...HTML, 'Content-Encoding: gzip, gzip']) }),
      pageRecord('chunks', {
        block: answer(chunked(Buffer.from(pageOf(FERRY))).subarray(0, -9), [...HTML, 'Transfer-Encoding: chunked']),
      }),
      pageRecord('chunk', { block: answer(`4000\r\n${pageOf(FERRY)}`, [...HTML, 'Transfer-Encoding: chunked']) }),
      pageRecord('limit', { lines: ['WARC-Truncated: length'] }),
      pageRecord('user', { url: 'https://me@courier.example/user' }),
      pageRecord('headless', { block: Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: text/html') }),
      pageRecord('huge', { block: answer(Buffer.alloc(33 * 2 ** 20, 'a'), HTML) }),
      Buffer.from('something else\r\n\r\n'),
      pageRecord('b'),
      pageRecord('end').subarray(0, -1_000),
    ];
    const { code, rows, stderr } = await extract(records);
    expect(code).toBe(1);
    expect(rows.map(({ canonicalUrl }) => canonicalUrl)).toEqual([urlOf('a'), urlOf('b')]);
    const at = (index: number) => Buffer.concat(records.slice(0, index)).length;
    for (const [index, problem] of [
      [1, 'cut: bad-encoding: gzip'],
      [2, 'twice: bad-encoding: more than one'],
      [3, 'chunks: connection-failed'],
      [4, 'chunk: connection-failed'],
      [5, 'limit: it was cut off by who recorded it (length)'],
      [7, 'headless: its HTTP header has no end'],
      [8, 'huge: it is larger than'],
    ] as const) {
      expect(stderr).toContain(`record ${index + 1} at byte ${at(index)}, ${urlOf('')}${problem}`);
    }
    expect(stderr).toContain(`record at byte ${at(9)}: no WARC record begins here`);
    expect(stderr).toContain(`record at byte ${at(11)}: it is cut off`);
    expect(stderr).toContain('me@courier.example/user: its address is not taken: A URL with user-info');
    expect(stderr).toMatch(/2 pages, 0 not articles, 10 bad lines, records or files/);
  });

  it('ends with 2 where there is no archive', async () => {
    const { code, rows, stderr } = await extract([Buffer.from(pageOf(LIBRARY))]);
    expect({ code, rows }).toEqual({ code: 2, rows: [] });
    expect(stderr).toContain('no WARC record begins here');
    expect((await wirefold(['extract', 'none.warc'])).code).toBe(2);
    expect((await wirefold(['extract', 'none.warc', '--url', urlOf('a')])).stderr).toContain(
      '--url goes with one page',
    );
  });
});
