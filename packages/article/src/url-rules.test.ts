import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTracking, TRACKING } from './tracking.ts';
import { canonicalUrl } from './url.ts';
import { LEFT_ALONE, URL_RULES } from './url-rules.ts';

function canonical(input: string): string {
  const result = canonicalUrl(input);
  if (!result.ok) throw new Error(result.problem);
  return result.url;
}

/** Two addresses of one site that name two articles, or two pages: what tells them apart, in the ways of many systems. */
const NAMING_PARAMETERS = [
  ...['id', 'p', 'page_id', 'story', 'sid', 'nid', 'aid', 'artid', 'articleid', 'newsid', 'doc', 'docid', 'item', 'v'],
  ...[
    'q',
    'view',
    'option',
    'page',
    'pg',
    'start',
    'offset',
    'paged',
    'section',
    'lang',
    'date',
    'slug',
    'title',
    'ref',
  ],
  ...['source', 'cmp', 'ncid', 'partner', 'output', 'pk', 'mc', 'at', 'ns', 'hs', 'utm', 'gc', 'campaign', 'x', '__s'],
];

describe('the table of URL rules', () => {
  it.each(URL_RULES)('$does: as the example says', ({ example: [from, to] }) => {
    expect(canonical(from)).toBe(to);
    expect(from).not.toBe(to);
  });

  it.each(LEFT_ALONE)('$what: left alone', ({ example: [one, other] }) => {
    expect(canonical(one)).not.toBe(canonical(other));
  });

  it('takes no part of a path for a session that would leave a dot segment', () => {
    const url = canonical('https://example.com/a/..;jsessionid=1/b');
    expect(canonical(url)).toBe(url);
  });
});

describe('parameters', () => {
  it.each(TRACKING.flatMap(({ names }) => names))('%s goes, wherever it stands and however it is written', (name) => {
    const written = name.replace('*', 'any').toUpperCase();
    expect(canonical(`https://example.com/a?${written}=x&id=7`)).toBe('https://example.com/a?id=7');
    expect(canonical(`https://example.com/a?id=7&${written}`)).toBe('https://example.com/a?id=7');
    expect(isTracking(`not_${name}=x`)).toBe(false);
  });

  it('are listed once, in lower case, with a source', () => {
    const names = TRACKING.flatMap((row) => row.names);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => name !== name.toLowerCase())).toEqual([]);
    expect(TRACKING.filter(({ what, source }) => what === '' || source === '')).toEqual([]);
  });

  it('that may name an article tell two articles apart', () => {
    const word = fc.stringMatching(/^[a-z0-9]{1,12}$/);
    fc.assert(
      fc.property(fc.constantFrom(...NAMING_PARAMETERS), word, word, (name, one, other) => {
        const url = (value: string) => canonical(`https://example.com/a.php?utm_source=x&${name}=${value}#top`);
        expect(url(one) === url(other)).toBe(one === other);
      }),
    );
  });
});

describe('no rule', () => {
  /** What a server gets to see of a URL, without the parameters for counting readers and without what the parser folds. */
  const seenOf = (url: string): string => {
    const { host, pathname, search } = new URL(url);
    const kept = search
      .slice(1)
      .split('&')
      .filter((parameter) => parameter !== '' && !isTracking(parameter));
    return JSON.stringify([host, pathname, ...kept].map((part) => decodeURIComponent(part)));
  };

  it('makes one of two URLs that a server sees as two', () => {
    const segment = fc.stringMatching(/^[A-Za-z0-9._~+-]{0,6}$/);
    const parameter = fc.oneof(
      fc.tuple(fc.constantFrom(...NAMING_PARAMETERS), segment).map(([name, value]) => `${name}=${value}`),
      fc.constantFrom('utm_medium=x', 'fbclid=1', '', 'flag', 'a=%2F', 'a=/', 'a=%41', 'a=A'),
    );
    const host = fc.constantFrom('example.com', 'www.example.com', 'm.example.com', 'EXAMPLE.com:443', 'example.com.');
    const path = fc.array(fc.oneof(segment, fc.constantFrom('amp', 'index.html', '%7E', '~', 'A', 'a')), {
      maxLength: 3,
    });
    const url = fc
      .tuple(host, path, fc.array(parameter, { maxLength: 3 }))
      .map(([on, segments, parameters]) => `https://${on}/${segments.join('/')}?${parameters.join('&')}#top`);
    fc.assert(
      fc.property(url, url, (one, other) => {
        if (canonical(one) === canonical(other)) expect(seenOf(canonical(one))).toBe(seenOf(canonical(other)));
        // What the rules took away from one URL is nothing that the server would have told it apart by.
        expect(seenOf(canonical(one))).toBe(seenOf(one.replace('example.com.', 'example.com')));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('docs/urls.md', () => {
  const text = readFileSync(new URL('../../../docs/urls.md', import.meta.url), 'utf8');
  const code = (value: string) => `\`${value}\``;
  const rows = [
    ...URL_RULES.map(({ does, example: [from, to], why, source }) => [does, code(from), code(to), why, source]),
    ...LEFT_ALONE.map(({ what, example: [one, other], why }) => [what, code(one), code(other), why]),
    ...TRACKING.map(({ names, what, source }) => [names.map(code).join(', '), what, source]),
  ].map((cells) => `| ${cells.join(' | ')} |`);

  it('has a row for every rule, as the code says it', () => {
    expect(rows.filter((row) => !text.includes(`${row}\n`))).toEqual([]);
  });

  it('has no row that the code does not have', () => {
    const [tables = ''] = text.split('\n## One because');
    const written = tables.split('\n').filter((line) => line.startsWith('| ') && !/^\| (?:what|parameter) /.test(line));
    expect(written.filter((line) => !rows.includes(line))).toEqual([]);
  });
});
