import type { StoryChanges, StoryPlan } from '@wirefold/story';
import { digestOf, toJson } from '../encoding.ts';
import { type Runner, rowsOf } from '../transaction.ts';
import type { Standing } from './component.ts';
import { COPY_JSON, IS_WITHDRAWN } from './copy.ts';
import { forgetNames, unnameStories } from './related.ts';

/** Longest lead of a summary, in characters. */
const LEAD_CHARACTERS_MAX = 400;
/** A title or body is searchable up to here, in characters; Postgres takes no more than a megabyte of words. */
const SEARCHED_CHARACTERS_MAX = 100_000;

const RELABEL = {
  name: 'changes_relabel',
  text: `
    update component c set label = r.label from unnest($1::bigint[], $2::bigint[]) as r (old, label)
    where c.label = r.old`,
};

// The lead ends at a word, where the body has spaces at all.
const KEEP_STORIES = {
  name: 'changes_keep_stories',
  text: `
    insert into story (id, canonical, canonical_signed_at, copies, outlets, sources, language, summary, reasons, digest, edition)
    select s.id, s.canonical, c.signed_at, s.copies, s.outlets, array(select jsonb_array_elements_text(s.sources)), c.language,
      jsonb_build_object('title', c.title, 'lead', flat.lead, 'canonical', ${COPY_JSON}, 'origins', s.origins),
      s.reasons, s.digest, sha256(convert_to(c.title || e'\\n' || c.body, 'UTF8'))
    from jsonb_to_recordset($1::jsonb) as s (id text, canonical text, copies integer, outlets integer, sources jsonb, origins jsonb,
        reasons jsonb, digest text)
      join content c on c.article_id = s.canonical
      join article a on a.id = s.canonical
      cross join lateral (select case when ${IS_WITHDRAWN} then '' else
        btrim(regexp_replace(left(c.body, 3 * ${LEAD_CHARACTERS_MAX}), '\\s+', ' ', 'g')) end as body) as opening
      cross join lateral (select case when length(opening.body) <= ${LEAD_CHARACTERS_MAX} then opening.body
        else regexp_replace(left(opening.body, ${LEAD_CHARACTERS_MAX}), '\\s\\S*$', '') end as lead) as flat
    order by s.id
    on conflict (id) do update set
      updated_at = greatest(clock_timestamp(), story.updated_at), merged_into = null, canonical = excluded.canonical,
      canonical_signed_at = excluded.canonical_signed_at, copies = excluded.copies, outlets = excluded.outlets,
      sources = excluded.sources, language = excluded.language, summary = excluded.summary, reasons = excluded.reasons,
      digest = excluded.digest, edition = excluded.edition,
      edited_at = case when story.edition = excluded.edition then story.edited_at
        else greatest(clock_timestamp(), story.edited_at) end`,
};

const KEEP_SEARCH = {
  name: 'changes_keep_search',
  text: `
    insert into story_search (story_id, words)
    select s.id, setweight(to_tsvector('simple', left(c.title, ${SEARCHED_CHARACTERS_MAX})), 'A')
      || to_tsvector('simple', case when ${IS_WITHDRAWN} then '' else left(c.body, ${SEARCHED_CHARACTERS_MAX}) end)
    from unnest($1::text[], $2::text[]) as s (id, canonical) join content c on c.article_id = s.canonical
      join article a on a.id = s.canonical
    order by s.id
    on conflict (story_id) do update set words = excluded.words`,
};

const PLACE = {
  name: 'changes_place',
  text: `
    insert into placement (article_id, story_id, is_canonical, match, digest)
    select * from jsonb_to_recordset($1::jsonb) as p (article_id text, story_id text, is_canonical boolean, match jsonb, digest text)
    order by p.article_id
    on conflict (article_id) do update set
      story_id = excluded.story_id, is_canonical = excluded.is_canonical, match = excluded.match, digest = excluded.digest`,
};

// Redirects stay flat: what led to the merged story leads to its successor.
const MERGE = {
  name: 'changes_merge',
  text: `
    update story s set merged_into = m.target, updated_at = greatest(clock_timestamp(), s.updated_at)
    from unnest($1::text[], $2::text[]) as m (id, target)
    where s.id = m.id or s.merged_into = m.id`,
};

// The row stays, because its id does: it says nothing any more but that it ended.
const END = {
  name: 'changes_end',
  text: `
    update story
    set ended_at = clock_timestamp(), updated_at = greatest(clock_timestamp(), updated_at), canonical = null, copies = 0, outlets = 0,
      sources = '{}', summary = '{}', reasons = '[]', digest = ''
    where id = any($1)`,
};

const FORGET_SEARCH = { name: 'changes_forget_search', text: 'delete from story_search where story_id = any($1)' };

