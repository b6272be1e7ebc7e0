/** What a page says about its article beside title, byline and text: section, language, images, addresses, keywords. */
import type { Article } from './article.ts';
import { keyOf } from './headline.ts';
import { type ImageFound, imageOf } from './image.ts';
import { languageOf } from './language.ts';
import { type Finding, type Metadata, type MetadataPlace, mentionOf, type Stated } from './metadata.ts';
import { firstMeta, type Metas, metaNamed } from './metas.ts';
import { bylineOf } from './page-byline.ts';
import { modifiedOf, publishedOf, type TimedPage } from './page-time.ts';
import type { ScannedPage } from './scanned.ts';
import { sourceOf } from './source.ts';
import type { StructuredArticle } from './structured-data.ts';
import { tidy } from './tidy.ts';
import { resolveUrl } from './url.ts';

const SECTION_CHARS_MAX = 100;
const KEYWORDS_MAX = 40;
const KEYWORD_CHARS_MAX = 100;
/** Marks and spaces by which one title is written longer than another. */
const MARKS_CHARS_MAX = 20;

const META_SECTIONS = [
  'article:section',
  'og:section',
  'articlesection',
  'article.section',
  'parsely-section',
  'sailthru.section',
  'cxenseparse:section',
  'section',
  'dc.subject.section',
];
const META_KEYWORDS = ['news_keywords', 'keywords', 'article:tag', 'parsely-tags', 'sailthru.tags', 'dc.subject'];
const META_LANGUAGES = ['og:locale', 'content-language', 'dc.language', 'language'];
const SITE_NAMES = ['og:site_name', 'application-name', 'apple-mobile-web-app-title'];

export interface DescribedPage extends TimedPage {
  /** What addresses of the page are resolved against. */
  base: string;
  title: string;
  body: string;
  /** Names and host of the site. */
  sites: readonly string[];
  /** First and last block of the article. */
  span: { first: number; last: number } | null;
}

/** The facts that an article has, and all of them with what said so. */
export type Description = Pick<
  Article,
  'byline' | 'published' | 'language' | 'image' | 'declaredCanonicalUrl' | 'metadata'
>;

/** Describes a page; with its line of authors as it stands there, for what else that says. */
export function describePage(described: DescribedPage): { facts: Description; bylineLine: string | null } {
  const { page, metas, structured, base, span, url, headline, body, sites } = described;
  const { byline, line, authors } = bylineOf(page, metas, structured, headline, sites);
  const published = publishedOf(described);
  const image = imageOf(page, metas, structured, base, span);
  const canonical = canonicalOf(page, metas, url);
  const declaredLanguages = [page.htmlLanguage, structured?.language ?? null, firstMeta(metas, META_LANGUAGES)];
  const language = languageOf(body, declaredLanguages);
  const metadata: Metadata = {
    title: titleFinding(described),
    published: findingOf(published),
    language: languageFinding(described, language),
    image: findingOf(image),
    canonicalUrl: findingOf(canonical),
    authors,
    modified: modifiedOf(described, published?.value ?? null),
    section: sectionOf(described),
    siteName: siteNameOf(metas, structured),
    ampUrl: linkOf(page, 'amphtml', base),
    keywords: keywordsOf(described),
  };
  const facts = {
    byline,
    published: published?.value ?? null,
    language,
    image: image?.value ?? null,
    declaredCanonicalUrl: canonical?.value ?? null,
    metadata,
  };
  return { facts, bylineLine: line };
}

/** Names of the site, and the name in its address. */
export function siteNames(metas: Metas, structured: StructuredArticle | null, url: string): string[] {
  const host = sourceOf({ url, name: null }).key;
  const names = [firstMeta(metas, SITE_NAMES), structured?.publisher ?? null, host.split('.')[0] ?? ''];
  return names.filter((name) => name !== null);
}

function findingOf(stated: Stated<unknown> | ImageFound | null): Finding | null {
  return stated === null ? null : { certainty: stated.certainty, from: stated.from };
}

function stated<Value>(value: Value, place: MetadataPlace, field: string, text: string): Stated<Value> {
  return { value, certainty: 'declared', from: mentionOf(place, field, text) };
}

/** Where the chosen title stands: a headline that metadata repeats is confirmed. */
function titleFinding({ page, metas, structured, title }: DescribedPage): Finding | null {
  const key = keyOf(title);
  if (key === '') return null;
  const places: [MetadataPlace, string, string | null][] = [
    ['structured-data', 'headline', structured?.headline ?? null],
    ...['og:title', 'twitter:title', 'title'].map((field): [MetadataPlace, string, string | null] => [
      'meta',
      field,
      metas.get(field)?.[0] ?? null,
    ]),
    ['meta', 'title element', page.title || null],
  ];
  const shown = page.blocks.find(
    ({ text }) => Math.abs(text.length - title.length) <= MARKS_CHARS_MAX && keyOf(text) === key,
  );
  const declared = places.filter(([, , text]) => text !== null && keyOf(text).includes(key));
  const [first] = declared;
  if (shown !== undefined) {
    const from = mentionOf('markup', shown.node.tag, shown.text);
    return { certainty: first === undefined ? 'shown' : 'confirmed', from };
  }
  if (first === undefined) return null;
  const certainty = new Set(declared.map(([place]) => place)).size > 1 ? 'confirmed' : 'declared';
  return { certainty, from: mentionOf(first[0], first[1], first[2] ?? '') };
}

