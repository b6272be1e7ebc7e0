import { PARAMS, type SignedText, type Verdict } from '@wirefold/dedup';
import { chooseCanonical } from './canonical.ts';
import { byHandOf, createStandOf, type Decision } from './decision.ts';
import { type Face, facesOf, facesOfThin, together } from './faces.ts';
import { type Bundle, type Joined, joinByHand, jointsFrom } from './join-by-hand.ts';
import { originsOf } from './origin.ts';
import { type Link, partition } from './partition.ts';
import type { Group, Member, Mirror, StoryPlan } from './story.ts';
import { isWithinWindow, spansOf } from './window.ts';

/** How two texts compare, with all figures. */
type Judge = (a: SignedText, b: SignedText) => Verdict;

/** Whether two texts were printed near enough to each other in time to be linked. */
type IsNear = (a: SignedText, b: SignedText) => boolean;

/** Faces by their names, and by the articles that print them. */
interface Printed {
  faces: ReadonlyMap<string, Face>;
  faceOf: ReadonlyMap<string, Face>;
}

interface Rules {
  judge: Judge;
  isNear: IsNear;
  decisions: readonly Decision[];
}

/**
 * The stories that texts make, and what people decided about them: a pure function of the set of texts, of the articles that print them
 * and of the decisions. Texts that nobody prints do not count. A text of next to no words is nobody's text: each article that prints it
 * is a story of its own.
 * @param link a faster way to what `judge` says in `linked`, where there is one
 * @param windowDays texts that were printed further apart are not linked, whatever they say; 0 for no limit
 * @returns sorted by text hash, then article id; every member is in exactly one
 * @throws where a member prints a text that is not given: that is a bug
 */
export function planStories(
  texts: SignedText[],
  members: Member[],
  judge: Judge,
  link: Link = judge,
  windowDays = 0,
  decisions: readonly Decision[] = [],
): StoryPlan[] {
  const spans = windowDays === 0 ? null : spansOf(members);
  const isNear: IsNear = (a, b) =>
    spans === null || isWithinWindow(spans.get(a.hash) ?? null, spans.get(b.hash) ?? null, windowDays);
  const rules: Rules = { judge, isNear, decisions };
  const faces = facesOfAll(texts, members, decisions);
  const printed: Printed = {
    faces: new Map(faces.map((face) => [face.name, face])),
    faceOf: new Map(faces.flatMap((face) => face.members.map(({ articleId }) => [articleId, face]))),
  };
  const bundles = bundlesOf(printed.faces, (a, b) => (isNear(a, b) ? link(a, b) : { linked: false }));
  return joinByHand(bundles, decisions)
    .map((story) => planOf(story, printed, rules))
    .sort(byTextThenCanonical);
}

function facesOfAll(texts: SignedText[], members: Member[], decisions: readonly Decision[]): Face[] {
  const printers = printersOf(members);
  const byHash = new Map(texts.map((text) => [text.hash, text]));
  for (const hash of printers.keys())
    if (!byHash.has(hash)) throw new Error('A member prints a text that is not given.');
  const standOf = createStandOf(
    decisions.filter(({ kind }) => kind === 'split'),
    members,
  );
  return [...byHash.values()].flatMap((text) => {
    const own = printers.get(text.hash) ?? [];
    return own.length === 0 ? [] : (isThin(text) ? facesOfThin : facesOf)(text, own, standOf);
  });
}

const isThin = ({ words }: SignedText) => words < PARAMS.thinWords;

/** Members by the text that they print, each list in the order of article ids. */
function printersOf(members: Member[]): Map<string, Member[]> {
  const printers = new Map<string, Member[]>();
  for (const member of [...members].sort((a, b) => (a.articleId < b.articleId ? -1 : 1))) {
    const known = printers.get(member.textHash);
    if (known === undefined) printers.set(member.textHash, [member]);
    else known.push(member);
  }
  return printers;
}

/** What links make one. A further face of a text goes through the partition under its own name. */
function bundlesOf(byName: Printed['faces'], link: Link): Bundle[] {
  const faces = [...byName.values()];
  const textOf = ({ hash }: SignedText) => (byName.get(hash) as Face).text;
  const groups = partition(
    faces
      .filter(({ text }) => !isThin(text))
      .map(({ name, text }) => (name === text.hash ? text : { ...text, hash: name })),
    (a, b) => link(textOf(a), textOf(b)),
    new Map(faces.filter(({ stand }) => stand.size > 0).map(({ name, stand }) => [name, stand])),
  );
  const ofGroups = groups.map((group): Bundle => {
    const own = group.texts.map((name) => byName.get(name) as Face);
    return {
      group,
      members: own.flatMap((face) => face.members),
      stand: together(own.map(({ stand }) => stand)),
    };
  });
  const ofThin = faces
    .filter(({ text }) => isThin(text))
    .map(({ name, members, stand }): Bundle => {
      return { group: { centre: name, texts: [name], holders: new Map() }, members, stand };
    });
  return [...ofGroups, ...ofThin];
}

function planOf(story: Joined, printed: Printed, rules: Rules): StoryPlan {
  const members = story.bundles.flatMap((bundle) => bundle.members);
  const { articleId, reasons } = chooseCanonical(members, rules.decisions);
  const canonical = members.find((member) => member.articleId === articleId) as Member;
  const home = story.bundles.find((bundle) => bundle.members.includes(canonical)) as Bundle;
  const joints = jointsFrom(home, story);
  const mirrors = story.bundles.flatMap((bundle) => {
    const joint = joints.get(bundle);
    return bundle.members
      .filter((member) => member !== canonical)
      .map((mirror): Mirror => {
        const compared = mirrorOf(mirror, canonical, bundle.group, printed, rules);
        return joint === undefined ? compared : { ...compared, byHand: byHandOf(joint) };
      });
  });
  const names = story.bundles.flatMap(({ group }) => group.texts);
  return {
    canonical: articleId,
    reasons,
    mirrors,
    origins: originsOf(members, articleId),
    outlets: new Set(members.map(({ source }) => source.key)).size,
    texts: [...new Set(names.map((name) => (printed.faces.get(name) as Face).text.hash))].sort(),
  };
}

/** A mirror is shown against the canonical; where that is no link by itself, a link between two texts of its group holds it. */
function mirrorOf(
  mirror: Member,
  canonical: Member,
  { holders }: Group,
  { faces, faceOf }: Printed,
  { judge, isNear }: Rules,
): Mirror {
  const { articleId } = mirror;
  const theirs = faceOf.get(articleId) as Face;
  const ours = faceOf.get(canonical.articleId) as Face;
  const verdict = judge(ours.text, theirs.text);
  // The centre itself is held by nothing; what holds the canonical leads to it.
  const holder = faces.get(holders.get(theirs.name) ?? holders.get(ours.name) ?? '')?.text;
  const isHeldByCanonical = verdict.linked && isNear(ours.text, theirs.text);
  if (isHeldByCanonical || holder === undefined) return { articleId, verdict, via: null };
  return { articleId, verdict, via: { textHash: holder.hash, verdict: judge(holder, theirs.text) } };
}

function byTextThenCanonical(a: StoryPlan, b: StoryPlan): number {
  const [x, y] = [`${a.texts[0]} ${a.canonical}`, `${b.texts[0]} ${b.canonical}`];
  return x < y ? -1 : x > y ? 1 : 0;
}
