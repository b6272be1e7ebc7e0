import type { StoryEvent, StoryEventKind } from '@wirefold/story';
import type { Change, ChangePage, ChangeQuery } from '../change-log.ts';
import { decodeChangeCursor, encodeChangeCursor } from '../cursor.ts';
import { toJson } from '../encoding.ts';
import { type Runner, rowsOf } from '../transaction.ts';
import { LOG_SHOWN_MAX } from './stories.ts';

/** Most events on one page, whatever is asked for. */
const PAGE_CHANGES_MAX = 1_000;
/** Events that a page looks through for the kinds that are asked for. */
const SCANNED_CHANGES_MAX = 5_000;
/** Key of the advisory lock at which writers of the log take turns; any number will do that nobody else uses. */
const LOG_LOCK_KEY = 0x77697266;

const TAKE_TURN = { name: 'log_take_turn', text: 'select pg_advisory_xact_lock($1::bigint)' };

const WRITE = {
  name: 'log_write',
  text: `
    insert into story_event (story_id, kind, article_id, detail)
    select story_id, kind, article_id, detail
    from jsonb_to_recordset($1::jsonb) as e (place integer, story_id text, kind text, article_id text, detail jsonb)
    order by place`,
};

/**
 * Writes events to the log. Whoever has more to tell of a story calls this, too: after all other locks of its transaction are taken,
 * and before `raiseTally`. From here to the commit nobody else writes to the log, so that ids are committed in their order, and a
 * reader that has seen one has seen all before it.
 */
export async function logEvents(runner: Runner, events: StoryEvent[]): Promise<void> {
  if (events.length === 0) return;
  await rowsOf(runner, TAKE_TURN, [LOG_LOCK_KEY]);
  const rows = events.map(({ storyId, kind, articleId, detail }, place) => ({
    place,
    story_id: storyId,
    kind,
    article_id: articleId,
    detail,
  }));
  await rowsOf(runner, WRITE, [toJson(rows)]);
}

const READ = {
  name: 'log_read',
  text: `
    with scanned as (
      select id, at, kind, story_id, article_id, detail from story_event
      where id > coalesce($1::bigint, (select pruned_to from change_log)) order by id limit $2
    )
    select s.id, s.at, s.kind, s.story_id, s.article_id, s.detail, last.id as scanned_to, last.events as scanned
    from (select max(id) as id, count(*)::integer as events from scanned) as last
      left join scanned s on $3::text[] is null or s.kind = any($3)
    order by s.id limit $4`,
};

const ENDS = {
  name: 'log_ends',
  text: `
    select pruned_to, greatest(pruned_to, (select max(id) from story_event)) as last_id from change_log`,
};

export interface ChangeRow {
  id: string;
  at: Date;
  kind: StoryEventKind;
  story_id: string;
  article_id: string | null;
  detail: Record<string, unknown>;
}

/** Where no event was found, there is one row, which only tells how many were looked through. */
interface FoundRow extends Omit<ChangeRow, 'id'> {
  id: string | null;
  scanned_to: string | null;
  scanned: number;
}

interface EndsRow {
  pruned_to: string;
  last_id: string;
}

export function changeOf({ id, at, kind, story_id, article_id, detail }: ChangeRow): Change {
  return {
    cursor: encodeChangeCursor(id),
    at: at.toISOString(),
    kind,
    storyId: story_id,
    articleId: article_id,
    detail,
  };
}

/** Throws `BadCursor`. */
export async function changes(runner: Runner, query: ChangeQuery): Promise<ChangePage | null> {
  const limit = Math.max(1, Math.min(PAGE_CHANGES_MAX, Math.trunc(query.limit)));
  if (query.after === 'now') {
    const [ends] = await rowsOf<EndsRow & Record<string, unknown>>(runner, ENDS, []);
    return { changes: [], nextCursor: encodeChangeCursor(ends?.last_id ?? '0'), hasMore: false };
  }
  const after = query.after === 'start' ? null : decodeChangeCursor(query.after);
  const scanMax = query.kinds === null ? limit + 1 : SCANNED_CHANGES_MAX;
  const found = await rowsOf<FoundRow & Record<string, unknown>>(runner, READ, [
    after,
    scanMax,
    query.kinds,
    limit + 1,
  ]);
  // Asked afterwards: what had not been pruned by now was there to be read.
  const [ends] = await rowsOf<EndsRow & Record<string, unknown>>(runner, ENDS, []);
  if (ends === undefined) return null;
  if (after !== null && (BigInt(after) < BigInt(ends.pruned_to) || BigInt(after) > BigInt(ends.last_id))) return null;
  return pageOf(found, limit, scanMax, after ?? ends.pruned_to);
}

function pageOf(found: FoundRow[], limit: number, scanMax: number, after: string): ChangePage {
  const rows = found.filter((row): row is FoundRow & { id: string } => row.id !== null);
  const shown = rows.slice(0, limit);
  const [first] = found;
  const isCut = rows.length > limit;
  const next = isCut ? shown.at(-1)?.id : first?.scanned_to;
  return {
    changes: shown.map(changeOf),
    nextCursor: encodeChangeCursor(next ?? after),
    hasMore: isCut || first?.scanned === scanMax,
  };
}

// The events of a story that is live are kept as far as its page shows them; those of any other story go with its last one.
const PRUNE = {
  name: 'log_prune',
  text: `
    with seen as (
      select id, story_id from (
        select id, at, story_id from story_event where id > (select pruned_to from change_log) order by id limit $2
      ) as next where at < now() - $1 * interval '1 day'
    ), last as (
      select max(id) as id, count(*)::integer as events from seen
    ), moved as (
      update change_log set pruned_to = greatest(pruned_to, last.id) from last where last.id is not null
    ), dead as (
      select distinct s.id from seen join story s on s.id = seen.story_id where s.merged_into is not null or s.ended_at is not null
    ), deleted as (
      delete from story_event e using last
      where e.story_id in (select id from dead) and e.id <= last.id
        or e.id in (select id from seen) and ${LOG_SHOWN_MAX} = (
          select count(*) from (select from story_event n where n.story_id = e.story_id and n.id > e.id limit ${LOG_SHOWN_MAX}) as newer)
      returning e.id
    )
    select last.events as seen, (select count(*)::integer from deleted) as deleted from last`,
};

/** One statement, so that the mark and what it stands for change together. */
export async function pruneChanges(
  runner: Runner,
  { days, limit }: { days: number; limit: number },
): Promise<{ seen: number; deleted: number }> {
  const [row] = await rowsOf<{ seen: number; deleted: number }>(runner, PRUNE, [days, limit]);
  return row ?? { seen: 0, deleted: 0 };
}
