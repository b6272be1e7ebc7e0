/** What a page says about its article beside title, text and time: its authors one by one, last change, section, keywords, addresses. */
import type { Metadata, Published } from './article.ts';
import { textOfMarkup } from './markup-text.ts';
import { firstMeta, type Metas } from './metas.ts';
import type { NamedAuthors } from './page-byline.ts';
import { isPossible } from './page-time.ts';
import { parsePublished } from './published.ts';
import type { ScannedPage } from './scanned.ts';
import type { StructuredArticle } from './structured-data.ts';
import { resolveUrl } from './url.ts';

/** More keywords than this are spam, and longer ones are sentences. */
const KEYWORDS_MAX = 40;
const KEYWORD_CHARS_MAX = 100;
const SECTION_CHARS_MAX = 100;
const KEYWORDS_CHARS_MAX = KEYWORDS_MAX * KEYWORD_CHARS_MAX;

const META_MODIFIED = [
  'article:modified_time',
  'og:updated_time',
  'datemodified',
  'article:modified',
  'dcterms.modified',
  'dc.date.modified',
  'last-modified',
  'lastmod',
  'revised',
];
const META_SECTIONS = ['article:section', 'parsely-section', 'sailthru.section', 'section', 'articlesection'];
const META_KEYWORDS = ['news_keywords', 'article:tag', 'keywords', 'parsely-tags', 'sailthru.tags'];

/** Where the page's parts are found that metadata is read from. `base` resolves links, `siteName` is null where none is declared. */
export interface MetadataInput {
  page: ScannedPage;
  metas: Metas;
  structured: StructuredArticle | null;
  authors: NamedAuthors | null;
  published: Published | null;
  siteName: string | null;
  declaredCanonicalUrl: string | null;
  base: string;
  seenAt: string;
}

export function metadataOf(input: MetadataInput): Metadata {
  const { page, metas, structured, authors, base } = input;
  const amp = page.links.find(({ rel }) => rel === 'amphtml')?.href;
  const section = structured?.section ?? firstMeta(metas, META_SECTIONS);
  return {
    authors: authors?.names ?? [],
    authorsFrom: authors?.from ?? null,
    modified: modifiedOf(input),
    section: section !== null && section.length <= SECTION_CHARS_MAX ? section : null,
    keywords: keywordsOf(metas, structured),
    siteName: input.siteName,
    canonicalUrl: input.declaredCanonicalUrl,
    ampUrl: amp === undefined ? null : resolveUrl(amp, base),
  };
}

/** The last change. One before the publication is another thing's: a template's, or the picture's. */
function modifiedOf({ page, metas, structured, published, seenAt }: MetadataInput): Published | null {
  const marked = page.times.filter(({ isModified }) => isModified).map(({ value }) => value);
  const values = [structured?.modified ?? null, ...META_MODIFIED.map((key) => firstMeta(metas, [key])), ...marked];
  for (const value of values) {
    const found = value === null ? null : parsePublished(value, seenAt);
    if (found !== null && isPossible(found, seenAt) && !isBefore(found, published)) return found;
  }
  return null;
}

function isBefore(modified: Published, published: Published | null): boolean {
  if (published === null) return false;
  const uncertaintyMs = modified.uncertaintyMs + published.uncertaintyMs;
  return Date.parse(modified.at) + uncertaintyMs < Date.parse(published.at);
}

/** Keywords of the first field that has any, each once, as they are written. */
function keywordsOf(metas: Metas, structured: StructuredArticle | null): string[] {
  const fields = [structured?.keywords ?? [], ...META_KEYWORDS.map((key) => metas.get(key) ?? [])];
  for (const values of fields) {
    const kept = new Map<string, string>();
    const parts = values.slice(0, KEYWORDS_MAX).flatMap((value) => value.slice(0, KEYWORDS_CHARS_MAX).split(/[,;]/));
    for (const word of parts.slice(0, KEYWORDS_MAX).map(textOfMarkup))
      if (word !== '' && word.length <= KEYWORD_CHARS_MAX) kept.set(word.toLowerCase(), word);
    if (kept.size > 0) return [...kept.values()];
  }
  return [];
}
