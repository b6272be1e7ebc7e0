import { PARAMS, type SignedText, type Verdict } from '@wirefold/dedup';
import { chooseCanonical } from './canonical.ts';
import { originsOf } from './origin.ts';
import { type Link, partition } from './partition.ts';
import type { Group, Member, Mirror, StoryPlan } from './story.ts';

/** How two texts compare, with all figures. */
type Judge = (a: SignedText, b: SignedText) => Verdict;

/**
 * The stories that texts make: a pure function of the set of texts and of the articles that print them. Texts that nobody prints do not
 * count. A text of next to no words is nobody's text: each article that prints it is a story of its own.
 * @param link a faster way to what `judge` says in `linked`, where there is one
 * @returns sorted by text hash, then article id; every member is in exactly one
 * @throws where a member prints a text that is not given: that is a bug
 */
export function planStories(texts: SignedText[], members: Member[], judge: Judge, link: Link = judge): StoryPlan[] {
  const printers = printersOf(members);
  const byHash = new Map(texts.map((text) => [text.hash, text]));
  for (const hash of printers.keys())
    if (!byHash.has(hash)) throw new Error('A member prints a text that is not given.');
  const printed = [...byHash.values()].filter(({ hash }) => printers.has(hash));
  const isThin = ({ words }: SignedText) => words < PARAMS.thinWords;
  const groups = partition(
    printed.filter((text) => !isThin(text)),
    link,
  );
  const plans = groups.map((group) => {
    const own = group.texts.flatMap((hash) => printers.get(hash) ?? []);
    return planOf(own, group, byHash, judge);
  });
  for (const { hash } of printed.filter(isThin))
    for (const member of printers.get(hash) ?? [])
      plans.push(planOf([member], { centre: hash, texts: [hash] }, byHash, judge));
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

function planOf(members: Member[], group: Group, texts: Map<string, SignedText>, judge: Judge): StoryPlan {
  const { articleId, reasons } = chooseCanonical(members);
  const canonical = members.find((member) => member.articleId === articleId) as Member;
  const mirrors = members
    .filter((member) => member !== canonical)
    .map((mirror) => mirrorOf(mirror, canonical, group, texts, judge));
  return {
    canonical: articleId,
    reasons,
    mirrors,
    origins: originsOf(members, articleId),
    outlets: new Set(members.map(({ source }) => source.key)).size,
    texts: group.texts,
  };
}

/** A mirror is shown against the canonical; where that is no link by itself, the link to the centre is what holds it. */
function mirrorOf(
  mirror: Member,
  canonical: Member,
  { centre }: Group,
  texts: Map<string, SignedText>,
  judge: Judge,
): Mirror {
  const [ours, theirs, middle] = [canonical.textHash, mirror.textHash, centre].map((hash) => texts.get(hash));
  if (ours === undefined || theirs === undefined || middle === undefined)
    throw new Error('A story has a text that is not given.');
  const verdict = judge(ours, theirs);
  const via = verdict.linked ? null : { textHash: centre, verdict: judge(middle, theirs) };
  return { articleId: mirror.articleId, verdict, via };
}

function byTextThenCanonical(a: StoryPlan, b: StoryPlan): number {
  const [x, y] = [`${a.texts[0]} ${a.canonical}`, `${b.texts[0]} ${b.canonical}`];
  return x < y ? -1 : x > y ? 1 : 0;
}
