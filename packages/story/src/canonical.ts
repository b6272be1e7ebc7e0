import { type Agency, type CreditKind, isAgencySource, sourceOf } from '@wirefold/article';
import type { Decision } from './decision.ts';
import type { CanonicalReason, Member } from './story.ts';

/** What speaks for a member, and against it. */
interface Standing {
  member: Member;
  /** Nobody can read it at its source any more. */
  isGone: boolean;
  /** Names of the sources of other members that declare this one as the original. */
  declaredBy: string[];
  /** The agency that any member credits and whose own copy this is. */
  ownAgency: Agency | null;
  /** Whom the member itself names as the author or the original, where that is not its own source. */
  copyOf: string | null;
  /** Its page keeps itself out of Google News, as copies are asked to. */
  isHidden: boolean;
  /** When it was published at the latest; infinity where it does not say. */
  publishedByMs: number;
}

type Comparison = (a: Standing, b: Standing) => number;

/** The evidence, strongest first; the first that tells two members apart decides. Never length, never the order of arrival. */
const COMPARISONS: readonly Comparison[] = [
  (a, b) => Number(a.isGone) - Number(b.isGone),
  (a, b) => Number(b.declaredBy.length > 0) - Number(a.declaredBy.length > 0),
  (a, b) => Number(b.ownAgency !== null) - Number(a.ownAgency !== null),
  (a, b) => Number(a.copyOf !== null) - Number(b.copyOf !== null),
  (a, b) => (a.publishedByMs < b.publishedByMs ? -1 : Number(a.publishedByMs > b.publishedByMs)),
  // Weak: of four such pages among 2,462 only one printed the text of others.
  (a, b) => Number(a.isHidden) - Number(b.isHidden),
  (a, b) => a.member.boilerplateWords - b.member.boilerplateWords,
];

/**
 * Chooses the copy that leads a story: the one that a person pinned, the latest of several pins; else by evidence: its page is still there; another member declares it as the original; it is the copy of the agency that is
 * credited; it does not call itself a copy; it was published first, uncertain times taken at their latest; its page is not kept out of Google News; it
 * holds the least text of its site; then the article id, which says nothing and is always the same. A total order, free of the order of the members.
 * @throws where there is no member: that is a bug
 */
export function chooseCanonical(
  members: Member[],
  decisions: readonly Decision[] = [],
): { articleId: string; reasons: CanonicalReason[] } {
  const declaring = members.filter(({ credit }) => credit.declaredOriginal !== null);
  const agencies = new Map(
    members.flatMap(({ credit: { agency } }): [string, Agency][] => (agency === null ? [] : [[agency.id, agency]])),
  );
  const ranked = members.map((member) => standingOf(member, declaring, [...agencies.values()])).sort(byEvidence);
  const pinned = pinsOf(ranked, decisions);
  const first = pinned[0] ?? ranked[0];
  if (first === undefined) throw new Error('A story without members has no canonical.');
  const { articleId } = first.member;
  const others = ranked.filter((standing) => standing !== first);
  const reasons: CanonicalReason[] =
    others.length === 0 ? [{ code: 'only-copy', text: 'the only copy' }] : reasonsFor(first, others);
  if (pinned.length === 0) return { articleId, reasons };
  const text = `pinned by a person${pinned.length > 1 ? `, the latest of ${pinned.length} pins` : ''}`;
  return { articleId, reasons: [{ code: 'pinned', text }, ...reasons.filter(({ code }) => code !== 'tie')] };
}

/** Those that people pinned, by their latest pins, the newest first. */
function pinsOf(ranked: Standing[], decisions: readonly Decision[]): Standing[] {
  const latest = new Map<string, number>();
  for (const { id, kind, sides } of decisions)
    if (kind === 'pin')
      for (const articleId of sides[0]?.articleIds ?? [])
        latest.set(articleId, Math.max(id, latest.get(articleId) ?? id));
  const pinOf = ({ member }: Standing) => latest.get(member.articleId) ?? 0;
  return ranked.filter((standing) => pinOf(standing) > 0).sort((a, b) => pinOf(b) - pinOf(a));
}

function byEvidence(a: Standing, b: Standing): number {
  for (const compare of COMPARISONS) {
    const order = compare(a, b);
    if (order !== 0) return order;
  }
  return a.member.articleId < b.member.articleId ? -1 : 1;
}

function standingOf(member: Member, declaring: Member[], agencies: Agency[]): Standing {
  const { source, published, credit } = member;
  return {
    member,
    isGone: member.isGone === true,
    declaredBy: declaring.filter((other) => declares(other, member)).map((other) => other.source.name),
    ownAgency: agencies.find((agency) => isAgencySource(source, agency)) ?? null,
    copyOf: copyOf(member),
    isHidden: credit.evidence.some(({ kind }) => kind === 'hidden-from-news'),
    publishedByMs: published === null ? Number.POSITIVE_INFINITY : Date.parse(published.at) + published.uncertaintyMs,
  };
}

