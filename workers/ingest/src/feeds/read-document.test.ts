import { describe, expect, test } from 'vitest';
import type { DocumentEntry, FeedDocument } from './document.ts';
import { readDocument } from './read-document.ts';

const WHOLE = { withContent: true };

function feedIn(text: string, options = WHOLE): FeedDocument {
  const document = readDocument(text, options);
  if (document.kind !== 'feed') throw new Error(JSON.stringify(document));
  return document.feed;
}

const rss = (inside: string) =>
  `<?xml version="1.0"?><!-- made by hand --><rss version="2.0"><channel>${inside}</channel></rss>`;
const atom = (inside: string) => `<feed xmlns="http://www.w3.org/2005/Atom">${inside}</feed>`;
const itemOf = (inside: string): DocumentEntry | undefined => feedIn(rss(`<item>${inside}</item>`)).entries[0];

describe('RSS', () => {
  test('gives the feed, its wishes and its entries', () => {
    const feed = feedIn(
      rss(`<title>Paper</title><link>https://paper.example/</link><language>en-GB</language><ttl>90</ttl>
        <skipHours><hour>0</hour><hour>24</hour><hour>noon</hour></skipHours><skipDays><day>Sunday</day><day>Caturday</day></skipDays>
        <item><title>One</title><link>/one</link><guid isPermaLink="false">g1</guid><pubDate>Mon, 16 Nov 2026 08:00:00 GMT</pubDate></item>`),
    );
    expect(feed).toMatchObject({
      kind: 'rss',
      title: 'Paper',
      homeUrl: 'https://paper.example/',
      language: 'en-GB',
      ttlMinutes: 90,
      skipHours: [0, 0],
      skipDays: [0],
    });
    expect(feed.entries).toMatchObject([
      { guid: 'g1', url: 'https://paper.example/one', published: 'Mon, 16 Nov 2026 08:00:00 GMT' },
    ]);
  });

  test('names the outlet that an entry is from', () => {
    const source = '<source url="https://wire.example/rss">Wire &amp;amp; Co</source>';
    expect(itemOf(source)?.source).toEqual({ name: 'Wire & Co', url: 'https://wire.example/rss' });
    expect(itemOf('<title>x</title>')?.source).toBeNull();
  });

  test('takes a guid for the address where it is one', () => {
    expect(itemOf('<guid>https://paper.example/g</guid>')?.url).toBe('https://paper.example/g');
    expect(itemOf('<guid isPermaLink="false">https://paper.example/g</guid>')?.url).toBeNull();
    expect(itemOf('<guid>tag:paper,1</guid>')?.url).toBeNull();
  });

  test('gives whole texts where they are asked for, and titles as text', () => {
    const item =
      '<item><title>&lt;b&gt;Fish&lt;/b&gt; &amp;amp; chips, 3 &lt; 4</title><content:encoded><![CDATA[<p>All of it.</p>]]></content:encoded></item>';
    expect(feedIn(rss(item)).entries).toMatchObject([{ title: 'Fish & chips, 3 < 4', content: '<p>All of it.</p>' }]);
    expect(feedIn(rss(item), { withContent: false }).entries).toMatchObject([{ content: null }]);
  });

  test('keeps the newest entries of too many, in their order', () => {
    const at = (index: number) => new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString();
    const items = Array.from(
      { length: 1_200 },
      (_, index) => `<item><guid>${index}</guid><pubDate>${at(index)}</pubDate></item>`,
    );
    const guids = feedIn(rss(items.join(''))).entries.map(({ guid }) => Number(guid));
    expect([guids.length, guids[0], guids.at(-1)]).toEqual([1_000, 200, 1_199]);
  });
});

describe('Atom', () => {
  test('gives links, times and the feed that an entry is from', () => {
    const entry = `<entry><id>tag:1</id><title type="html">One &amp;amp; two</title><link rel="self" href="/self"/><link href="/one"/>
      <published>2026-11-16T08:00:00Z</published><updated>2026-11-16T09:00:00Z</updated>
      <source><title>Wire</title><link rel="self" href="https://wire.example/atom"/><link href="https://wire.example/"/></source></entry>`;
    const [read] = feedIn(atom(`<title>Paper</title>${entry}`)).entries;
    expect(read).toMatchObject({
      guid: 'tag:1',
      url: '/one',
      title: 'One & two',
      published: '2026-11-16T08:00:00Z',
      updated: '2026-11-16T09:00:00Z',
      source: { name: 'Wire', url: 'https://wire.example/' },
    });
  });

  test('unpacks what is packed in base64', () => {
    const packed = Buffer.from('Fähre <i>kommt</i>').toString('base64');
    expect(feedIn(atom(`<entry><title mode="base64">${packed}</title></entry>`)).entries[0]?.title).toBe('Fähre kommt');
  });
});

