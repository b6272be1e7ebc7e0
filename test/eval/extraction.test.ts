/**
 * Quality floors of extraction, pinned to the data that they were measured on. A floor falls only with a decision record. Each page is
 * read with a model that was trained without its registrable domain.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { pagesOf, readDevelopmentPage, unpackPages } from '../support/development-pages.ts';
import { sharedPath } from '../support/shared.ts';

/** Unpacking takes 5 to 10 seconds on a busy core, reading 1,670 pages about a minute. */
const EVAL_TIMEOUT_MS = 240_000;

/** Measured, rounded down at the third decimal. */
const FLOORS: Record<string, Record<string, number>> = {
  naeb: { f1: 0.948, precision: 0.926, recall: 0.97, exact: 0.332, title: 0.938, date: 0.856, authors: 0.906 },
  fundus: { f1: 0.971, precision: 0.965, recall: 0.978, exact: 0.43, title: 0.856, date: 0.98, authors: 0.897 },
  trafi: { chunkF1: 0.947 },
};
/** Share of pages that may lose the last paragraph of their text, to the letter; measured .097 and .081. */
const LAST_PARAGRAPH_LOST_MAX: Record<string, number> = { naeb: 0.098, fundus: 0.082 };
/** Articles that may be taken for stubs. */
const STUBS_MAX: Record<string, number> = { naeb: 0, fundus: 1, trafi: 0 };

const folder = mkdtempSync(join(tmpdir(), 'wirefold-extraction-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface ReadSet {
  items: string;
  extracted: string;
  stubs: string[];
  /** Share of pages whose last paragraph is not in their body. */
  lastLost: number;
}

const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();
const lastParagraph = (body: string): string => squeeze(body.trim().split('\n').at(-1) ?? '');

function readSet(set: string): ReadSet {
  const stubs: string[] = [];
  let lost = 0;
  let withBody = 0;
  const rows = pagesOf(folder, set).map((page) => {
    const reading = readDevelopmentPage(folder, set, page);
    if (!reading.ok) stubs.push(`${page.id}: ${reading.reason}`);
    const { body = '', title, byline, published } = reading.ok ? reading.article : {};
    if (page.body !== undefined) {
      withBody += 1;
      if (!squeeze(body).includes(lastParagraph(page.body))) lost += 1;
    }
    return JSON.stringify({ id: page.id, body, title, byline, published: published?.at });
  });
  const extracted = join(folder, `${set}.jsonl`);
  writeFileSync(extracted, rows.join('\n'));
  return { items: join(folder, set, 'items.jsonl'), extracted, stubs, lastLost: lost / Math.max(1, withBody) };
}

describe('extraction on the development pages', () => {
  test('body, last paragraph and metadata stay above their floors', { timeout: EVAL_TIMEOUT_MS }, async (context) => {
    const scorer = sharedPath(context, 'eval', 'score-extraction.mjs');
    await unpackPages(context, folder, Object.keys(FLOORS));
    for (const [set, floors] of Object.entries(FLOORS)) {
      const { items, extracted, stubs, lastLost } = readSet(set);
      const scores = JSON.parse(execFileSync(process.execPath, [scorer, items, extracted], { encoding: 'utf8' }));
      for (const [measure, floor] of Object.entries(floors)) {
        expect(scores[measure], `${set} ${measure}`).toBeGreaterThanOrEqual(floor);
      }
      expect(lastLost, `${set}: last paragraph lost`).toBeLessThanOrEqual(LAST_PARAGRAPH_LOST_MAX[set] ?? 1);
      if (set in STUBS_MAX)
        expect(stubs.length, `taken for stubs: ${stubs.join(', ')}`).toBeLessThanOrEqual(STUBS_MAX[set] ?? 0);
    }
  });
});
