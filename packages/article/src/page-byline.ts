/** Who is named as the author, from the surest to the weakest sign: structured data, metadata, marked names, a shown "By ...". */
import { agencyOfName } from './agency.ts';
import { keyOf, squash } from './headline.ts';
import { textOfMarkup } from './markup-text.ts';
import { type Author, type Mention, type MetadataPlace, mentionOf } from './metadata.ts';
import type { Metas } from './metas.ts';
import type { AuthorCapture, PageNode, ScannedPage } from './scanned.ts';
import type { StructuredArticle, StructuredAuthor } from './structured-data.ts';

const NAME_CHARS_MAX = 90;
const NAME_WORDS_MAX = 9;
const AUTHORS_MAX = 12;
/** Of an element's class and id, as the name of the place. */
const LABEL_CHARS_MAX = 60;
/** Shorter names of sites are found inside names of people. */
const SITE_KEY_CHARS_MIN = 4;
/** A "By ..." line stands this near the headline, before and after it. */
const BYLINE_BLOCKS_BEFORE = 3;
const BYLINE_BLOCKS_AFTER = 12;
/** Marks of this trust are names that are linked or called so, and belong to the article this near its headline. */
const LINKED_TRUST_MIN = 4;
const LINKED_REACH_BLOCKS = 40;

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

/** What names the authors of a page. */
export interface Byline {
  /** Names separated by commas, or null. */
  byline: string | null;
  /** The line that the names were taken from, with what else it says of where the text is from. */
  line: string | null;
  authors: Author[];
}

/** Names, and what they were taken from. */
interface Named {
  names: string[];
  from: Mention;
}

/** Where names may stand on a page. */
interface Signed {
  page: ScannedPage;
  metas: Metas;
  authors: readonly StructuredAuthor[];
  headline: number;
}

/**
 * Finds the authors.
 * @param headline index of the headline's block, -1 when unknown
 * @param sites names and host of the site
 */
export function bylineOf(
  page: ScannedPage,
  metas: Metas,
  structured: StructuredArticle | null,
  headline: number,
  sites: readonly string[],
): Byline {
  const signed = { page, metas, authors: structured?.authors ?? [], headline };
  const chosen = authorsOf(signed, sites);
  if (chosen === null) return { byline: null, line: null, authors: [] };
  const beside = namedBeside(chosen.names, page, headline);
  const names = beside?.names ?? chosen.names;
  const all = allNamed(signed);
  return {
    byline: names.join(', '),
    line: chosen.from.text,
    authors: names.map((name) => {
      const from = beside === null || chosen.names.includes(name) ? chosen.from : beside.from;
      return {
        name,
        isOrganization: isOrganization(name, signed.authors, sites),
        certainty: isConfirmed(name, from, all) ? 'confirmed' : from.place === 'text' ? 'shown' : 'declared',
        from,
      };
    }),
  };
}

/** Whether another place names the author, too. */
function isConfirmed(name: string, { place }: Mention, named: readonly Named[]): boolean {
  const key = keyOf(name);
  return named.some(({ names, from }) => from.place !== place && names.some((other) => keyOf(other) === key));
}

function isOrganization(name: string, authors: readonly StructuredAuthor[], sites: readonly string[]): boolean {
  const stated = authors.find((author) => keyOf(author.name) === keyOf(name));
  return stated?.isOrganization === true || isSite(name, sites) || agencyOfName(name) !== null;
}

function authorsOf(signed: Signed, sites: readonly string[]): Named | null {
  // Agencies stand in bylines as people do.
  const people = signed.authors.filter(({ name, isOrganization }) => !isOrganization || agencyOfName(name) !== null);
  const declared = declaredAuthors(people, signed.metas, sites)[0];
  if (declared !== undefined) return declared;
  // Many sites put their own name where a person's belongs; it yields only to what is surely a person's.
  const site = declaredAuthors(signed.authors, signed.metas, [])[0];
  const found = seenAuthors(signed, sites)[0];
  if (found !== undefined && (site === undefined || found.names.every((name) => FULL_NAME.test(name)))) return found;
  return site ?? seenAuthors(signed, [])[0] ?? null;
}

