import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sharedPath } from '../../../../test/support/shared.ts';
import { readRobots, robotsAllow } from './robots.ts';

function allows(lines: string[], path: string, agent?: string): boolean {
  return robotsAllow(readRobots(lines.join('\n'), agent), `https://news.test${path}`);
}

describe('groups', () => {
  const own = ['User-agent: *', 'Disallow: /', '', 'User-agent: Wirefold', 'Disallow: /private'];

  it('the one that names us counts alone', () => {
    expect(allows(own, '/a')).toBe(true);
    expect(allows(own, '/private/a')).toBe(false);
    expect(allows(own, '/a', 'otherbot')).toBe(false);
  });

  it('all that name us count together, wherever they stand', () => {
    const lines = [...own, 'User-agent: other', 'Disallow: /b', 'user-agent: WIREFOLD/2.0', 'Disallow: /c'];
    expect(['/private', '/b', '/c'].map((path) => allows(lines, path))).toEqual([false, true, false]);
  });

  it('may have several names, and other fields between them', () => {
    const lines = ['User-agent: first', 'Crawl-delay: 3', 'Sitemap: /s', 'User-agent: wirefold', 'Disallow: /x'];
    expect(allows(lines, '/x')).toBe(false);
    expect(allows(lines, '/x', 'first')).toBe(false);
  });

  it('that name us without a rule allow everything', () => {
    expect(allows(['User-agent: wirefold', 'Disallow:', 'User-agent: *', 'Disallow: /'], '/a')).toBe(true);
  });

  it('that name a longer or a shorter word are not ours', () => {
    for (const name of ['wirefoldbot', 'wire']) {
      expect(allows([`User-agent: ${name}`, 'Disallow: /'], '/a')).toBe(true);
    }
  });

  it('rules before the first name belong to nobody', () => {
    expect(allows(['Disallow: /', 'User-agent: other', 'Disallow: /'], '/a')).toBe(true);
  });
});

describe('rules', () => {
  it.each([
    ['/news', '/news-today?x=1', false],
    ['/news', '/New', true],
    ['/news/', '/news', true],
    ['/*.pdf$', '/a/b.pdf', false],
    ['/*.pdf$', '/a/b.pdf?x', true],
    ['/a*b*c', '/a1b2c3', false],
    ['/a*b*c', '/a1c2b3', true],
    ['/a*a$', '/a', true],
    ['/a*a$', '/aa', false],
    ['/$', '/', false],
    ['/$', '/a', true],
    ['*/print', '/x/print', false],
    ['/*?id=', '/a?id=7', false],
    ['/caf\u00e9', '/caf%C3%A9', false],
    ['/caf%c3%a9', '/caf%C3%A9', false],
    ['/a$b', '/a$b', false],
    ['', '/a', true],
  ])('Disallow: %s and %s: %s', (pattern, path, expected) => {
    expect(allows(['User-agent: *', `Disallow: ${pattern}`], path)).toBe(expected);
  });

  it('the longest wins, and of two as long the one that allows', () => {
    const lines = ['User-agent: *', 'Disallow: /a', 'Allow: /a/b', 'Disallow: /c', 'Allow: /c'];
    expect(['/a/x', '/a/b', '/c'].map((path) => allows(lines, path))).toEqual([false, true, true]);
  });

  it('are read with a byte order mark, comments, spaces, any line end and common misspellings', () => {
    const text = '\ufeffuseragent : * # all\r  DISSALOW:/a # no\rdisallow /b\n\nnonsense\nallow : /a/ok\r\n';
    const rules = readRobots(text);
    expect(['/a', '/a/ok', '/b', '/c'].map((path) => robotsAllow(rules, `https://x.test${path}`))).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });

  it('agree with a regular expression of the same pattern', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', '/'), { maxLength: 8 }).map((list) => list.join(''));
    const pattern = fc.array(fc.constantFrom('a', 'b', '/', '*'), { maxLength: 8 }).map((list) => `/${list.join('')}`);
    fc.assert(
      fc.property(letters, pattern, fc.boolean(), (rest, open, isAnchored) => {
        const source = open.replaceAll('*', '[^]*');
        const expected = !new RegExp(`^${source}${isAnchored ? '$' : ''}`).test(`/${rest}`);
        expect(allows(['User-agent: *', `Disallow: ${open}${isAnchored ? '$' : ''}`], `/${rest}`)).toBe(expected);
      }),
    );
  });
});

describe('the delay', () => {
  it.each([
    ['7', 7_000],
    ['0.5', 500],
    ['soon', null],
    ['-1', null],
    ['999999999', 86_400_000],
  ])('%s is %s ms', (value, expected) => {
    expect(readRobots(`User-agent: *\nCrawl-delay: ${value}\nDisallow: /x`).crawlDelayMs).toBe(expected);
  });

  it('for us comes before the one for all', () => {
    const text = 'User-agent: *\nCrawl-delay: 9\nUser-agent: wirefold\nCrawl-delay: 2\n';
    expect(readRobots(text).crawlDelayMs).toBe(2_000);
    expect(readRobots('User-agent: *\nCrawl-delay: 9\nUser-agent: wirefold\nDisallow: /x').crawlDelayMs).toBeNull();
  });
});

it("agrees with Google's matcher on each of its cases", (context) => {
  interface Case {
    test: string;
    agent: string;
    url: string;
    allowed: boolean;
    robotstxt: string;
  }
  const path = sharedPath(context, 'data/robots/google-robots-cases.json');
  const cases = JSON.parse(readFileSync(path, 'utf8')) as Case[];
  const wrong = cases.filter(({ agent, url, allowed, robotstxt }) => {
    return robotsAllow(readRobots(robotstxt, agent.toLowerCase()), url) !== allowed;
  });
  expect(wrong).toEqual([]);
  expect(cases).toHaveLength(145);
});