/** Joins the components that a link connects: the smallest label stands for all. Each link is a pair of text ids. */
export async function joinComponents(
  runner: Runner,
  labels: Map<number, number>,
  links: [number, number][],
): Promise<void> {
  const parents = new Map<number, number>();
  const find = (label: number): number => {
    let root = label;
    for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up;
    return root;
  };
  for (const [a, b] of links) {
    const [labelA, labelB] = [labels.get(a), labels.get(b)];
    if (labelA === undefined || labelB === undefined) continue;
    const [rootA, rootB] = [find(labelA), find(labelB)];
    if (rootA !== rootB) parents.set(Math.max(rootA, rootB), Math.min(rootA, rootB));
  }
  if (parents.size === 0) return;
  const old = [...parents.keys()];
  await rowsOf(runner, RELABEL, [old, old.map(find)]);
}

interface Placement {
  article_id: string;
  story_id: string;
  is_canonical: boolean;
  match: StoryPlan['mirrors'][number] | null;
  digest: string;
}

function placementsOf(storyId: string, { canonical, mirrors }: StoryPlan): Placement[] {
  const placement = (articleId: string, match: Placement['match']): Placement => ({
    article_id: articleId,
    story_id: storyId,
    is_canonical: match === null,
    match,
    digest: digestOf([storyId, match]),
  });
  return [placement(canonical, null), ...mirrors.map((mirror) => placement(mirror.articleId, mirror))];
}

/** A story as it is to be written, with the digest of all that can be seen of it. */
function rowOf(id: string, plan: StoryPlan, placements: Placement[], { members }: Standing) {
  const { canonical, outlets, origins, reasons } = plan;
  const sources = new Set(placements.flatMap(({ article_id }) => members.get(article_id)?.sourceKey ?? []));
  const seen = placements.map(({ article_id, digest }) => [article_id, digest, members.get(article_id)?.signedAt]);
  return {
    id,
    canonical,
    copies: placements.length,
    outlets,
    sources: [...sources].sort(),
    origins,
    reasons,
    digest: digestOf([canonical, outlets, origins, reasons, seen]),
  };
}

function hasNewCanonical({ stories, members }: Standing, id: string, canonical: string): boolean {
  const before = stories.get(id);
  return before?.canonical !== canonical || before.canonicalSignedAt !== members.get(canonical)?.signedAt;
}

async function writeStories(runner: Runner, stories: StoryChanges['stories'], standing: Standing): Promise<void> {
  const rows: ReturnType<typeof rowOf>[] = [];
  const placements: Placement[] = [];
  for (const { id, plan } of stories) {
    const placed = placementsOf(id, plan);
    const row = rowOf(id, plan, placed, standing);
    if (standing.stories.get(id)?.digest === row.digest) continue;
    rows.push(row);
    placements.push(
      ...placed.filter(({ article_id, digest }) => standing.members.get(article_id)?.placement !== digest),
    );
  }
  if (rows.length === 0) return;
  await rowsOf(runner, KEEP_STORIES, [toJson(rows)]);
  const searched = rows.filter(({ id, canonical }) => hasNewCanonical(standing, id, canonical));
  if (searched.length > 0) {
    await rowsOf(runner, KEEP_SEARCH, [searched.map(({ id }) => id), searched.map(({ canonical }) => canonical)]);
    await unnameStories(
      runner,
      searched.map(({ id }) => id),
    );
  }
  if (placements.length > 0) await rowsOf(runner, PLACE, [toJson(placements)]);
}

async function writeMerges(runner: Runner, merged: StoryChanges['merged']): Promise<void> {
  if (merged.length === 0) return;
  const into = new Map(merged.map((each) => [each.from, each.into]));
  const targetOf = (id: string): string => {
    let target = id;
    for (let steps = 0; steps < merged.length; steps++) target = into.get(target) ?? target;
    return target;
  };
  const from = [...into.keys()].sort();
  await rowsOf(runner, MERGE, [from, from.map(targetOf)]);
  await rowsOf(runner, FORGET_SEARCH, [from]);
  await forgetNames(runner, from);
}

async function endStories(runner: Runner, ended: string[]): Promise<void> {
  if (ended.length === 0) return;
  await rowsOf(runner, END, [ended]);
  await rowsOf(runner, FORGET_SEARCH, [ended]);
  await forgetNames(runner, ended);
}

/** Writes what `decide` decided, but for its events; rows that would stay as they are are not touched. */
export async function writeChanges(runner: Runner, changes: StoryChanges, standing: Standing): Promise<void> {
  await writeStories(runner, changes.stories, standing);
  await writeMerges(runner, changes.merged);
  await endStories(runner, changes.ended);
}
