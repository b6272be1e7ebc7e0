/** The title of an article: what the page shows as its headline, confirmed by what its metadata says. */
import { keyOf, squash } from './headline.ts';
import { HEADINGS } from './markup.ts';
import { firstMeta, type Metas } from './metas.ts';
import type { Block, PageNode, ScannedPage } from './scanned.ts';
import type { StructuredArticle } from './structured-data.ts';

const TITLE_CHARS_MAX = 300;
/** A shown headline must be this share of the metadata's title, which may have the site's name beside it. */
const HEADLINE_SHARE_MIN = 0.45;
const HEADLINE_KEY_CHARS_MIN = 8;
/** A declared title this long that the headline begins with is the headline, cut for a network's box. */
const CUT_TITLE_CHARS_MIN = 40;
/** Of several headings, one that shares this part of the shorter one's words with a declared title is the headline. */
const SHARED_WORDS_MIN = 0.5;
/** A declared title this long that ends a heading is the headline: what stands before it is a kicker. */
const KICKED_TITLE_CHARS_MIN = 12;
/** A heading much shorter than what is declared names a section. */
const LONE_SHARE_MIN = 0.3;
const AGREED_TITLES_MIN = 3;
const HEADINGS_MAX = 20;
/** A trail of links is short; the names of whole pages may say that they have one. */
const TRAIL_BLOCKS_MAX = 12;

const META_TITLES = [
  'parsely-title',
  'sailthru.title',
  'dc.title',
  'dcterms.title',
  'title',
  'headline',
  'citation_title',
];

/** What the metadata calls the article, best first; some with the site's name beside it. */
export function declaredTitles(page: ScannedPage, metas: Metas, structured: StructuredArticle | null): string[] {
  const declared = [
    structured?.headline ?? null,
    firstMeta(metas, ['og:title']),
    firstMeta(metas, ['twitter:title', 'twitter:text:title']),
    firstMeta(metas, META_TITLES),
    page.title,
  ];
  return declared.filter((title) => title !== null && title !== '' && title.length <= TITLE_CHARS_MAX * 2) as string[];
}

/**
 * Chooses the title: the shown headline where metadata confirms it, else what JSON-LD says, else a headline that nothing confirms, else
 * what the page declares elsewhere, less the site's name.
 * @param declared as `declaredTitles` gives them
 * @param siteNames names and host of the site, for cutting them off
 * @param structured the headline of JSON-LD, null where it has none
 */
export function titleOf(
  page: ScannedPage,
  declared: readonly string[],
  siteNames: readonly string[],
  structured: string | null,
): string {
  const sites = siteNames.map(squash).filter((name) => name.length > 1);
  const bare = declared.map((title) => withoutSite(title, sites));
  const keys = bare.map(keyOf);
  const headings = headingsOf(page, keys).filter(
    ({ text, key }) => key !== '' && text.length < TITLE_CHARS_MAX && !sites.includes(squash(text)),
  );
  const confirmed = confirmedHeading(headings, declared.map(keyOf));
  const kicked =
    bare[
      keys.findIndex(
        (key) => key.length >= KICKED_TITLE_CHARS_MIN && headings.some((heading) => surrounds(heading.key, key)),
      )
    ];
  const title =
    wholeHeading(page, bare) ??
    (headings[0]?.isSecond ? (bare[keys.indexOf(headings[0].key)] ?? kicked) : null) ??
    (confirmed === null ? null : (agreedTitle(confirmed, bare, structured) ?? confirmed.text)) ??
    structured ??
    kicked ??
    loneHeading(headings, declared.map(keyOf)) ??
    shortestOf(bare) ??
    page.blocks.find(({ node }: Block) => HEADINGS.has(node.tag))?.text ??
    '';
  return withoutSite(title, sites).slice(0, TITLE_CHARS_MAX);
}

interface Heading {
  text: string;
  key: string;
  /** An h2, on a page whose h1 is no headline. */
  isSecond: boolean;
}

/**
 * The headings that may be the headline: every h1, unless the h1 is the end of the trail of links to the page; then the h2 that print a
 * declared title, where there are any.
 */
function headingsOf(page: ScannedPage, keys: readonly string[]): Heading[] {
  const first = page.blocks.filter(({ node }) => nearest(node, 'h1') !== null);
  if (first.length === 0 || first.some(({ node }) => !isTrail(node)))
    return first.slice(0, HEADINGS_MAX).map(headingOf);
  const second = page.blocks
    .filter(({ node, linkChars }) => node.tag === 'h2' && linkChars === 0)
    .map((block) => ({ ...headingOf(block), isSecond: true }))
    .filter(({ key }) =>
      keys.some((title) => title === key || (title.length >= KICKED_TITLE_CHARS_MIN && surrounds(key, title))),
    );
  return second.length > 0 ? second : first.map(headingOf);
}

const headingOf = ({ text }: Block): Heading => ({ text, key: keyOf(text), isSecond: false });

