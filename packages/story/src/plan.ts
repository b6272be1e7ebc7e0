import { PARAMS, type SignedText, type Verdict } from '@wirefold/dedup';
import { chooseCanonical } from './canonical.ts';
import { originsOf } from './origin.ts';
import { type Link, partition } from './partition.ts';
import type { Group, Member, Mirror, StoryPlan } from './story.ts';
import { isWithinWindow, spansOf } from './window.ts';

/** How two texts compare, with all figures. */
type Judge = (a: SignedText, b: SignedText) => Verdict;

/** Whether two texts were printed near enough to each other in time to be linked. */
type IsNear = (a: SignedText, b: SignedText) => boolean;

interface Rules {
  judge: Judge;
  isNear: IsNear;
}

/**
 * The stories that texts make: a pure function of the set of texts and of the articles that print them. Texts that nobody prints do not
 * count. A text of next to no words is nobody's text: each article that prints it is a story of its own.
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
): StoryPlan[] {
  const spans = windowDays === 0 ? null : spansOf(members);
  const isNear: IsNear = (a, b) =>
    spans === null || isWithinWindow(spans.get(a.hash) ?? null, spans.get(b.hash) ?? null, windowDays);
  const rules: Rules = { judge, isNear };
  const printers = printersOf(members);
  const byHash = new Map(texts.map((text) => [text.hash, text]));
  for (const hash of printers.keys())
    if (!byHash.has(hash)) throw new Error('A member prints a text that is not given.');
  const printed = [...byHash.values()].filter(({ hash }) => printers.has(hash));
  const isThin = ({ words }: SignedText) => words < PARAMS.thinWords;
  const groups = partition(
    printed.filter((text) => !isThin(text)),
    (a, b) => (isNear(a, b) ? link(a, b) : { linked: false }),
  );
  const plans = groups.map((group) => {
    const own = group.texts.flatMap((hash) => printers.get(hash) ?? []);
    return planOf(own, group, byHash, rules);
  });
  for (const { hash } of printed.filter(isThin))
    for (const member of printers.get(hash) ?? [])
      plans.push(planOf([member], { centre: hash, texts: [hash], holders: new Map() }, byHash, rules));
  return plans.sort(byTextThenCanonical);
}

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

function planOf(members: Member[], group: Group, texts: Map<string, SignedText>, rules: Rules): StoryPlan {
  const { articleId, reasons } = chooseCanonical(members);
  const canonical = members.find((member) => member.articleId === articleId) as Member;
  const mirrors = members
    .filter((member) => member !== canonical)
    .map((mirror) => mirrorOf(mirror, canonical, group, texts, rules));
  return {
    canonical: articleId,
    reasons,
    mirrors,
    origins: originsOf(members, articleId),
    outlets: new Set(members.map(({ source }) => source.key)).size,
    texts: group.texts,
  };
}

/** A mirror is shown against the canonical; where that is no link by itself, a link between two texts of the story holds it. */
function mirrorOf(
  mirror: Member,
  canonical: Member,
  { holders }: Group,
  texts: Map<string, SignedText>,
  { judge, isNear }: Rules,
): Mirror {
  const textOf = (hash: string): SignedText => {
    const text = texts.get(hash);
    if (text === undefined) throw new Error('A story has a text that is not given.');
    return text;
  };
  const theirs = textOf(mirror.textHash);
  const ours = textOf(canonical.textHash);
  const verdict = judge(ours, theirs);
  // The centre itself is held by nothing; what holds the canonical leads to it.
  const holder = holders.get(mirror.textHash) ?? holders.get(canonical.textHash);
  const isHeldByCanonical = verdict.linked && isNear(ours, theirs);
  if (isHeldByCanonical || holder === undefined) return { articleId: mirror.articleId, verdict, via: null };
  return { articleId: mirror.articleId, verdict, via: { textHash: holder, verdict: judge(textOf(holder), theirs) } };
}

function byTextThenCanonical(a: StoryPlan, b: StoryPlan): number {
  const [x, y] = [`${a.texts[0]} ${a.canonical}`, `${b.texts[0]} ${b.canonical}`];
  return x < y ? -1 : x > y ? 1 : 0;
}
