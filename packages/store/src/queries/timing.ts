import { type Runner, rowsOf } from '../transaction.ts';

/** `wait` is from when it was due to when a worker took it; `run` is from then on; `total` is from submission to its first story. */
export type Measure = 'wait' | 'run' | 'total' | 'candidates' | 'linked';

/** A value in milliseconds, or a number of texts. */
export interface Measured {
  stage: 'ingest' | 'cluster';
  measure: Measure;
  value: number;
}

/** Bucket i takes values up to √2 to the power of i: from one to 2²⁸, which is three days of milliseconds. What is longer is in the last one. */
const BUCKETS = 57;

const RAISE = {
  name: 'timing_raise',
  text: `
    insert into timing (stage, measure, minute, counts, total)
    select stage, measure, date_trunc('minute', now()), counts::integer[], total
    from unnest($1::text[], $2::text[], $3::text[], $4::float8[]) as raised (stage, measure, counts, total)
    order by stage, measure
    on conflict (minute, stage, measure) do update set total = timing.total + excluded.total, counts = (
      select array_agg(coalesce(kept, 0) + coalesce(added, 0) order by place)
      from unnest(timing.counts, excluded.counts) with ordinality as both_counts (kept, added, place))`,
};

/** Columns of a claimed article `a`: how long it waited, and how long it has been worked on; null where an earlier release claimed it. */
export const HELD = `
    extract(epoch from a.claimed_at - greatest(a.stage_since, a.next_at)) * 1000 as wait_ms,
    extract(epoch from clock_timestamp() - a.claimed_at) * 1000 as run_ms`;

export interface Held {
  wait_ms: string | null;
  run_ms: string | null;
}

/** What a stage took for the articles that leave it. */
export function heldBy(stage: Measured['stage'], rows: Held[]): Measured[] {
  return rows.flatMap(({ wait_ms, run_ms }): Measured[] => {
    if (wait_ms === null || run_ms === null) return [];
    return [
      { stage, measure: 'wait', value: Number(wait_ms) },
      { stage, measure: 'run', value: Number(run_ms) },
    ];
  });
}

function bucketOf(value: number): number {
  return value <= 1 ? 0 : Math.min(Math.ceil(2 * Math.log2(value)), BUCKETS - 1);
}

/** Counts values. Right before the tally, which every transaction raises last. */
export async function raiseTimings(runner: Runner, measured: Measured[]): Promise<void> {
  const rows = new Map<string, { stage: string; measure: string; counts: number[]; total: number }>();
  for (const { stage, measure, value } of measured) {
    const key = `${stage} ${measure}`;
    const row = rows.get(key) ?? { stage, measure, counts: Array<number>(BUCKETS).fill(0), total: 0 };
    const bucket = bucketOf(value);
    row.counts[bucket] = (row.counts[bucket] ?? 0) + 1;
    row.total += Math.max(0, value);
    rows.set(key, row);
  }
  if (rows.size === 0) return;
  const raised = [...rows.values()];
  await rowsOf(runner, RAISE, [
    raised.map(({ stage }) => stage),
    raised.map(({ measure }) => measure),
    raised.map(({ counts }) => `{${counts.join(',')}}`),
    raised.map(({ total }) => total),
  ]);
}

/** Adds one histogram to another, in place. */
export function addCounts(sum: number[], counts: number[]): void {
  for (let bucket = 0; bucket < counts.length; bucket++) sum[bucket] = (sum[bucket] ?? 0) + (counts[bucket] ?? 0);
}

/** The value that a share of the counted ones does not exceed, at most a factor of √2 off; null where none was counted. */
export function quantileOf(counts: number[], share: number): number | null {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return null;
  const rank = share * all;
  let before = 0;
  let at = 0;
  while (at < counts.length - 1 && before + (counts[at] ?? 0) < rank) {
    before += counts[at] ?? 0;
    at += 1;
  }
  const within = Math.min(1, Math.max(0, (rank - before) / (counts[at] || 1)));
  // Between the bounds of its bucket as between two powers; the first bucket begins at nothing.
  return at === 0 ? within : 2 ** ((at - 1 + within) / 2);
}
