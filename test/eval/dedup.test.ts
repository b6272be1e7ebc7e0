/** Quality floors of finding copies, pinned to the data that they were measured on. A floor falls only with a decision record. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { comparisonText } from '@wirefold/article';
import { judge, sign } from '@wirefold/dedup';
import { afterAll, describe, expect, it } from 'vitest';
import { sharedPath } from '../support/shared.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const EVAL_TIMEOUT_MS = 120_000;
const OUTPUT_BYTES_MAX = 2 ** 28;

/** sha256 of the files that the floors were measured on. */
const WIRE_SHA256 = '92fc62355bd66d0ee487ea63b7bc4325b360637c0a0bab0df180875b94b7e0a0';
const TRAPS_SHA256 = '0bfb300a81d6ff02045436a150abdfb5dcdd7e5ec5bb919106bd97c87a4c41f5';

/** Measured, rounded down at the third decimal. */
const FLOORS = { precision: 0.998, recall: 0.964, f1: 0.981, bcubedF1: 0.986 };

interface Trap {
  family: string;
  a: string;
  b: string;
  expect: 'merge' | 'separate';
}

const folder = mkdtempSync(join(tmpdir(), 'wirefold-dedup-'));
afterAll(() => rmSync(folder, { recursive: true }));

function sha256Of(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

describe('finding copies in the labelled development set', () => {
  it('stays above its floors, by the batch command', { timeout: EVAL_TIMEOUT_MS }, async (context) => {
    const wire = sharedPath(context, 'data/dedup/wire-dev.jsonl.gz');
    const scorer = sharedPath(context, 'eval/score-clusters.mjs');
    expect(sha256Of(wire), 'other data: measure the floors again').toBe(WIRE_SHA256);
    const [gold, found] = [join(folder, 'gold.jsonl'), join(folder, 'found.jsonl')];
    writeFileSync(gold, gunzipSync(readFileSync(wire)));
    const node = (args: string[]) =>
      promisify(execFile)(process.execPath, args, { cwd: ROOT, maxBuffer: OUTPUT_BYTES_MAX });
    writeFileSync(found, (await node(['--import', 'tsx', 'services/all/src/main.ts', 'cluster', wire])).stdout);
    const scores = JSON.parse((await node([scorer, gold, found])).stdout) as Record<string, number>;
    expect(scores.missing).toBe(0);
    for (const [name, floor] of Object.entries(FLOORS)) {
      expect(scores[name], `${name} of ${JSON.stringify(scores)}`).toBeGreaterThanOrEqual(floor);
    }
  });

  it('merges no pair of the traps that has to stay apart, and misses none that belongs together', (context) => {
    const file = sharedPath(context, 'data/dedup/traps.json');
    expect(sha256Of(file), 'other data: measure the floors again').toBe(TRAPS_SHA256);
    const traps = JSON.parse(readFileSync(file, 'utf8')) as Trap[];
    const signed = (text: string) => sign(comparisonText(text).text);
    const wrong = traps.filter(
      ({ a, b, expect: wanted }) => judge(signed(a), signed(b)).linked !== (wanted === 'merge'),
    );
    expect(traps.length).toBeGreaterThan(100);
    expect(wrong.map(({ family, expect: wanted }) => `${family}: ${wanted}`)).toEqual([]);
  });
});
