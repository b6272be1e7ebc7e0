/** Commands that ask a running service, all of one. */
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { wirefold } from '../../../test/support/command-line.ts';
import { type LocalService, startInMemory } from '../../../test/support/local-service.ts';
import { BUDGET, FERRY, LIBRARY } from '../../../test/support/news-texts.ts';
import { diffCommand } from './diff-command.ts';
import { exportCommand } from './export-command.ts';
import { matchCommand } from './match-command.ts';
import type { CommandConsole, CommandEnd } from './read-arguments.ts';

const TEXTS = [FERRY, BUDGET, LIBRARY].map(({ paragraphs }) => paragraphs.join('\n\n'));
const [FERRY_TEXT = '', BUDGET_TEXT = ''] = TEXTS;

/** Other words in each text, so that a source repeats none of them. */
const lastWords = (source: string) => [
  `Seen from the quay by ${source}.`,
  `A clerk told ${source} so.`,
  `It says ${source}.`,
];

let service: LocalService;
let folder: string;
let ids: string[];
const at = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirefold-commands-'));
  service = await startInMemory();
  ids = await service.push(
    ['Courier', 'Gazette', 'Post'].flatMap((source) =>
      TEXTS.map((text, each) => ({
        source,
        title: `${source} ${each}`,
        text: `${text}\n\n${lastWords(source)[each]}`,
      })),
    ),
  );
}, 120_000);
afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

type Command = (args: string[], to: CommandConsole) => Promise<CommandEnd>;

/** Runs a command here, against the service unless another one is named. */
async function run(command: Command, args: string[], server = service.baseUrl) {
  const [output, progress] = [new PassThrough(), new PassThrough()];
  const written = Promise.all([buffer(output), buffer(progress)]);
  const end = await command([...args, '--server', server], { env: {}, output, progress });
  output.end();
  progress.end();
  const [stdout, stderr] = await written;
  return { end, stdout: stdout.toString(), bytes: stdout, stderr: stderr.toString() };
}

const answerOf = async (path: string) => Buffer.from(await (await fetch(service.baseUrl + path)).arrayBuffer());

describe('wirefold export', () => {
  it.each(['jsonl', 'csv', 'parquet'])('writes all copies as %s, as the service gives them', async (format) => {
    const { end, bytes, stderr } = await run(exportCommand, ['--format', format]);
    expect({ end, bytes }).toEqual({ end: 0, bytes: await answerOf(`/v1/stories.${format}`) });
    expect(stderr).toMatch(/^wirefold: (?:9 copies, )?\d+ bytes; all of it\n$/);
  });

  it('asks by the filters of the API, and says what is wrong with one', async () => {
    const { stdout } = await run(exportCommand, ['-', '--q', 'ferry', '--min-mirrors', '2', '--lang', 'en']);
    expect(stdout).toBe((await answerOf('/v1/stories.jsonl?q=ferry&min_mirrors=2&lang=en')).toString());
    expect(stdout.trim().split('\n')).toHaveLength(3);
    const wrong = await run(exportCommand, ['--min-mirrors', 'many']);
    expect(wrong).toMatchObject({
      end: 1,
      stdout: '',
      stderr: expect.stringContaining('min_mirrors must be a whole number'),
    });
  });

  it('takes the format from the name of the file, and overwrites nothing unless it is told to', async () => {
    const file = at('stories.csv');
    expect((await run(exportCommand, [file])).end).toBe(0);
    expect(await readFile(file)).toEqual(await answerOf('/v1/stories.csv'));
    await writeFile(file, 'mine');
    expect(await run(exportCommand, [file])).toMatchObject({
      end: 2,
      stderr: expect.stringContaining('is there already'),
    });
    expect(await readFile(file, 'utf8')).toBe('mine');
    expect((await run(exportCommand, [file, '--force'])).end).toBe(0);
    expect(await readFile(file)).toEqual(await answerOf('/v1/stories.csv'));
    expect(await readdir(folder)).toEqual(['stories.csv']);
  });

  it('leaves no file where nothing answers, and says how to start a service', async () => {
    const away = await run(exportCommand, [at('none.jsonl')], 'http://127.0.0.1:1');
    expect(away).toMatchObject({ end: 2, stderr: expect.stringContaining('no service answers at http://127.0.0.1:1') });
    expect(await readdir(folder)).not.toContain('none.jsonl');
  });

  it.each([[['a', 'b']], [['--format', 'xml']], [['--no-such-flag']]])('refuses %j', async (args) => {
    expect((await run(exportCommand, args)).end).toEqual({ problem: expect.any(String) });
  });
});

