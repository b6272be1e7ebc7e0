import type { Decision, DecisionSide } from '@wirefold/story';
import type { DecisionProblem, DecisionRecord, NewDecision } from '../decisions.ts';
import { storable } from '../encoding.ts';
import { type Runner, rowsOf } from '../transaction.ts';
import { decisionRecord } from './decision-rows.ts';

const STORIES = {
  name: 'decide_stories',
  text: `
    select asked.id as asked, live.id, live.ended_at
    from unnest($1::text[]) with ordinality as asked (id, place)
      join story s on s.id = asked.id join story live on live.id = coalesce(s.merged_into, s.id)
    order by asked.place`,
};

const ARTICLES = {
  name: 'decide_articles',
  text: `
    select asked.id as asked, coalesce(al.article_id, asked.id) as id
    from unnest($1::text[]) as asked (id) left join alias al on al.id = asked.id`,
};

const MEMBERS = {
  name: 'decide_members',
  text: `
    select p.article_id, p.story_id, c.text_id, t.version, t.hash
    from placement p join content c on c.article_id = p.article_id join text t on t.id = c.text_id
    where p.story_id = any($1) order by p.article_id`,
};

export interface MemberRow {
  article_id: string;
  story_id: string;
  text_id: string;
  version: number;
  hash: string;
}

/** What is asked for, once all ids are those that live, with the articles of its stories. */
export interface Proposed {
  asked: NewDecision;
  storyIds: string[];
  members: MemberRow[];
  sides: MemberRow[][];
}

export type Problem = { ok: false } & DecisionProblem;

/** The live stories that are named, the one that it is about first, each once. */
export async function liveStories(runner: Runner, asked: NewDecision): Promise<{ storyIds: string[] } | Problem> {
  const named = [asked.storyId, ...(asked.kind === 'merge' ? asked.mergedIds : [])].map(storable);
  const rows = await rowsOf<{ asked: string; id: string; ended_at: Date | null }>(runner, STORIES, [named]);
  const known = new Map(rows.map((row) => [row.asked, row]));
  for (const storyId of named) {
    const story = known.get(storyId);
    if (story === undefined) return { ok: false, problem: 'no-story', storyId };
    const { ended_at } = story;
    if (ended_at !== null) return { ok: false, problem: 'ended', storyId, endedAt: ended_at.toISOString() };
  }
  return { storyIds: [...new Set(named.map((id) => known.get(id)?.id as string))] };
}

export async function liveArticles(runner: Runner, articleIds: string[]): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(runner, ARTICLES, [[...new Set(articleIds.map(storable))]]);
  return [...new Set(rows.map(({ id }) => id))].sort();
}

export function membersOf(runner: Runner, storyIds: string[]): Promise<MemberRow[]> {
  return rowsOf<MemberRow & Record<string, unknown>>(runner, MEMBERS, [storyIds]);
}

export function sidesOf({ sides }: Proposed): DecisionSide[] {
  return sides.map((side) => ({
    articleIds: side.map(({ article_id }) => article_id),
    textHashes: [...new Set(side.map(({ hash }) => hash))],
  }));
}

/** The decision in force that says the same already: of pins only the latest of the story does. */
export async function repeatedBy(
  runner: Runner,
  asked: NewDecision,
  { articleIds, storyIds, members }: { articleIds: string[]; storyIds: string[]; members: MemberRow[] },
  decisions: Decision[],
): Promise<DecisionRecord | null> {
  const own = new Set(members.map(({ article_id }) => article_id));
  const isOfStory = ({ sides }: Decision) => own.has(sides[0]?.articleIds[0] ?? '');
  for (const decision of decisions.toReversed()) {
    if (decision.kind !== asked.kind || (asked.kind === 'pin' && !isOfStory(decision))) continue;
    const record = (await decisionRecord(runner, decision.id)) as DecisionRecord;
    const isSame =
      asked.kind === 'merge'
        ? storyIds.length === 1 && isAlike(record.mergedIds, asked.mergedIds)
        : isAlike(record.articleIds, articleIds);
    if (asked.kind === 'pin') return isSame ? record : null;
    if (isSame && (await leadsTo(runner, record.storyId)) === storyIds[0]) return record;
  }
  return null;
}

function isAlike(a: readonly string[], b: readonly string[]): boolean {
  return [...new Set(a)].sort().join() === [...new Set(b)].sort().join();
}

async function leadsTo(runner: Runner, storyId: string): Promise<string | undefined> {
  return (await rowsOf<{ id: string }>(runner, STORIES, [[storyId]]))[0]?.id;
}

export function propose(
  asked: NewDecision,
  articleIds: string[],
  storyIds: string[],
  members: MemberRow[],
): Proposed | Problem {
  if (asked.kind === 'merge') {
    if (storyIds.length < 2) return { ok: false, problem: 'one-story' };
    const sides = storyIds.map((id) => members.filter(({ story_id }) => story_id === id));
    return { asked, storyIds, members, sides };
  }
  const isNamed = ({ article_id }: MemberRow) => articleIds.includes(article_id);
  const [named, rest] = [members.filter(isNamed), members.filter((member) => !isNamed(member))];
  const placed = new Set(named.map(({ article_id }) => article_id));
  const strangers = articleIds.filter((id) => !placed.has(id));
  if (strangers.length > 0) return { ok: false, problem: 'not-in-story', articleIds: strangers };
  if (asked.kind === 'pin') return { asked, storyIds, members, sides: [named] };
  if (rest.length === 0) return { ok: false, problem: 'whole-story' };
  return { asked, storyIds, members, sides: [named, rest] };
}

/** A new pin of an article stands for its earlier one. */
export function isReplaced({ kind, sides }: Decision, { asked, sides: [named = []] }: Proposed): boolean {
  return kind === 'pin' && asked.kind === 'pin' && sides[0]?.articleIds[0] === named[0]?.article_id;
}
