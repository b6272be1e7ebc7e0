import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { streamCrawl } from '../support/generated-news.ts';

/**
 * The batch command on more articles than memory holds, in a process of its own: `npm run bench -- million [ARTICLES]`. Needs some
 * 9 KB of temporary files an article.
 */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ARTICLES = Number(process.argv[2] ?? 200_000);
const COMPARED_ARTICLES = Math.min(20_000, ARTICLES);
const DISK_BYTES_AN_ARTICLE = 9000;
const MIB = 2 ** 20;

interface Run {
  seconds: number;
  cpuSeconds: number;
  peakMiB: number;
  /** Of the last lines that it said. */
  said: string;
  sha256: string;
}

/** Writes the articles as they are made, and returns how many texts they are copies of. */
async function write(file: string, count: number): Promise<number> {
  const out = createWriteStream(file);
  let stories = 0;
  for (const { story, ...article } of streamCrawl(count)) {
    stories = Math.max(stories, story + 1);
    if (!out.write(`${JSON.stringify(article)}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
  return stories;
}

/** Peak memory is the largest resident size of the process with all its threads, as the system counts it. */
async function run(file: string, args: string[]): Promise<Run> {
  const startedAt = performance.now();
  const program = ['--import', 'tsx', 'services/all/src/main.ts', 'cluster', ...args, file];
  const child = spawn('/usr/bin/env', ['time', '-f', 'peak %M cpu %U %S', process.execPath, ...program], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const digest = createHash('sha256');
  let said = '';
  child.stdout.on('data', (chunk) => digest.update(chunk));
  child.stderr.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-2000);
  });
  const [code] = await once(child, 'close');
  const [, peak, user, system] = /peak (\d+) cpu ([\d.]+) ([\d.]+)/.exec(said) ?? [];
  if (code !== 0 || peak === undefined) throw new Error(`cluster ended with ${code}: ${said}`);
  return {
    seconds: (performance.now() - startedAt) / 1000,
    cpuSeconds: Number(user) + Number(system),
    peakMiB: (Number(peak) * 1024) / MIB,
    said,
    sha256: digest.digest('hex'),
  };
}

function report({ seconds, cpuSeconds, peakMiB, said }: Run, stories: number): string {
  const indexBytes = Number(/(\d+) bytes of index/.exec(said)?.[1] ?? Number.NaN);
  const found = /(\d+) stories/.exec(said)?.[1];
  return [
    `${ARTICLES} articles of about 300 words, copies of ${stories} texts, ${availableParallelism()} cores`,
    `  ${seconds.toFixed(1)} s, ${(ARTICLES / seconds).toFixed(0)} articles a second; ${cpuSeconds.toFixed(1)} s of all cores`,
    `  ${peakMiB.toFixed(0)} MiB resident at most, all threads`,
    `  ${(indexBytes / ARTICLES).toFixed(0)} bytes of index an article, keys included`,
    `  ${found} stories found\n`,
  ].join('\n');
}

const folder = mkdtempSync(join(tmpdir(), 'wirefold-bench-'));
try {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < ARTICLES * DISK_BYTES_AN_ARTICLE) throw new Error(`${folder} has not enough room on its disk`);
  const file = join(folder, 'crawl.jsonl');
  await write(file, COMPARED_ARTICLES);
  const one = await run(file, ['--threads', '1']);
  const several = await run(file, ['--threads', '2']);
  const isSame = one.sha256 === several.sha256;
  process.stdout.write(
    `${COMPARED_ARTICLES} articles: --threads 1 in ${one.seconds.toFixed(1)} s, --threads 2 in ${several.seconds.toFixed(1)} s, ` +
      `output ${isSame ? 'identical' : 'DIFFERENT'}\n\n`,
  );
  if (!isSame) process.exitCode = 1;
  const stories = await write(file, ARTICLES);
  process.stdout.write(report(await run(file, []), stories));
} finally {
  rmSync(folder, { recursive: true });
}
