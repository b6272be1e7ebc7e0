/** Who wrote the text: every sign of it, and what the signs amount to. */
import { parse } from 'tldts';
import type { AgencyEntry } from './agencies.ts';
import { agencyOfList, agencyOfName, agencyOfSign, agencyOfUrl } from './agency.ts';
import type { Agency, Credit, CreditEvidence, CreditKind, CreditPlace, Dateline } from './article.ts';
import { type CreditLine, creditLinesOf, signOffsOf } from './credit-lines.ts';
import { datelineOf, readDateline } from './dateline.ts';
import type { LinesAround } from './page-credit.ts';
import { agencyOfPhotoCredit, isPhotoCredit } from './photo-credit.ts';
import { sourceOf } from './source.ts';
import { agencyOfByline, bylineIn } from './text-byline.ts';
import { resolveUrl } from './url.ts';

/** What a page's structured data (JSON-LD, meta) says about who wrote the text. */
export interface StructuredCredit {
  sourceOrganization: string | null;
  provider: string | null;
  creditText: string | null;
  copyrightHolder: string | null;
  /** A URL. It nearly always points at the page itself, so it counts only where it names another site. */
  isBasedOn: string | null;
  dateline: string | null;
  photoCredits: string[];
}

export const NO_STRUCTURED_CREDIT: Readonly<StructuredCredit> = Object.freeze({
  sourceOrganization: null,
  provider: null,
  creditText: null,
  copyrightHolder: null,
  isBasedOn: null,
  dateline: null,
  photoCredits: [],
});

export interface CreditInput {
  body: string;
  byline: string | null;
  url: string | null;
  declaredCanonicalUrl: string | null;
  structured: StructuredCredit;
  /** ISO 639-1 code of the body: a weak sign alone in the byline counts in the language of its agency. */
  language?: string | null;
  /** The page's head says `Googlebot-News: noindex`, which Google asks of those who print the text of others. */
  isHiddenFromNews?: boolean;
  /** Paragraphs of the body with a link in them, as they stand there, and where it leads. */
  links?: readonly { text: string; href: string | null }[];
  /** Lines of the page right above and below the body. */
  around?: LinesAround;
}

/** Strongest first. A photo credit is not in it: it names who took the picture, so it never decides. */
const DECISIVE: readonly CreditKind[] = [
  'dateline',
  'byline',
  'structured-data',
  'canonical-link',
  'originally-appeared',
  'credit-line',
];
/** A body with more signs than this is a list of credits; the first ones tell as much. */
const EVIDENCE_MAX = 20;
const EVIDENCE_CHARS_MAX = 200;
/** What an article about a study is based on is not its original. */
const STUDY = /^https?:\/\/(?:[\w.]{1,40}\.)?(?:doi\.org|ncbi\.nlm\.nih\.gov|arxiv\.org|biorxiv\.org|medrxiv\.org)\//i;
/** Shorter labels of a host are words that two sites may share. */
const BRAND_CHARS_MIN = 6;

/**
 * Collects the signs of who wrote a text, and says which agency the strongest of them names. Strength: dateline, byline,
 * structured data, a canonical link to an agency's site, "originally appeared on", credit lines; never photo credits and helpers.
 */
export function creditOf(input: CreditInput): Credit {
  const inBody = datelineOf(input.body)?.dateline ?? null;
  const dateline = inBody ?? structuredDateline(input.structured);
  const original = canonicalOriginal(input) ?? basedOnOriginal(input);
  const isOther = ({ original }: CreditLine): boolean => original === null || !isOwnName(original, input.url);
  const lines = creditLinesOf(input.body).filter(isOther);
  const around = signOffsOf(input.around?.below ?? []).filter(isOther);
  const named = [...lines, ...around].find((line) => line.original !== null) ?? null;
  const evidence = [
    ...(dateline === null ? [] : [datelineSign(dateline, inBody === null ? 'structured-data' : 'body')]),
    ...bylineEvidence(input),
    ...structuredEvidence(input.structured),
    ...(original === null ? [] : [signOf(original.kind, original.where, agencyOfUrl(original.url), original.url)]),
    ...lines.map((line) => signOf(line.kind, 'body', line.agency, line.text)),
    ...around.map((line) => signOf(line.kind, 'page', line.agency, line.text)),
    ...(input.isHiddenFromNews === true ? [signOf('hidden-from-news', 'head', null, 'Googlebot-News: noindex')] : []),
    ...input.structured.photoCredits
      .filter(isPhotoCredit)
      .map((text) => signOf('photo-credit', 'caption', agencyOfPhotoCredit(text), text)),
  ];
  const declaredUrl = original?.url ?? (named === null ? null : linkIn(named, input));
  const kept = withoutRepeats(evidence).slice(0, EVIDENCE_MAX);
  return {
    agency: decide(kept),
    dateline,
    declaredOriginal: declared(declaredUrl, named?.original ?? null),
    evidence: kept,
  };
}

/** The first sign of each kind and wording: some pages print a line again and again. */
function withoutRepeats(evidence: readonly CreditEvidence[]): CreditEvidence[] {
  const keys = evidence.map(({ kind, text }) => `${kind} ${text}`);
  return evidence.filter((_, i) => keys.indexOf(keys[i] ?? '') === i);
}

function decide(evidence: readonly CreditEvidence[]): Agency | null {
  for (const kind of DECISIVE) {
    const agency = evidence.find((sign) => sign.kind === kind && sign.agency !== null)?.agency;
    if (agency !== undefined && agency !== null) return agency;
  }
  return null;
}

