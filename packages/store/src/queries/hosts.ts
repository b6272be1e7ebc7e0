import type { HostTurn, HostVisit, Move } from '../hosts.ts';
import { type Runner, rowsOf } from '../transaction.ts';
import { raiseTally } from './tally.ts';

/** Articles of a host that are given up in one transaction. */
const GIVEN_UP_AT_ONCE_MAX = 500;

/** The host of a canonical URL, as `URL.host` gives it. */
export const HOST_OF_CANONICAL = `substring(canonical_url from '^https?://([^/?#]+)')`;

// Sorted, so that two submissions of many hosts do not wait for each other in a circle.
const WAKE = {
  name: 'hosts_wake',
  text: `
    insert into host (name, due_at)
    select name, now() + min(after) * interval '1 millisecond' from unnest($1::text[], $2::float8[]) as waiting (name, after)
    group by name order by name
    on conflict (name) do update set due_at = least(host.due_at, greatest(host.next_at, excluded.due_at))`,
};

// One step over the index for each host where an article waits, however many wait there.
const FIND_FORGOTTEN = {
  name: 'hosts_find_forgotten',
  text: `
    with recursive waiting (name) as (
      (select host from article where state = 'submitted' and host is not null order by host limit 1)
      union all
      select (select a.host from article a where a.state = 'submitted' and a.host > waiting.name order by a.host limit 1)
      from waiting where waiting.name is not null
    )
    insert into host (name, due_at)
    select waiting.name, now() from waiting left join host h on h.name = waiting.name
    where waiting.name is not null and h.due_at is null order by waiting.name
    on conflict (name) do update set due_at = greatest(host.next_at, excluded.due_at) where host.due_at is null`,
};

const ENTER = {
  name: 'hosts_enter',
  text: `
    insert into host (name, token, next_at, due_at)
    values ($1, 1, now() + $2 * interval '1 millisecond', now() + $2 * interval '1 millisecond')
    on conflict (name) do update set token = host.token + 1, next_at = excluded.next_at, due_at = excluded.due_at
      where host.next_at <= now()
    returning token, failures`,
};

const LEAVE = {
  name: 'hosts_leave',
  text: `
    with ended as (
      update host
      set next_at = now() + $3 * interval '1 millisecond', due_at = now() + $3 * interval '1 millisecond', delay_ms = $3,
          failures = $4, last_reason = coalesce($5, last_reason), fetches = fetches + 1,
          failed = failed + case when $5::text is null then 0 else 1 end, fetched_at = now()
      where name = $1 and token = $2
      returning name
    )
    insert into host_hour as h (host, hour, fetches, unchanged, refused, too_many, robots)
    select name, date_trunc('hour', now(), 'UTC'), 1, ($6 = 'unchanged')::int, ($6 = 'refused')::int, ($6 = 'too-many')::int,
      ($6 = 'robots')::int
    from ended
    on conflict (host, hour) do update set fetches = h.fetches + 1, unchanged = h.unchanged + excluded.unchanged,
      refused = h.refused + excluded.refused, too_many = h.too_many + excluded.too_many, robots = h.robots + excluded.robots`,
};

const MOVE = {
  name: 'hosts_move',
  text: `
    update article
    set host = $3, moved_url = $4, moves = moves + 1, token = token + 1, claims = greatest(claims - 1, 0), lease_until = null,
        handed_at = null
    where id = $1 and token = $2 and state = 'submitted'
    returning host`,
};

const GIVE_UP = {
  name: 'hosts_give_up',
  text: `
    with waiting as (
      select id, exists (select from placement p where p.article_id = a.id) as is_placed
      from article a
      where host = $1 and state = 'submitted' and (lease_until is null or lease_until < now())
      order by stage_since, id limit ${GIVEN_UP_AT_ONCE_MAX}
      for no key update skip locked
    )
    update article a
    set state = case when w.is_placed then 'done' else 'failed' end, failed_in = case when w.is_placed then null else 'ingest' end,
        reason = $2, detail = $3, attempts = attempts + 1, claims = 0, token = token + 1, lease_until = null, ended_at = now()
    from waiting w where a.id = w.id
    returning a.id`,
};

/** Has hosts looked at for the articles that wait there, at once or after a while. Call it after the articles are written. */
export async function wakeHosts(runner: Runner, waiting: { host: string | null; afterMs: number }[]): Promise<void> {
  const hosted = waiting.filter(({ host }) => host !== null);
  if (hosted.length === 0) return;
  await rowsOf(runner, WAKE, [hosted.map(({ host }) => host), hosted.map(({ afterMs }) => afterMs)]);
}

/** Has hosts looked at where articles wait and nobody would look, because their row was lost. */
export async function wakeForgotten(runner: Runner): Promise<void> {
  await rowsOf(runner, FIND_FORGOTTEN, []);
}

export async function enterHost(runner: Runner, host: string, leaseMs: number): Promise<HostTurn | null> {
  const [row] = await rowsOf<{ token: string; failures: number }>(runner, ENTER, [host, leaseMs]);
  return row === undefined ? null : { host, token: Number(row.token), failures: row.failures };
}

export async function leaveHost(runner: Runner, { host, token }: HostTurn, visit: HostVisit): Promise<void> {
  const { delayMs, failures, reason, answer } = visit;
  await rowsOf(runner, LEAVE, [host, token, Math.round(delayMs), failures, reason, answer]);
}

export async function moveTo(runner: Runner, { articleId, token, url, host }: Move): Promise<void> {
  const moved = await rowsOf<{ host: string }>(runner, MOVE, [articleId, token, host, url]);
  await wakeHosts(
    runner,
    moved.map((row) => ({ host: row.host, afterMs: 0 })),
  );
}

export async function giveUpHost(runner: Runner, host: string, reason: string, detail: string): Promise<string[]> {
  const ended = await rowsOf<{ id: string }>(runner, GIVE_UP, [host, reason, detail]);
  await raiseTally(runner, [{ stage: 'ingest', outcome: 'rejected', reason, count: ended.length }]);
  return ended.map(({ id }) => id);
}
