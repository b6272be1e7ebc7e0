import { describe, expect, test } from 'vitest';
import type { Article } from './article.ts';
import { readPage } from './read-page.ts';

const TEXT = [
  'VARHOLM, May 30 (UPI) -- The library of Varholm opened its doors again on Saturday after the flood of last winter.',
  'Volunteers had dried eleven thousand books over the ovens of the town’s three bakeries, the librarian said.',
  'Some of the books still smell of rye bread, and the most borrowed one this week was about dikes.',
];
const LONG = [
  ...TEXT,
  'The flood had come in the night of the second of January, and by the morning the water stood at the third shelf.',
  'Nobody in the town had thought that paper could be saved once it was wet, until the bakers offered their ovens.',
  'It took them nine weeks, two ovens at a time, and a rota that hung in the window of the bakery on the square.',
  'The council will decide in autumn whether the shelves are to be moved to the first floor of the building.',
];
const URL_OF_PAGE = 'https://www.shorepost.example/2026/05/30/library';

function page(head: string, body = TEXT.map((text) => `<p>${text}</p>`).join('')): string {
  return `<html lang="en-GB"><head>${head}</head><body><h1>Library opens after the flood</h1>${body}</body></html>`;
}

function read(html: string, url = URL_OF_PAGE): Article {
  const reading = readPage({ html, url, seenAt: '2026-05-30T18:00:00Z' });
  if (!reading.ok) throw new Error(`${reading.reason}: ${reading.detail}`);
  return reading.article;
}

const ld = (value: unknown): string => `<script type="application/ld+json">${JSON.stringify(value)}</script>`;

describe('the title', () => {
  test('is the shown headline where the metadata confirms it', () => {
    expect(read(page('<title>Library opens after the flood | Shore Post</title>')).title).toBe(
      'Library opens after the flood',
    );
  });

  test('is the headline of the structured data, less the site’s name, where the shown one is another', () => {
    const head = `${ld({ '@type': 'NewsArticle', headline: 'Books dried in bakeries - Shore Post' })}<meta property="og:site_name" content="Shore Post">`;
    expect(read(page(head)).title).toBe('Books dried in bakeries');
  });

  test('is the shown headline where networks alone are told another one', () => {
    const head = '<meta property="og:title" content="You will not believe where these books dried">';
    expect(read(page(head)).title).toBe('Library opens after the flood');
  });

  test('is what the page declares where a kicker stands before it in the shown headline', () => {
    const head =
      '<meta property="og:title" content="opens after the flood | Shore Post"><meta property="og:site_name" content="Shore Post">';
    expect(read(page(head)).title).toBe('opens after the flood');
  });

  test('keeps a dash that does not set off the site', () => {
    const head = `${ld({ '@type': 'NewsArticle', headline: 'Flood - and then bread' })}<meta property="og:site_name" content="Shore Post">`;
    expect(read(page(head)).title).toBe('Flood - and then bread');
  });
});

describe('the byline', () => {
  test('comes from structured data, people before organisations', () => {
    const head = ld({
      '@type': 'NewsArticle',
      author: [
        { '@type': 'Person', name: 'Ada Lind' },
        { '@type': 'Person', name: 'Bo Ek' },
      ],
    });
    expect(read(page(head)).byline).toBe('Ada Lind, Bo Ek');
    const desk = ld({
      '@type': 'NewsArticle',
      author: { '@type': 'Organization', name: 'Shore Post' },
      publisher: { name: 'Shore Post' },
    });
    expect(
      read(page(desk, `<p class="byline">By Ada Lind</p>${TEXT.map((text) => `<p>${text}</p>`).join('')}`)).byline,
    ).toBe('Ada Lind');
  });

  test('comes from a marked name or a "By" line near the headline', () => {
    const text = TEXT.map((paragraph) => `<p>${paragraph}</p>`).join('');
    expect(read(page('', `<p>By <a rel="author" href="/s/ada">Ada Lind</a> May 30, 2026</p>${text}`)).byline).toBe(
      'Ada Lind',
    );
    expect(read(page('', `<div>By Bo Ek and Ada Lind</div>${text}`)).byline).toBe('Bo Ek, Ada Lind');
  });

  test('is null when nobody is named', () => {
    expect(read(page('<meta name="author" content="admin">')).byline).toBeNull();
  });
});