describe('JSON Feed', () => {
  const json = (value: object) => JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items: [], ...value });

  test('gives its entries, whatever a field of a wrong type says', () => {
    const items = [
      { id: 7, url: '/seven', title: ['no'], date_published: '2026-11-16T08:00:00Z', content_html: '<p>x</p>' },
      null,
      'no item',
      { id: 'b', external_url: 'https://other.example/b', content_text: 'a < b\n\nc' },
    ];
    const { entries, kind } = feedIn(json({ title: 'Paper', items }));
    expect(kind).toBe('json');
    expect(entries).toMatchObject([
      { guid: '7', url: '/seven', title: null, content: '<p>x</p>' },
      { guid: 'b', url: 'https://other.example/b', content: '<p>a &lt; b</p>\n<p>c</p>' },
    ]);
  });

  test('of another version or none is none', () => {
    for (const text of [
      '{"items": []}',
      '{',
      json({ version: 'https://jsonfeed.org/version/2' }),
      json({ items: 1 }),
    ]) {
      expect(readDocument(text, WHOLE)).toMatchObject({ kind: 'none', why: 'other' });
    }
  });
});

describe('sitemaps', () => {
  const news = (title: string) =>
    `<n:news><n:publication><n:name>Paper</n:name><n:language>en</n:language></n:publication><n:publication_date>2026-11-16</n:publication_date><n:title>${title}</n:title></n:news>`;

  test('give what is news, and not the pictures beside it', () => {
    const image =
      '<image:image><image:loc>https://paper.example/p.jpg</image:loc><image:title>Picture</image:title></image:image>';
    const feed = feedIn(`<urlset>
      <url>${image}<loc> https://paper.example/one </loc><lastmod>2026-11-17T06:00:00Z</lastmod>${news('One &amp; two')}</url>
      <url><loc>https://paper.example/about</loc></url></urlset>`);
    expect(feed).toMatchObject({ kind: 'sitemap', title: 'Paper', language: 'en' });
    expect(feed.entries).toEqual([
      {
        guid: null,
        url: 'https://paper.example/one',
        title: 'One & two',
        summary: null,
        content: null,
        published: '2026-11-16',
        updated: '2026-11-17T06:00:00Z',
        source: { name: 'Paper', url: null },
      },
    ]);
  });

  test('without news are none, and indexes name theirs', () => {
    expect(readDocument('<urlset><url><loc>https://a.example/</loc></url></urlset>', WHOLE)).toMatchObject({
      kind: 'none',
      detail: 'a sitemap of which no entry is marked as news',
    });
    const index =
      '<sitemapindex><sitemap><loc>/a.xml</loc><lastmod>2026-11-17</lastmod></sitemap><sitemap/></sitemapindex>';
    expect(readDocument(index, WHOLE)).toEqual({ kind: 'index', children: [{ url: '/a.xml', updated: '2026-11-17' }] });
  });
});

describe('pages', () => {
  const linksIn = (head: string) => {
    const document = readDocument(`<!DOCTYPE html><html><head>${head}</head></html>`, WHOLE);
    return document.kind === 'page' ? document.links.map(({ url }) => url) : document.kind;
  };

  test('name their feeds in their head, those of comments last', () => {
    const link = (href: string, more: string) => `<LINK HREF="${href}" ${more}>`;
    const rssType = 'rel="alternate" type="application/rss+xml"';
    const links = [
      link('/comments/feed', rssType),
      link('/wp-json/x', 'rel=alternate type="application/json"'),
      link('/style.css', 'rel=stylesheet'),
      link('/fr', 'rel=alternate hreflang=fr'),
      link('/main', `title="News" ${rssType}`),
      link('/feed.json', 'rel="Alternate home" type="application/feed+json; charset=utf-8"'),
    ];
    expect(linksIn(links.join(''))).toEqual(['/main', '/feed.json', '/comments/feed']);
  });

  test('of which none is named say so', () => {
    expect(linksIn('<title>Paper</title>')).toEqual([]);
  });
});

test('what is neither is none, and never an exception', () => {
  for (const text of ['', ' ', 'plain words', '<svg/>', '<', '<!-- ', '\u0000', '[1]']) {
    expect(readDocument(text, WHOLE)).toMatchObject({ kind: 'none', why: 'other' });
  }
  expect(readDocument('<rss>', WHOLE)).toMatchObject({ kind: 'none', why: 'unreadable' });
  expect(readDocument('<rss><channel><item><![CDATA[', WHOLE)).toMatchObject({ kind: 'none', why: 'unreadable' });
});

test('entities that a document declares are not expanded without end, and no file is read', () => {
  const entities = Array.from({ length: 9 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join('');
  const bomb = `<!DOCTYPE rss [<!ENTITY e0 "boom">${entities}]>`;
  const file = '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>';
  for (const text of [`${bomb}${rss('<title>&e9;</title>')}`, `${file}${rss('<title>&f;</title>')}`]) {
    const said = JSON.stringify(readDocument(text, WHOLE));
    expect(said.length).toBeLessThan(20_000);
    expect(said).not.toContain('root:');
  }
  const sitemap = `${bomb}<urlset><url><loc>https://a.example/&e9;</loc><news:news/></url></urlset>`;
  expect(JSON.stringify(readDocument(sitemap, WHOLE))).not.toContain('boom');
});
