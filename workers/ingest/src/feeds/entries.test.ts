import { expect, test } from 'vitest';
import type { DocumentEntry } from './document.ts';
import { absoluteUrl, entriesOf } from './entries.ts';

const CONTEXT = { base: 'https://paper.example/feeds/all.xml', seenAt: '2026-11-17T10:00:00Z', isFullText: false };

function written(change: Partial<DocumentEntry> = {}): DocumentEntry {
  return {
    guid: 'g1',
    url: 'https://paper.example/one?utm_source=rss',
    title: 'One',
    summary: null,
    content: null,
    published: 'Mon, 16 Nov 2026 08:00:00 +0100',
    updated: null,
    source: null,
    ...change,
  };
}

test('an entry submits its URL, under the id of its canonical URL, and keeps what it says with how sure it is', () => {
  const [read] = entriesOf([written()], CONTEXT);
  expect(read?.submission).toMatchObject({ canonicalUrl: 'https://paper.example/one', pushed: null });
  expect(read?.entry.published).toEqual({
    at: '2026-11-16T08:00:00.000+01:00',
    uncertaintyMs: 0,
    evidence: 'Mon, 16 Nov 2026 08:00:00 +0100',
  });
  expect(read?.entry.updated).toBe('2026-11-16T07:00:00.000Z');
});

test('a relative address starts from the feed, and an entry without a usable one submits nothing', () => {
  const urls = [
    '../two',
    null,
    'mailto:desk@paper.example',
    'javascript:alert(1)',
    'https://u:p@paper.example/x',
    '//other.example/y',
  ];
  const read = entriesOf(
    urls.map((url) => written({ url })),
    CONTEXT,
  );
  expect(read.map(({ submission }) => submission.canonicalUrl)).toEqual([
    'https://paper.example/two',
    'https://other.example/y',
  ]);
  expect(absoluteUrl('http://[bad', CONTEXT.base)).toBeNull();
});

test('several entries of one article are one, as the newest says it', () => {
  const first = written({ title: 'As it was', updated: '2026-11-16T10:00:00Z' });
  const later = written({ title: 'As it is', updated: '2026-11-16T12:00:00Z', url: 'https://paper.example/one#live' });
  for (const both of [
    [first, later],
    [later, first],
  ]) {
    expect(entriesOf(both, CONTEXT).map(({ entry }) => entry.title)).toEqual(['As it is']);
  }
});

test('entries that share an id and not an address are articles each', () => {
  const same = ['https://paper.example/a', 'https://paper.example/b'].map((url) => written({ guid: 'same', url }));
  expect(entriesOf(same, CONTEXT)).toHaveLength(2);
});

test('a time that makes no sense is none', () => {
  const [read] = entriesOf([written({ published: 'soon', updated: '2199-01-01T00:00:00Z' })], CONTEXT);
  expect(read?.entry).toMatchObject({ published: null, updated: null });
});

test('a whole text becomes a page with what the feed says of it, where the feed was said to have it', () => {
  const entry = written({ title: 'Fish & <chips>', content: '<p>Whole text.</p>' });
  expect(entriesOf([entry], CONTEXT)[0]?.submission.pushed).toBeNull();
  const [read] = entriesOf([entry, written({ url: '/empty', content: ' ' })], { ...CONTEXT, isFullText: true });
  const html = read?.submission.pushed?.kind === 'html' ? read.submission.pushed.html : '';
  expect(html).toContain('<h1>Fish &amp; &lt;chips></h1>');
  expect(html).toContain('<p>Whole text.</p>');
  expect(html).toContain('content="2026-11-16T08:00:00.000+01:00"');
});

test('a whole text that is empty is fetched', () => {
  const [read] = entriesOf([written({ content: ' ' })], { ...CONTEXT, isFullText: true });
  expect(read?.submission.pushed).toBeNull();
});
