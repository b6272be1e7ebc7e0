/** Articles that print one text to the letter, and are held apart all the same: a wall that was read as the article, for example. */
import type { SignedText } from '@wirefold/dedup';
import { isOpposed, type Stand, setApart } from './decision.ts';
import type { Member } from './story.ts';

/** A text as some of the articles print it that may be one story. Nearly every text has one face. */
export interface Face {
  /** The text's hash; for its further faces a name that no text has. */
  name: string;
  text: SignedText;
  members: Member[];
  /** Where its members stand together; no two of them are opposed. */
  stand: Stand;
}

type StandOf = (member: Member) => Stand;

/**
 * The faces of a text. Whoever was set apart by no decision shares the first one, and each that was set apart the first face where nobody
 * is opposed to it. A pure function of the set of members.
 */
export function facesOf(text: SignedText, members: Member[], standOf: StandOf): Face[] {
  const isWhole = members.every((member) => standOf(member).size === 0);
  if (isWhole) return [{ name: text.hash, text, members, stand: together([]) }];
  const faces: Face[] = [];
  const stands = new Map(members.map((member) => [member.articleId, standOf(member)]));
  const standAt = ({ articleId }: Member) => stands.get(articleId) as Stand;
  for (const member of [...members].sort((a, b) => setApart(standAt(a)) - setApart(standAt(b)) || byId(a, b))) {
    const stand = standAt(member);
    const face = faces.find((each) => !isOpposed(each.stand, stand));
    if (face === undefined) {
      faces.push({ name: faceName(text, faces.length), text, members: [member], stand });
      continue;
    }
    face.members.push(member);
    face.stand = together([face.stand, stand]);
  }
  for (const face of faces) face.members.sort(byId);
  return faces;
}

/** A text of next to no words has as many faces as articles print it. */
export function facesOfThin(text: SignedText, members: Member[], standOf: StandOf): Face[] {
  return members.map((member, at) => ({
    name: faceName(text, at),
    text,
    members: [member],
    stand: standOf(member),
  }));
}

function faceName({ hash }: SignedText, at: number): string {
  return at === 0 ? hash : `${hash} ${at}`;
}

/** Where several stand together. */
export function together(stands: readonly Stand[]): Stand {
  const standing = stands.filter(({ size }) => size > 0);
  return standing.length > 1 ? new Map(standing.flatMap((stand) => [...stand])) : (standing[0] ?? new Map());
}

function byId(a: Member, b: Member): number {
  return a.articleId < b.articleId ? -1 : a.articleId > b.articleId ? 1 : 0;
}
