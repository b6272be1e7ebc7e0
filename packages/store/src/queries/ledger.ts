import { storable } from '../encoding.ts';
import type { Claim, Ending, Pushed, StoreStage } from '../store.ts';
import { type Runner, rowsOf } from '../transaction.ts';
import { HOST_OF_CANONICAL, wakeHosts } from './hosts.ts';
import { raiseTally, type Tally } from './tally.ts';
import { HELD, type Held, heldBy, raiseTimings } from './timing.ts';

// Sorted before it is locked, so that two workers with the same batch do not wait for each other in a circle.
const CLAIM = {
  name: 'ledger_claim',
  text: `
    with free as (
      select id from article
      where id = any($2) and state = $1 and next_at <= now() and (lease_until is null or lease_until < now())
      order by id for no key update
    )
    update article a
    set token = token + 1, claims = claims + 1, claimed_at = now(), lease_until = now() + $3 * interval '1 millisecond'
    from free left join pushed p on p.article_id = free.id left join fetched f on f.article_id = free.id
    where a.id = free.id
    returning a.id, a.token, a.attempts, a.url, coalesce(a.moved_url, a.url) as fetch_url, a.moves,
      a.canonical_url, p.content, a.received_at, a.reason, f.url as fetched_from, f.etag, f.last_modified,
      exists (select from content c where c.article_id = a.id) as is_read`,
};

const RELEASE = {
  name: 'ledger_release',
  text: `
    with held as (
      select a.id from article a join unnest($1::text[], $2::bigint[]) as h (id, token) on h.id = a.id and h.token = a.token
      where a.state in ('submitted', 'signed')
      order by a.id for no key update of a
    )
    update article a
    set token = token + 1, claims = greatest(claims - 1, 0), lease_until = null, handed_at = null
    from held where a.id = held.id
    returning a.host`,
};

// A final failure of an article that stands in a story ends the attempt, not the article: what was done stays done, and what was read
// before and has no place yet goes on to it.
const SETTLE = {
  name: 'ledger_settle',
  text: `
    with ending as (
      select a.id, e.reason, e.detail, e.retry_after, exists (select from placement p where p.article_id = a.id) as is_placed,
        a.awaits_place and $1 = 'submitted' and e.retry_after is null as is_to_place,
${HELD}
      from article a
      join unnest($2::text[], $3::bigint[], $4::text[], $5::text[], $6::float8[]) as e (id, token, reason, detail, retry_after)
        on e.id = a.id and e.token = a.token
      where a.state = $1
      order by a.id for no key update of a
    )
    update article a
    set state = case when e.retry_after is not null then a.state when not e.is_placed then 'failed'
          when e.is_to_place then 'signed' else 'done' end,
        failed_in = case when e.retry_after is null and not e.is_placed then case $1 when 'submitted' then 'ingest' else 'cluster' end end,
        ended_at = case when e.retry_after is null and not (e.is_placed and e.is_to_place) then now() end,
        host = case when a.host is not null then ${HOST_OF_CANONICAL} end, moved_url = null, moves = 0,
        next_at = case when e.retry_after is null then a.next_at else now() + e.retry_after * interval '1 millisecond' end,
        reason = e.reason, detail = e.detail, attempts = attempts + 1, claims = 0, token = token + 1, lease_until = null
    from ending e where a.id = e.id
    returning a.id, e.reason, e.retry_after, a.host, e.wait_ms, e.run_ms, a.state = 'signed' and $1 = 'submitted' as is_to_place`,
};

/** The state in which an article waits for a stage. */
export function stateOf(stage: StoreStage): 'submitted' | 'signed' {
  return stage === 'ingest' ? 'submitted' : 'signed';
}

export async function claim(
  runner: Runner,
  stage: StoreStage,
  articleIds: string[],
  leaseMs: number,
): Promise<Claim[]> {
  interface Row {
    id: string;
    token: string;
    attempts: number;
    url: string | null;
    fetch_url: string | null;
    moves: number;
    canonical_url: string | null;
    content: string | null;
    received_at: Date;
    reason: string | null;
    fetched_from: string | null;
    etag: string | null;
    last_modified: string | null;
    is_read: boolean;
  }
  const rows = await rowsOf<Row>(runner, CLAIM, [stateOf(stage), articleIds, leaseMs]);
  return rows.map((row) => ({
    articleId: row.id,
    token: Number(row.token),
    attempt: row.attempts + 1,
    url: row.url,
    fetchUrl: row.fetch_url,
    moves: row.moves,
    canonicalUrl: row.canonical_url,
    pushed: row.content === null ? null : (JSON.parse(row.content) as Pushed),
    receivedAt: row.received_at.toISOString(),
    lastReason: row.reason,
    isRead: row.is_read,
    fetched:
      row.fetched_from === null ? null : { url: row.fetched_from, etag: row.etag, lastModified: row.last_modified },
  }));
}

export async function release(runner: Runner, claims: Pick<Claim, 'articleId' | 'token'>[]): Promise<void> {
  const released = await rowsOf<{ host: string | null }>(runner, RELEASE, [
    claims.map(({ articleId }) => articleId),
    claims.map(({ token }) => token),
  ]);
  await wakeHosts(
    runner,
    released.map(({ host }) => ({ host, afterMs: 0 })),
  );
}

interface Settled extends Held {
  id: string;
  reason: string;
  retry_after: number | null;
  host: string | null;
  is_to_place: boolean;
}

export async function settle(runner: Runner, stage: StoreStage, endings: Ending[]): Promise<string[]> {
  const settled = await rowsOf<Settled & Record<string, unknown>>(runner, SETTLE, [
    stateOf(stage),
    endings.map(({ articleId }) => articleId),
    endings.map(({ token }) => token),
    endings.map(({ reason }) => reason),
    endings.map(({ detail }) => storable(detail)),
    endings.map(({ retryAfterMs }) => retryAfterMs),
  ]);
  await wakeHosts(
    runner,
    settled.flatMap(({ host, retry_after }) => (retry_after === null ? [] : [{ host, afterMs: retry_after }])),
  );
  const ended = settled.map(({ reason, retry_after }): Tally => {
    return { stage, outcome: retry_after === null ? 'rejected' : 'retry', reason, count: 1 };
  });
  const toPlace = settled.filter(({ is_to_place }) => is_to_place).length;
  await raiseTimings(runner, heldBy(stage, settled));
  await raiseTally(runner, [...ended, { stage: 'cluster', outcome: 'entered', reason: '', count: toPlace }]);
  return settled.map(({ id }) => id);
}
