import type { Agency, Credit } from '@wirefold/article';
import { type SignedText, sign } from '@wirefold/dedup';
import type { ExistingStory, Member, StoryPlan } from '../story.ts';

export const AP: Agency = { id: 'ap', name: 'Associated Press' };

const NO_CREDIT: Credit = { agency: null, dateline: null, declaredOriginal: null, evidence: [] };

/** A credit line that names an agency. */
export function creditLine(agency: Agency): Credit {
  return { ...NO_CREDIT, agency, evidence: [{ kind: 'credit-line', agency, text: `Copyright ${agency.name}` }] };
}

/** A `rel=canonical` to another site. */
export function declaredAt(url: string): Credit {
  return { ...NO_CREDIT, declaredOriginal: { url, name: null } };
}

/** A member with nothing to say for itself but what is given. */
export function member(articleId: string, given: Partial<Member> = {}): Member {
  const source = { key: `${articleId}.example`, name: articleId };
  return {
    articleId,
    textHash: 'text',
    url: null,
    source,
    published: null,
    credit: NO_CREDIT,
    boilerplateWords: 0,
    ...given,
  };
}

/** Words that no other seed has, in an order of their own. */
export function words(seed: string, count: number): string {
  return Array.from({ length: count }, (_, at) => `${seed}${at}`).join(' ');
}

export function signed(...parts: string[]): SignedText {
  return sign(parts.join(' '));
}

/** A text whole, cut at either end, and with a paragraph of its own. */
export function family(name: string): SignedText[] {
  const [first, second, third] = [words(`${name}a`, 60), words(`${name}b`, 60), words(`${name}c`, 60)];
  return [
    signed(first, second, third),
    signed(first, second),
    signed(second, third),
    signed(first, second, third, words(`${name}own`, 15)),
  ];
}

/** A plan of which only the articles and the smallest text matter. */
export function plan(text: string, canonical: string, ...mirrors: string[]): StoryPlan {
  const verdict = {
    kind: 'same text',
    linked: true,
    rule: 'equal',
    shared: 1,
    jaccard: 1,
    aInB: 1,
    bInA: 1,
    comparing: null,
    facts: null,
  } as const;
  return {
    canonical,
    reasons: [],
    mirrors: mirrors.map((articleId) => ({ articleId, verdict, via: null })),
    origins: [],
    outlets: 1,
    texts: [text],
  };
}

/** A standing story, `day` days after the first. */
export function standing(id: string, day: number, canonical: string, ...mirrors: string[]): ExistingStory {
  const createdAt = new Date(Date.UTC(2026, 0, 1 + day)).toISOString();
  return { id, createdAt, canonical, articleIds: [canonical, ...mirrors] };
}
