import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newsForBenchmarks } from '../support/news-file.ts';

/** The batch command next to the usual MinHash package, each from the file to the groups in a process of its own. */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RUNS = 3;

interface Run {
  seconds: number;
  peakMiB: number;
}

function run(program: string[], file: string): Promise<Run> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(
      '/usr/bin/env',
      ['time', '-f', 'peak %M', process.execPath, '--import', 'tsx', ...program, file],
      {
        cwd: ROOT,
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const peak = /peak (\d+)/.exec(said)?.[1];
      if (code !== 0 || peak === undefined) reject(new Error(`${program.join(' ')} ended with ${code}: ${said}`));
      else resolve({ seconds: (performance.now() - startedAt) / 1000, peakMiB: Number(peak) / 1024 });
    });
  });
}

async function median(program: string[], file: string): Promise<Run> {
  const runs: Run[] = [];
  for (let at = 0; at < RUNS; at++) runs.push(await run(program, file));
  return runs.sort((a, b) => a.seconds - b.seconds)[Math.floor(RUNS / 2)] as Run;
}

function row(name: string, articles: number, { seconds, peakMiB }: Run): string {
  const perSecond = (articles / seconds).toFixed(0);
  return `${name.padEnd(44)} ${String(articles).padStart(6)} articles ${seconds.toFixed(2).padStart(7)} s ${perSecond.padStart(7)} a second ${peakMiB.toFixed(0).padStart(6)} MiB\n`;
}

const folder = mkdtempSync(join(tmpdir(), 'wirefold-bench-'));
try {
  const { name, lines } = newsForBenchmarks();
  const all = join(folder, 'all.jsonl');
  writeFileSync(all, `${lines.join('\n')}\n`);
  process.stdout.write(`${name}; median of ${RUNS} runs, process start included\n\n`);
  const ours = await median(['services/all/src/main.ts', 'cluster'], all);
  process.stdout.write(row('wirefold cluster', lines.length, ours));
  const peer = await median(['test/bench/peers/minhash-pipeline.ts'], all);
  process.stdout.write(row('npm minhash 0.0.9, 128 permutations, LSH', lines.length, peer));
  const ratio = peer.seconds / ours.seconds;
  process.stdout.write(`\nwirefold cluster is ${ratio.toFixed(1)} times as fast.\n`);
} finally {
  rmSync(folder, { recursive: true });
}
