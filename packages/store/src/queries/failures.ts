import type { FailureGroup, FailureQuery, Quarantined } from '../monitor.ts';
import type { StoreStage } from '../store.ts';
import { type Runner, rowsOf } from '../transaction.ts';

const GROUPS = {
  name: 'failures_groups',
  text: `
    select failed_in as stage, reason, host, count(*) as count, min(id) as example_id from article where state = 'failed'
    group by 1, 2, 3 order by count(*) desc, 1, 2, 3 limit $1`,
};

const OF_REASON = {
  name: 'failures_of_reason',
  text: `
    select id, url, failed_in as stage, detail, ended_at from article where state = 'failed' and reason = $1
    order by ended_at desc, id limit $2`,
};

interface GroupRow {
  stage: StoreStage;
  reason: string;
  host: string | null;
  count: string;
  example_id: string;
}

interface OneRow {
  id: string;
  url: string | null;
  stage: StoreStage;
  detail: string | null;
  ended_at: Date | null;
}

export async function failureGroups(runner: Runner, limit: number): Promise<FailureGroup[]> {
  const rows = await rowsOf<GroupRow & Record<string, unknown>>(runner, GROUPS, [limit]);
  return rows.map(({ count, example_id, ...row }) => ({ ...row, count: Number(count), exampleId: example_id }));
}

export async function failuresOf(runner: Runner, { reason, limit }: FailureQuery): Promise<Quarantined[]> {
  const rows = await rowsOf<OneRow & Record<string, unknown>>(runner, OF_REASON, [reason, limit]);
  return rows.map(({ ended_at, ...row }) => ({ ...row, endedAt: ended_at?.toISOString() ?? null }));
}