function allNamed(signed: Signed): Named[] {
  return [...declaredAuthors(signed.authors, signed.metas, []), ...seenAuthors(signed, [])];
}

/** What JSON-LD and the head say, the surest first. */
function declaredAuthors(authors: readonly StructuredAuthor[], metas: Metas, sites: readonly string[]): Named[] {
  const stated = authors.map(({ name }) => name);
  const fields = META_AUTHORS.map((key) => named((metas.get(key) ?? []).map(textOfMarkup), sites, 'meta', key));
  return [named(stated, sites, 'structured-data', 'author'), ...fields].filter((each) => each !== null);
}

/** What the markup and the text say, the surest first. */
function seenAuthors({ page, headline }: Signed, sites: readonly string[]): Named[] {
  return [marked(page, headline, sites), shown(page, headline, sites)].filter((each) => each !== null);
}

function named(values: readonly string[], sites: readonly string[], place: MetadataPlace, field: string): Named | null {
  const found = namesIn(values, sites);
  return found === null ? null : { names: found, from: mentionOf(place, field, values.join(', ')) };
}

/** All names that the page links as its byline, where metadata names only one of them. */
function namedBeside(names: readonly string[], page: ScannedPage, headline: number): Named | null {
  const [only] = names;
  if (only === undefined || names.length > 1) return null;
  const near = ({ block }: AuthorCapture): boolean => headline < 0 || Math.abs(block - headline) <= LINKED_REACH_BLOCKS;
  const linked = page.authors.filter((author) => author.trust >= LINKED_TRUST_MIN && near(author));
  const at = linked.find(({ text }) => keyOf(withoutDate(text)) === keyOf(only));
  if (at === undefined) return null;
  const beside = linked.filter(({ trust, block, node }) => {
    return trust === at.trust && Math.abs(block - at.block) <= 1 && node.tag === at.node.tag;
  });
  const lines = beside.map(({ text }) => withoutDate(text));
  const all = named(lines, [], 'markup', fieldOf(at.node));
  const isByline =
    all?.names.every((name) => FULL_NAME.test(name)) && all.names.some((name) => keyOf(name) === keyOf(only));
  return isByline === true ? all : null;
}

const FULL_NAME = /^\p{Lu}\S*(?:\s\S+){0,3}\s\p{Lu}\S*$/u;

/** Whether a name is the site's: the same, or the one with more words around it. */
function isSite(name: string, sites: readonly string[]): boolean {
  const key = squash(name);
  return sites.some((site) => {
    const known = squash(site);
    if (known.length < SITE_KEY_CHARS_MIN || key.length < SITE_KEY_CHARS_MIN) return key !== '' && key === known;
    return key.includes(known) || known.includes(key);
  });
}

const LEADING =
  /^(?:by|written by|words by|story by|reporting by|posted by|von|par|por|di|da|door|av|af|от|автор|author|text|texte)(?:\s?:\s?|\s)/i;
const NO_NAME =
  /^(?:admin|administrator|staff|editors?|webmaster|author|anonymous|unknown|null|undefined|none|guest|redaktion|redacci[oó]n|redazione|rédaction|wordpress|view all posts by.*|more|view|see all|about|follow|posts)$/i;

/** A "by" whose space was markup. */
const GLUED_LEADING = /^(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or)(?=\p{Lu})/u;
/** After a bar stands an outlet or a mark, and after these words who helped with the text and did not write it. */
const NO_AUTHORS_FOLLOW = /\s\|\s|\b(?:with )?(?:contributions? (?:from|by)|additional reporting by)\b/i;
/** What follows a name after a comma and is an office, a degree or a mark, and no second person. */
const NO_FURTHER_NAME =
  /^(?:sponsored|\+\d+ more|(?:MS|MA|MD|BA|BSc|MSc|MPH|PhD|RDN?|LDN?)\b.*|(?:.{1,60}\s)?(?:staff|senior|contributing|opinion|chief|head|guest|special|deputy|managing|associate|political|sports?)\s.{0,40}(?:writer|editor|reporter|officer|correspondent|columnist|contributor|producer)|(?:.{1,40}\s)?(?:writer|editor|reporter|correspondent|columnist|intern)|head of .*|chief .* officer)$/i;
