import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wirefold } from './support/command-line.ts';
import { freePort } from './support/free-port.ts';
import { type LocalService, startInMemory } from './support/local-service.ts';
import { FERRY, LIBRARY, weather } from './support/news-texts.ts';

const PITCH = 'Sign up for our free newsletter and get the best stories delivered to your inbox every morning.';
const text = (paragraphs: string[]) => paragraphs.join('\n\n');
const MONDAY = text(weather('Varholm', 'Monday', 51, 38, 'south', 20));
const TUESDAY = text(weather('Ostervik', 'Tuesday', 44, 29, 'west', 70));
/** A copy with site text after it, a cut one with a byline, and a text that is no copy of theirs. */
const LINES = {
  whole: { text: `VARHOLM (AP) — ${text(FERRY.paragraphs)}\n\n${PITCH}` },
  cut: { title: FERRY.headline, source: 'Inland Post', text: `By Ada Holm\n\n${text(FERRY.paragraphs.slice(0, 6))}` },
  monday: { text: MONDAY },
  tuesday: { title: '\u001b[31mWeather', text: TUESDAY },
  thin: { text: 'Please log in.' },
};
type Name = keyof typeof LINES;

let folder: string;
const at = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirefold-'));
  for (const [name, line] of Object.entries(LINES)) await writeFile(at(`${name}.json`), JSON.stringify(line));
  await writeFile(at('whole.txt'), LINES.whole.text);
  await writeFile(at('monday.txt'), MONDAY);
});
afterAll(() => rm(folder, { recursive: true }));

describe('wirefold explain', { timeout: 60_000 }, () => {
  const pairs: [a: string, b: string, lines: [Name, Name], code: number][] = [
    ['whole.txt', 'cut.json', ['whole', 'cut'], 0],
    ['monday.txt', 'tuesday.json', ['monday', 'tuesday'], 1],
    ['whole.json', 'thin.json', ['whole', 'thin'], 1],
  ];
  it.each(pairs)('of %s and %s says what cluster decides for these two lines', async (a, b, lines, code) => {
    const explained = await wirefold(['explain', at(a), at(b), '--json']);
    expect({ code: explained.code, stderr: explained.stderr }).toEqual({ code, stderr: '' });
    const clustered = await wirefold(
      ['cluster', '-'],
      lines.map((name) => `${JSON.stringify(LINES[name])}\n`).join(''),
    );
    const rows = clustered.stdout.trim().split('\n');
    const [x, y] = rows.map((row) => JSON.parse(row) as { story: string; match: { jaccard: number } | null });
    const { verdict } = JSON.parse(explained.stdout) as { verdict: { linked: boolean; jaccard: number } };
    expect(verdict.linked).toBe(x?.story === y?.story);
    if (verdict.linked) expect((x?.match ?? y?.match)?.jaccard).toBe(verdict.jaccard);
  });

  it('shows a person the rule in words, the figures with their limits, and what differs', async () => {
    const { code, stdout } = await wirefold(['explain', at('monday.txt'), at('tuesday.json')]);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^Not linked \(rule facts-differ\)\n9 numbers or names stand against others in \d+ aligned words/,
    );
    expect(stdout).toMatch(
      /numbers and names that stand against others +9 +at most \d\.\d +facts-differ {2}<- decides/,
    );
    expect(stdout).toMatch(/Jaccard +– +not compared +jaccard/);
    expect(stdout).toContain('facts     Varholm  |  Ostervik');
    expect(stdout).toContain('wording   south  |  west');
    expect(stdout).toContain('In both, in the same order: ');
    // Nothing of a text commands the terminal.
    expect(stdout).toContain('[31mWeather');
    expect(stdout).not.toContain('\u001b');
  });

  it('reads a saved page, and says of what is no article that nothing of it was compared', async () => {
    const paragraphs = FERRY.paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('');
    await writeFile(
      at('page.html'),
      `<title>${FERRY.headline}</title><article><h1>${FERRY.headline}</h1>${paragraphs}</article>`,
    );
    const page = await wirefold(['explain', at('page.html'), at('whole.txt')]);
    expect(page.code).toBe(0);
    expect(page.stdout).toMatch(/^Linked: same text \(rule equal\)/);
    const thin = await wirefold(['explain', at('thin.json'), at('page.html')]);
    expect(thin.stdout).toMatch(/^Not linked \(rule thin\)[\s\S]*is no article, so nothing of it is compared: thin/);
  });
});

