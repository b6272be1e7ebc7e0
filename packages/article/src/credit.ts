/** Who wrote the text: every sign of it, and what the signs amount to. */
import type { AgencyEntry } from './agencies.ts';
import { agencyOfName, agencyOfUrl } from './agency.ts';
import type { Agency, Credit, CreditEvidence, CreditKind, Dateline } from './article.ts';
import { agencyOfPhotoCredit, creditLinesOf } from './credit-lines.ts';
import { datelineOf, readDateline } from './dateline.ts';
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

/**
 * Collects the signs of who wrote a text, and says which agency the strongest of them names. Strength: dateline, byline,
 * structured data, a canonical link to an agency's site, "originally appeared on", credit lines; photo credits never.
 */
export function creditOf(input: CreditInput): Credit {
  const dateline = datelineOf(input.body)?.dateline ?? structuredDateline(input.structured);
  const original = canonicalOriginal(input) ?? basedOnOriginal(input);
  const lines = creditLinesOf(input.body);
  const named = lines.find((line) => line.original !== null && !isOwnName(line.original, input.url))?.original ?? null;
  const evidence = [
    ...datelineEvidence(dateline),
    ...bylineEvidence(input),
    ...structuredEvidence(input.structured),
    ...(original === null ? [] : [signOf(original.kind, agencyOfUrl(original.url), original.url)]),
    ...lines.map((line) => signOf(line.kind, line.agency, line.text)),
    ...input.structured.photoCredits.map((text) => signOf('photo-credit', agencyOfPhotoCredit(text), text)),
  ].slice(0, EVIDENCE_MAX);
  return { agency: decide(evidence), dateline, declaredOriginal: declared(original?.url ?? null, named), evidence };
}

function decide(evidence: readonly CreditEvidence[]): Agency | null {
  for (const kind of DECISIVE) {
    const agency = evidence.find((sign) => sign.kind === kind && sign.agency !== null)?.agency;
    if (agency !== undefined && agency !== null) return agency;
  }
  return null;
}

function signOf(kind: CreditKind, agency: AgencyEntry | null, text: string): CreditEvidence {
  const isPhoto = kind === 'photo-credit' || agency?.isPhotoOnly === true;
  const named = agency === null ? null : { id: agency.id, name: agency.name };
  return { kind: isPhoto ? 'photo-credit' : kind, agency: named, text: text.slice(0, EVIDENCE_CHARS_MAX) };
}

function datelineEvidence(dateline: Dateline | null): CreditEvidence[] {
  return dateline === null ? [] : [{ kind: 'dateline', agency: dateline.agency, text: dateline.text }];
}

function structuredDateline(structured: StructuredCredit): Dateline | null {
  const text = structured.dateline?.trim() ?? '';
  return text === '' ? null : readDateline(text);
}

function bylineEvidence(input: CreditInput): CreditEvidence[] {
  const byline = input.byline ?? bylineIn(input.body)?.byline ?? null;
  const agency = byline === null ? null : agencyOfByline(byline);
  return byline === null || agency === null ? [] : [signOf('byline', agency, byline)];
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
    return text === null || agency === null ? [] : [signOf('structured-data', agency, text)];
  });
}

interface OriginalUrl {
  url: string;
  kind: CreditKind;
}

/** A `rel=canonical` to another site's article. To its front page it is a template's mistake. */
function canonicalOriginal(input: CreditInput): OriginalUrl | null {
  const url = otherSite(input.declaredCanonicalUrl, input.url);
  return url === null ? null : { url, kind: 'canonical-link' };
}

function basedOnOriginal(input: CreditInput): OriginalUrl | null {
  const url = otherSite(input.structured.isBasedOn, input.url);
  return url === null ? null : { url, kind: 'structured-data' };
}

/** The URL if it is an article of another registrable domain than that of `from`, else null. */
function otherSite(href: string | null, from: string | null): string | null {
  if (href === null || from === null) return null;
  const url = resolveUrl(href, from);
  if (url === null || new URL(url).pathname === '/') return null;
  return sourceOf({ url, name: null }).key === sourceOf({ url: from, name: null }).key ? null : url;
}

/** "Originally published on" the very site that shows it: a line that a copy may have kept, but no other original. */
function isOwnName(name: string, url: string | null): boolean {
  return (
    url !== null &&
    name.includes('.') &&
    sourceOf({ url: `https://${name}/`, name: null }).key === sourceOf({ url, name: null }).key
  );
}

function declared(url: string | null, name: string | null): Credit['declaredOriginal'] {
  if (url === null && name === null) return null;
  return { url, name: name ?? (url === null ? null : sourceOf({ url, name: null }).name) };
}
