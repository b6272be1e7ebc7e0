/** The batch command as a process of its own: whatever the threads and the order of the lines, and with no temporary file left. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateNews } from './support/generated-news.ts';
import { BUDGET, FERRY, weather } from './support/news-texts.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** More lines than the main thread does alone, so that threads are started. */
const LINES_WITH_THREADS = 7000;
const FOOTERS = 6;

interface Article {
  id: number;
  source?: string;
  url?: string;
  title?: string;
  text: string;
}

interface Answer extends Article {
  story: string;
  canonical: boolean;
  match: { kind: string } | null;
}

let folder: string;
let spills: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirefold-'));
  spills = join(folder, 'spills');
  await mkdir(spills);
});
afterAll(() => rm(folder, { recursive: true }));

function start(args: string[]): ChildProcess {
  const program = ['--import', 'tsx', 'services/all/src/main.ts', 'cluster', '--tmp', spills, ...args];
  return spawn(process.execPath, program, { cwd: ROOT, stdio: ['pipe', 'pipe', 'pipe'] });
}

async function cluster(args: string[], input: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = start([...args, '-']);
  let [stdout, stderr] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  const [code] = await once(child, 'close');
  expect(await readdir(spills)).toEqual([]);
  return { code, stdout, stderr };
}

const linesOf = (articles: object[]) => articles.map((article) => `${JSON.stringify(article)}\n`).join('');
const answersIn = (stdout: string) =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Answer);

/** Generated news with furniture: every source ends its articles with lines of its own. */
function furnishedNews(count: number): Article[] {
  return generateNews(count).map(({ source, title, text }, id) => {
    const furniture = Array.from(
      { length: FOOTERS },
      (_, line) => `Line ${line} that ${source} prints below each of its reports, whatever these are about.`,
    );
    return { id, source, title, text: [text, ...furniture].join('\n\n') };
  });
}

/** The stories with their canonicals, in a form that does not know the order of lines. */
function storiesIn(stdout: string): string[] {
  return answersIn(stdout)
    .map(({ id, story, canonical, match }) => `${id} ${story} ${canonical} ${match?.kind}`)
    .sort();
}

describe('wirefold cluster', { timeout: 120_000 }, () => {
  it('writes the same bytes with one thread and with two, and the same stories from lines in another order', async () => {
    const news = furnishedNews(LINES_WITH_THREADS);
    const one = await cluster(['--threads', '1'], linesOf(news));
    const two = await cluster(['--threads', '2'], linesOf(news));
    expect(one.code).toBe(0);
    expect(two.stdout === one.stdout).toBe(true);
    expect(one.stderr).toMatch(/40 of 40 sources repeat text of their own/);
    const shuffled = news.toSorted((a, b) => ((a.id * 7919) % 6999) - ((b.id * 7919) % 6999));
    expect(storiesIn((await cluster(['--threads', '2'], linesOf(shuffled))).stdout)).toEqual(storiesIn(one.stdout));
  });

  it('gives every order of the lines the same stories, repeated lines and furniture included', async () => {
    const news = furnishedNews(120);
    const expected = storiesIn((await cluster([], linesOf(news))).stdout);
    const orders = fc.shuffledSubarray(news, { minLength: news.length, maxLength: news.length });
    await fc.assert(
      fc.asyncProperty(orders, fc.array(fc.nat(news.length - 1), { maxLength: 5 }), async (order, repeats) => {
        const repeated = repeats.map((at) => order[at] as Article);
        const answers = answersIn((await cluster([], linesOf([...order, ...repeated]))).stdout);
        expect(storiesIn(linesOf(answers.slice(0, news.length)))).toEqual(expected);
        for (const { canonical, id, story } of answers.slice(news.length)) {
          expect(canonical).toBe(false);
          expect(answers.find((answer) => answer.id === id)?.story).toBe(story);
        }
      }),
      { numRuns: 6 },
    );
  });

  it('takes two texts at one URL for two articles, and a line that repeats another for the same', async () => {
    const url = 'http://courier.example/ferry';
    const [first, second] = [FERRY.paragraphs.join('\n\n'), BUDGET.paragraphs.join('\n\n')];
    const { stdout } = await cluster(
      [],
      linesOf([first, second, first].map((text, id) => ({ id, url, title: 'News', text }))),
    );
    const [a, b, again] = answersIn(stdout);
    expect(a?.story).not.toBe(b?.story);
    expect(again).toMatchObject({ story: a?.story, canonical: false, match: null });
    expect([a?.canonical, b?.canonical]).toEqual([true, true]);
  });
});

