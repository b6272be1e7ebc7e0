/** Quality floors of extraction, pinned to the data that they were measured on. A floor falls only with a decision record. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { pagesOf, readDevelopmentPage, unpackPages } from '../support/development-pages.ts';
import { sharedPath } from '../support/shared.ts';

/** Unpacking takes 5 to 10 seconds on a busy core, reading 680 pages about as long. */
const EVAL_TIMEOUT_MS = 120_000;

/** Measured, rounded down at the third decimal: naeb .937 .928 .821 .900, fundus .964 .810 .965 .881. */
const FLOORS = {
  naeb: { f1: 0.936, precision: 0.915, recall: 0.957, title: 0.926, date: 0.816, authors: 0.896 },
  fundus: { f1: 0.963, precision: 0.956, recall: 0.97, title: 0.806, date: 0.961, authors: 0.877 },
};

const folder = mkdtempSync(join(tmpdir(), 'wirefold-extraction-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function extractSet(set: string): { items: string; extracted: string; failed: string[] } {
  const failed: string[] = [];
  const rows = pagesOf(folder, set).map((page) => {
    const reading = readDevelopmentPage(folder, set, page);
    if (!reading.ok) failed.push(`${page.id}: ${reading.reason}`);
    const { body = '', title, byline, published } = reading.ok ? reading.article : {};
    return JSON.stringify({ id: page.id, body, title, byline, published: published?.at });
  });
  const extracted = join(folder, `${set}.jsonl`);
  writeFileSync(extracted, rows.join('\n'));
  return { items: join(folder, set, 'items.jsonl'), extracted, failed };
}

describe('extraction on the development pages', () => {
  test('body and metadata stay above their floors', { timeout: EVAL_TIMEOUT_MS }, async (context) => {
    const scorer = sharedPath(context, 'eval', 'score-extraction.mjs');
    await unpackPages(context, folder, Object.keys(FLOORS));
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
