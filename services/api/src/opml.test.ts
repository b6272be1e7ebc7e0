import { expect, test } from 'vitest';
import { OPML_END, opmlOutline, opmlStart, readOpml } from './opml.ts';

const AT = new Date('2026-11-17T10:00:00Z');

test('a list that was written is read as it was', () => {
  const feeds = [
    { url: 'https://paper.example/feed?a=1&b=2', title: 'Fish & "chips" <b>', homeUrl: 'https://paper.example/' },
    { url: 'https://other.example/rss', title: 'Ανταπόκριση', homeUrl: null },
  ];
  const opml = opmlStart(AT) + feeds.map(opmlOutline).join('') + OPML_END;
  expect(readOpml(opml, 9)).toEqual(feeds);
});

test('feeds are found however deep they stand, in any case of the names, and groups are none', () => {
  const deep = `${'<outline text="group">'.repeat(5_000)}<outline TEXT="Deep" XMLURL=" https://deep.example/ "/>${'</outline>'.repeat(5_000)}`;
  const opml = `<?xml version="1.0"?><OPML version="1.0"><body><outline text="News"><outline xmlUrl="https://a.example/"/></outline>${deep}</body></OPML>`;
  expect(readOpml(opml, 9)).toEqual([
    { url: 'https://a.example/', title: null, homeUrl: null },
    { url: 'https://deep.example/', title: 'Deep', homeUrl: null },
  ]);
});

test('what is no OPML is none, one without feeds is empty, and of too many one too many is read', () => {
  expect([readOpml('', 9), readOpml('<rss><outline xmlUrl="https://a.example/"/></rss>', 9)]).toEqual([null, null]);
  expect(readOpml('<opml><body/></opml>', 9)).toEqual([]);
  expect(readOpml(`<opml>${'<outline xmlUrl="https://a.example/"/>'.repeat(99)}</opml>`, 9)).toHaveLength(10);
});

test('entities of a DTD are not expanded', () => {
  const opml =
    '<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><outline xmlUrl="https://a.example/&x;"/></opml>';
  expect(readOpml(opml, 9)?.[0]?.url).toBe('https://a.example/&x;');
});

test('a title with characters that XML does not take is written without them', () => {
  expect(opmlOutline({ url: 'https://a.example/', title: 'a\u0000\u001b\ud800\uffffb', homeUrl: null })).toContain(
    'text="ab"',
  );
});
