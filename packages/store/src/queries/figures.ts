import type { StageFigures } from '../monitor.ts';
import type { StoreStage } from '../store.ts';
import { type Runner, rowsOf } from '../transaction.ts';
import { stateOf } from './ledger.ts';

const STAGES: readonly StoreStage[] = ['ingest', 'cluster'];

// Minutes are counted whole: the last sixty seconds are this minute and the share of the one before that they still cover.
const FLOW = {
  name: 'figures_flow',
  text: `
    select coalesce(sum(count) filter (where outcome = 'entered'), 0) as entered,
      coalesce(sum(count) filter (where outcome in ('done', 'rejected', 'superseded')), 0) as left_ever,
      coalesce(round(sum(count * case
        when minute = date_trunc('minute', now()) then 1
        when minute = date_trunc('minute', now()) - interval '1 minute' then 1 - extract(second from now()) / 60
        else 0 end) filter (where outcome in ('done', 'rejected', 'superseded'))), 0) as left_last_minute,
      coalesce(round(sum(count * case
        when minute = date_trunc('minute', now()) then 1
        when minute = date_trunc('minute', now()) - interval '1 minute' then 1 - extract(second from now()) / 60
        else 0 end) filter (where outcome = 'entered')), 0) as entered_last_minute
    from tally where stage = $1`,
};

const BACKLOG = {
  name: 'figures_backlog',
  text: `
    select count(*) as backlog, count(*) filter (where next_at > now()) as retrying,
      extract(epoch from now() - min(stage_since)) * 1000 as oldest_age_ms
    from article where state = $1`,
};

const FAILURES = {
  name: 'figures_failures',
  text: `
    select reason, count(*) as count, min(id) as example_id from article where state = 'failed' and failed_in = $1
    group by reason order by count(*) desc, reason`,
};

async function figuresOf(runner: Runner, stage: StoreStage): Promise<StageFigures> {
  const [flow] = await rowsOf<Record<string, string>>(runner, FLOW, [stage]);
  const [waiting] = await rowsOf<Record<string, string | null>>(runner, BACKLOG, [stateOf(stage)]);
  const failures = await rowsOf<{ reason: string; count: string; example_id: string }>(runner, FAILURES, [stage]);
  const age = waiting?.oldest_age_ms ?? null;
  return {
    stage,
    in: Number(flow?.entered ?? 0),
    inLastMinute: Number(flow?.entered_last_minute ?? 0),
    out: Number(flow?.left_ever ?? 0),
    outLastMinute: Number(flow?.left_last_minute ?? 0),
    backlog: Number(waiting?.backlog ?? 0),
    retrying: Number(waiting?.retrying ?? 0),
    oldestAgeMs: age === null ? null : Math.max(0, Math.round(Number(age))),
    failures: failures.map(({ reason, count, example_id }) => ({
      reason,
      count: Number(count),
      exampleId: example_id,
    })),
  };
}

/** Call it in one transaction of one snapshot, so that the figures belong together. */
export async function stageFigures(runner: Runner): Promise<StageFigures[]> {
  const figures: StageFigures[] = [];
  for (const stage of STAGES) figures.push(await figuresOf(runner, stage));
  return figures;
}
