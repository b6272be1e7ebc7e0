import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { decodePage, readPage } from '@wirefold/article';
import { unseenModel } from '@wirefold/article/training';
import { developmentData, sharedPath } from './shared.ts';

const ARCHIVE = 'data/extraction/extraction-dev.tar.xz';

/** sha256 of the archive that floors are measured on. */
const ARCHIVE_SHA256 = '53f4e95146ddd14d4599b28f1027960a8ff69d7140edeeee606f5c6e6435fa8a';

/** For the few pages of which the address is not known. */
const UNKNOWN_URL = 'https://unknown.example/';

/** A page of a development set, and the text that a person found in it. */
export interface DevelopmentPage {
  id: string;
  url: string;
  file: string;
  body?: string;
  /** Texts that must be in the article, and such that must not: what is known of pages without a body. */
  with?: string[];
  without?: string[];
}

/** Unpacks sets of real pages into a folder. The test that asks is skipped where they are missing, and fails where they are others. */
export async function unpackPages(
  context: { skip(note: string): never },
  folder: string,
  sets: readonly string[],
): Promise<void> {
  const archive = sharedPath(context, ARCHIVE);
  const hash = createHash('sha256');
  await pipeline(createReadStream(archive), hash);
  if (hash.digest('hex') !== ARCHIVE_SHA256) throw new Error('These are other pages: measure the floors again.');
  unpack(archive, folder, sets);
}

/** The same for a benchmark: false where the pages are missing. */
export function unpackIfHere(folder: string, sets: readonly string[]): boolean {
  const archive = developmentData(ARCHIVE);
  if (archive !== null) unpack(archive, folder, sets);
  return archive !== null;
}

function unpack(archive: string, folder: string, sets: readonly string[]): void {
  execFileSync('tar', ['-xJf', archive, '-C', folder, ...sets]);
}

export function pagesOf(folder: string, set: string): DevelopmentPage[] {
  const lines = readFileSync(join(folder, set, 'items.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean);
  return lines.map((line) => ({ url: UNKNOWN_URL, ...(JSON.parse(line) as Omit<DevelopmentPage, 'url'>) }));
}

/** What Wirefold reads in a page, by a model of the body that never saw the page's domain. */
export function readDevelopmentPage(folder: string, set: string, { url, file }: DevelopmentPage) {
  const { html } = decodePage(readFileSync(join(folder, set, file)), null);
  return readPage({ html, url, seenAt: '2026-11-23T00:00:00Z' }, unseenModel(url));
}
