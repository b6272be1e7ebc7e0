import { createStandOf, type Decision, type DecisionKind, type DecisionSide, isOpposed } from '@wirefold/story';
import type { DecisionRecord } from '../decisions.ts';
import { storable } from '../encoding.ts';
import { type Runner, rowsOf } from '../transaction.ts';

/** Decisions that a story lists. */
const DECISIONS_SHOWN_MAX = 200;

/** Whether a decision, in force or not, names an article of `content c` or its text of `text t`. */
export const IS_DECIDED = `exists (
      select from decision_article da where da.article_id = c.article_id or da.text_hash = t.hash)`;

const IN_FORCE = {
  name: 'decisions_in_force',
  text: `
    select d.id, d.kind, d.decided_at, d.decided_by, d.note, sides.list as sides
    from decision d cross join lateral (
      select jsonb_agg(jsonb_build_object('articleIds', side.articles, 'textHashes', side.texts) order by side.number) as list
      from (
        select side as number, jsonb_agg(article_id order by article_id) as articles, jsonb_agg(distinct text_hash) as texts
        from decision_article where decision_id = d.id group by side
      ) as side
    ) as sides
    where d.withdrawn_at is null and d.id in (
      select decision_id from decision_article where article_id = any($1) or text_hash = any($2))
    order by d.id`,
};

// What a merge names stands in the component of its story, or has to be placed in it.
const TEXTS_OF_DECISIONS = {
  name: 'decisions_texts',
  text: `
    select c.text_id from decision_article da join content c on c.article_id = da.article_id where da.decision_id = any($1)
    union
    select t.id from decision_article da join text t on t.version = da.text_version and t.hash = da.text_hash
    where da.decision_id = any($1) and exists (select from content c where c.text_id = t.id)`,
};

const RECORD = `d.id, d.kind, d.story_id, d.merged_ids, d.note, d.decided_by, d.decided_at, d.withdrawn_by, d.withdrawn_at,
      case when d.kind = 'merge' then '{}' else array(
        select da.article_id from decision_article da where da.decision_id = d.id and da.side = 0 order by da.article_id) end as articles,
      array(
        select distinct p.story_id from decision_article da join placement p on p.article_id = da.article_id where da.decision_id = d.id
        order by p.story_id) as stories`;

const ONE = { name: 'decisions_one', text: `select ${RECORD} from decision d where d.id = $1` };

const OF_STORY = {
  name: 'decisions_of_story',
  text: `
    select ${RECORD} from decision d
    where d.id in (
        select da.decision_id from placement p join decision_article da on da.article_id = p.article_id where p.story_id = $1)
      or d.story_id = $1
    order by d.id desc limit ${DECISIONS_SHOWN_MAX}`,
};

const PRINTED = {
  name: 'decisions_printed',
  text: 'select c.article_id, t.hash from content c join text t on t.id = c.text_id where c.article_id = any($1)',
};

const WITHDRAW_PIN = {
  name: 'decisions_withdraw_pin',
  text: `
    update decision d set withdrawn_at = clock_timestamp()
    where d.kind = 'pin' and d.withdrawn_at is null and d.id in (select decision_id from decision_article where article_id = $1)`,
};

// Where a decision named both articles, it still names the one that stays.
const RENAME = {
  name: 'decisions_rename',
  text: `
    update decision_article da set article_id = ending.target
    from unnest($1::text[], $2::text[]) as ending (id, target)
    where da.article_id = ending.id and not exists (
      select from decision_article other where other.decision_id = da.decision_id and other.article_id = ending.target)`,
};

interface InForceRow {
  id: string;
  kind: DecisionKind;
  decided_at: Date;
  decided_by: string | null;
  note: string | null;
  sides: DecisionSide[];
}

interface RecordRow {
  id: string;
  kind: DecisionKind;
  story_id: string;
  merged_ids: string[];
  note: string | null;
  decided_by: string | null;
  decided_at: Date;
  withdrawn_by: string | null;
  withdrawn_at: Date | null;
  articles: string[];
  stories: string[];
}

/** The decisions in force that name any of these articles or texts, oldest first. */
export async function decisionsInForce(
  runner: Runner,
  articleIds: string[],
  textHashes: string[],
): Promise<Decision[]> {
  const rows = await rowsOf<InForceRow & Record<string, unknown>>(runner, IN_FORCE, [articleIds, textHashes]);
  return rows.map(({ id, kind, decided_at, decided_by, note, sides }) => {
    return { id: Number(id), kind, at: decided_at.toISOString(), by: decided_by, note, sides };
  });
}

/** Ids of the texts that the articles of these decisions print, and of those that they printed. */
export async function textsOfDecisions(runner: Runner, ids: number[]): Promise<number[]> {
  if (ids.length === 0) return [];
  const rows = await rowsOf<{ text_id: string }>(runner, TEXTS_OF_DECISIONS, [ids]);
  return rows.map(({ text_id }) => Number(text_id));
}

function recordOf(row: RecordRow): DecisionRecord {
  return {
    id: Number(row.id),
    kind: row.kind,
    storyId: row.story_id,
    mergedIds: row.merged_ids,
    articleIds: row.articles,
    storyIds: row.stories,
    note: row.note,
    by: row.decided_by,
    at: row.decided_at.toISOString(),
    withdrawnBy: row.withdrawn_by,
    withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
  };
}

export async function decisionRecord(runner: Runner, id: number): Promise<DecisionRecord | null> {
  const [row] = await rowsOf<RecordRow & Record<string, unknown>>(runner, ONE, [id]);
  return row === undefined ? null : recordOf(row);
}

export async function decisionsOf(runner: Runner, storyId: string): Promise<DecisionRecord[]> {
  return (await rowsOf<RecordRow & Record<string, unknown>>(runner, OF_STORY, [storable(storyId)])).map(recordOf);
}

export async function decisionsBetween(runner: Runner, a: string, b: string): Promise<Decision[]> {
  const rows = await rowsOf<{ article_id: string; hash: string }>(runner, PRINTED, [[a, b]]);
  const [first, second] = rows.map(({ article_id: articleId, hash: textHash }) => ({ articleId, textHash }));
  if (first === undefined || second === undefined) return [];
  const decisions = await decisionsInForce(runner, [a, b], [first.textHash, second.textHash]);
  return decisions.filter((decision) => {
    const standOf = createStandOf([decision], [first, second]);
    return isOpposed(standOf(first), standOf(second));
  });
}

/** An article that is removed leads no story any more, not even when it is submitted again. */
export async function withdrawPins(runner: Runner, articleId: string): Promise<void> {
  await rowsOf(runner, WITHDRAW_PIN, [articleId]);
}

/** Has decisions name the articles in which others end. */
export async function renameInDecisions(runner: Runner, ids: string[], targets: string[]): Promise<void> {
  await rowsOf(runner, RENAME, [ids, targets]);
}
