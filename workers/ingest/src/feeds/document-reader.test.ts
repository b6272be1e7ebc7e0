import { afterEach, expect, test } from 'vitest';
import { createDocumentReader, type DocumentReader } from './document-reader.ts';

const OPTIONS = { withContent: false };
const SANE = '<rss><channel><title>Still there</title></channel></rss>';

const readers: DocumentReader[] = [];
afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close();
});

function open(deadlineMs?: number): DocumentReader {
  const reader = createDocumentReader(deadlineMs);
  readers.push(reader);
  return reader;
}

test('a document that takes too long ends its thread, and those behind it are read by another', async () => {
  const reader = open(100);
  // The parser looks through all attributes for each question about one of them.
  const attributes = Array.from({ length: 100_000 }, (_, index) => ` a${index}="${index}"`).join('');
  const late = reader.read(`<rss><channel><item${attributes}><title>x</title></item></channel></rss>`, OPTIONS);
  const sane = reader.read(SANE, OPTIONS);
  expect(await late).toEqual({ kind: 'late' });
  expect(await sane).toMatchObject({ kind: 'feed', feed: { title: 'Still there' } });
});

test('a document that takes too much memory ends its thread and not the process', async () => {
  const reader = open(60_000);
  const items = '<item><title>x</title><a/><b/><c/></item>'.repeat(400_000);
  expect(await reader.read(`<rss><channel>${items}</channel></rss>`, OPTIONS)).toMatchObject({ kind: 'failed' });
  expect(await reader.read(SANE, OPTIONS)).toMatchObject({ kind: 'feed' });
});

test('a reader that was never used closes', async () => {
  await open().close();
});
