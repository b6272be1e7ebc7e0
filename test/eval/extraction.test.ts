/** Quality floors of extraction, pinned to the data that they were measured on. A floor falls only with a decision record. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { decodePage, readPage } from '@wirefold/article';
import { afterAll, describe, expect, test } from 'vitest';
import { sharedPath } from '../support/shared.ts';

/** sha256 of the archive that the floors were measured on. */
const ARCHIVE_SHA256 = '53f4e95146ddd14d4599b28f1027960a8ff69d7140edeeee606f5c6e6435fa8a';
/** Unpacking takes 5 to 10 seconds on a busy core, reading 680 pages about as long. */
const EVAL_TIMEOUT_MS = 120_000;

/** Measured, rounded down at the third decimal: naeb .937 .928 .821 .851, fundus .964 .810 .965 .853. */
const FLOORS = {
  naeb: { f1: 0.936, precision: 0.915, recall: 0.957, title: 0.926, date: 0.816, authors: 0.847 },
  fundus: { f1: 0.963, precision: 0.956, recall: 0.97, title: 0.806, date: 0.961, authors: 0.849 },
};

interface Item {
  id: string;
  url?: string;
  file: string;
}

const folder = mkdtempSync(join(tmpdir(), 'wirefold-extraction-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function extractSet(set: string): { items: string; extracted: string; failed: string[] } {
  const items = join(folder, set, 'items.jsonl');
  const lines = readFileSync(items, 'utf8').split('\n').filter(Boolean);
  const failed: string[] = [];
  const rows = lines.map((line) => {
    const { id, url, file } = JSON.parse(line) as Item;
    const { html } = decodePage(readFileSync(join(folder, set, file)), null);
    const reading = readPage({ html, url: url ?? 'https://unknown.example/', seenAt: '2026-11-23T00:00:00Z' });
    if (!reading.ok) failed.push(`${id}: ${reading.reason}`);
    const { body = '', title, byline, published } = reading.ok ? reading.article : {};
    return JSON.stringify({ id, body, title, byline, published: published?.at });
  });
  const extracted = join(folder, `${set}.jsonl`);
  writeFileSync(extracted, rows.join('\n'));
  return { items, extracted, failed };
}

describe('extraction on the development pages', () => {
  test('body and metadata stay above their floors', { timeout: EVAL_TIMEOUT_MS }, async (context) => {
    const archive = sharedPath(context, 'data', 'extraction', 'extraction-dev.tar.xz');
    const scorer = sharedPath(context, 'eval', 'score-extraction.mjs');
    expect(await sha256Of(archive), 'other data: measure the floors again').toBe(ARCHIVE_SHA256);
    execFileSync('tar', ['-xJf', archive, '-C', folder, ...Object.keys(FLOORS)]);
    for (const [set, floors] of Object.entries(FLOORS)) {
      const { items, extracted, failed } = extractSet(set);
      const scores = JSON.parse(execFileSync(process.execPath, [scorer, items, extracted], { encoding: 'utf8' }));
      for (const [measure, floor] of Object.entries(floors)) {
        expect(scores[measure], `${set} ${measure}`).toBeGreaterThanOrEqual(floor);
      }
      expect(failed.length, `articles of ${set} taken for stubs: ${failed.join(', ')}`).toBeLessThanOrEqual(1);
    }
  });
});
