/** What people decided about stories by hand, and where it leads. */
import type { Member, StoryEvent } from './story.ts';

/** `split`: these articles are another story than those; `merge`: these stories are one; `pin`: this article leads its story. */
export type DecisionKind = 'split' | 'merge' | 'pin';

/** Articles that a decision names, and the texts that they printed when it was made. */
export interface DecisionSide {
  articleIds: readonly string[];
  textHashes: readonly string[];
}

/** A decision in force. */
export interface Decision {
  /** A later decision has a larger one. */
  id: number;
  kind: DecisionKind;
  /** ISO time. */
  at: string;
  /** Name of the key that it was made with; null where none was asked for. */
  by: string | null;
  note: string | null;
  /** Of a split those that were set apart, then the rest of their story; of a merge one for each story; of a pin the one article. */
  sides: readonly DecisionSide[];
}

/** What a story shows of the decision that holds a mirror in it. */
export type ByHand = Pick<Decision, 'at' | 'by' | 'note'> & { decision: number };

export function byHandOf({ id, at, by, note }: Decision): ByHand {
  return { decision: id, at, by, note };
}

type Named = Pick<Member, 'articleId' | 'textHash'>;

/** On which side a member stands in each of some decisions, by the id of the decision. */
export type Stand = ReadonlyMap<number, number>;

const NOWHERE: Stand = new Map();

/**
 * Says where these members stand. An article that is named stands where it is named; any other one stands where its text did, so that
 * copies follow their text. A text that stood on several sides says nothing, and neither does one that an article prints which the
 * decision names: whoever shares a face of it with that article stands there with it.
 */
export function createStandOf(decisions: readonly Decision[], members: readonly Named[]): (member: Named) => Stand {
  if (decisions.length === 0) return () => NOWHERE;
  const textOf = new Map(members.map(({ articleId, textHash }) => [articleId, textHash]));
  const byArticle = new Map<string, Map<number, number>>();
  const byText = new Map<string, Map<number, number>>();
  for (const { id, sides } of decisions) {
    const sidesOfText = new Map<string, Set<number>>();
    const printed = new Set(sides.flatMap(({ articleIds }) => articleIds.map((articleId) => textOf.get(articleId))));
    for (const [side, { articleIds, textHashes }] of sides.entries()) {
      for (const articleId of articleIds) keep(byArticle, articleId, id, side);
      for (const hash of textHashes) sidesOfText.set(hash, (sidesOfText.get(hash) ?? new Set()).add(side));
    }
    for (const [hash, [side, ...others]] of sidesOfText)
      if (side !== undefined && others.length === 0 && !printed.has(hash)) keep(byText, hash, id, side);
  }
  return ({ articleId, textHash }) => {
    const [own, ofText] = [byArticle.get(articleId), byText.get(textHash)];
    return own === undefined || ofText === undefined ? (own ?? ofText ?? NOWHERE) : new Map([...ofText, ...own]);
  };
}

function keep(stands: Map<string, Map<number, number>>, name: string, decision: number, side: number): void {
  const known = stands.get(name);
  if (known === undefined) stands.set(name, new Map([[decision, side]]));
  else if (!known.has(decision)) known.set(decision, side);
}

/** Whether a decision has the two on different sides. */
export function isOpposed(a: Stand, b: Stand): boolean {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  for (const [decision, side] of few) if ((many.get(decision) ?? side) !== side) return true;
  return false;
}

/** How many splits set a text or an article apart from the rest of its story. */
export function setApart(stand: Stand = NOWHERE): number {
  let count = 0;
  for (const side of stand.values()) if (side === 0) count++;
  return count;
}

/** The decisions as they are once some articles have ended in others: what named the one names the other, unless it did so already. */
export function renamed(decisions: readonly Decision[], into: ReadonlyMap<string, string>): readonly Decision[] {
  if (into.size === 0 || decisions.length === 0) return decisions;
  return decisions.map((decision) => {
    const named = new Set(decision.sides.flatMap(({ articleIds }) => articleIds));
    const nameOf = (id: string) => {
      const now = into.get(id);
      return now === undefined || named.has(now) ? id : now;
    };
    return { ...decision, sides: decision.sides.map((side) => ({ ...side, articleIds: side.articleIds.map(nameOf) })) };
  });
}

/**
 * The decision in force that stands against a new one; null where none does. A merge is refused where a split holds some of the articles
 * apart; a split where nothing would be left of a merge. Against that, a split of a few articles out of a merged story goes before the merge.
 * @param members those of the stories that the new decision is about
 */
export function contradictionOf(
  proposed: Pick<Decision, 'kind' | 'sides'>,
  inForce: readonly Decision[],
  members: readonly Named[],
): Decision | null {
  if (proposed.kind === 'pin') return null;
  const sideOf = createStandOf([{ ...proposed, id: 0, at: '', by: null, note: null }], members);
  const placed = members.flatMap((member) => {
    const side = sideOf(member).get(0);
    return side === undefined ? [] : [{ member, side }];
  });
  const against = inForce.find((decision) => {
    if (decision.kind === 'pin' || decision.kind === proposed.kind) return false;
    const theirs = createStandOf([decision], members);
    // Of each kind of pair one is enough: a story may have thousands of members.
    const kinds = new Map<string, { side: number; stand: number }>();
    for (const { member, side } of placed) {
      const stand = theirs(member).get(decision.id);
      if (stand !== undefined) kinds.set(`${side} ${stand}`, { side, stand });
    }
    const pairs = [...kinds.values()];
    return proposed.kind === 'merge'
      ? pairs.some((a) => pairs.some((b) => a.side !== b.side && a.stand !== b.stand))
      : isEmptied(pairs);
  });
  return against ?? null;
}

/** Whether a merge joins some of these now, and none any more once their sides are apart. */
function isEmptied(pairs: { side: number; stand: number }[]): boolean {
  const isJoined = (isApart: boolean) =>
    pairs.some((a) => pairs.some((b) => a.stand !== b.stand && (!isApart || a.side === b.side)));
  return isJoined(false) && !isJoined(true);
}

/** The events that a decision caused: each says so. */
export function eventsByHand(events: StoryEvent[], decision: number, isWithdrawn: boolean): StoryEvent[] {
  const cause = { cause: 'by hand', decision, ...(isWithdrawn ? { isWithdrawn } : {}) };
  return events.map((event) => ({ ...event, detail: { ...event.detail, ...cause } }));
}