describe('an export that breaks off', () => {
  let cut: Server | null = null;
  afterEach(() => {
    cut?.closeAllConnections();
    cut?.close();
  });

  /** The service behind a line that is cut after so many bytes of each of its first answers. */
  async function behindCuts(cuts: number[], asked: string[] = []): Promise<string> {
    const left = [...cuts];
    cut = createServer((incoming, outgoing) => {
      asked.push(incoming.url ?? '');
      const bytes = left.shift() ?? Number.POSITIVE_INFINITY;
      request(service.baseUrl + incoming.url, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, { 'content-type': answer.headers['content-type'] ?? '' });
        let sent = 0;
        answer.on('data', (chunk: Buffer) => {
          const part = chunk.subarray(0, Math.max(0, bytes - sent));
          sent += part.length;
          outgoing.write(part, () => sent >= bytes && outgoing.destroy());
        });
        answer.once('end', () => sent < bytes && outgoing.end());
      }).end();
    });
    cut.listen(0, '127.0.0.1');
    await once(cut, 'listening');
    return `http://127.0.0.1:${(cut.address() as AddressInfo).port}`;
  }

  it('goes on after the last whole line: no copy is missing, and none stands twice', { timeout: 30_000 }, async () => {
    const asked: string[] = [];
    const { end, bytes, stderr } = await run(exportCommand, [], await behindCuts([700, 1_500], asked));
    expect(end).toBe(0);
    expect(bytes).toEqual(await answerOf('/v1/stories.jsonl'));
    expect(stderr).toContain('the answer broke off after 1 copies; going on from there');
    expect(asked).toHaveLength(3);
    expect(asked[1]).toMatch(/\?after=\d{4}-/);
  });

  it('is no file where its parts cannot be put together', async () => {
    const { end, stderr } = await run(exportCommand, [at('cut.csv')], await behindCuts([700]));
    expect([end, stderr]).toEqual([2, expect.stringContaining('the answer broke off')]);
    expect(await readdir(folder)).not.toContain('cut.csv');
  });
});

describe('wirefold match', () => {
  it('says whose copy a text or a page is', async () => {
    await writeFile(at('ferry.txt'), FERRY_TEXT);
    const { end, stdout } = await run(matchCommand, [at('ferry.txt')]);
    expect(end).toBe(0);
    expect(stdout).toMatch(/^It is a copy\.\n\d+ words were compared with \d+ texts; \d are one with it\./);
    expect(stdout).toMatch(/Jaccard \d\.\d{3}, it holds \d\.\d{3} of the text[\s\S]*Courier: Courier 0 \(story s/);
    await writeFile(at('ferry.html'), `<article><h1>Ferry</h1><p>${FERRY.paragraphs.join('</p><p>')}</p></article>`);
    const page = await run(matchCommand, [at('ferry.html'), '--json']);
    expect([page.end, JSON.parse(page.stdout)]).toEqual([0, expect.objectContaining({ title: 'Ferry' })]);
  });

  it('ends with 1 where no copy is known, and with 2 where there is nothing to match', async () => {
    await writeFile(
      at('none.txt'),
      'The swimming pool opens again in June, when its roof is repaired, the council has said.',
    );
    expect(await run(matchCommand, [at('none.txt')])).toMatchObject({
      end: 1,
      stdout: expect.stringContaining('No copy is known.'),
    });
    await writeFile(at('thin.txt'), 'Too short.');
    expect(await run(matchCommand, [at('thin.txt')])).toMatchObject({ end: 2, stderr: expect.stringContaining('422') });
    expect((await run(matchCommand, [])).end).toEqual({ problem: expect.any(String) });
  });
});

describe('wirefold diff', () => {
  it('says word for word what one article changed of another, and ends as diff does', async () => {
    const { end, stdout } = await run(diffCommand, [ids[0] ?? '', ids[3] ?? '']);
    expect(end).toBe(1);
    expect(stdout).toMatch(/^1 editorial word in 1 place; 0 boilerplate words in 0 places;/);
    expect(stdout).toContain('Seen from the quay by [-Courier-]{+Gazette+}.');
    expect(await run(diffCommand, [ids[0] ?? '', ids[0] ?? ''])).toMatchObject({ end: 0 });
  });

  it('takes files, and tames what would command a terminal', async () => {
    await writeFile(at('a.txt'), BUDGET_TEXT);
    await writeFile(
      at('b.txt'),
      `${BUDGET_TEXT}\n\nThe mayor was \u001b[31mnot there, as she has said to the council of the town.`,
    );
    const { end, stdout } = await run(diffCommand, [at('a.txt'), at('b.txt')]);
    expect([end, stdout]).toEqual([1, expect.stringMatching(/\{\+The mayor was {1,2}\[31mnot there/)]);
    expect(stdout).not.toContain('\u001b');
    const changes = JSON.parse((await run(diffCommand, [at('a.txt'), at('b.txt'), '--json'])).stdout) as object;
    expect(changes).toMatchObject({ editorial: { places: 1 }, operations: expect.any(Array) });
  });

  it('ends with 2 where one of them is no article', async () => {
    await writeFile(at('thin.txt'), 'Log in.');
    const { end, stderr } = await run(diffCommand, [at('thin.txt'), ids[0] ?? '']);
    expect([end, stderr]).toEqual([2, expect.stringContaining('is no article: thin')]);
    expect((await run(diffCommand, [ids[0] ?? '', 'a0123456789abcdef01234567'])).end).toBe(2);
    expect((await run(diffCommand, ['one'])).end).toEqual({ problem: 'diff takes two articles' });
  });
});

it('the command line knows them', { timeout: 60_000 }, async () => {
  const exported = await wirefold(['export', '--server', service.baseUrl]);
  expect([exported.code, exported.stdout]).toEqual([0, (await answerOf('/v1/stories.jsonl')).toString()]);
});
