import { type Runner, rowsOf } from '../transaction.ts';

/**
 * `entered` and `superseded` (new content came before the stage had ended) frame the three outcomes of a stage. An `event` is no
 * outcome: it counts what happened to stories, with its kind as the reason.
 */
export interface Tally {
  stage: 'ingest' | 'cluster';
  outcome: 'entered' | 'done' | 'rejected' | 'retry' | 'superseded' | 'event';
  reason: string;
  count: number;
}

const RAISE = {
  name: 'tally_raise',
  text: `
    insert into tally (stage, outcome, reason, minute, count)
    select stage, outcome, reason, date_trunc('minute', now()), sum(count)
    from unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) as raised (stage, outcome, reason, count)
    group by stage, outcome, reason
    order by stage, outcome, reason
    on conflict (stage, outcome, reason, minute) do update set count = tally.count + excluded.count`,
};

/**
 * Counts outcomes. The last statement of its transaction, because all workers meet at these rows; sorted, so that they do not wait
 * for each other in a circle.
 */
export async function raiseTally(runner: Runner, raised: Tally[]): Promise<void> {
  const counted = raised.filter(({ count }) => count > 0);
  if (counted.length === 0) return;
  await rowsOf(runner, RAISE, [
    counted.map(({ stage }) => stage),
    counted.map(({ outcome }) => outcome),
    counted.map(({ reason }) => reason),
    counted.map(({ count }) => count),
  ]);
}