/** Whether `other` names the source of `member` as the site of its original. */
function declares(other: Member, member: Member): boolean {
  const original = other.credit.declaredOriginal;
  if (original === null || other.source.key === member.source.key) return false;
  if (original.url !== null) return sourceOf({ url: original.url, name: null }).key === member.source.key;
  return (
    original.name !== null &&
    sourceOf({ url: null, name: original.name }).key === sourceOf({ url: null, name: member.source.name }).key
  );
}

function copyOf({ source, credit: { agency, declaredOriginal } }: Member): string | null {
  if (agency !== null && !isAgencySource(source, agency)) return agency.name;
  if (declaredOriginal === null) return null;
  const { key, name } = sourceOf({ url: declaredOriginal.url, name: declaredOriginal.name });
  return key === source.key ? null : name;
}

/** All that speaks for the first, strongest first; a reader wants to see more than what happened to decide. */
function reasonsFor(first: Standing, others: Standing[]): CanonicalReason[] {
  const reasons: CanonicalReason[] = [];
  const { ownAgency, declaredBy, member } = first;
  const gone = others.filter(({ isGone }) => isGone).map((other) => other.member.source.name);
  if (!first.isGone && gone.length > 0)
    reasons.push({
      code: 'not-gone',
      text: `still there, where the copy of ${listed([...new Set(gone)].sort())} is gone`,
    });
  if (declaredBy.length > 0)
    reasons.push({
      code: 'declared-original',
      text: `declared as the original by ${listed([...new Set(declaredBy)].sort())}`,
    });
  if (ownAgency !== null)
    reasons.push({ code: 'agency-own', text: `${evidenceFor(first, ownAgency)}, and the source is ${ownAgency.name}` });
  const credited = others.flatMap((other) => other.copyOf ?? []);
  if (first.copyOf === null && credited.length > 0) {
    const names = [...new Set(credited)].sort();
    const text = `not credited to another source, as copies are to ${listed(names)}`;
    reasons.push({ code: 'not-a-declared-copy', text });
  }
  const earliest = earliestReason(first, others);
  if (earliest !== null) reasons.push(earliest);
  if (!first.isHidden && others.some(({ isHidden }) => isHidden))
    reasons.push({ code: 'not-a-declared-copy', text: 'not kept out of Google News, as copies are asked to be' });
  if (member.boilerplateWords === 0 && others.some((other) => other.member.boilerplateWords > 0))
    reasons.push({ code: 'no-foreign-text', text: 'no text of the site in it' });
  if (reasons.length === 0) reasons.push({ code: 'tie', text: 'the evidence is equal; chosen by article id' });
  return reasons;
}

function evidenceFor({ member: { credit } }: Standing, agency: Agency): string {
  const own = credit.evidence.find((sign) => !isAside(sign.kind) && sign.agency?.id === agency.id);
  return own === undefined ? `copies credit ${agency.name}` : `${own.kind.replace('-', ' ')} names ${agency.name}`;
}

function earliestReason(first: Standing, others: Standing[]): CanonicalReason | null {
  const nextMs = Math.min(...others.map(({ publishedByMs }) => publishedByMs));
  if (first.publishedByMs >= nextMs) return null;
  if (nextMs === Number.POSITIVE_INFINITY)
    return { code: 'earliest', text: 'the only one that says when it was published' };
  return { code: 'earliest', text: `earliest by ${durationText(nextMs - first.publishedByMs)}` };
}

/** Kinds of signs that never say who wrote the text. */
const isAside = (kind: CreditKind): boolean => kind === 'photo-credit' || kind === 'contribution';

const MINUTE_MS = 60_000;
const UNITS: readonly [string, number][] = [
  ['day', 24 * 60 * MINUTE_MS],
  ['hour', 60 * MINUTE_MS],
  ['minute', MINUTE_MS],
  ['second', 1000],
];
/** A unit is used from this many of it on: 90 minutes say more than 2 hours. */
const UNIT_MIN = 2;

function durationText(durationMs: number): string {
  const [unit, unitMs] = UNITS.find(([, ms]) => durationMs >= UNIT_MIN * ms) ?? ['second', 1000];
  const count = Math.max(1, Math.round(durationMs / unitMs));
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

const NAMES_LISTED_MAX = 3;

function listed(names: string[]): string {
  const shown = names.slice(0, NAMES_LISTED_MAX);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