function isTrail(from: PageNode): boolean {
  for (let node: PageNode | null = from; node !== null; node = node.parent) {
    if (node.last - node.first > TRAIL_BLOCKS_MAX) return false;
    if (node.tag === 'nav' || /breadcrumb/.test(node.label)) return true;
  }
  return false;
}

function confirmedHeading(headings: readonly Heading[], titles: readonly string[]): Heading | null {
  const isConfirmed = ({ key }: Heading): boolean =>
    key.length >= HEADLINE_KEY_CHARS_MIN && titles.some((title) => confirms(title, key));
  return headings.find(isConfirmed) ?? null;
}

/** The declared title that all blocks of one h1 say together, where none is what one of them says. */
function wholeHeading(page: ScannedPage, declared: readonly string[]): string | null {
  const texts = new Map<PageNode, string[]>();
  for (const { node, text } of page.blocks) {
    const heading = nearest(node, 'h1');
    if (heading === null) continue;
    const parts = texts.get(heading);
    if (parts !== undefined) parts.push(text);
    else if (texts.size < HEADINGS_MAX) texts.set(heading, [text]);
  }
  const keys = declared.map(keyOf);
  const parted = [...texts.values()].filter(({ length }) => length > 1);
  const whole = parted.filter((parts) => !parts.some((part) => keys.includes(keyOf(part))));
  const wholeKeys = whole.map((parts) => keyOf(parts.join(' ')));
  return declared[keys.findIndex((key) => wholeKeys.includes(key))] ?? null;
}

/** Of what is declared first and what it begins with elsewhere, the shorter: the rest is the name of a section or of the site. */
function shortestOf(declared: readonly string[]): string | undefined {
  const [first, ...others] = declared;
  return (
    others.find((other) => {
      const rest = first?.startsWith(other) ? first.slice(other.length) : '';
      return other.length >= KICKED_TITLE_CHARS_MIN && /^\s?[-|–—·:]/.test(rest);
    }) ?? first
  );
}

/** The title that JSON-LD and two other places declare with a kicker before the shown headline, where none declares it without. */
function agreedTitle({ key }: Heading, declared: readonly string[], structured: string | null): string | null {
  const stated = keyOf(structured ?? '');
  const keys = declared.map(keyOf);
  if (!stated.endsWith(` ${key}`) || keys.includes(key)) return null;
  return keys.filter((title) => title === stated).length >= AGREED_TITLES_MIN ? structured : null;
}

/** The heading that is the headline though nothing confirms it: search engines and networks are often told another one. */
function loneHeading(headings: readonly Heading[], titles: readonly string[]): string | null {
  // The end of a title is the name of the site or of its section.
  const longest = Math.max(0, ...titles.map((title) => title.length));
  const free = headings.filter(
    ({ key }) =>
      !titles.some((title) => title.endsWith(` ${key}`) || title === key) &&
      (key.length >= LONE_SHARE_MIN * longest || titles.some((title) => title.startsWith(`${key} `))),
  );
  if (free.length === 1) return free[0]?.text ?? null;
  return free.find(({ key }) => titles.some((title) => sharedWords(key, title) >= SHARED_WORDS_MIN))?.text ?? null;
}

/** A title that begins or ends with the headline, or that is its beginning, cut off within a word. */
function confirms(title: string, key: string): boolean {
  if (title.startsWith(key) || title.endsWith(key)) return key.length > HEADLINE_SHARE_MIN * title.length;
  return title.length >= CUT_TITLE_CHARS_MIN && key.startsWith(title) && key.charAt(title.length) !== ' ';
}

/** A kicker before the title or a standfirst after it, in one heading with it. */
const surrounds = (heading: string, title: string): boolean =>
  heading.endsWith(` ${title}`) || heading.startsWith(`${title} `);

function sharedWords(a: string, b: string): number {
  const words = new Set(a.split(' '));
  const others = new Set(b.split(' '));
  return [...words].filter((word) => others.has(word)).length / Math.max(1, Math.min(words.size, others.size));
}

function nearest(from: PageNode, tag: string): PageNode | null {
  for (let node: PageNode | null = from; node !== null; node = node.parent) if (node.tag === tag) return node;
  return null;
}

const SEPARATOR = /\s(?:[|\-–—·•»:]{1,2}|::)\s/g;

/** Cuts the site's name off the end, as often as it stands there, or off the beginning. */
function withoutSite(title: string, sites: readonly string[]): string {
  let rest = title;
  for (let round = 0; round < 4; round += 1) {
    const marks = [...rest.matchAll(SEPARATOR)];
    const last = marks.at(-1);
    const start = marks[0];
    if (last === undefined || start === undefined) break;
    if (isSite(rest.slice(last.index + last[0].length), sites)) rest = rest.slice(0, last.index);
    else if (isSite(rest.slice(0, start.index), sites)) rest = rest.slice(start.index + start[0].length);
    else break;
  }
  return rest.trim();
}

function isSite(text: string, sites: readonly string[]): boolean {
  const key = squash(text);
  if (key === '' || text.length > 60) return false;
  return sites.some(
    (site) => key === site || (site.length > 2 && key.includes(site)) || (key.length > 2 && site.includes(key)),
  );
}
