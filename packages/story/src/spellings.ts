/** Which articles are one article under several URLs: those whose pages say so, and whose texts agree. */
import type { SpellingClaim, SpellingSign } from '@wirefold/article';
import type { SignedText, Verdict } from '@wirefold/dedup';
import type { ExistingStory, Member, StoryChanges, StoryEvent } from './story.ts';

/** An article that ends, because its URL is only another spelling of the URL of the one that stays. */
export interface Spelling {
  articleId: string;
  into: string;
  sign: SpellingSign;
}

type Judge = (a: SignedText, b: SignedText) => Pick<Verdict, 'kind' | 'linked'>;

/** One article leads to another. */
interface Lead {
  from: string;
  to: string;
  sign: SpellingSign;
}

/** What the site calls the article comes first; its way there is second. */
const RANK: Record<SpellingSign, number> = { canonical: 0, redirect: 1, amp: 2 };

/** Whether people hold two members apart: then they are not one article, either. */
type IsApart = (a: Member, b: Member) => boolean;

/**
 * The members that end as spellings of others: a pure function of the set. One that claims the URL of another leads to it where their
 * texts are linked, and, where the URLs share no name, only where they are the same text. Of those that claim one URL that nobody has,
 * and are kin to it, the smallest id stands for it. Where articles lead to each other in a circle, the smallest id stays.
 */
export function findSpellings(
  texts: SignedText[],
  members: Member[],
  judge: Judge,
  isApart: IsApart = () => false,
): Spelling[] {
  const claimants = members.filter(({ claims }) => claims !== undefined && claims !== null && claims.length > 0);
  if (claimants.length === 0) return [];
  const leads = new Map<string, Lead>();
  for (const lead of leadsOf(claimants, members, agreementOf(texts, judge, isApart)).sort(byRank))
    if (!leads.has(lead.from)) leads.set(lead.from, lead);
  return [...leads.values()].flatMap(({ from, sign }) => {
    const into = endOf(from, leads);
    return into === from ? [] : [{ articleId: from, into, sign }];
  });
}

function byRank(a: Lead, b: Lead): number {
  return RANK[a.sign] - RANK[b.sign] || (a.to < b.to ? -1 : a.to > b.to ? 1 : a.from < b.from ? -1 : 1);
}

type Agree = (a: Member, b: Member, isKin: boolean) => boolean;

function agreementOf(texts: SignedText[], judge: Judge, isApart: IsApart): Agree {
  const byHash = new Map(texts.map((text) => [text.hash, text]));
  return (a, b, isKin) => {
    const [one, other] = [byHash.get(a.textHash), byHash.get(b.textHash)];
    if (one === undefined || other === undefined || isApart(a, b)) return false;
    const verdict = judge(one, other);
    return isKin ? verdict.linked : verdict.kind === 'same text';
  };
}

function leadsOf(claimants: Member[], members: Member[], agree: Agree): Lead[] {
  const byId = new Map(members.map((member) => [member.articleId, member]));
  const leads: Lead[] = [];
  const lead = (from: Member, to: Member, { sign, isKin }: SpellingClaim): void => {
    // What waits to be read again does not end: what it is read as may be another text.
    if (from === to || from.claims === null || !agree(from, to, isKin)) return;
    leads.push({ from: from.articleId, to: to.articleId, sign });
  };
  const unknown = new Map<string, { member: Member; claim: SpellingClaim }[]>();
  for (const member of claimants) {
    for (const claim of member.claims ?? []) {
      const claimed = byId.get(claim.articleId);
      if (claimed !== undefined && claim.sign === 'amp') lead(claimed, member, claim);
      else if (claimed !== undefined) lead(member, claimed, claim);
      else if (claim.isKin && claim.sign !== 'amp')
        unknown.set(claim.articleId, [...(unknown.get(claim.articleId) ?? []), { member, claim }]);
    }
  }
  for (const group of unknown.values()) {
    const [first, ...others] = group.sort((a, b) => (a.member.articleId < b.member.articleId ? -1 : 1));
    for (const { member, claim } of others) if (first !== undefined) lead(member, first.member, claim);
  }
  return leads;
}

/** Where the leads from an article end; in a circle, at its smallest id. */
function endOf(from: string, leads: Map<string, Lead>): string {
  const seen = new Set<string>();
  let at = from;
  while (!seen.has(at)) {
    seen.add(at);
    const next = leads.get(at)?.to;
    if (next === undefined) return at;
    at = next;
  }
  const way = [...seen];
  return way.slice(way.indexOf(at)).sort()[0] ?? at;
}

/** The component as it is once these articles have ended: their stories go on with the ones that stay. */
export function withoutSpellings(
  members: Member[],
  stories: ExistingStory[],
  spellings: Spelling[],
): { members: Member[]; stories: ExistingStory[] } {
  if (spellings.length === 0) return { members, stories };
  const into = new Map(spellings.map((spelling) => [spelling.articleId, spelling.into]));
  const staysAs = (articleId: string): string => into.get(articleId) ?? articleId;
  return {
    members: members.filter(({ articleId }) => !into.has(articleId)),
    stories: stories.map((story) => ({
      ...story,
      canonical: staysAs(story.canonical),
      articleIds: [...new Set(story.articleIds.map(staysAs))],
    })),
  };
}

/** A line for each story in which a reader saw two copies, or the other one, until now. `stories` are those before, `planned` those after. */
export function eventsOfSpellings(
  spellings: Spelling[],
  stories: ExistingStory[],
  planned: StoryChanges['stories'],
): StoryEvent[] {
  if (spellings.length === 0) return [];
  const placed = new Set(stories.flatMap(({ articleIds }) => articleIds));
  const storyOf = new Map(
    planned.flatMap(({ id, plan }) =>
      [plan.canonical, ...plan.mirrors.map(({ articleId }) => articleId)].map((articleId): [string, string] => [
        articleId,
        id,
      ]),
    ),
  );
  return spellings.flatMap(({ articleId, into, sign }): StoryEvent[] => {
    const storyId = storyOf.get(into);
    if (storyId === undefined || !placed.has(articleId)) return [];
    return [{ storyId, kind: 'spelling-found', articleId: into, detail: { ended: articleId, sign } }];
  });
}
