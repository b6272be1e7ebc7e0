import { describe, expect, test } from 'vitest';
import type { Article } from './article.ts';
import { NO_METADATA } from './metadata.ts';
import { readPage } from './read-page.ts';
import { readText } from './read-text.ts';

const SEEN_AT = '2031-05-30T18:00:00Z';
const TEXT = [
  'The ferry to the outer islands sailed for the last time on Friday, with four hundred people and a brass band on board.',
  'A bridge of two kilometres takes its place, and the captain will sell tickets for the museum that the ship becomes.',
  'Islanders had asked for one more winter, since the bridge closes in strong wind and the ferry never did.',
];

function read(head: string, above = '', url = 'https://www.shorepost.example/ferry'): Article {
  const body = TEXT.map((text) => `<p>${text}</p>`).join('');
  const html = `<html lang="en"><head>${head}</head><body><h1>Last ferry has sailed</h1>${above}${body}</body></html>`;
  const reading = readPage({ html, url, seenAt: SEEN_AT });
  if (!reading.ok) throw new Error(reading.reason);
  return reading.article;
}

const ld = (value: unknown): string => `<script type="application/ld+json">${JSON.stringify(value)}</script>`;
const meta = (name: string, content: string): string => `<meta property="${name}" content="${content}">`;

describe('authors', () => {
  test('have the field that names them, and are confirmed by a second one', () => {
    const head = `${ld({
      '@type': 'NewsArticle',
      author: [
        { '@type': 'Person', name: 'Ada Lind' },
        { '@type': 'Organization', name: 'Reuters' },
        { '@type': 'Organization', name: 'Shore Desk' },
      ],
    })}${meta('author', 'Ada Lind')}`;
    const { byline, metadata } = read(head);
    expect(byline).toBe('Ada Lind, Reuters');
    expect(metadata.authors).toMatchObject([
      {
        name: 'Ada Lind',
        isOrganization: false,
        certainty: 'confirmed',
        from: { place: 'structured-data', field: 'author' },
      },
      { name: 'Reuters', isOrganization: true, certainty: 'declared' },
    ]);
  });

  test('a person near the headline comes before the site, which content systems fill in', () => {
    const head = `${meta('og:site_name', 'Shore Post')}${ld({ '@type': 'NewsArticle', author: { name: ', Shore Post' } })}`;
    expect(read(head, '<div><a rel="author" href="/a">Ada Lind</a></div>').byline).toBe('Ada Lind');
    expect(read(head).byline).toBe('Shore Post');
  });

  test('all that the byline shows count where metadata names one of them', () => {
    const byline = '<p>By <a rel="author" href="/a">Ada Lind</a> and <a rel="author" href="/b">Bo Ek</a></p>';
    expect(read(meta('author', 'Bo Ek'), byline).byline).toBe('Ada Lind, Bo Ek');
  });

  test('of RDFa are found', () => {
    expect(read('', '<div property="schema:author"><span property="schema:name">Ada Lind</span></div>').byline).toBe(
      'Ada Lind',
    );
  });
});

describe('times', () => {
  test('the time of the last change has its certainty and its field', () => {
    const head = ld({
      '@type': 'NewsArticle',
      datePublished: '2031-05-28T08:00:00Z',
      dateModified: '2031-05-29T09:00:00Z',
    });
    expect(read(head + meta('article:modified_time', '2031-05-29T09:00:00Z')).metadata).toMatchObject({
      published: { certainty: 'declared', from: { place: 'structured-data', field: 'datePublished' } },
      modified: {
        value: { at: '2031-05-29T09:00:00.000Z', uncertaintyMs: 0 },
        certainty: 'confirmed',
        from: { field: 'dateModified' },
      },
    });
  });

  test('a relative one is resolved against the moment when the page was seen', () => {
    const { metadata } = read(
      meta('article:published_time', '2031-05-28T08:00:00Z'),
      '<p class="date">Updated 2 hours ago</p>',
    );
    expect(metadata.modified).toMatchObject({
      value: { at: '2031-05-30T16:00:00.000Z', uncertaintyMs: 3_600_000 },
      certainty: 'shown',
      from: { place: 'text', text: 'Updated 2 hours ago' },
    });
  });

  test('a change before the publication is none', () => {
    const head = ld({
      '@type': 'NewsArticle',
      datePublished: '2031-05-28T08:00:00Z',
      dateModified: '2031-05-20T09:00:00Z',
    });
    expect(read(head).metadata.modified).toBeNull();
  });

  test('where only a change is dated, the publication is inferred from it', () => {
    const { published, metadata } = read('', '<p class="date">Last updated: May 29, 2031</p>');
    expect(published?.at.slice(0, 10)).toBe('2031-05-29');
    expect(metadata.published?.certainty).toBe('inferred');
  });

  test('how long reading takes is no time', () => {
    expect(read('', '<p class="date">5 min</p>').published).toBeNull();
  });

  test('a day of the address is inferred', () => {
    const { metadata } = read('', '', 'https://www.shorepost.example/2031/05/29/ferry');
    expect(metadata.published).toMatchObject({ certainty: 'inferred', from: { place: 'url' } });
  });

  test('of microdata and RDFa count, as attributes and as text', () => {
    for (const above of [
      '<span itemprop="datePublished">May 29, 2031</span>',
      '<span property="schema:datePublished">May 29, 2031</span>',
      '<span property="schema:datePublished" content="2031-05-29">Thursday</span>',
    ]) {
      expect(read('', above).published?.at.slice(0, 10), above).toBe('2031-05-29');
    }
  });
});