describe('wirefold explain, without two articles', { timeout: 60_000 }, () => {
  it('ends with 2 and says why', async () => {
    await writeFile(at('binary.txt'), Buffer.from([0x50, 0, 0x51]));
    await writeFile(at('bad.json'), '{"title": "no text"}');
    const cases: [string[], RegExp][] = [
      [[at('whole.txt')], /explain takes two articles[\s\S]*Exit codes/],
      [[at('whole.txt'), at('none.txt')], /cannot read the input: ENOENT/],
      [[at('whole.txt'), folder], /cannot read the input: EISDIR/],
      [[at('binary.txt'), at('whole.txt')], /binary\.txt is not text in UTF-8/],
      [[at('bad.json'), at('whole.txt')], /bad\.json: "text": .*expected an object \{title\?, text/],
      [[at('whole.txt'), at('cut.json'), '--colour'], /colour/],
      [[at('whole.txt'), at('cut.json'), '--server', 'here'], /--server here is not a URL/],
      [
        ['http://x.example/a', at('cut.json'), '--server', `http://127.0.0.1:${await freePort()}`],
        /no service answers.*npm start/,
      ],
    ];
    for (const [args, words] of cases) {
      const { code, stdout, stderr } = await wirefold(['explain', ...args]);
      expect({ code, stdout }, stderr).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(words);
    }
  });
});

describe('wirefold explain, beside a running service', { timeout: 60_000 }, () => {
  const url = 'http://courier.example/ferry';
  let service: LocalService;
  let ids: string[];
  beforeAll(async () => {
    service = await startInMemory();
    ids = await service.push([
      { url, title: FERRY.headline, text: LINES.whole.text },
      { source: 'Inland Post', title: 'Library', text: text(LIBRARY.paragraphs) },
      LINES.thin,
    ]);
  });
  afterAll(() => service.close());
  const explain = (...args: string[]) => wirefold(['explain', ...args, '--server', service.baseUrl]);

  it('gives the answer of the service for two of its articles', async () => {
    const [ferry = '', library = ''] = ids;
    const { code, stdout } = await explain(url, library, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual(await service.get(`/v1/explain?a=${ferry}&b=${library}`));
    const view = await explain(ferry, library);
    expect(view.stdout).toContain(`B  ${library}: Library, Inland Post`);
  });

  it('says where a person decided otherwise than the texts', async () => {
    const [ferry = '', library = ''] = ids;
    const [first, second] = await Promise.all(
      [ferry, library].map(async (id) => ((await service.get(`/v1/articles/${id}`)) as { story: string }).story),
    );
    await fetch(`${service.baseUrl}/v1/stories/${first}/merge`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ stories: [second], note: 'one day in Varholm' }),
    });
    const { code, stdout } = await explain(ferry, library);
    expect(code).toBe(1);
    expect(stdout).toMatch(/A person made the two one story by decision 1 \(20[^)]*\): “one day in Varholm”\./);
  });

  it('compares a file with an article of the service', async () => {
    const { code, stdout } = await explain(url, at('cut.json'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Linked: contains \(rule containment\)/);
  });

  it('ends with 2 for an article that is unknown or has no text, and says why', async () => {
    const [ferry = '', , thin = ''] = ids;
    const unknown = await explain(ferry, 'a00000000000000000000dead');
    expect(unknown).toMatchObject({ code: 2, stdout: '' });
    expect(unknown.stderr).toContain('answered 404: b: There is no article with this id.');
    expect((await explain(thin, ferry)).stderr).toContain('answered 409: a: The article failed: Too little text');
    expect((await explain(thin, at('cut.json'))).stderr).toContain(
      `${thin} has no text to compare: it is failed, thin`,
    );
  });
});
