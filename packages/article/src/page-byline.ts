/** Who is named as the author, from the surest to the weakest sign: structured data, metadata, marked names, a shown "By ...". */
import { keyOf } from './extract.ts';
import { textOfMarkup } from './markup-text.ts';
import type { Metas } from './metas.ts';
import type { AuthorCapture, ScannedPage } from './scanned.ts';
import type { StructuredArticle } from './structured-data.ts';

const NAME_CHARS_MAX = 90;
const NAME_WORDS_MAX = 9;
const AUTHORS_MAX = 12;
/** A "By ..." line stands this near the headline, before and after it. */
const BYLINE_BLOCKS_BEFORE = 3;
const BYLINE_BLOCKS_AFTER = 12;

const META_AUTHORS = [
  'author',
  'article:author',
  'parsely-author',
  'sailthru.author',
  'byl',
  'dc.creator',
  'dcterms.creator',
  'citation_author',
  'article:author_name',
  'cxenseparse:author',
  'article.author',
  'authors',
  'byline',
];

/**
 * The byline as one line, names separated by commas, or null.
 * @param headline index of the headline's block, -1 when unknown
 */
export function bylineOf(
  page: ScannedPage,
  metas: Metas,
  structured: StructuredArticle | null,
  headline: number,
  site: string | null,
): string | null {
  const people = structured?.authors.filter(({ isOrganization, name }) => !isOrganization && !isSite(name, site)) ?? [];
  const organizations = structured?.authors.filter((author) => !people.includes(author)) ?? [];
  const found =
    names(
      people.map(({ name }) => name),
      site,
    ) ??
    META_AUTHORS.map((key) => names((metas.get(key) ?? []).map(textOfMarkup), site)).find((list) => list !== null) ??
    marked(page, headline, site) ??
    shown(page, headline, site) ??
    names(
      organizations.map(({ name }) => name),
      null,
    );
  return found === null ? null : found.join(', ');
}

const isSite = (name: string, site: string | null): boolean => site !== null && keyOf(name) === keyOf(site);

const LEADING =
  /^(?:by|written by|words by|story by|reporting by|posted by|von|par|por|di|da|door|av|af|от|автор|author|text|texte)(?:\s?:\s?|\s)/i;
const NO_NAME =
  /^(?:admin|administrator|staff|editors?|webmaster|author|anonymous|unknown|null|undefined|none|guest|redaktion|redacci[oó]n|redazione|rédaction|wordpress|view all posts by.*|more|view|see all|about|follow|posts)$/i;

/** Splits a byline into names and keeps what can be one. */
function names(values: readonly string[], site: string | null): string[] | null {
  const kept = new Map<string, string>();
  for (const value of values.slice(0, AUTHORS_MAX)) {
    const line = value.slice(0, 300).replace(LEADING, '').trim();
    for (const part of line.split(/\s?;\s?|\s(?:and|und|et|y|e|&|\|)\s|,\s(?!(?:Jr|Sr|M\.?D|Ph)\b)/)) {
      const name = part
        .trim()
        .replace(/[,.;:|]+$/, '')
        .trim();
      if (!isName(name)) continue;
      kept.set(name.toLowerCase(), name);
    }
  }
  const all = [...kept.values()].slice(0, AUTHORS_MAX);
  const others = all.filter((name) => !isSite(name, site));
  const result = others.length > 0 ? others : all;
  return result.length === 0 ? null : result;
}

function isName(name: string): boolean {
  if (name.length < 2 || name.length > NAME_CHARS_MAX || NO_NAME.test(name)) return false;
  return !/https?:|www\.|@|\d{4}|[{}<>?]/.test(name) && name.split(' ').length <= NAME_WORDS_MAX;
}

/** Names that the markup calls authors; the surest and nearest to the headline, with those of the same kind beside it. */
function marked(page: ScannedPage, headline: number, site: string | null): string[] | null {
  const distance = ({ block }: AuthorCapture): number =>
    headline < 0 ? Math.min(40, block / 6) : Math.min(60, Math.abs(block - headline) * 1.2);
  const ranked = page.authors
    .map((author) => ({ ...author, text: withoutDate(author.text), score: author.trust * 10 - distance(author) }))
    .filter(({ text }) => isName(text) && !/[.!]\s\p{Lu}\p{Ll}{2}/u.test(text))
    .sort((a, b) => b.score - a.score);
  const best = ranked[0];
  if (best === undefined || best.score < -25) return null;
  const beside = ranked.filter(({ trust, block, node }) => {
    return trust === best.trust && Math.abs(block - best.block) <= 2 && node.tag === best.node.tag;
  });
  return names(best.trust >= 3 ? beside.slice(0, 6).map(({ text }) => text) : [best.text], site);
}

function shown(page: ScannedPage, headline: number, site: string | null): string[] | null {
  const from = headline < 0 ? 0 : Math.max(0, headline - BYLINE_BLOCKS_BEFORE);
  const to = headline < 0 ? page.blocks.length : headline + BYLINE_BLOCKS_AFTER;
  for (const { text } of page.blocks.slice(from, to)) {
    if (text.length > NAME_CHARS_MAX) continue;
    const name = /^(?:by|von|par|por|di|door|written by|words:|story by)\s(\p{Lu}.+)$/iu.exec(text)?.[1];
    if (name === undefined || !/^\p{Lu}/u.test(name)) continue;
    const found = names([withoutDate(name)], site);
    if (found !== null && (found[0]?.split(' ').length ?? 9) <= 6) return found;
  }
  return null;
}

/** Cuts the date and time that often follow a name. */
function withoutDate(text: string): string {
  return textOfMarkup(text)
    .replace(LEADING, '')
    .replace(/\b(?:published|updated|posted|last updated|on)\b[: ].*$/i, '')
    .replace(
      /[\s\-–—|•·,]{1,4}(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?(?:\d{1,2}[./ :]|\d{4}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d).*$/i,
      '',
    )
    .replace(/\s?[-–—|•·]\s?$/, '')
    .trim();
}
