/**
 * What a page that was read says of other addresses of its article. It is evidence and no more: an address is another spelling only where
 * the texts agree, too, which `story` decides.
 */
import { articleIdOfUrl } from './article-id.ts';
import { sourceOf } from './source.ts';
import { canonicalUrl } from './url.ts';

/** `redirect`: the site led there. `canonical`: the page names it so. `amp`: the page names it as its AMP page. */
export type SpellingSign = 'redirect' | 'canonical' | 'amp';

/** The same in words for a reader. */
export const SPELLING_WORDS: Record<SpellingSign, string> = {
  redirect: 'a redirect leads from the one to the other',
  canonical: 'the page names the other one as its canonical address',
  amp: 'the page names it as its AMP page',
};

export interface SpellingClaim {
  /** After the URL rules. */
  url: string;
  /** The id of the article at that URL. */
  articleId: string;
  sign: SpellingSign;
  /** Whether both URLs also carry one name of an article, or differ in habits of spelling alone. */
  isKin: boolean;
}

interface ReadAddress {
  /** What was asked for, after the URL rules. */
  canonicalUrl: string;
  /** Where it was read, after redirects. */
  readUrl: string | null;
  declaredCanonicalUrl: string | null;
  ampUrl: string | null;
}

/** Places that a site sends readers to instead of what they asked for. */
const SERVICE_SEGMENT =
  /^(?:log-?in|sign-?in|sign-?up|register|subscribe|subscription|account|auth|sso|oauth2?|consent|privacy|cookies?|paywall|captcha|challenge|blocked|errors?|404|403|not-?found|notfound|gone|search|home|start|index|default)(?:\.\w{2,5})?$/;

/** Segments and parameters by which sites mark a view of an article. */
const VIEW_SEGMENT = /^(?:amp|index\.(?:html?|php|aspx?)|default\.aspx?)$/;
const VIEW_PARAMETER = /^(?:amp|outputtype=amp|output=amp)(?:=(?:1|true|yes)?)?$/;
const VIEW_HOST = /^(?:www\d?|m|mobile|amp|touch)\./;

/**
 * The addresses that the page claims for its article, each once. Only of the same site (registrable domain; of a blogging host, the blog),
 * never its front page, a section or a place for something else. Where a redirect led to an address that shares no name with what was asked
 * for, nothing on that page counts: it may be anything.
 */
export function spellingClaims({
  canonicalUrl: asked,
  readUrl,
  declaredCanonicalUrl,
  ampUrl,
}: ReadAddress): SpellingClaim[] {
  const read = canonicalOf(readUrl) ?? asked;
  const declared = canonicalOf(declaredCanonicalUrl);
  if (read !== asked && !(mayBeSame(asked, read) && isKin(asked, read))) return [];
  const claims = new Map<string, SpellingClaim>();
  const claim = (url: string | null, sign: SpellingSign): void => {
    if (url === null || url === asked || claims.has(url) || !mayBeSame(asked, url)) return;
    claims.set(url, { url, articleId: articleIdOfUrl(url), sign, isKin: isKin(asked, url) });
  };
  claim(declared, declared === read ? 'redirect' : 'canonical');
  // A page that says that it is what was asked for is not renamed by the way to it.
  if (declared !== asked) claim(read, 'redirect');
  claim(canonicalOf(ampUrl), 'amp');
  return [...claims.values()];
}

function canonicalOf(url: string | null): string | null {
  if (url === null) return null;
  const canonical = canonicalUrl(url);
  return canonical.ok ? canonical.url : null;
}

const siteOf = (url: string): string => sourceOf({ url, name: null }).key;
const segmentsOf = (url: URL): string[] => url.pathname.toLowerCase().split('/').filter(Boolean);

function mayBeSame(from: string, to: string): boolean {
  if (siteOf(from) !== siteOf(to)) return false;
  if (foldOf(from) === foldOf(to)) return !isFrontPage(new URL(to));
  return isArticleLike(new URL(to));
}

function isFrontPage(url: URL): boolean {
  return segmentsOf(url).every((segment) => SERVICE_SEGMENT.test(segment)) && url.search === '' && url.hash === '';
}

