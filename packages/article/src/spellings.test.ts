import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { articleIdOfUrl } from './article-id.ts';
import { spellingClaims } from './spellings.ts';

const SITE = 'https://www.harbour.example';
const FERRY = `${SITE}/news/ferry-stops-for-winter`;

/** What a page at `asked` claims, as `sign url` with a star where it is kin. */
function claims(asked: string, said: { read?: string; canonical?: string; amp?: string } = {}): string[] {
  return spellingClaims({
    canonicalUrl: asked,
    readUrl: said.read ?? asked,
    declaredCanonicalUrl: said.canonical ?? null,
    ampUrl: said.amp ?? null,
  }).map(({ sign, url, isKin }) => `${sign} ${url}${isKin ? ' *' : ''}`);
}

describe('a declared canonical', () => {
  it.each([
    ['https://m.harbour.example/news/ferry-stops-for-winter', 'a mobile host'],
    ['https://harbour.example/news/ferry-stops-for-winter', 'a host without www'],
    ['http://www.harbour.example/news/ferry-stops-for-winter', 'the other scheme'],
    [`${SITE}/news/ferry-stops-for-winter/`, 'a slash'],
    [`${SITE}/news/ferry-stops-for-winter/amp`, 'an AMP path'],
    [`${SITE}/amp/news/ferry-stops-for-winter`, 'an AMP path before'],
    [`${SITE}/news/ferry-stops-for-winter?amp=1`, 'an AMP parameter'],
    [`${SITE}/news/ferry-stops-for-winter.amp`, 'an AMP ending'],
    [`${SITE}/news/ferry-stops-for-winter/index.html`, 'a file of the folder'],
    [`${SITE}/sport/ferry-stops-for-winter`, 'another section'],
    [`${SITE}/2026/01/ferry-stops-for-winter.html`, 'a date before and an ending'],
  ])('of %s is kin by %s', (asked) => {
    expect(claims(asked, { canonical: FERRY })).toEqual([`canonical ${FERRY} *`]);
  });

  it('is told by the rules for URLs, and the id is that of its article', () => {
    const [claim] = spellingClaims({
      canonicalUrl: `${FERRY}/amp`,
      readUrl: `${FERRY}/amp`,
      declaredCanonicalUrl: `${FERRY}?utm_source=amp#top`,
      ampUrl: null,
    });
    expect(claim).toEqual({ url: FERRY, articleId: articleIdOfUrl(FERRY), sign: 'canonical', isKin: true });
  });

  it('that shares no name with the address is claimed, and is no kin', () => {
    expect(claims(`${SITE}/?p=7`, { canonical: FERRY })).toEqual([`canonical ${FERRY}`]);
    expect(claims(`${SITE}/news/part-1-of-the-series`, { canonical: `${SITE}/news/part-2-of-the-series` })).toEqual([
      `canonical ${SITE}/news/part-2-of-the-series`,
    ]);
    expect(claims(`${SITE}/2025/the-year-in-pictures`, { canonical: `${SITE}/2026/the-year-in-pictures` })).toEqual([
      `canonical ${SITE}/2026/the-year-in-pictures`,
    ]);
  });

  it.each([
    [`${SITE}/`, 'the front page'],
    [`${SITE}/index.html`, 'the front page by its file'],
    [`${SITE}/news`, 'a section'],
    [`${SITE}/news/2026/05/12`, 'a day'],
    [`${SITE}/subscribe?id=70012345`, 'a place to subscribe'],
    [`${SITE}/login/ferry-stops-for-winter`, 'a place to log in'],
    ['https://other.example/news/ferry-stops-for-winter', 'another site'],
    ['https://second.blogspot.com/news/ferry-stops-for-winter', 'a blog'],
    ['not a url', 'no URL'],
    [`${FERRY}/amp`, 'the page itself'],
  ])('%s is not believed: %s', (canonical) => {
    expect(claims(`${FERRY}/amp`, { canonical })).toEqual([]);
  });

  it('of one blog does not lead to another one on the same host', () => {
    const on = (blog: string) => `https://${blog}.blogspot.com/2026/01/ferry-stops-for-winter.html`;
    expect(claims(on('one'), { canonical: on('two') })).toEqual([]);
    expect(claims(on('one'), { canonical: `${on('one')}?m=1` })).toHaveLength(1);
  });
});