describe('the published time', () => {
  test('is the structured one first', () => {
    const head = `${ld({ '@type': 'NewsArticle', datePublished: '2026-05-30T09:15:00+02:00' })}<meta name="date" content="2020-01-01">`;
    expect(read(page(head)).published).toMatchObject({ at: '2026-05-30T09:15:00.000+02:00', uncertaintyMs: 0 });
  });

  test('is not one that lies in the future', () => {
    const head =
      '<meta property="article:published_time" content="2031-01-01T00:00:00Z"><meta name="pubdate" content="2026-05-29T08:00:00Z">';
    expect(read(page(head)).published?.at).toBe('2026-05-29T08:00:00.000Z');
  });

  test('comes from a time element, then from the address, then from what is shown', () => {
    const text = TEXT.map((paragraph) => `<p>${paragraph}</p>`).join('');
    expect(read(page('', `<time datetime="2026-05-28T06:00:00Z">Thursday</time>${text}`)).published?.at).toBe(
      '2026-05-28T06:00:00.000Z',
    );
    expect(read(page('')).published).toMatchObject({ evidence: '2026-05-30' });
    const shown = read(
      page('', `<div class="date">Published May 27, 2026</div>${text}`),
      'https://www.shorepost.example/library',
    );
    expect(shown.published?.at.slice(0, 10)).toBe('2026-05-27');
  });
});

describe('where the article belongs', () => {
  test('a canonical link to another site is kept, absolute', () => {
    expect(read(page('<link rel="canonical" href="https://www.upi.com/a/1/">')).declaredCanonicalUrl).toBe(
      'https://www.upi.com/a/1/',
    );
    expect(read(page('<link rel="canonical" href="/library">')).declaredCanonicalUrl).toBe(
      'https://www.shorepost.example/library',
    );
  });

  test('the shared address counts only for the same site', () => {
    expect(read(page('<meta property="og:url" content="https://shorepost.example/lib">')).declaredCanonicalUrl).toBe(
      'https://shorepost.example/lib',
    );
    expect(read(page('<meta property="og:url" content="https://other.example/lib">')).declaredCanonicalUrl).toBeNull();
  });

  test('source, language and lead image are read', () => {
    const article = read(
      page('<meta property="og:site_name" content="Shore Post"><meta property="og:image" content="/p/lib.jpg">'),
    );
    expect(article.source).toEqual({ key: 'shorepost.example', name: 'Shore Post' });
    expect(article.language).toBe('en');
    expect(article.image).toBe('https://www.shorepost.example/p/lib.jpg');
  });

  test('an image address that a browser would run is no image', () => {
    expect(read(page('<meta property="og:image" content="javascript:alert(1)">')).image).toBeNull();
  });
});

describe('the body', () => {
  test('structured text stands in only where the page shows under half of it', () => {
    const full = [
      ...TEXT,
      ...TEXT.map((text) => text.replaceAll(/book|library/gi, 'map')),
      ...TEXT.map((text) => text.replaceAll(/book|library/gi, 'chart')),
    ];
    const head = ld({ '@type': 'NewsArticle', articleBody: full.join('\n') });
    expect(read(page(head, `<p>${TEXT[0]}</p>`)).body).toBe(full.join('\n\n'));
    expect(read(page(head, full.map((text) => `<p>${text}</p>`).join(''))).body).toBe(full.join('\n\n'));
    expect(read(page(ld({ '@type': 'NewsArticle', articleBody: 'A short one.' }))).body).toBe(TEXT.join('\n\n'));
  });

  test('text that the page hides for its scripts to show is read when nothing else is there', () => {
    const hidden = `<div style="display:none">${TEXT.map((text) => `<p>${text}</p>`).join('')}</div>`;
    expect(read(page('', hidden)).body).toBe(TEXT.join('\n\n'));
  });
});

