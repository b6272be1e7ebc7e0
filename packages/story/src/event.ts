import type { NameWord } from './names.ts';

/**
 * What makes two stories reports of one event. Measured in docs/decisions/0033-related-stories.md; each errs on the side of saying
 * nothing, because a wrong neighbour misleads a reader and a missing one does not.
 */
export const EVENT = {
  /** Days between the days on which they were printed. */
  days: 3,
  /** A word that more stories of these days name is not rare, however many stories there are. */
  rareStoriesMax: 50,
  /** Nor is one that a larger share of them names; but one that few name always is. */
  rareShareMax: 0.005,
  rareStoriesMin: 3,
  /** Rare names that both have; those that stand as one name count once. */
  namesMin: 3,
  /** Of these, those that stand in the title or the opening of both. */
  headsMin: 2,
  /** Agreement of all names of both, weighed by how prominent they are: the cosine of the two, from 0 to 1. */
  agreementMin: 0.3,
  /** Stories of these days that are counted to know what is rare: more make no difference. */
  countedMax: 10_000,
  /** Stories that are compared with one, those that share the most words first. */
  candidatesMax: 50,
  shownMax: 10,
} as const;

/** A story as it is compared: what its canonical names. */
export interface NamedStory {
  id: string;
  names: NameWord[];
}

/** A story that the question is asked of, with how common its words are among the stories of these days. */
export interface AskedStory extends NamedStory {
  /** Stories of these days, itself included; `countedMax` stands for that many or more. */
  stories: number;
  /** For each of its words how many of them name it, itself included. */
  counts: Map<string, number>;
}

/** Why two stories are related. */
export interface Relation {
  id: string;
  /** The rare names that both have, the most prominent first, as the asked story prints them. */
  names: string[];
  /** How many of these stand in the title or the opening of both. */
  heads: number;
  /** From 0 to 1. */
  agreement: number;
}

/** The other stories that report the same event, the nearest first. They are other texts: nothing here makes a copy. */
export function relatedStories(asked: AskedStory, others: NamedStory[]): Relation[] {
  return others
    .flatMap((other) => relation(asked, other) ?? [])
    .sort((a, b) => b.agreement - a.agreement || (a.id < b.id ? -1 : 1))
    .slice(0, EVENT.shownMax);
}

/** Whether a word is rare enough to tell events apart. */
function isRare({ stories, counts }: AskedStory, word: string): boolean {
  const share = Math.floor(stories * EVENT.rareShareMax);
  const most = Math.min(Math.max(share, EVENT.rareStoriesMin), EVENT.rareStoriesMax);
  return (counts.get(word) ?? 0) <= most;
}

/** Names of a place and of its people begin with so many equal letters. */
const ALIKE_LETTERS = 5;

interface Shared {
  ours: NameWord;
  theirs: NameWord;
}

function relation(asked: AskedStory, other: NamedStory): Relation | null {
  const theirs = new Map(other.names.map((name) => [name.word, name]));
  const shared = asked.names.flatMap((ours): Shared[] => {
    const match = theirs.get(ours.word);
    return match !== undefined && isRare(asked, ours.word) ? [{ ours, theirs: match }] : [];
  });
  const agreement = agreementOf(shared, asked.names, other.names);
  const names = asNames(shared);
  const heads = names.filter((words) => words.some(({ ours, theirs }) => ours.isHead && theirs.isHead)).length;
  if (names.length < EVENT.namesMin || heads < EVENT.headsMin || agreement < EVENT.agreementMin) return null;
  return { id: other.id, names: names.map(asPrinted), heads, agreement };
}

function agreementOf(shared: Shared[], ours: NameWord[], theirs: NameWord[]): number {
  const square = (names: NameWord[]) => names.reduce((sum, { weight }) => sum + weight * weight, 0);
  const common = shared.reduce((sum, { ours, theirs }) => sum + ours.weight * theirs.weight, 0);
  return common === 0 ? 0 : common / Math.sqrt(square(ours) * square(theirs));
}

/** Words that stand together in a name of either story, or begin alike as `Egypt` and `Egyptian`, are one sign and not two. */
function asNames(shared: Shared[]): Shared[][] {
  const names: Shared[][] = [];
  for (const each of shared) {
    const joined = names.filter((name) => name.some((known) => isOneName(known, each)));
    for (const name of joined) names.splice(names.indexOf(name), 1);
    names.push([...joined.flat(), each]);
  }
  const prominence = (name: Shared[]) => Math.max(...name.map(({ ours, theirs }) => ours.weight * theirs.weight));
  return names.sort((a, b) => prominence(b) - prominence(a));
}

function isOneName(a: Shared, b: Shared): boolean {
  if (a.ours.word.slice(0, ALIKE_LETTERS) === b.ours.word.slice(0, ALIKE_LETTERS)) return true;
  return holds(a.ours, b.ours) || holds(b.ours, a.ours) || holds(a.theirs, b.theirs) || holds(b.theirs, a.theirs);
}

function holds({ run }: NameWord, { word }: NameWord): boolean {
  return run.some((each) => each.toLowerCase() === word);
}

/** The name as the asked story prints it at its longest, from the first shared word to the last. */
function asPrinted(name: Shared[]): string {
  const words = new Set(name.map(({ ours }) => ours.word));
  const isShared = (each: string) => words.has(each.toLowerCase());
  const count = (run: string[]) => run.filter(isShared).length;
  const run = name.map(({ ours }) => ours.run).reduce((best, each) => (count(each) > count(best) ? each : best));
  return run.slice(run.findIndex(isShared), run.findLastIndex(isShared) + 1).join(' ');
}