/** The field that declares the language that the text has; where none does, the text itself said so. */
function languageFinding({ page, metas, structured }: DescribedPage, language: string | null): Finding | null {
  if (language === null) return null;
  const declared: [MetadataPlace, string, string | null][] = [
    ['markup', 'html lang', page.htmlLanguage || null],
    ['structured-data', 'inLanguage', structured?.language ?? null],
    ...META_LANGUAGES.map((field): [MetadataPlace, string, string | null] => [
      'meta',
      field,
      metas.get(field)?.[0] ?? null,
    ]),
  ];
  const same = declared.find(([, , tag]) => tag?.toLowerCase().startsWith(language) === true);
  if (same === undefined) return { certainty: 'inferred', from: mentionOf('text', 'detected', language) };
  return { certainty: 'confirmed', from: mentionOf(same[0], same[1], same[2] ?? '') };
}

function sectionOf({ page, metas, structured }: DescribedPage): Stated<string> | null {
  const meta = metaNamed(metas, META_SECTIONS);
  const property = page.properties.find(({ name, text }) => name === 'articlesection' && tidy(text) !== '');
  const found: [MetadataPlace, string, string | null][] = [
    ['structured-data', 'articleSection', structured?.section ?? null],
    ['meta', meta?.field ?? '', meta?.text ?? null],
    [property?.place ?? 'microdata', 'articleSection', property === undefined ? null : tidy(property.text)],
  ];
  for (const [place, field, text] of found) {
    // An address or an identifier of the content system is no name of a section.
    if (text !== null && text.length <= SECTION_CHARS_MAX && !/^https?:|^\d+$/.test(text))
      return stated(text, place, field, text);
  }
  return null;
}

function siteNameOf(metas: Metas, structured: StructuredArticle | null): Stated<string> | null {
  const meta = metaNamed(metas, SITE_NAMES);
  if (meta !== null) return stated(meta.text, 'meta', meta.field, meta.text);
  const publisher = structured?.publisher ?? null;
  return publisher === null ? null : stated(publisher, 'structured-data', 'publisher', publisher);
}

function keywordsOf({ page, metas, structured }: DescribedPage): Stated<string[]> | null {
  const property = page.properties.filter(({ name }) => name === 'keywords');
  const lists: [MetadataPlace, string, readonly string[]][] = [
    ['structured-data', 'keywords', structured?.keywords ?? []],
    ...META_KEYWORDS.map((field): [MetadataPlace, string, readonly string[]] => [
      'meta',
      field,
      metas.get(field) ?? [],
    ]),
    [property[0]?.place ?? 'microdata', 'keywords', property.map(({ text }) => tidy(text))],
  ];
  for (const [place, field, values] of lists) {
    const words = keywordsIn(values);
    if (words.length > 0) return stated(words, place, field, values.join(', '));
  }
  return null;
}

function keywordsIn(values: readonly string[]): string[] {
  const words = values
    .slice(0, KEYWORDS_MAX)
    .flatMap((value) => value.slice(0, KEYWORDS_MAX * KEYWORD_CHARS_MAX).split(/[,;、，]/));
  const kept = new Map<string, string>();
  for (const word of words.map(tidy)) {
    if (word !== '' && word.length <= KEYWORD_CHARS_MAX && !/^https?:/.test(word)) kept.set(word.toLowerCase(), word);
  }
  return [...kept.values()].slice(0, KEYWORDS_MAX);
}

function linkOf(page: ScannedPage, rel: string, base: string): Stated<string> | null {
  const href = page.links.find((link) => link.rel === rel)?.href;
  const address = href === undefined ? null : resolveUrl(href, base);
  return href === undefined || address === null ? null : stated(address, 'link', rel, href);
}

/** `rel=canonical`, or `og:url` where it is of the same site: many sites leave another's there. */
function canonicalOf(page: ScannedPage, metas: Metas, url: string): Stated<string> | null {
  const canonical = linkOf(page, 'canonical', url);
  if (canonical !== null) return canonical;
  const shared = metaNamed(metas, ['og:url']);
  const resolved = shared === null ? null : resolveUrl(shared.text, url);
  const siteOf = (address: string): string => sourceOf({ url: address, name: null }).key;
  return shared !== null && resolved !== null && siteOf(resolved) === siteOf(url)
    ? stated(resolved, 'meta', shared.field, shared.text)
    : null;
}