describe('a redirect', () => {
  it('to an address with the same name is a spelling', () => {
    expect(claims('http://harbour.example/news/ferry-stops-for-winter', { read: FERRY })).toEqual([
      `redirect ${FERRY} *`,
    ]);
    expect(claims(`${SITE}/story?id=70012345`, { read: `${SITE}/news/ferry-stops-70012345` })).toEqual([
      `redirect ${SITE}/news/ferry-stops-70012345 *`,
    ]);
  });

  it.each([
    [`${SITE}/70012345`, `${SITE}/news/70012345/ferry-stops`, 'a number that stands before the slug'],
    [`${SITE}/article/70012345`, `${SITE}/article/70012345/ferry-stops`, 'a number that gets a slug'],
    [`${SITE}/x/cq8zk4w1l2ro`, `${SITE}/news/articles/cq8zk4w1l2ro`, 'a code'],
    [`${SITE}/ferry-stops-for-winter-70012345.html`, FERRY, 'a slug that loses its number'],
  ])('from %s to %s is a spelling: %s', (asked, read) => {
    expect(claims(asked, { read })).toEqual([`redirect ${read} *`]);
  });

  it.each([
    [`${SITE}/topics/70012345/mayor-opens-new-slipway`, `${SITE}/topics/70012345/latest`, 'another page of a topic'],
    [`${SITE}/topics/70012345/mayor-opens-new-slipway`, `${SITE}/topics/70012345`, 'the topic'],
    [
      `${SITE}/topics/70012345/mayor-opens-new-slipway`,
      `${SITE}/topics/70012345/ferry-stops-for-winter`,
      'an article of it',
    ],
    [`${SITE}/news/20260512/mayor-opens-new-slipway`, `${SITE}/news/20260512`, 'the day'],
    [`${SITE}/a?page=12345&id=x`, `${SITE}/b?page=12345&id=x`, 'a page of the same number'],
  ])('from %s to %s is none: %s', (asked, read) => {
    expect(claims(asked, { read, canonical: read })).toEqual([]);
  });

  it('is one claim where the page there declares the same', () => {
    const asked = 'http://harbour.example/news/ferry-stops-for-winter';
    expect(claims(asked, { read: FERRY, canonical: FERRY })).toEqual([`redirect ${FERRY} *`]);
  });

  it('and what the page there declares are two claims', () => {
    const read = `${SITE}/news/ferry-stops-for-winter/`;
    expect(claims(`${FERRY}/amp`, { read, canonical: FERRY })).toEqual([`canonical ${FERRY} *`, `redirect ${read} *`]);
  });

  it('does not rename a page that says that it is what was asked for', () => {
    expect(claims(FERRY, { read: `${FERRY}/`, canonical: FERRY })).toEqual([]);
  });

  it.each([
    [`${SITE}/`, 'the front page'],
    [`${SITE}/arts-and-culture`, 'its section'],
    [`${SITE}/arts-and-culture/latest`, 'another page of the section'],
    [`${SITE}/login?next=ferry-stops-for-winter`, 'a place to log in'],
    [`${SITE}/news/another-story-of-today`, 'another article'],
    ['https://consent.other.example/ferry-stops-for-winter', 'another site'],
  ])('to %s says nothing, whatever stands there: %s', (read) => {
    const asked = `${SITE}/arts-and-culture/ferry-stops-for-winter`;
    expect(claims(asked, { read, canonical: read, amp: `${read}/amp` })).toEqual([]);
    expect(claims(asked, { read, canonical: FERRY })).toEqual([]);
  });
});

describe('an AMP page', () => {
  it('is claimed by the page that names it, and not where it is on another site', () => {
    expect(claims(FERRY, { amp: `${FERRY}/amp` })).toEqual([`amp ${FERRY}/amp *`]);
    expect(claims(FERRY, { amp: 'https://cdn.ampproject.example/c/ferry-stops-for-winter' })).toEqual([]);
  });
});

describe('claims of any page', () => {
  it('stay on the site, name each address once, and never the page itself', () => {
    const url = fc
      .tuple(
        fc.constantFrom('https://a.example', 'https://www.a.example', 'http://m.a.example', 'https://b.example'),
        fc.array(fc.constantFrom('news', 'amp', '12345', 'a-b-c', 'login', '2026', 'x.amp.html', ''), { maxLength: 4 }),
        fc.constantFrom('', '?id=7', '?amp=1', '#!/a', '?p=123456'),
      )
      .map(([host, path, rest]) => `${host}/${path.join('/')}${rest}`);
    fc.assert(
      fc.property(url, url, url, url, (canonicalUrl, readUrl, declaredCanonicalUrl, ampUrl) => {
        const found = spellingClaims({ canonicalUrl, readUrl, declaredCanonicalUrl, ampUrl });
        expect(new Set(found.map((claim) => claim.url)).size).toBe(found.length);
        for (const claim of found) {
          expect(claim.url).not.toBe(canonicalUrl);
          expect(new URL(claim.url).hostname.endsWith('a.example')).toBe(
            new URL(canonicalUrl).hostname.endsWith('a.example'),
          );
        }
      }),
    );
  });

  it('are found in linear time', () => {
    const long = `${SITE}/${'a-1'.repeat(600)}`;
    expect(claims(`${long}/amp`, { canonical: long })).toEqual([`canonical ${long} *`]);
  });
});
