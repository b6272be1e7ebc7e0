import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodePage, decodePieces, readPage } from '@wirefold/article';
import { pagesOf, unpackIfHere } from '../support/development-pages.ts';
import { leastSeconds } from '../support/processor-time.ts';
import { readWithReadability } from './peers/readability.ts';

/**
 * From a page's characters to its article, next to Readability with linkedom on the same pages. Processor time of the quickest round:
 * whatever else runs on the machine only adds to it. Wirefold's time is for all that it reads of a page, metadata and credit included.
 */

const SETS = ['naeb', 'fundus'];
const ROUNDS = 4;
const PEER_ROUNDS = 2;
const SEEN_AT = '2026-11-23T00:00:00Z';

const folder = mkdtempSync(join(tmpdir(), 'wirefold-bench-'));
const files = (): { url: string; path: string }[] =>
  SETS.flatMap((set) => pagesOf(folder, set).map(({ url, file }) => ({ url, path: join(folder, set, file) })));

const htmlOf = (path: string): string => decodePage(readFileSync(path), null).html;

/** MiB that the process holds at most while it reads the pages one after the other, as a worker does. */
function peakMemory(): number {
  let most = 0;
  for (const { url, path } of files()) {
    readPage({ html: decodePieces(readFileSync(path), null), url, seenAt: SEEN_AT });
    most = Math.max(most, process.memoryUsage.rss());
  }
  return most / 2 ** 20;
}

function compare(): void {
  const memory = peakMemory();
  const pages = files().map(({ url, path }) => ({ url, html: htmlOf(path) }));
  const own = leastSeconds(ROUNDS, () => {
    for (const { html, url } of pages) readPage({ html, url, seenAt: SEEN_AT });
  });
  let failed = 0;
  const peer = leastSeconds(PEER_ROUNDS, (round) => {
    for (const { html } of pages) if (readWithReadability(html) === null && round === 0) failed += 1;
  });
  const each = (seconds: number): string => `${((seconds * 1000) / pages.length).toFixed(2).padStart(7)} ms a page`;
  const megabytes = pages.reduce((sum, { html }) => sum + html.length, 0) / 2 ** 20;
  process.stdout.write(
    [
      `${pages.length} pages of ${SETS.join(' and ')}, ${megabytes.toFixed(0)} million characters (${process.version})`,
      `wirefold                 ${each(own)}, at most ${memory.toFixed(0)} MiB resident`,
      `readability + linkedom   ${each(peer)}, nothing from ${failed} pages`,
      `wirefold is ${(peer / own).toFixed(1)} times as fast`,
      '',
    ].join('\n'),
  );
}

try {
  if (unpackIfHere(folder, SETS)) compare();
  else process.stdout.write('The development pages are not here: nothing to measure with.\n');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