/** An office after a name of two words or more. */
const OFFICE =
  /^(\p{Lu}\S{0,40} \p{Lu}\S{0,40}) (?:(?:Senior|Staff|News|Managing|Associate|Contributing|Deputy|Chief) )?(?:Editor|Writer|Reporter|Correspondent|Columnist)$/u;
/** A degree after a name, without a comma. */
const DEGREE = /(?<=\p{Ll}) (?:MS|MA|MD|BA|BSc|MSc|MBA|MPH|PhD|RDN?|LDN?|JD|Esq\.?)$/u;
/** Content systems list the makers of pictures among the authors. */
const PICTURE_CREDIT = /^\(?(?:image|photo|picture|foto|bild)s?\s?:/i;

/** Splits a byline into names and keeps what can be one. */
function namesIn(values: readonly string[], sites: readonly string[]): string[] | null {
  const kept = new Map<string, string>();
  for (const value of values.slice(0, AUTHORS_MAX)) {
    const line =
      value.slice(0, 300).replace(GLUED_LEADING, '').replace(LEADING, '').split(NO_AUTHORS_FOLLOW, 1)[0]?.trim() ?? '';
    for (const part of line.split(/\s?;\s?|\s(?:and|und|et|y|e|og|och|ve|&)\s|,\s?(?!\s?(?:Jr|Sr|M\.?D|Ph)\b)/)) {
      const name = withoutAside(part);
      if (!isName(name) || (kept.size > 0 && NO_FURTHER_NAME.test(part.trim()))) continue;
      kept.set(name.toLowerCase(), name);
    }
  }
  const all = [...kept.values()].slice(0, AUTHORS_MAX);
  const others = all.filter((name) => !isSite(name, sites));
  return others.length === 0 ? null : others;
}

/** The initials or the office that stand in brackets after a name, and marks at its end. */
function withoutAside(part: string): string {
  const name = part.trim().replace(/[,.;:|]+$/, '');
  const aside = name.endsWith(')') ? name.lastIndexOf('(') : 0;
  return (aside > 0 ? name.slice(0, aside) : name).trim().replace(OFFICE, '$1').replace(DEGREE, '');
}

function isName(name: string): boolean {
  if (name.length < 2 || name.length > NAME_CHARS_MAX || NO_NAME.test(name)) return false;
  if (PICTURE_CREDIT.test(name) || /\s\d{1,2}$/.test(name)) return false;
  return !/https?:|www\.|@|\d{4}|[{}<>?]/.test(name) && name.split(' ').length <= NAME_WORDS_MAX;
}

/** Names that the markup calls authors; the surest and nearest to the headline, with those of the same kind beside it. */
function marked(page: ScannedPage, headline: number, sites: readonly string[]): Named | null {
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
  const lines = best.trust >= 3 ? beside.slice(0, 6).map(({ text }) => text) : [best.text];
  return named(lines, sites, 'markup', fieldOf(best.node));
}

function fieldOf({ tag, label }: PageNode): string {
  return label === '' ? tag : `${tag} ${label.slice(0, LABEL_CHARS_MAX)}`;
}

function shown(page: ScannedPage, headline: number, sites: readonly string[]): Named | null {
  const from = headline < 0 ? 0 : Math.max(0, headline - BYLINE_BLOCKS_BEFORE);
  const to = headline < 0 ? page.blocks.length : headline + BYLINE_BLOCKS_AFTER;
  for (const { text } of page.blocks.slice(from, to)) {
    if (text.length > NAME_CHARS_MAX) continue;
    const name = /^(?:by|von|par|por|di|door|written by|words:|story by)\s(\p{Lu}.+)$/iu.exec(text)?.[1];
    if (name === undefined || !/^\p{Lu}/u.test(name)) continue;
    const found = named([withoutDate(name)], sites, 'text', 'byline');
    if (found !== null && (found.names[0]?.split(' ').length ?? 9) <= 6) return found;
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
