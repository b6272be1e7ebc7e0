import type { NameWord } from '@wirefold/story';
import { storable, toJson } from '../encoding.ts';
import type { NamedAlike, NamedAlikeBounds, RelatedStore } from '../related.ts';
import { type Runner, rowsOf } from '../transaction.ts';
import { IS_WITHDRAWN } from './copy.ts';
import { SUMMARY_COLUMNS, type SummaryRow, summaryOf } from './stories.ts';

// An update, so that who takes such a row at the same time is waited for, and does not take this change for the one before.
const UNNAME = {
  name: 'related_unname',
  text: `
    insert into unnamed_story (story_id) select unnest($1::text[]) order by 1
    on conflict (story_id) do update set story_id = excluded.story_id`,
};

const FORGET = {
  name: 'related_forget',
  text: `
    with due as (delete from unnamed_story where story_id = any($1))
    delete from naming where story_id = any($1)`,
};

const TAKE = {
  name: 'related_take',
  text: `
    with taken as (select story_id from unnamed_story order by story_id limit $1 for update skip locked)
    delete from unnamed_story u using taken where u.story_id = taken.story_id returning u.story_id`,
};

const READ = {
  name: 'related_read',
  text: `
    select s.id, c.printed_on::text as day, c.title, case when ${IS_WITHDRAWN} then '' else t.comparison end as text
    from story s join content c on c.article_id = s.canonical join article a on a.id = s.canonical join text t on t.id = c.text_id
    where s.id = any($1) and s.merged_into is null and s.ended_at is null`,
};

const FORGET_NAMING = { name: 'related_forget_naming', text: 'delete from naming where story_id = any($1)' };

const ADD = {
  name: 'related_add',
  text: `
    with kept as (
      insert into naming (story_id, day, names)
      select r.story_id, r.day, r.names from jsonb_to_recordset($1::jsonb) as r (story_id text, day date, names jsonb) order by 1
      returning id, day, names
    )
    insert into named (word, day, naming_id)
    select distinct name ->> 'word', kept.day, kept.id from kept cross join lateral jsonb_array_elements(kept.names) as name
    order by 1, 2, 3`,
};

// What a text that is withdrawn names is not told of either.
const ASKED = {
  name: 'related_asked',
  text: `
    select s.id, n.id as naming, n.day::text as day,
      case when n.names is null or ${IS_WITHDRAWN} then '[]' else n.names end as names,
      (select count(*)::integer from (
        select from naming near where near.day between n.day - $2::integer and n.day + $2::integer limit $3) as counted) as stories
    from story asked join story s on s.id = coalesce(asked.merged_into, asked.id) left join naming n on n.story_id = s.id
      join article a on a.id = s.canonical
    where asked.id = $1 and s.merged_into is null and s.ended_at is null`,
};

const HOLDERS = {
  name: 'related_holders',
  text: `
    select asked.word, held.naming_id as naming
    from unnest($1::text[]) as asked (word) cross join lateral (
      select naming_id from named
      where word = asked.word and day between $2::date - $3::integer and $2::date + $3::integer limit $4) as held`,
};

const OTHERS = {
  name: 'related_others',
  text: `
    select ${SUMMARY_COLUMNS}, n.names from naming n join story s on s.id = n.story_id join article a on a.id = s.canonical
    where n.id = any($1) and s.merged_into is null and s.ended_at is null and not ${IS_WITHDRAWN}`,
};

/** Says that what these stories name has to be read again. */
export async function unnameStories(runner: Runner, storyIds: string[]): Promise<void> {
  await rowsOf(runner, UNNAME, [storyIds]);
}

/** Forgets what stories named that are none any more. */
export async function forgetNames(runner: Runner, storyIds: string[]): Promise<void> {
  await rowsOf(runner, FORGET, [storyIds]);
}

interface CanonicalRow extends Record<string, unknown> {
  id: string;
  day: string;
  title: string;
  text: string;
}

export async function nameStories(
  runner: Runner,
  limit: number,
  read: Parameters<RelatedStore['nameStories']>[1],
): Promise<number> {
  const taken = (await rowsOf<{ story_id: string }>(runner, TAKE, [limit])).map(({ story_id }) => story_id);
  if (taken.length === 0) return 0;
  const canonicals = await rowsOf<CanonicalRow>(runner, READ, [taken]);
  const named = canonicals.map(({ id, day, title, text }) => ({ story_id: id, day, names: read(title, text) }));
  await rowsOf(runner, FORGET_NAMING, [taken]);
  await rowsOf(runner, ADD, [toJson(named)]);
  return taken.length;
}

interface AskedRow extends Record<string, unknown> {
  id: string;
  naming: string | null;
  day: string | null;
  names: NameWord[];
  stories: number;
}

export async function namedAlike(
  runner: Runner,
  storyId: string,
  { days, holdersMax, countedMax, candidatesMax }: NamedAlikeBounds,
): ReturnType<RelatedStore['namedAlike']> {
  const [row] = await rowsOf<AskedRow>(runner, ASKED, [storable(storyId), days, countedMax]);
  if (row === undefined) return null;
  const { id, naming, day, names, stories } = row;
  const words = names.map(({ word }) => word);
  const held = naming === null ? [] : await holdersOf(runner, [words, day, days, holdersMax]);
  const counts = countBy(held, ({ word }) => word);
  const rare = held.filter((holder) => holder.naming !== naming && (counts.get(holder.word) ?? 0) < holdersMax);
  const shares = [...countBy(rare, (holder) => holder.naming)].sort(
    ([a, shared], [b, alsoShared]) => alsoShared - shared || Number(b) - Number(a),
  );
  const others = shares.slice(0, candidatesMax).map(([other]) => other);
  return {
    asked: { id, names, stories, counts },
    others: await othersOf(runner, others),
    redirectedFrom: id === storyId ? null : storyId,
  };
}

function holdersOf(runner: Runner, values: unknown[]): Promise<{ word: string; naming: string }[]> {
  return rowsOf<{ word: string; naming: string }>(runner, HOLDERS, values);
}

function countBy<Each>(all: Each[], of: (each: Each) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const each of all) counts.set(of(each), (counts.get(of(each)) ?? 0) + 1);
  return counts;
}

async function othersOf(runner: Runner, namings: string[]): Promise<NamedAlike[]> {
  if (namings.length === 0) return [];
  const rows = await rowsOf<SummaryRow & { names: NameWord[] } & Record<string, unknown>>(runner, OTHERS, [namings]);
  return rows.map((row) => ({ id: row.id, names: row.names, summary: summaryOf(row) }));
}
