import { sourceOf } from '@wirefold/article';
import type { Member, Origin } from './story.ts';

/**
 * Who wrote the text of a story: the agencies that its copies credit (a photo credit says nothing of the text); else the original
 * that the canonical declares; else the canonical's source. However many outlets print a text, they are never more origins than it has.
 * @throws where the canonical is not among the members
 */
export function originsOf(members: Member[], canonicalId: string): Origin[] {
  const canonical = members.find(({ articleId }) => articleId === canonicalId);
  if (canonical === undefined) throw new Error('The canonical is not a member of its story.');
  const agencies = new Map<string, Origin>();
  const others = members.filter((member) => member !== canonical);
  // The canonical is asked first, so that its own words are the evidence where it has any.
  for (const member of [canonical, ...others.sort((a, b) => (a.articleId < b.articleId ? -1 : 1))]) {
    const origin = agencyOrigin(member);
    if (origin !== null && !agencies.has(origin.key)) agencies.set(origin.key, origin);
  }
  if (agencies.size > 0) return [...agencies.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  return [ownOrigin(canonical)];
}

function agencyOrigin({ source, credit: { agency, evidence } }: Member): Origin | null {
  if (agency === null) return null;
  const sign = evidence.find(
    ({ kind, agency: named }) => kind !== 'photo-credit' && kind !== 'contribution' && named?.id === agency.id,
  );
  const said = sign === undefined ? 'credit' : `${sign.kind.replace('-', ' ')} “${sign.text}”`;
  return { key: agency.id, name: agency.name, isAgency: true, evidence: `${said} in ${source.name}` };
}

function ownOrigin({ source, credit: { declaredOriginal } }: Member): Origin {
  if (declaredOriginal !== null) {
    const { key, name } = sourceOf({ url: declaredOriginal.url, name: declaredOriginal.name });
    if (key !== source.key)
      return { key, name, isAgency: false, evidence: `declared as the original by ${source.name}` };
  }
  return {
    key: source.key,
    name: source.name,
    isAgency: false,
    evidence: `no other source is credited; ${source.name} leads`,
  };
}