describe('pages that are no article', () => {
  const reasonOf = (html: string): string | null => {
    const reading = readPage({ html, url: URL_OF_PAGE, seenAt: '2026-05-30T18:00:00Z' });
    return reading.ok ? null : reading.reason;
  };

  test('an empty page has no text', () => {
    expect(reasonOf('')).toBe('no-text');
  });

  test('a bot wall is told by its words or its script', () => {
    expect(reasonOf('<title>Just a moment...</title><p>Checking your browser before you go on to the site.</p>')).toBe(
      'bot-wall',
    );
    const script = '<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script>';
    expect(reasonOf(`${script}<p>This takes a few seconds, and then you go on by yourself to the page.</p>`)).toBe(
      'bot-wall',
    );
  });

  test('a teaser that the page says is not free is a paywall', () => {
    const head = ld({ '@type': 'NewsArticle', isAccessibleForFree: 'False' });
    expect(reasonOf(page(head, `<p>${TEXT[0]}</p>`))).toBe('paywall');
    expect(
      reasonOf(
        page(head, Array.from({ length: 4 }, (_, i) => TEXT.map((text) => `<p>${text} (${i})</p>`).join('')).join('')),
      ),
    ).toBeNull();
  });
});

test('what the page says about who wrote it reaches the credit', () => {
  const head = `${ld({ '@type': 'NewsArticle', sourceOrganization: { name: 'Reuters' } })}<link rel="canonical" href="https://www.reuters.com/x/">`;
  const { credit } = read(page(head, TEXT.map((text) => `<p>${text.replace(/^.*-- /, '')}</p>`).join('')));
  expect(credit.agency?.name).toBe('Reuters');
  expect(credit.evidence.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['structured-data', 'canonical-link']),
  );
});

describe('a page that shows a preview', () => {
  const [first = '', ...rest] = LONG;
  const held = rest.map((text) => `<div class="members" style="display:none"><p>${text}</p></div>`).join('');
  const body = (hidden: string) => `<div class="story-body"><div class="preview"><p>${first}</p></div>${hidden}</div>`;

  test('is read with what it hides among the paragraphs', () => {
    expect(read(page(ld({ '@type': 'NewsArticle', isAccessibleForFree: false }), body(held))).body).toBe(
      LONG.join('\n\n'),
    );
  });

  test('is read without what it hides elsewhere', () => {
    const elsewhere = `<div style="display:none"><div class="popup">${rest.map((text) => `<p>${text}</p>`).join('')}</div></div>`;
    const text = `<div class="story-body"><div><div><p>${first}</p><p>${rest[0]}</p></div></div></div>`;
    expect(read(page('', `${text}<footer>${elsewhere}</footer>`)).body).toBe(`${first}\n\n${rest[0]}`);
  });
});

test('a page that goes on with its next article is read up to the headline of that', () => {
  const [first = '', second = '', ...others] = LONG;
  const post = (title: string, texts: readonly string[]) =>
    `<div class="post"><div class="head"><h1 class="headline">${title}</h1></div><div class="text">${texts.map((text) => `<p>${text}</p>`).join('')}</div></div>`;
  const html = `<title>Library opens its door again</title>${post('Library opens its door again', [first, second])}${post('Ferry sails an hour earlier', others)}`;
  const reading = readPage({ html, url: 'https://www.shorepost.example/library', seenAt: '2026-05-30T18:00:00Z' });
  expect(reading.ok && reading.article.body).toBe(`${first}\n\n${second}`);
});
