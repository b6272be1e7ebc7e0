import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openStore } from '@wirefold/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownAggregatorPage } from './support/aggregator-page.ts';
import { wirefold } from './support/command-line.ts';
import { freePort } from './support/free-port.ts';
import { type LocalService, startInMemory } from './support/local-service.ts';
import { BUDGET, FERRY, LIBRARY, weather } from './support/news-texts.ts';
import { eventually } from './support/wirefold.ts';

const rowsIn = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const linesOf = (rows: object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

const text = (paragraphs: string[]) => paragraphs.join('\n\n');
const NEWS = [
  { id: 'ferry', source: 'Varholm Courier', title: FERRY.headline, text: text(FERRY.paragraphs), desk: 'harbor' },
  { id: 7, source: 'Lesmark Times', title: BUDGET.headline, text: text(BUDGET.paragraphs) },
  {
    id: 'cut',
    source: 'Inland Post',
    title: 'Aground',
    text: text(FERRY.paragraphs.slice(0, 6)),
    published: '2026-11-17T09:00:00Z',
  },
  { source: 'Ostervik Chronicle', title: LIBRARY.headline, text: text(LIBRARY.paragraphs) },
  { id: 'monday', text: text(weather('Varholm', 'Monday', 51, 38, 'south', 20)) },
  { id: 'tuesday', text: text(weather('Ostervik', 'Tuesday', 44, 29, 'west', 70)) },
  { id: 'thin', text: 'Please log in.' },
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirefold-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('wirefold cluster', { timeout: 60_000 }, () => {
  it('keeps every field and the order, and adds story, canonical and match', async () => {
    const { code, stdout } = await wirefold(['cluster', '-'], linesOf(NEWS));
    expect(code).toBe(0);
    const rows = rowsIn(stdout);
    expect(rows).toHaveLength(NEWS.length);
    expect(rows).toMatchObject(NEWS);
    const [ferry, budget, cut] = rows;
    expect(cut?.story).toBe(ferry?.story);
    expect(new Set(rows.map(({ story }) => story)).size).toBe(NEWS.length - 1);
    expect([ferry, cut].filter((row) => row?.canonical)).toHaveLength(1);
    expect(budget).toMatchObject({ canonical: true, match: null });
    const mirror = [ferry, cut].find((row) => !row?.canonical);
    expect(mirror?.match).toMatchObject({ kind: 'contains', linked: true, jaccard: expect.any(Number) });
  });

  it('gives the same stories, by the same ids, whatever the order of the lines', async () => {
    const byText = async (articles: object[]) => {
      const rows = rowsIn((await wirefold(['cluster', '-'], linesOf(articles))).stdout);
      return rows.map((row) => [row.text, row.story, row.canonical]).sort();
    };
    expect(await byText(NEWS.toReversed())).toEqual(await byText(NEWS));
  });

  it('reads gzip, names bad lines by number, leaves them out and ends with 1', async () => {
    const file = join(folder, 'articles.jsonl.gz');
    await writeFile(
      file,
      gzipSync(`${linesOf([NEWS[0] as object])}not json\n\n{"title":"no text"}\n[1]\n${linesOf([NEWS[2] as object])}`),
    );
    const { code, stdout, stderr } = await wirefold(['cluster', file]);
    expect(code).toBe(1);
    expect(rowsIn(stdout).map(({ id }) => id)).toEqual(['ferry', 'cut']);
    expect(stderr).toMatch(/line 2: is not JSON/);
    expect(stderr).toMatch(/line 4: "text"/);
    expect(stderr).toMatch(/line 5: /);
    expect(stderr).toMatch(/2 articles, 1 stories, 3 bad lines/);
  });

  it('gives the partition and the canonicals that the service gives for the same texts', async () => {
    const { main, cards, expected } = ownAggregatorPage();
    const rows = rowsIn((await wirefold(['cluster', '-'], linesOf([...cards, main]))).stdout);
    expect(new Set(rows.map(({ story }) => story)).size).toBe(2);
    expect(rows.filter(({ canonical }) => canonical).map(({ title, source }) => source ?? title)).toEqual([
      expected.canonicalSource,
      main.title,
    ]);
  });

  it('ends with 2 and says why when the file cannot be read or none is given', async () => {
    const missing = await wirefold(['cluster', join(folder, 'none.jsonl')]);
    expect(missing).toMatchObject({ code: 2, stdout: '' });
    expect(missing.stderr).toMatch(/cannot read .*ENOENT/);
    expect(await wirefold(['cluster'])).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('the other commands', { timeout: 60_000 }, () => {
  it('submit says how to start a service when none answers', async () => {
    const { code, stderr } = await wirefold([
      'submit',
      'http://courier.example/a',
      '--server',
      `http://127.0.0.1:${await freePort()}`,
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/npm start/);
  });

  it('an unknown command ends with 2 and the list of commands', async () => {
    const { code, stdout, stderr } = await wirefold(['clutser']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/no command "clutser"[\s\S]*wirefold serve/);
  });

  it('help is printed on standard output and ends with 0', async () => {
    const { code, stdout } = await wirefold(['help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/wirefold cluster/);
  });
});

describe('submit', { timeout: 120_000 }, () => {
  let service: LocalService;
  beforeAll(async () => {
    service = await startInMemory();
  }, 120_000);
  afterAll(() => service.close());

  it('--refetch has an article read again that is there already', async () => {
    const url = 'http://127.0.0.1/ferry';
    const [id] = await service.push([{ url, source: 'Gazette', title: 'Ferry', text: text(FERRY.paragraphs) }]);
    const { code, stdout } = await wirefold(['submit', url, '--server', service.baseUrl, '--refetch']);
    expect([code, rowsIn(stdout)[0]]).toMatchObject([0, { id, state: 'submitted', isAccepted: true }]);
    const record = () => service.get(`/v1/articles/${id}`) as Promise<{ state: string; reason: string; story: string }>;
    await eventually(async () => (await record()).state === 'done', 60_000);
    // Nothing is fetched from loopback: the article is what it was, and says why.
    expect(await record()).toMatchObject({ reason: 'address-not-public', story: expect.any(String) });
  });
});

describe('reindex', () => {
  it('brings a store up to date, and says what it did', async () => {
    const { code, stderr } = await wirefold(['reindex'], '', { DATA_DIR: join(folder, 'store') });
    expect([code, stderr]).toEqual([0, expect.stringContaining('0 sources are learned anew')]);
  });

  it('refuses a folder that a service has in use, and says that the service does the same', async () => {
    const dataDir = join(folder, 'taken');
    const { store } = await openStore({ databaseUrl: null, dataDir, signatureVersion: 1 });
    const { code, stderr } = await wirefold(['reindex'], '', { DATA_DIR: dataDir });
    await store.close();
    expect(code).toBe(2);
    expect(stderr).toContain('in use by another Wirefold process');
    expect(stderr).toContain('a running service does this by itself');
  });
});