function signOf(kind: CreditKind, where: CreditPlace, agency: AgencyEntry | null, text: string): CreditEvidence {
  const isPhoto = kind === 'photo-credit' || agency?.kind === 'photo';
  const named = agency === null ? null : { id: agency.id, name: agency.name };
  return { kind: isPhoto ? 'photo-credit' : kind, agency: named, text: text.slice(0, EVIDENCE_CHARS_MAX), where };
}

const datelineSign = ({ agency, text }: Dateline, where: CreditPlace): CreditEvidence => ({
  kind: 'dateline',
  agency,
  text,
  where,
});

function structuredDateline(structured: StructuredCredit): Dateline | null {
  const text = structured.dateline?.trim() ?? '';
  return text === '' ? null : readDateline(text);
}

/** `Le Journal avec AFP`, `Jane Roe with AP`: the agency helped. */
const HELPER = /\s(?:with|avec|mit|con|com|met|med)\s(?:the )?([^()]{2,40})\)?$/iu;

function bylineEvidence(input: CreditInput): CreditEvidence[] {
  const byline = input.byline ?? bylineIn(input.body)?.byline ?? null;
  const signs = byline === null ? [] : bylineSigns(byline, 'byline', input.language ?? null);
  if (signs.length > 0) return signs;
  return (input.around?.above ?? []).flatMap((line) => bylineSigns(line, 'page', null)).slice(0, 1);
}

function bylineSigns(byline: string, where: CreditPlace, language: string | null): CreditEvidence[] {
  const helper = agencyOfList(HELPER.exec(byline)?.[1] ?? '');
  const agency = helper ?? agencyOfByline(byline) ?? agencyInPlace(byline) ?? weakByline(byline, language);
  if (agency === null) return [];
  return [signOf(helper === null ? 'byline' : 'contribution', where, agency, byline)];
}

/** `Associated Press in Valencia`. */
function agencyInPlace(byline: string): AgencyEntry | null {
  const name = /^(.{2,40}?) (?:in|aus|à|en) \p{Lu}\p{L}+$/u.exec(byline)?.[1];
  return name === undefined ? null : agencyOfName(name);
}

/** `AA` alone is the agency on a Turkish page, and a person's initials elsewhere. */
function weakByline(byline: string, language: string | null): AgencyEntry | null {
  const agency = agencyOfSign(byline);
  return agency !== null && language !== null && language !== 'en' && agency.languages.includes(language)
    ? agency
    : null;
}

function structuredEvidence(structured: StructuredCredit): CreditEvidence[] {
  const fields = [
    structured.sourceOrganization,
    structured.provider,
    structured.creditText,
    structured.copyrightHolder,
  ];
  return fields.flatMap((text) => {
    const agency = text === null ? null : agencyOfName(text);
    return text === null || agency === null ? [] : [signOf('structured-data', 'structured-data', agency, text)];
  });
}

interface OriginalUrl {
  url: string;
  kind: CreditKind;
  where: CreditPlace;
}

/** A `rel=canonical` to another site's article. To its front page it is a template's mistake. */
function canonicalOriginal(input: CreditInput): OriginalUrl | null {
  const url = otherSite(input.declaredCanonicalUrl, input.url);
  return url === null ? null : { url, kind: 'canonical-link', where: 'head' };
}

function basedOnOriginal(input: CreditInput): OriginalUrl | null {
  const url = otherSite(input.structured.isBasedOn, input.url);
  return url === null || STUDY.test(url) ? null : { url, kind: 'structured-data', where: 'structured-data' };
}

/** Where the sentence links the site that it names, which tells the original better than its name does. */
function linkIn(line: CreditLine, { links = [], url }: CreditInput): string | null {
  const paragraph = links.find(({ text, href }) => href !== null && text.includes(line.text));
  return otherSite(paragraph?.href ?? null, url);
}

/** The URL if it is an article of another registrable domain than that of `from`, else null. */
function otherSite(href: string | null, from: string | null): string | null {
  if (href === null || from === null) return null;
  const url = resolveUrl(href, from);
  if (url === null || new URL(url).pathname === '/' || isSameBrand(url, from)) return null;
  return sourceOf({ url, name: null }).key === sourceOf({ url: from, name: null }).key ? null : url;
}

/** `m.post.example` and `post.group.example`, `post-staging.example` and `post.example`: one site under two domains. */
function isSameBrand(a: string, b: string): boolean {
  const [mine, other] = [labelsOf(a), labelsOf(b)];
  return mine.some((label) => other.some((twin) => label.includes(twin) || twin.includes(label)));
}

function labelsOf(url: string): string[] {
  const { subdomain, domainWithoutSuffix } = parse(url, { allowPrivateDomains: true });
  const labels = [...(subdomain ?? '').split('.'), domainWithoutSuffix ?? ''];
  return labels.map((label) => label.replace(/[^\p{L}\p{N}]/gu, '')).filter((label) => label.length >= BRAND_CHARS_MIN);
}

/** "Originally published on" the very site that shows it: a line that a copy may have kept, but no other original. */
function isOwnName(name: string, url: string | null): boolean {
  if (url === null) return false;
  const key = sourceOf({ url, name: null }).key;
  if (name.includes('.') && sourceOf({ url: `https://${name}/`, name: null }).key === key) return true;
  // The number of an issue may follow: `EMOTION 10/22`.
  const squashed = name.toLowerCase().replace(/(?:\s[\d/]+|[^\p{L}\p{N}])/gu, '');
  const brand = (key.split('.')[0] ?? '').replace(/[^\p{L}\p{N}]/gu, '');
  return squashed.length > 2 && brand.replace(/^the/, '') === squashed.replace(/^the/, '');
}

function declared(url: string | null, name: string | null): Credit['declaredOriginal'] {
  if (url === null && name === null) return null;
  return { url, name: name ?? (url === null ? null : sourceOf({ url, name: null }).name) };
}