/** An address that names something: a section, a date or a word of a site's own is none. */
function isArticleLike(url: URL): boolean {
  const { atEnd, before } = namesIn(url);
  return !segmentsOf(url).some((segment) => SERVICE_SEGMENT.test(segment)) && atEnd.size + before.size > 0;
}

/**
 * An address above the one that was asked for is a section of it, and articles of two years are two, whatever they share. A name before the
 * end may be a topic's: it counts only where it is the other's name at the end.
 */
function isKin(asked: string, other: string): boolean {
  if (foldOf(asked) === foldOf(other)) return true;
  const [one, two] = [new URL(asked), new URL(other)];
  if (isAbove(two, one)) return false;
  const [years, otherYears] = [yearsIn(one), yearsIn(two)];
  if (years.length > 0 && otherYears.length > 0 && years.join() !== otherYears.join()) return false;
  const [names, others] = [namesIn(one), namesIn(two)];
  return (
    [...names.atEnd].some((name) => others.atEnd.has(name) || others.before.has(name)) ||
    [...others.atEnd].some((name) => names.before.has(name))
  );
}

const yearsIn = (url: URL): string[] => url.pathname.match(/(?<=\/)(?:19|20)\d\d(?=\/)/g) ?? [];

function isAbove(one: URL, other: URL): boolean {
  const [upper, lower] = [articlePathOf(one), articlePathOf(other)];
  return upper.length < lower.length && upper.every((segment, at) => segment === lower[at]);
}

/** The path in lower case, without what marks a view. */
function articlePathOf(url: URL): string[] {
  return segmentsOf(url)
    .map((segment) => segment.replace(/[.-]amp(?=\.html?$|$)/, ''))
    .filter((segment) => !VIEW_SEGMENT.test(segment));
}

/** A URL without what sites change in it to show another view of the same article. */
function foldOf(address: string): string {
  const url = new URL(address);
  const query = url.search
    .slice(1)
    .split('&')
    .filter((parameter) => parameter !== '' && !VIEW_PARAMETER.test(parameter.toLowerCase()));
  return JSON.stringify([url.host.replace(VIEW_HOST, ''), articlePathOf(url), query, url.hash]);
}

/** At least so many words in a slug: two may be a section. */
const SLUG_WORDS_MIN = 3;
const DATE_NUMBER = /^(?:19|20)\d{4}(?:\d\d)?$/;
const isNumber = (text: string): boolean => /^\d{5,}$/.test(text) && !DATE_NUMBER.test(text);
/** Parameters by which systems choose an article. */
const ARTICLE_PARAMETER =
  /^(?:id|p|story|story_?id|sid|nid|aid|art_?id|article_?id|news_?id|doc_?id|item_?id|post_?id)=[\w-]*\d/;

/** What can be the name of one article: numbers of five digits and more that are no dates; at the end also a slug or a code, or a number in the query. */
interface Names {
  atEnd: Set<string>;
  before: Set<string>;
}

function namesIn(url: URL): Names {
  const path = articlePathOf(url).map((segment) => segment.replace(/\.[a-z]{2,5}$/, ''));
  const last = path.pop() ?? '';
  const atEnd = new Set(numbersIn(last));
  const words = last.split(/[-_+]/).filter((word) => word !== '' && !isNumber(word));
  if (words.length >= SLUG_WORDS_MIN) atEnd.add(words.join('-'));
  else if (/^(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{8,}$/.test(last)) atEnd.add(last);
  for (const parameter of url.search.slice(1).toLowerCase().split('&'))
    if (ARTICLE_PARAMETER.test(parameter)) for (const name of [parameter, ...numbersIn(parameter)]) atEnd.add(name);
  // A page that a script draws has its name in the fragment.
  if (url.hash !== '') atEnd.add(url.hash);
  return { atEnd, before: new Set(path.flatMap(numbersIn)) };
}

function numbersIn(text: string): string[] {
  return (text.match(/\d{5,}/g) ?? []).filter(isNumber);
}
