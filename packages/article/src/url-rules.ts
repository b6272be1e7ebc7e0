/**
 * What makes two URLs spellings of one address, as a table: what each rule does, an example, why it is right, and who says so. A rule
 * stands here only where no server can tell the two spellings apart, or where the difference is documented as saying nothing of the page.
 * All that is a guess is in `LEFT_ALONE`, with what decides instead.
 */
import { isTracking } from './tracking.ts';

/** A URL as the parser gives it, in the parts that rules change. */
export interface UrlParts {
  /** Scheme, host and port: `https://example.com:8443`. */
  origin: string;
  path: string;
  /** Without `?`. */
  query: string;
  /** Without `#`. */
  fragment: string;
}

export interface UrlRule {
  does: string;
  /** A URL, and what the rules make of it. */
  example: readonly [from: string, to: string];
  why: string;
  source: string;
  /** Null for what the URL parser does. */
  apply: ((parts: UrlParts) => UrlParts) | null;
}

const UNRESERVED = /[A-Za-z0-9._~-]/;
const PERCENT = /%([0-9A-Fa-f]{2})?/g;
// Not after a dot: what is left must be no dot segment, which another pass would resolve.
const SESSION_IN_PATH = /(?<=[^/.]);jsessionid=[^/;]*/gi;

/** A stray `%` becomes `%25`, or a second pass would decode more. */
function normalizePercent(part: string): string {
  return part.replace(PERCENT, (_, digits: string | undefined) => {
    if (digits === undefined) return '%25';
    const char = String.fromCharCode(Number.parseInt(digits, 16));
    return UNRESERVED.test(char) ? char : `%${digits.toUpperCase()}`;
  });
}

/** On the raw query, not on URLSearchParams, which rewrites `+`, `%20` and parameters without a value. */
function keepParameters(query: string, isKept: (parameter: string) => boolean): string {
  return query.split('&').filter(isKept).join('&');
}

const PARSER = 'WHATWG URL Standard, 4.4 "URL parsing"';

export const URL_RULES: readonly UrlRule[] = [
  {
    does: 'Scheme and host in lower case',
    example: ['HTTPS://News.Example.COM/A', 'https://news.example.com/A'],
    why: 'Neither has a case; the path has one.',
    source: `RFC 3986, 6.2.2.1; ${PARSER}`,
    apply: null,
  },
  {
    does: 'Names of hosts in ASCII',
    example: ['https://exämple.de/ü', 'https://xn--exmple-cua.de/%C3%BC'],
    why: 'A browser asks for both in the same bytes.',
    source: 'RFC 5891; WHATWG URL Standard, 3.3 "IDNA"',
    apply: null,
  },
  {
    does: 'The port of the scheme goes',
    example: ['https://example.com:443/a', 'https://example.com/a'],
    why: 'It is the port that is asked without it.',
    source: 'RFC 3986, 6.2.3',
    apply: null,
  },
  {
    does: 'The dot of the root goes from the host',
    example: ['https://example.com./a', 'https://example.com/a'],
    why: 'Both are the same name in the DNS.',
    source: 'RFC 1034, 3.1; RFC 3986, 3.2.2',
    apply: null,
  },
  {
    does: 'Dot segments, backslashes, tabs and line breaks as browsers read them',
    example: ['https://example.com/a/../b\\c', 'https://example.com/b/c'],
    why: 'That is what is asked for.',
    source: `RFC 3986, 6.2.2.3; ${PARSER}`,
    apply: null,
  },
  {
    does: 'An empty path is the root',
    example: ['http://example.com?id=7', 'http://example.com/?id=7'],
    why: 'That is what is asked for.',
    source: 'RFC 3986, 6.2.3; RFC 9110, 4.2.3',
    apply: null,
  },
  {
    does: 'Percent-encoding: letters, digits and `-._~` decoded, the digits of others in upper case',
    example: ['https://example.com/%7ea%2fb?q=%c3%a9', 'https://example.com/~a%2Fb?q=%C3%A9'],
    why: 'Equivalent by definition. What is reserved stays encoded: `%2F` is no slash.',
    source: 'RFC 3986, 2.3, 6.2.2.1 and 6.2.2.2',
    apply: ({ origin, path, query, fragment }) => ({
      origin,
      path: normalizePercent(path),
      query: normalizePercent(query),
      fragment: normalizePercent(fragment),
    }),
  },
  {
    does: 'A session in the path goes',
    example: ['https://example.com/a;jsessionid=0F3?id=7', 'https://example.com/a?id=7'],
    why: 'It names the reader, and is another one at each visit.',
    source: 'Jakarta Servlet 6.0, 7.1.3 "URL rewriting"',
    apply: (parts) => ({ ...parts, path: parts.path.replace(SESSION_IN_PATH, '') }),
  },
  {
    does: 'Parameters for counting readers go, in any case',
    example: ['https://example.com/a?utm_source=x&id=7&fbclid=y', 'https://example.com/a?id=7'],
    why: 'They say where a reader came from, never what is shown.',
    source: 'The table of such parameters, each with its own',
    apply: (parts) => ({ ...parts, query: keepParameters(parts.query, (parameter) => !isTracking(parameter)) }),
  },
  {
    does: 'Empty parameters and an empty query go',
    example: ['https://example.com/a?&id=7&&', 'https://example.com/a?id=7'],
    why: 'Readers of queries skip them; they are left where parameters were taken out.',
    source: 'WHATWG URL Standard, 5.1 "application/x-www-form-urlencoded parsing"; RFC 3986, 6.2.3',
    apply: (parts) => ({ ...parts, query: keepParameters(parts.query, (parameter) => parameter !== '') }),
  },
  {
    does: 'The fragment goes',
    example: ['https://example.com/a?id=7#comments', 'https://example.com/a?id=7'],
    why: 'It is a place on the page, and is never sent to the server.',
    source: 'RFC 3986, 3.5',
    apply: (parts) => (/^[!/]/.test(parts.fragment) ? parts : { ...parts, fragment: '' }),
  },
];

