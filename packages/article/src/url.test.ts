import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalUrl, resolveUrl, URL_CHARS_MAX } from './url.ts';

function canonical(input: string): string | null {
  const result = canonicalUrl(input);
  return result.ok ? result.url : null;
}

const FOLDED = [
  ['  HTTPS://News.Example.COM:443/a  ', 'https://news.example.com/a', 'scheme, host and default port are folded'],
  ['http://example.com', 'http://example.com/', 'an empty path is the root'],
  ['http://example.com:8080/a', 'http://example.com:8080/a', 'another port stays'],
  ['https://exämple.de/ü', 'https://xn--exmple-cua.de/%C3%BC', 'names become punycode, paths UTF-8'],
  ['https://example.com./a', 'https://example.com/a', 'the root dot of a host goes'],
  [
    'https://example.com/%7ea%2f%2F%c3%A9',
    'https://example.com/~a%2F%2F%C3%A9',
    'unreserved characters are decoded, a slash never',
  ],
  ['https://example.com/100%', 'https://example.com/100%25', 'a stray percent sign is encoded'],
  ['https://example.com//a//b/', 'https://example.com//a//b/', 'slashes stay as they are'],
  ['https://example.com/a?b=2&a=1', 'https://example.com/a?b=2&a=1', 'parameters keep their order'],
  ['https://example.com/a?q=1+2%20&flag&x=', 'https://example.com/a?q=1+2%20&flag&x=', 'values are not rewritten'],
  ['https://example.com/a?', 'https://example.com/a', 'an empty query goes'],
  ['https://example.com/a#comments', 'https://example.com/a', 'a fragment goes'],
  ['https://example.com/#!/story/7', 'https://example.com/#!/story/7', 'a hash-bang names a page and stays'],
  [
    'https://example.com/?utm_source=x&id=7&fbclid=y&UTM_Medium=z',
    'https://example.com/?id=7',
    'tracking goes in any case',
  ],
  [
    'https://example.com/?pk_campaign=x&pk=4&ref=front',
    'https://example.com/?pk=4&ref=front',
    'what may choose an article stays',
  ],
] as const;

const REFUSED = [
  [''],
  ['/a/b'],
  ['//example.com/a'],
  ['ftp://example.com/a'],
  ['javascript:alert(1)'],
  ['data:text/plain,a'],
  ['mailto:a@example.com'],
  ['http://'],
  ['http://./a'],
  ['https://user@example.com/'],
  ['https://:secret@example.com/'],
  [`https://example.com/${'a'.repeat(URL_CHARS_MAX)}`],
  [`https://example.com/${'é'.repeat(URL_CHARS_MAX / 3)}`],
] as const;

describe('canonicalUrl', () => {
  it.each(FOLDED)('%s becomes %s: %s', (input, expected) => {
    expect(canonical(input)).toBe(expected);
  });

  it.each(REFUSED)('refuses %s with a problem', (input) => {
    expect(canonicalUrl(input)).toMatchObject({ ok: false, problem: expect.stringMatching(/\w/) });
  });

  it('keeps two spellings apart that may be two sites', () => {
    expect(canonical('http://example.com/a')).not.toBe(canonical('https://example.com/a'));
    expect(canonical('https://www.example.com/a')).not.toBe(canonical('https://example.com/a'));
    expect(canonical('https://example.com/a')).not.toBe(canonical('https://example.com/a/'));
    expect(canonical('https://example.com/A')).not.toBe(canonical('https://example.com/a'));
  });

  it('changes nothing the second time, and never throws', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '%',
        '%4',
        '%41',
        '%2e',
        '%2F',
        '..',
        '.',
        '/',
        '?',
        '&',
        '#!',
        '#',
        'utm_x=1',
        'a=b',
        '\\',
        '\t',
        '。',
        'ß',
        '@',
        ':',
        ' ',
      ),
      fc.string(),
    );
    const url = fc
      .tuple(fc.constantFrom('http://', 'HTTPS://', 'https:', ''), fc.webUrl(), fc.array(piece, { maxLength: 12 }))
      .map(
        ([scheme, web, pieces]) => scheme + (scheme === '' ? web : web.replace(/^https?:\/\//, '')) + pieces.join(''),
      );
    fc.assert(
      fc.property(
        fc.oneof(
          url,
          fc.string(),
          fc.array(piece).map((pieces) => `http://a${pieces.join('')}`),
        ),
        (input) => {
          const once = canonical(input);
          if (once === null) return;
          expect(canonical(once)).toBe(once);
          expect(once.length).toBeLessThanOrEqual(URL_CHARS_MAX);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('resolveUrl', () => {
  it('makes links of a page absolute', () => {
    expect(resolveUrl('../b?x=1', 'https://example.com/a/c')).toBe('https://example.com/b?x=1');
    expect(resolveUrl('//cdn.example.com/i.jpg', 'https://example.com/')).toBe('https://cdn.example.com/i.jpg');
  });

  it('gives null for what is no web address', () => {
    for (const href of [
      '',
      ' ',
      'javascript:void(0)',
      'data:image/png;base64,AA',
      'mailto:a@b.c',
      'http://[',
      'https://a:b@example.com/',
    ]) {
      expect(resolveUrl(href, 'https://example.com/')).toBeNull();
    }
    expect(resolveUrl('a', 'no base')).toBeNull();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (href, base) => typeof resolveUrl(href, base) === 'string' || true),
    );
  });
});
