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
  const headings = headingsOf(page).filter(
    ({ text }) => text.length < TITLE_CHARS_MAX && !sites.includes(squash(text)),
  );
  const bare = declared.map((title) => withoutSite(title, sites));
  const keys = bare.map(keyOf);
  const confirmed = confirmedHeading(headings, declared.map(keyOf));
  const title =
    (confirmed === null ? null : (agreedTitle(confirmed, bare, structured) ?? confirmed.text)) ??
    structured ??
    bare[
      keys.findIndex(
        (key) => key.length >= KICKED_TITLE_CHARS_MIN && headings.some((heading) => surrounds(heading.key, key)),
      )
    ] ??
    loneHeading(headings, declared.map(keyOf)) ??
    bare[0] ??
    page.blocks.find(({ node }: Block) => HEADINGS.has(node.tag))?.text ??
    '';
  return withoutSite(title, sites).slice(0, TITLE_CHARS_MAX);
}

interface Heading {
  text: string;
  key: string;
}

function headingsOf(page: ScannedPage): Heading[] {
  return page.blocks
    .filter(({ node }) => isIn(node, 'h1'))
    .slice(0, HEADINGS_MAX)
    .map(({ text }) => ({ text, key: keyOf(text) }))
    .filter(({ key }) => key !== '');
}

function confirmedHeading(headings: readonly Heading[], titles: readonly string[]): Heading | null {
  const isConfirmed = ({ key }: Heading): boolean =>
    key.length >= HEADLINE_KEY_CHARS_MIN && titles.some((title) => confirms(title, key));
  return headings.find(isConfirmed) ?? null;
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

function isIn(from: PageNode, tag: string): boolean {
  for (let node: PageNode | null = from; node !== null; node = node.parent) if (node.tag === tag) return true;
  return false;
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
