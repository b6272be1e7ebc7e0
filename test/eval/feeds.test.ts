/** Quality floor of reading feeds, pinned to the data that it was measured on. The floor falls only with a decision record. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePage } from '@wirefold/article';
import { createDocumentReader } from '@wirefold/ingest';
import { Parser } from 'htmlparser2';
import { afterAll, describe, expect, test } from 'vitest';
import { sharedPath } from '../support/shared.ts';

/** A hostile feed may take the whole deadline of the reader. */
const EVAL_TIMEOUT_MS = 240_000;

/** sha256 of the expectations and of the feeds that are read. */
const DATA_SHA256 = '3b6eb55be71271ebb498dd255b8c0875a4ad8faefc86a0ca37b13de54f60d092';
/** Checks that hold, of the checks there are. */
const CHECKS = 304;
const FLOOR = 264;

/** Where the suite's feeds stand; relative addresses start there. */
const BASE = 'http://127.0.0.1:8097';

const reader = createDocumentReader();
afterAll(() => reader.close());

interface Suite {
  file: string;
  headers: Record<string, string>;
  checks: { path: (string | number)[]; value: unknown }[];
}

type Reading = Awaited<ReturnType<typeof reader.read>>;
type Feed = Extract<Reading, { kind: 'feed' }>['feed'];
type Entry = Feed['entries'][number];

/** The core fields by the suite's names: what a feed and its entries are, where, from when, and what they say. */
const FEED_FIELDS: Record<string, (feed: Feed) => string | null> = {
  title: ({ title }) => title,
  link: ({ homeUrl }) => homeUrl,
  language: ({ language }) => language,
  description: ({ description }) => description,
  subtitle: ({ description }) => description,
  tagline: ({ description }) => description,
  // Not read: a feed is known by its address.
  id: () => null,
  updated: ({ updated }) => updated,
  updated_parsed: ({ updated }) => updated,
  published: ({ updated }) => updated,
  published_parsed: ({ updated }) => updated,
};
const ENTRY_FIELDS: Record<string, (entry: Entry) => string | null> = {
  title: ({ title }) => title,
  link: ({ url }) => url,
  id: ({ guid }) => guid,
  guid: ({ guid }) => guid,
  updated: ({ updated, published }) => updated ?? published,
  updated_parsed: ({ updated, published }) => updated ?? published,
  published: ({ published }) => published,
  published_parsed: ({ published }) => published,
  created: ({ published }) => published,
  summary: ({ summary }) => summary,
  description: ({ summary }) => summary,
  'content.0.value': ({ content }) => content,
  'source.title': ({ source }) => source?.name ?? null,
  'source.href': ({ source }) => source?.url ?? null,
};

/** How a check reads its field; null for a check of something else. */
function fieldOf([of, ...path]: Suite['checks'][number]['path']): ((feed: Feed) => string | null) | null {
  if (of === 'feed') return FEED_FIELDS[path.join('.')] ?? null;
  const [index, ...rest] = path;
  const read = ENTRY_FIELDS[rest.join('.')];
  if (of !== 'entries' || typeof index !== 'number' || read === undefined) return null;
  return ({ entries }) => (entries[index] === undefined ? null : read(entries[index]));
}

/** Text without markup and entities, with single spaces. */
function plain(markup: string): string {
  let text = '';
  const parser = new Parser({
    ontext(piece) {
      text += piece;
    },
  });
  parser.end(markup);
  return text.replace(/\s+/g, ' ').trim();
}

const instant = (time: string) => (Number.isNaN(Date.parse(time)) ? time : new Date(time).toISOString().slice(0, 19));
const absolute = (url: string, base: string) => (URL.canParse(url, base) ? new URL(url, base).href : url);

function holds({ path, value }: Suite['checks'][number], found: string | null, base: string): boolean {
  if (Array.isArray(value)) {
    const [year = 0, month = 1, day, hour, minute, second] = value as number[];
    return (
      found !== null &&
      instant(found) === new Date(Date.UTC(year, month - 1, day, hour, minute, second)).toISOString().slice(0, 19)
    );
  }
  if (found === value) return true;
  if (found === null || typeof value !== 'string') return false;
  const name = String(path.at(-1));
  if (/^(?:updated|published|created)/.test(name)) return instant(found) === instant(value);
  if (/^(?:link|id|guid|href)$/.test(name)) return absolute(found, base) === absolute(value, base);
  return plain(plain(found)) === plain(plain(value));
}

describe('reading feeds', () => {
  test('the core fields of well-formed feeds hold as often as they did', {
    timeout: EVAL_TIMEOUT_MS,
  }, async (context) => {
    const folder = sharedPath(context, 'data', 'feeds');
    const suites: Suite[] = JSON.parse(readFileSync(join(folder, 'feedparser-tests.json'), 'utf8'));
    const hash = createHash('sha256').update(JSON.stringify(suites));
    const missed: string[] = [];
    let checks = 0;
    for (const { file, headers, checks: all } of suites) {
      const core = all.filter(({ path }) => fieldOf(path) !== null);
      if (core.length === 0 || !file.startsWith('wellformed/') || file.includes('/sanitize/')) continue;
      const bytes = readFileSync(join(folder, file));
      hash.update(bytes);
      const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null;
      const document = await reader.read(decodePage(bytes, type).html, { withContent: true });
      for (const check of core) {
        checks += 1;
        const found = document.kind === 'feed' ? (fieldOf(check.path)?.(document.feed) ?? null) : null;
        if (!holds(check, found, `${BASE}/${file}`)) missed.push(`${file} ${check.path.join('.')}`);
      }
    }
    expect(hash.digest('hex'), 'other data: measure the floor again').toBe(DATA_SHA256);
    expect(checks).toBe(CHECKS);
    expect(checks - missed.length, missed.join('\n')).toBeGreaterThanOrEqual(FLOOR);
  });

  test('every hostile feed ends: in an answer, or for being broken, late or too large for the thread', {
    timeout: EVAL_TIMEOUT_MS,
  }, async (context) => {
    const folder = sharedPath(context, 'data', 'feeds', 'hostile');
    const files = readdirSync(folder);
    expect(files.length).toBe(10);
    for (const file of files) {
      const document = await reader.read(readFileSync(join(folder, file), 'utf8'), { withContent: true });
      // A feed that got through holds no more than it was sent: nothing was expanded, nothing read from this machine.
      if (document.kind === 'feed') expect(JSON.stringify(document).length, file).toBeLessThan(20_000);
      else expect(['none', 'late', 'failed'], file).toContain(document.kind);
    }
    const sane = await reader.read('<rss><channel><title>Still there</title></channel></rss>', { withContent: false });
    expect(sane).toMatchObject({ kind: 'feed', feed: { title: 'Still there' } });
  });
});
