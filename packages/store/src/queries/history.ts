import type { History, HistoryPoint, HistoryQuery, Spread } from '../monitor.ts';
import type { StoreStage } from '../store.ts';
import { type Runner, rowsOf } from '../transaction.ts';
import { addCounts, type Measure, quantileOf } from './timing.ts';

const STAGES: readonly StoreStage[] = ['ingest', 'cluster'];
/** Lengths of a step in minutes; what is older than two days is kept by the hour. */
const STEPS = [1, 5, 15, 60, 360, 1_440];
/** Steps of one answer: more than a chart of usual width can show apart. */
const HISTORY_STEPS_MAX = 300;
const MINUTE_MS = 60_000;

const FLOWS = {
  name: 'history_flows',
  text: `
    select stage, outcome, reason, date_bin($1 * interval '1 minute', minute, 'epoch') as at, sum(count) as count
    from tally where minute >= $2 and stage = any($3) group by 1, 2, 3, 4`,
};

// As JSON, because the driver reads an array of the database number by number.
const TIMINGS = {
  name: 'history_timings',
  text: `
    select stage, measure, date_bin($1 * interval '1 minute', minute, 'epoch') as at, to_json(counts) as counts, total
    from timing where minute >= $2 and stage = any($3)`,
};

const BACKLOGS = {
  name: 'history_backlogs',
  text: `
    select stage, date_bin($1 * interval '1 minute', minute, 'epoch') as at, max(articles) as articles, max(oldest_ms) as oldest_ms
    from backlog where minute >= $2 and stage = any($3) group by 1, 2`,
};

const NOW = { name: 'history_now', text: 'select now() as now' };

interface Flow {
  stage: StoreStage;
  outcome: string;
  reason: string;
  at: Date;
  count: string;
}

interface Timing {
  stage: StoreStage;
  measure: Measure;
  at: Date;
  counts: number[];
  total: number;
}

interface Backlog {
  stage: StoreStage;
  at: Date;
  articles: string;
  oldest_ms: string | null;
}

interface Rows {
  flows: Flow[];
  timings: Timing[];
  backlogs: Backlog[];
}

/** Several quantiles of what was counted; null where nothing was. */
function spreadOf(timings: Timing[], measure: Measure): Spread | null {
  const own = timings.filter((timing) => timing.measure === measure);
  const counts: number[] = [];
  for (const timing of own) addCounts(counts, timing.counts);
  const count = counts.reduce((sum, each) => sum + each, 0);
  if (count === 0) return null;
  const quantile = (share: number) => Number((quantileOf(counts, share) ?? 0).toPrecision(3));
  const total = own.reduce((sum, timing) => sum + timing.total, 0);
  return { count, mean: total / count, p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) };
}

/** Rows of one stage by the beginning of their step. */
function byStep<Row extends { stage: StoreStage; at: Date }>(stage: StoreStage, rows: Row[]): Map<number, Row[]> {
  const steps = new Map<number, Row[]>();
  for (const row of rows) {
    if (row.stage !== stage) continue;
    const step = steps.get(row.at.getTime());
    if (step === undefined) steps.set(row.at.getTime(), [row]);
    else step.push(row);
  }
  return steps;
}

function pointsOf(stage: StoreStage, starts: number[], rows: Rows): HistoryPoint[] {
  const flows = byStep(stage, rows.flows);
  const timings = byStep(stage, rows.timings);
  const backlogs = byStep(stage, rows.backlogs);
  return starts.map((start) => {
    const sum = (...outcomes: string[]) =>
      (flows.get(start) ?? []).reduce((all, row) => all + (outcomes.includes(row.outcome) ? Number(row.count) : 0), 0);
    const [waiting] = backlogs.get(start) ?? [];
    const timed = timings.get(start) ?? [];
    return {
      at: new Date(start).toISOString(),
      in: sum('entered'),
      out: sum('done', 'rejected', 'superseded'),
      rejected: sum('rejected'),
      retried: sum('retry'),
      backlog: waiting === undefined ? null : Number(waiting.articles),
      oldestAgeMs: waiting === undefined || waiting.oldest_ms === null ? null : Number(waiting.oldest_ms),
      waitMs: spreadOf(timed, 'wait'),
      runMs: spreadOf(timed, 'run'),
    };
  });
}

function outcomesOf(flows: Flow[]): History['outcomes'] {
  const counted = new Map<string, History['outcomes'][number]>();
  for (const { stage, outcome, reason, count } of flows) {
    if (outcome === 'entered') continue;
    const key = `${stage} ${outcome} ${reason}`;
    const row = counted.get(key) ?? { stage, outcome, reason, count: 0 };
    row.count += Number(count);
    counted.set(key, row);
  }
  const keys = [...counted.keys()].sort();
  return keys.flatMap((key) => counted.get(key) ?? []).sort((a, b) => b.count - a.count);
}

/** Call it in one transaction of one snapshot. */
export async function history(runner: Runner, { hours, stage }: HistoryQuery): Promise<History> {
  const stepMinutes = STEPS.find((step) => (hours * 60) / step <= HISTORY_STEPS_MAX) ?? 1_440;
  const stepMs = stepMinutes * MINUTE_MS;
  const [clock] = await rowsOf<{ now: Date }>(runner, NOW, []);
  const last = Math.floor((clock?.now.getTime() ?? 0) / stepMs) * stepMs;
  const steps = Math.ceil((hours * 60) / stepMinutes);
  const starts = Array.from({ length: steps }, (_, index) => last - (steps - 1 - index) * stepMs);
  const values = [stepMinutes, new Date(starts[0] ?? last), stage === null ? STAGES : [stage]];
  const rows: Rows = {
    flows: await rowsOf<Flow & Record<string, unknown>>(runner, FLOWS, values),
    timings: await rowsOf<Timing & Record<string, unknown>>(runner, TIMINGS, values),
    backlogs: await rowsOf<Backlog & Record<string, unknown>>(runner, BACKLOGS, values),
  };
  const of = (name: StoreStage) => rows.timings.filter((timing) => timing.stage === name);
  return {
    hours,
    stepMinutes,
    stages: STAGES.filter((name) => stage === null || stage === name).map((name) => ({
      stage: name,
      waitMs: spreadOf(of(name), 'wait'),
      runMs: spreadOf(of(name), 'run'),
      points: pointsOf(name, starts, rows),
    })),
    submittedToStoryMs: spreadOf(rows.timings, 'total'),
    candidates: spreadOf(rows.timings, 'candidates'),
    linked: spreadOf(rows.timings, 'linked'),
    outcomes: outcomesOf(rows.flows),
  };
}
