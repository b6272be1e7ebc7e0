import type { Sweep, SweepOptions } from '../hosts.ts';
import { type Runner, rowsOf } from '../transaction.ts';
import { frontier } from './frontier.ts';
import { wakeForgotten } from './hosts.ts';
import { raiseTally } from './tally.ts';

/** Claims without an outcome from which on an article goes into a job of its own: once may be chance, twice points at the article. */
const SUSPECT_CLAIMS_MIN = 2;

// One that was handed out before its wait was over (handed_at < next_at) has become due since, and is handed out again.
const SWEEP = {
  name: 'ledger_sweep',
  text: `
    with due as (
      select id, state, claims, claims >= $2 as is_lost, exists (select from placement p where p.article_id = a.id) as is_placed
      from article a
      where (state = 'signed' or (state = 'submitted' and host is null)) and next_at <= now() and (lease_until is null or lease_until < now())
        and (handed_at is null or handed_at < next_at or handed_at < now() - $1 * interval '1 millisecond')
      order by stage_since
      limit $3
      for no key update skip locked
    ), lost as (
      update article a
      set state = case when due.is_placed then 'done' else 'failed' end,
          failed_in = case when due.is_placed then null when due.state = 'submitted' then 'ingest' else 'cluster' end,
          reason = 'worker-lost', detail = format('claimed %s times without an outcome', due.claims),
          attempts = attempts + 1, claims = 0, token = token + 1, lease_until = null, ended_at = now()
      from due where a.id = due.id and due.is_lost
    ), handed as (
      update article a set handed_at = now() from due where a.id = due.id and not due.is_lost
    )
    select id, case state when 'submitted' then 'ingest' else 'cluster' end as stage, claims, is_lost from due`,
};

interface Row {
  id: string;
  stage: 'ingest' | 'cluster';
  claims: number;
  is_lost: boolean;
}

export async function sweep(runner: Runner, options: SweepOptions): Promise<Sweep> {
  const { resendAfterMs, claimsMax, limit } = options;
  const rows = await rowsOf<Row>(runner, SWEEP, [resendAfterMs, claimsMax, limit]);
  const found: Sweep = { ingest: [], cluster: [], suspects: [], lost: [] };
  for (const { id, stage, claims, is_lost } of rows) {
    if (is_lost) found.lost.push(id);
    else if (claims >= SUSPECT_CLAIMS_MIN) found.suspects.push({ stage, articleId: id });
    else found[stage].push(id);
  }
  const lost = rows.filter(({ is_lost }) => is_lost);
  await raiseTally(
    runner,
    lost.map(({ stage }) => ({ stage, outcome: 'rejected', reason: 'worker-lost', count: 1 })),
  );
  await wakeForgotten(runner);
  if (options.withHosts === false) return found;
  const hosted = await frontier(runner, options);
  return { ...found, ingest: [...found.ingest, ...hosted.ingest], lost: [...found.lost, ...hosted.lost] };
}
