import { type Runner, rowsOf } from '../transaction.ts';

/** What is older is kept by the hour. */
const MINUTES_KEPT_DAYS = 2;
/** How hosts answered is shown for a day. */
const HOST_HOURS_KEPT = 48;
/** What is older is only part of the sums since the beginning. */
const HOURS_KEPT_DAYS = 90;

// Whoever comes first in a minute looks at what waits; the others see its row and look at nothing else.
const LOOK = {
  name: 'keep_history_look',
  text: `
    insert into backlog (stage, minute, articles, oldest_ms)
    select s.stage, date_trunc('minute', now()), w.articles, w.oldest_ms
    from (values ('ingest', 'submitted'), ('cluster', 'signed')) as s (stage, state)
      cross join lateral (select count(*) as articles, round(extract(epoch from now() - min(stage_since)) * 1000) as oldest_ms
        from article where state = s.state) as w
    where not exists (select from backlog where minute = date_trunc('minute', now()))
    on conflict do nothing
    returning stage`,
};

const FRESH = `date_trunc('hour', now() - interval '${MINUTES_KEPT_DAYS} days', 'UTC')`;
const ENDED = `date_trunc('hour', now() - interval '${HOURS_KEPT_DAYS} days', 'UTC')`;
// A day at a time, so that the first round after an upgrade is as short as the others.
const due = (table: string, isDue: string) => `
      with oldest as (
        select least(min(minute) + interval '1 day', ${FRESH}) as minute from ${table}
        where minute > 'epoch' and minute < ${FRESH} and (${isDue})
      ), old as (
        delete from ${table} t using oldest
        where t.minute > 'epoch' and t.minute < oldest.minute and (${isDue.replaceAll('minute', 't.minute')})
        returning t.*
      )`;
const BETWEEN_HOURS = "minute <> date_trunc('hour', minute, 'UTC')";

// Sums since the beginning stay right: what is too old for the history is in one row, of the year 1970.
const FOLD_TALLY = {
  name: 'keep_history_tally',
  text: `
    ${due('tally', `minute < ${ENDED} or ${BETWEEN_HOURS}`)}
    insert into tally (stage, outcome, reason, minute, count)
    select stage, outcome, reason, case when minute < ${ENDED} then 'epoch' else date_trunc('hour', minute, 'UTC') end as hour, sum(count)
    from old group by stage, outcome, reason, hour order by stage, outcome, reason, hour
    on conflict (stage, outcome, reason, minute) do update set count = tally.count + excluded.count`,
};

const FOLD_TIMING = {
  name: 'keep_history_timing',
  text: `
    ${due('timing', BETWEEN_HOURS)}, counted as (
      select stage, measure, date_trunc('hour', minute, 'UTC') as hour, place, sum(counted) as counted
      from old cross join lateral unnest(counts) with ordinality as each_count (counted, place) group by 1, 2, 3, 4
    ), summed as (
      select stage, measure, date_trunc('hour', minute, 'UTC') as hour, sum(total) as total from old group by 1, 2, 3
    )
    insert into timing (stage, measure, minute, counts, total)
    select stage, measure, hour, array_agg(counted order by place), max(total)
    from counted join summed using (stage, measure, hour) group by 1, 2, 3 order by 3, 1, 2
    on conflict (minute, stage, measure) do update set total = timing.total + excluded.total, counts = (
      select array_agg(coalesce(kept, 0) + coalesce(added, 0) order by place)
      from unnest(timing.counts, excluded.counts) with ordinality as both_counts (kept, added, place))`,
};

const FOLD_BACKLOG = {
  name: 'keep_history_backlog',
  text: `
    ${due('backlog', BETWEEN_HOURS)}
    insert into backlog (stage, minute, articles, oldest_ms)
    select stage, date_trunc('hour', minute, 'UTC') as hour, max(articles), max(oldest_ms) from old group by stage, hour order by hour, stage
    on conflict (minute, stage) do update set articles = greatest(backlog.articles, excluded.articles),
      oldest_ms = greatest(backlog.oldest_ms, excluded.oldest_ms)`,
};

const DROP_TIMING = { name: 'keep_history_drop_timing', text: `delete from timing where minute < ${ENDED}` };
const DROP_HOST_HOURS = {
  name: 'keep_history_drop_host_hours',
  text: `delete from host_hour where hour < now() - interval '${HOST_HOURS_KEPT} hours'`,
};
const DROP_BACKLOG = { name: 'keep_history_drop_backlog', text: `delete from backlog where minute < ${ENDED}` };

/**
 * Once a minute, in whichever process comes first: notes what waits, and makes hours of old minutes. In a transaction of the caller.
 * @returns whether it was this call
 */
export async function keepHistory(runner: Runner): Promise<boolean> {
  const looked = await rowsOf(runner, LOOK, []);
  if (looked.length === 0) return false;
  for (const statement of [DROP_TIMING, DROP_BACKLOG, DROP_HOST_HOURS, FOLD_TIMING, FOLD_BACKLOG, FOLD_TALLY]) {
    await rowsOf(runner, statement, []);
  }
  return true;
}
