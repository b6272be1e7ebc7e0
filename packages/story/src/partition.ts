import { containmentByKeys, createKeyCounter, KEY_COUNTER_TEXTS, type SignedText, type Verdict } from '@wirefold/dedup';
import { componentsOf, type IsLinked } from './components.ts';
import { isOpposed, type Stand, setApart } from './decision.ts';
import type { Group } from './story.ts';

/** Says whether two texts are copies of one. Pure and symmetric, and never links two texts that share no key. */
export type Link = (a: SignedText, b: SignedText) => Pick<Verdict, 'linked'>;

/**
 * Texts that nearness is measured to: in a larger component, or a larger star, those with the smallest hashes, which is as free of order
 * as measuring it to all.
 */
const WITNESSES_MAX = KEY_COUNTER_TEXTS;
/** Centres that are tried in one component; the texts that none of them takes are stories by themselves, and never wrong ones. */
const CENTRES_MAX = 256;
/** A text that the centre does not reach is held by the star when it is linked to two of the ten members that are nearest to it. */
const NEAREST_MEMBERS = 10;
const HOLDING_LINKS_MIN = 2;
/** How often a star is asked again, with those that it has just taken: a text is never more links from the centre than this and one. */
const ROUNDS_MAX = 6;

/**
 * Divides texts into stories by stars (after Aslam, Pelekhov and Rus 2004): the text that holds most of the others is a centre and
 * takes the texts that are linked to it, and then those linked to two of its members that are nearest to them: a copy that was cut at
 * its head and one that was cut at its tail may have little in common with each other. Then the next centre, among the texts that are
 * left. Which text holds most of the others, and which are near, is estimated from their keys; every membership is a verified link.
 * A pure function of the set of texts: neither order nor repeats matter, and linked sets that do not touch do not influence each other.
 * @param stands of texts that people hold apart, by hash: two that are opposed are never in one group
 * @returns groups sorted by centre; every text is in exactly one
 */
export function partition(texts: SignedText[], link: Link, stands: ReadonlyMap<string, Stand> = new Map()): Group[] {
  const unique = [...new Map(texts.map((text) => [text.hash, text])).values()].sort(byHash);
  const isLinked = remembered((a, b) => link(unique[a] as SignedText, unique[b] as SignedText).linked, unique.length);
  const groups = componentsOf(unique, isLinked).flatMap((places) => starsOf(places, unique, isLinked, stands));
  return groups.sort((a, b) => (a.centre < b.centre ? -1 : 1));
}

function byHash(a: SignedText, b: SignedText): number {
  return a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0;
}

type TextAt = (place: number) => SignedText;

/** What connected two texts is asked again when one of them is a centre. */
function remembered(isLinked: IsLinked, count: number): IsLinked {
  const known = new Map<number, boolean>();
  return (a, b) => {
    const pair = Math.min(a, b) * count + Math.max(a, b);
    const answer = known.get(pair);
    if (answer !== undefined) return answer;
    const fresh = isLinked(a, b);
    known.set(pair, fresh);
    return fresh;
  };
}

/** @param places of the texts of one component, ascending */
function starsOf(
  places: readonly number[],
  texts: readonly SignedText[],
  isLinked: IsLinked,
  stands: ReadonlyMap<string, Stand>,
): Group[] {
  const textAt = (place: number) => texts[place] as SignedText;
  const stars: Group[] = [];
  for (let left = apartLast(byHeld(places, textAt), textAt, stands); left.length > 0; ) {
    const centre = left[0] as number;
    const others = stars.length < CENTRES_MAX ? left.slice(1) : [];
    const admits = createAdmission(centre, textAt, stands);
    const holders = starOf(centre, others, { textAt, isLinked, admits });
    left = left.filter((place) => place !== centre && !holders.has(place));
    const holderOf = (place: number): [string, string] => [
      textAt(place).hash,
      textAt(holders.get(place) ?? centre).hash,
    ];
    stars.push({
      centre: textAt(centre).hash,
      texts: [centre, ...holders.keys()].sort((a, b) => a - b).map((place) => textAt(place).hash),
      holders: new Map([...holders.keys()].map(holderOf)),
    });
  }
  return stars;
}

