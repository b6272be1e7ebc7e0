import type { Sweep, SweepOptions } from '../hosts.ts';
import { type Runner, rowsOf } from '../transaction.ts';
import { raiseTally } from './tally.ts';

// A statement of its own: the next one then sees every article that was added before the locks, and writes over no newer due_at.
const LOCK_DUE = {
  name: 'frontier_lock_due',
  text: 'select name from host where due_at <= now() order by due_at limit $1 for no key update skip locked',
};

// Of each host whose turn has come the article that has waited longest. A host where none is ready is looked at again when the first
// may be; one where none waits not before the next one comes: whoever adds an article writes due_at after it, under the row's lock.
const FRONTIER = {
  name: 'frontier',
  text: `
    with due as (
      select name from unnest($3::text[]) as locked (name)
    ), next as (
      select due.name, a.id, a.claims >= $2 as is_lost, a.claims,
        exists (select from placement p where p.article_id = a.id) as is_placed
      from due left join lateral (
        select id, claims from article
        where host = due.name and state = 'submitted' and next_at <= now() and (lease_until is null or lease_until < now())
          and (handed_at is null or handed_at < next_at or handed_at < now() - $1 * interval '1 millisecond')
        order by stage_since, id limit 1
        for no key update skip locked
      ) a on true
    ), lost as (
      update article a
      set state = case when next.is_placed then 'done' else 'failed' end,
          failed_in = case when next.is_placed then null else 'ingest' end,
          reason = 'worker-lost', detail = format('claimed %s times without an outcome', next.claims),
          attempts = attempts + 1, claims = 0, token = token + 1, lease_until = null, ended_at = now()
      from next where a.id = next.id and next.is_lost
    ), handed as (
      update article a set handed_at = now() from next where a.id = next.id and not next.is_lost
    ), looked as (
      update host h set due_at = case
        when next.is_lost then now()
        when next.id is not null then now() + $1 * interval '1 millisecond'
        else (
          select min(greatest(a.next_at, a.lease_until,
            case when a.handed_at >= a.next_at then a.handed_at + $1 * interval '1 millisecond' end))
          from article a where a.host = h.name and a.state = 'submitted'
        ) end
      from next where h.name = next.name
    )
    select id, is_lost from next where id is not null`,
};

export async function frontier(runner: Runner, { resendAfterMs, claimsMax, limit }: SweepOptions): Promise<Sweep> {
  const due = (await rowsOf<{ name: string }>(runner, LOCK_DUE, [limit])).map(({ name }) => name);
  if (due.length === 0) return { ingest: [], cluster: [], suspects: [], lost: [] };
  const rows = await rowsOf<{ id: string; is_lost: boolean }>(runner, FRONTIER, [resendAfterMs, claimsMax, due]);
  const lost = rows.filter(({ is_lost }) => is_lost).map(({ id }) => id);
  await raiseTally(runner, [{ stage: 'ingest', outcome: 'rejected', reason: 'worker-lost', count: lost.length }]);
  const ingest = rows.filter(({ is_lost }) => !is_lost).map(({ id }) => id);
  return { ingest, cluster: [], suspects: [], lost };
}