describe('whose clock a time is told by', () => {
  test.each([
    ['an hour behind', 'May 28, 2031, 10:00 PM', '2031-05-28T22:00:12.000-04:00'],
    ['an hour ahead', '29 May 2031, 12.00 Uhr', '2031-05-29T12:00:12.000+10:00'],
    ['an hour with its zone', 'Published 9:00 PM CDT, Wed May 28, 2031', '2031-05-28T21:00:12.000-05:00'],
  ])('an instant in UTC is told by the clock of the page: %s', (_, shown, at) => {
    const article = read(meta('article:published_time', '2031-05-29T02:00:12Z'), `<p class="date">${shown}</p>`);
    expect(article.published).toMatchObject({ at, uncertaintyMs: 0 });
    expect(article.metadata.published).toMatchObject({
      certainty: 'confirmed',
      from: { field: 'article:published_time' },
    });
  });

  test.each([
    ['a zone that does not fit', '2031-05-29T02:00:12Z', 'May 28, 2031, 10:00 PM PST'],
    ['another minute', '2031-05-29T02:00:12Z', 'May 28, 2031, 10:11 PM'],
    ['a day without an hour', '2031-05-29T02:00:12Z', 'May 28, 2031'],
    ['a clock of twelve hours', '2031-05-29T22:00:12Z', 'May 29, 2031, 10:00'],
  ])('%s does not tell whose clock it is', (_, at, shown) => {
    const article = read(meta('article:published_time', at), `<p class="date">${shown}</p>`);
    expect(article.published?.at).toBe(at.replace('Z', '.000Z'));
  });

  test('a time without a zone has the one that the page shows', () => {
    const head = meta('article:published_time', '2031-05-29T02:00:00');
    expect(read(head, '<p class="date">May 28, 2031, 10:00 PM EDT</p>').published).toMatchObject({
      at: '2031-05-28T22:00:00.000-04:00',
      uncertaintyMs: 0,
    });
    expect(read(head, '<p class="date">May 28, 2031, 10:00 PM</p>').published?.uncertaintyMs).toBeGreaterThan(0);
  });
});

describe('where the article stands', () => {
  test('section, keywords, site and AMP address come with their fields', () => {
    const head = [
      ld({ '@type': 'NewsArticle', articleSection: ['Islands', 'Local'], keywords: ['ferry', { name: 'bridge' }] }),
      meta('og:site_name', 'Shore Post'),
      '<link rel="amphtml" href="/amp/ferry"><link rel="canonical" href="/ferry">',
    ].join('');
    expect(read(head).metadata).toMatchObject({
      section: { value: 'Islands', from: { place: 'structured-data', field: 'articleSection' } },
      keywords: { value: ['ferry', 'bridge'] },
      siteName: { value: 'Shore Post', from: { place: 'meta', field: 'og:site_name' } },
      ampUrl: { value: 'https://www.shorepost.example/amp/ferry', from: { place: 'link' } },
      canonicalUrl: { certainty: 'declared', from: { place: 'link', field: 'canonical' } },
      language: { certainty: 'confirmed', from: { field: 'html lang' } },
      title: { certainty: 'shown', from: { place: 'markup', field: 'h1' } },
    });
  });

  test('metadata and microdata give section and keywords, and an address is no section', () => {
    expect(read(meta('article:section', 'https://shorepost.example/local')).metadata.section).toBeNull();
    const microdata = read(
      meta('news_keywords', 'ferry, bridge; ferry'),
      '<a itemprop="articleSection">Islands</a>',
    ).metadata;
    expect(microdata.section).toMatchObject({ value: 'Islands', from: { place: 'microdata' } });
    expect(microdata.keywords?.value).toEqual(['ferry', 'bridge']);
  });

  test('a title that metadata repeats is confirmed', () => {
    expect(read(meta('og:title', 'Last ferry has sailed')).metadata.title?.certainty).toBe('confirmed');
  });

  test('a text that was pushed without a page has the same fields, empty', () => {
    const reading = readText({
      ...{ title: 'Last ferry has sailed', text: TEXT.join('\n\n'), source: null, url: null },
      ...{ published: null, seenAt: SEEN_AT, isCard: false },
    });
    expect(reading.ok && reading.article.metadata).toEqual(NO_METADATA);
  });
});

test('authors of a graph come through its references', () => {
  const head = ld({
    '@graph': [
      { '@type': 'Person', '@id': '#ada', name: 'Ada Lind' },
      { '@type': 'NewsArticle', author: [{ '@id': '#ada' }, { '@type': 'Person', name: 'Bo Ek' }] },
    ],
  });
  expect(read(head).byline).toBe('Ada Lind, Bo Ek');
});

describe('hostile pages', () => {
  const many = (unit: string, count: number): string => unit.repeat(count);

  test.each([
    ['itemprops', many('<span itemprop="author">Ada Lind</span>', 150_000)],
    ['nested captures', many('<span itemprop="headline"><b class="author">', 50_000)],
    ['times', many('<time datetime="2031-05-05">May</time>', 150_000)],
    ['dates', many('<p>Updated 5 May 2031', 3000)],
    ['tags', many('<meta property="article:tag" content="a,b">', 100_000)],
    [
      'broken JSON',
      `<script type="application/ld+json">{"@type":"NewsArticle",${many('"headline":"', 150_000)}</script>`,
    ],
    [
      'an open string',
      `<script type="application/ld+json">{"@type":"Article","headline":"${many('a\\\\', 400_000)}</script>`,
    ],
    ['brackets', `<script type="application/ld+json">${many('[', 1_900_000)}</script>`],
  ])('a page of %s is read within bounds', (_, markup) => {
    const { metadata } = read('', markup);
    expect(metadata.authors.length).toBeLessThanOrEqual(12);
    expect(metadata.keywords?.value.length ?? 0).toBeLessThanOrEqual(40);
  });
});