/** The texts of a component by how much of the others they hold: the sum of their containments in it, as their keys estimate them. */
function byHeld(places: readonly number[], textAt: TextAt): number[] {
  if (places.length === 1) return [...places];
  const witnesses = places.slice(0, WITNESSES_MAX).map(textAt);
  const countKeys = createKeyCounter(witnesses);
  const held = places.map((place) => {
    const text = textAt(place);
    const shared = countKeys(text);
    let sum = 0;
    for (let at = 0; at < witnesses.length; at++) {
      const other = witnesses[at] as SignedText;
      if (other !== text) sum += containmentByKeys(other, text, shared[at]);
    }
    return { place, sum };
  });
  return held.sort((a, b) => b.sum - a.sum || a.place - b.place).map(({ place }) => place);
}

/** What people set apart is a centre of what the others leave: a text that is near to both stays with the story. */
function apartLast(places: number[], textAt: TextAt, stands: ReadonlyMap<string, Stand>): number[] {
  if (stands.size === 0) return places;
  const apartness = new Map(places.map((place) => [place, setApart(stands.get(textAt(place).hash))]));
  return places.sort((a, b) => (apartness.get(a) as number) - (apartness.get(b) as number));
}

/** Admits texts to a star, one after the other: those that people hold apart from one that is in it stay out. */
function createAdmission(
  centre: number,
  textAt: TextAt,
  stands: ReadonlyMap<string, Stand>,
): (place: number) => boolean {
  const taken = new Map(stands.get(textAt(centre).hash));
  return (place) => {
    const own = stands.get(textAt(place).hash);
    if (own === undefined) return true;
    if (isOpposed(taken, own)) return false;
    for (const [decision, side] of own) taken.set(decision, side);
    return true;
  };
}

/**
 * The members of the star of a centre, each with the text that holds it.
 * @param others in the order in which they are asked; of two that are held apart, the first stays
 */
function starOf(
  centre: number,
  others: readonly number[],
  { textAt, isLinked, admits }: { textAt: TextAt; isLinked: IsLinked; admits: (place: number) => boolean },
): Map<number, number> {
  const linked = others.filter((place) => isLinked(centre, place) && admits(place));
  const holders = new Map(linked.map((place) => [place, centre]));
  for (let round = 0; round < ROUNDS_MAX && holders.size > 1 && holders.size < others.length; round++) {
    const members = [...holders.keys()].sort((a, b) => a - b).slice(0, WITNESSES_MAX);
    const countKeys = createKeyCounter(members.map(textAt));
    const joining: [number, number][] = [];
    for (const place of others) {
      if (holders.has(place)) continue;
      const shared = countKeys(textAt(place));
      const near = nearest(place, members, shared, textAt).filter((member) => isLinked(member, place));
      if (near.length >= HOLDING_LINKS_MIN && admits(place)) joining.push([place, near[0] as number]);
    }
    if (joining.length === 0) break;
    for (const [place, holder] of joining) holders.set(place, holder);
  }
  return holders;
}

/**
 * The members nearest to a text: by the containment of one in the other that their keys estimate, ties by hash.
 * @param shared how many keys the text shares with each member
 */
function nearest(place: number, members: readonly number[], shared: Uint16Array, textAt: TextAt): number[] {
  const text = textAt(place);
  return members
    .map((member, at) => {
      const other = textAt(member);
      const near = Math.max(containmentByKeys(text, other, shared[at]), containmentByKeys(other, text, shared[at]));
      return { member, near };
    })
    .filter(({ near }) => near > 0)
    .sort((a, b) => b.near - a.near || a.member - b.member)
    .slice(0, NEAREST_MEMBERS)
    .map(({ member }) => member);
}