describe('wirefold cluster, on input that is out of the ordinary', { timeout: 60_000 }, () => {
  it('writes nothing for empty input, and ends with 0', async () => {
    expect(await cluster([], '')).toMatchObject({ code: 0, stdout: '' });
    expect((await cluster([], '\n\n')).stderr).toMatch(/0 articles, 0 stories, 0 bad lines/);
  });

  it('reads a line of megabytes, and names one that is too long', async () => {
    const long = weather('Varholm', 'Monday', 51, 38, 'south', 20).join('\n\n');
    const giant = { id: 1, text: Array.from({ length: 4000 }, (_, at) => `${long} ${at}`).join('\n\n') };
    const { code, stdout, stderr } = await cluster(
      [],
      linesOf([giant, { id: 2, text: 'x'.repeat(17 * 2 ** 20) }, { id: 3, text: long }]),
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/line 2: is too long/);
    expect(answersIn(stdout).map(({ id }) => id)).toEqual([1, 3]);
  });

  it('replaces answers that a line has already, in their place', async () => {
    const line = { story: 'old', id: 1, match: [1], text: FERRY.paragraphs.join('\n\n'), canonical: 'no' };
    const { stdout } = await cluster([], linesOf([line]));
    expect(answersIn(stdout)).toMatchObject([{ id: 1, canonical: true, match: null }]);
    expect(stdout).toMatch(/^\{"id":1,"text":"[^\n]+","story":"s[0-9a-f]{24}","match":null,"canonical":true\}\n$/);
  });

  it('keeps canonicals alone where these are asked for', async () => {
    const news = furnishedNews(200);
    const all = answersIn((await cluster([], linesOf(news))).stdout);
    const kept = answersIn((await cluster(['--keep', 'canonical'], linesOf(news))).stdout);
    expect(kept).toEqual(all.filter(({ canonical }) => canonical));
  });
});

describe('the temporary files of wirefold cluster', { timeout: 60_000 }, () => {
  it('have to be written somewhere: else it ends with 2 and says where they cannot', async () => {
    const { code, stdout, stderr } = await cluster(['--tmp', join(folder, 'nowhere')], linesOf(furnishedNews(3)));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/temporary files in .*nowhere: ENOENT.*--tmp DIR/);
  });

  it('may not find enough room: then it ends with 2 and says so', async () => {
    const command = `ulimit -f 2000; exec "$0" --import tsx services/all/src/main.ts cluster --tmp ${spills} -`;
    const child = spawn('sh', ['-c', command, process.execPath], { cwd: ROOT, stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
    child.stdin.on('error', () => {});
    child.stdin.end(linesOf(furnishedNews(2000)));
    expect((await once(child, 'close'))[0]).toBe(2);
    expect(said).toMatch(/temporary files in .*: EFBIG.*--tmp DIR/);
    expect(await readdir(spills)).toEqual([]);
  });

  it('are not made when an option is not understood', async () => {
    for (const args of [
      ['--threads', '0'],
      ['--threads', 'two'],
      ['--keep', 'mirrors'],
    ])
      expect(await cluster(args, '')).toMatchObject({ code: 2, stdout: '' });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('are gone after %s', async (signal) => {
    const child = start(['--threads', '2', '-']);
    child.stdin?.on('error', () => {});
    // An input that stays open: the command says that it has read so many lines, and waits for the rest.
    child.stdin?.write(linesOf(furnishedNews(13_000)));
    await once(child.stderr as NodeJS.ReadableStream, 'data');
    child.kill(signal);
    const [, by] = await once(child, 'close');
    expect(by).toBe(signal);
    expect(await readdir(spills)).toEqual([]);
  });
});
