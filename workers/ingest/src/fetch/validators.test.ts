import type { Fetched } from '@wirefold/store';
import { describe, expect, it } from 'vitest';
import { serveHttp } from '../testing/loopback.ts';
import { HTML, openSite, PAGE } from '../testing/site.ts';
import { conditionsFor, fetchedOf, meansKnown } from './validators.ts';

const NOW_MS = Date.parse('2026-11-20T12:00:00Z');
const DATE = 'Fri, 20 Nov 2026 12:00:00 GMT';
const URL_OF_PAGE = new URL('http://site.test/page');
const known = (change: Partial<Fetched> = {}): Fetched => {
  return { url: URL_OF_PAGE.href, etag: '"one"', lastModified: null, ...change };
};

describe('what an answer says to ask by', () => {
  it.each(['"one"', 'W/"one"', '"a/b:c=,;"'])('is the ETag %s as it was sent', (etag) => {
    expect(fetchedOf(URL_OF_PAGE, { etag, date: DATE }, NOW_MS)).toEqual(known({ etag }));
  });

  it.each(['one', '""', 'W/""', '"one', '"a b"', '"é"', 'w/"one"', `"${'x'.repeat(200)}"`, '*'])(
    'is not %s, which is no ETag to go by',
    (etag) => {
      expect(fetchedOf(URL_OF_PAGE, { etag, date: DATE }, NOW_MS).etag).toBeNull();
    },
  );

  it('is not one of two ETags', () => {
    expect(fetchedOf(URL_OF_PAGE, { etag: ['"one"', '"two"'] }, NOW_MS).etag).toBeNull();
  });

  it.each([
    ['Fri, 20 Nov 2026 11:59:00 GMT', true],
    ['Fri, 20 Nov 2026 11:59:01 GMT', false],
    ['Fri, 20 Nov 2026 12:00:05 GMT', false],
    ['yesterday', false],
  ])('is the date %s only where the page had changed a minute before: %s', (lastModified, isKept) => {
    const fetched = fetchedOf(URL_OF_PAGE, { 'last-modified': lastModified, date: DATE }, NOW_MS);
    expect(fetched.lastModified).toBe(isKept ? lastModified : null);
    expect(fetchedOf(URL_OF_PAGE, { 'last-modified': lastModified }, NOW_MS)).toEqual(fetched);
  });
});

describe('the conditions of a request', () => {
  it('name what is known of this very URL', () => {
    expect(conditionsFor(URL_OF_PAGE, known({ lastModified: DATE }))).toEqual({
      'if-none-match': '"one"',
      'if-modified-since': DATE,
    });
    expect(conditionsFor(new URL('http://site.test/page?2'), known())).toBeNull();
    expect(conditionsFor(URL_OF_PAGE, known({ etag: null }))).toBeNull();
  });

  it('are met by a 304 without a tag or with an equal one, weak or not, and by no other', () => {
    expect(meansKnown({}, known())).toBe(true);
    expect(meansKnown({ etag: 'W/"one"' }, known())).toBe(true);
    expect(meansKnown({ etag: '"one"' }, known({ etag: 'W/"one"' }))).toBe(true);
    expect(meansKnown({ etag: '"two"' }, known())).toBe(false);
  });
});

describe('a page that is fetched again', () => {
  /** A site that knows its page as `etag`, and answers a condition that names it with 304, tagged `named`. */
  async function site(etag: string, named = etag) {
    const asked: (string | undefined)[] = [];
    const server = await serveHttp((request, response) => {
      if (request.url === '/moved') return void response.writeHead(302, { location: '/page' }).end();
      asked.push(request.headers['if-none-match']);
      const isKnown = request.headers['if-none-match'] === etag;
      response.writeHead(isKnown ? 304 : 200, { ...HTML, etag: isKnown ? named : etag }).end(isKnown ? '' : PAGE);
    });
    const fetcher = openSite(server);
    const again = (path: string, fetched: Fetched | null) =>
      fetcher.fetchAgain(`http://site.test${path}`, new AbortController().signal, async () => null, fetched);
    return { asked, again };
  }

  it('is not sent again where it is what it was, and is where it is not', async () => {
    const { again } = await site('W/"one"');
    const first = await again('/page', null);
    const fetched = first?.ok ? first.page.fetched : undefined;
    expect(fetched).toEqual(known({ etag: 'W/"one"' }));
    expect(await again('/page', fetched ?? null)).toEqual({ ok: false, isKnown: true });
    expect(await again('/page', known({ etag: '"older"' }))).toMatchObject({ ok: true, page: { status: 200 } });
  });

  it('is asked for on condition where a redirect leads to the URL that is known, and nowhere else', async () => {
    const { asked, again } = await site('"one"');
    expect(await again('/moved', known())).toEqual({ ok: false, isKnown: true });
    expect(await again('/other', known())).toMatchObject({ ok: true });
    expect(asked).toEqual(['"one"', undefined]);
  });

  it('is asked for whole where its 304 speaks of another answer', async () => {
    const { asked, again } = await site('"one"', '"two"');
    expect(await again('/page', known())).toMatchObject({ ok: true, page: { status: 200 } });
    expect(asked).toEqual(['"one"', undefined]);
  });

  it('is a failure where a 304 comes that nobody asked for', async () => {
    const server = await serveHttp((_, response) => response.writeHead(304).end());
    const signal = new AbortController().signal;
    const result = await openSite(server).fetchAgain('http://site.test/page', signal, async () => null, null);
    expect(result).toMatchObject({ ok: false, reason: 'http-client-error' });
  });
});
