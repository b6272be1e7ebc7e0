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
 * Chooses the title: the shown headline that begins or ends a declared title, else the declared one less the site's name.
 * @param siteNames names and host of the site, for cutting them off
 */
export function titleOf(page: ScannedPage, declared: readonly string[], siteNames: readonly string[]): string {
  const headings = page.blocks.filter((block) => isIn(block.node, 'h1')).map((block) => block.text);
  const keys = declared.map(keyOf);
  const shown = headings.find((heading) => {
    const key = keyOf(heading);
    if (key.length < HEADLINE_KEY_CHARS_MIN) return false;
    const isPart = (title: string): boolean =>
      (title.startsWith(key) || title.endsWith(key)) && key.length > HEADLINE_SHARE_MIN * title.length;
    return keys.some(isPart);
  });
  const sites = siteNames.map(squash).filter((name) => name.length > 1);
  const only = headings.length === 1 && (headings[0]?.length ?? 0) < TITLE_CHARS_MAX ? headings[0] : undefined;
  const fallback = page.blocks.find(({ node }: Block) => HEADINGS.has(node.tag))?.text ?? '';
  const title = shown ?? declared[0] ?? only ?? fallback;
  return withoutSite(title, sites).slice(0, TITLE_CHARS_MAX);
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