export interface LeftAlone {
  what: string;
  /** Two URLs that stay two. */
  example: readonly [string, string];
  why: string;
}

/** What may name another article, or another site. */
export const LEFT_ALONE: readonly LeftAlone[] = [
  {
    what: 'http and https',
    example: ['http://example.com/a', 'https://example.com/a'],
    why: 'Two origins (RFC 6454), and not all answer on both. A redirect or `rel=canonical` makes them one.',
  },
  {
    what: '`www.`',
    example: ['https://www.example.com/a', 'https://example.com/a'],
    why: 'Two hosts, and some answer on one only or show another site there.',
  },
  {
    what: 'Mobile and AMP hosts',
    example: ['https://m.example.com/a', 'https://www.example.com/a'],
    why: 'Habits of naming, no rule: `m.` is also a host of its own.',
  },
  {
    what: 'AMP paths and parameters',
    example: ['https://example.com/a/amp', 'https://example.com/a'],
    why: 'Each site has its own way; the page says so by `rel=canonical`, which AMP asks for.',
  },
  {
    what: 'A slash at the end',
    example: ['https://example.com/a/', 'https://example.com/a'],
    why: 'Two resources by RFC 3986; most sites redirect one to the other.',
  },
  {
    what: '`index.html` and its like',
    example: ['https://example.com/a/index.html', 'https://example.com/a/'],
    why: 'Which file stands for a folder is the server’s affair.',
  },
  {
    what: 'Upper and lower case in the path',
    example: ['https://example.com/A', 'https://example.com/a'],
    why: 'Paths have a case (RFC 3986, 6.2.2.1), and short links use it.',
  },
  {
    what: 'Slashes that follow each other',
    example: ['https://example.com/a//b', 'https://example.com/a/b'],
    why: 'An empty segment is a segment.',
  },
  {
    what: 'The order of parameters',
    example: ['https://example.com/?a=1&b=2', 'https://example.com/?b=2&a=1'],
    why: 'The server sees it, and with a name that stands twice it counts. Links of one site seldom differ by it alone.',
  },
  {
    what: 'Ways to write a space or a value',
    example: ['https://example.com/?q=a+b', 'https://example.com/?q=a%20b'],
    why: 'Equal for forms only; `+` is a plus elsewhere.',
  },
  {
    what: 'Fragments that begin with `!` or `/`',
    example: ['https://example.com/#!/story/7', 'https://example.com/#!/story/8'],
    why: 'They name pages of sites that a script draws.',
  },
  {
    what: 'Parameters with a doubtful name: `ref`, `source`, `cmp`, `ncid`, `partner`',
    example: ['https://example.com/a?ncid=1', 'https://example.com/a'],
    why: 'One newsroom’s campaign is another’s article number. `rel=canonical` tells which.',
  },
  {
    what: 'Numbers of articles: `p` of WordPress, `q=node/7` and `nid` of Drupal, `id` of Joomla, `sid`, `story`, `artid`, `newsid`',
    example: ['https://example.com/?p=7', 'https://example.com/?p=8'],
    why: 'They choose what is shown.',
  },
  {
    what: 'Numbers of pages: `page`, `pg`, `start`, `offset`',
    example: ['https://example.com/a?page=2', 'https://example.com/a?page=3'],
    why: 'Another page has another text.',
  },
];

/** All rules, one after another. */
export function applyRules(parts: UrlParts): UrlParts {
  return URL_RULES.reduce((changed, { apply }) => apply?.(changed) ?? changed, parts);
}
