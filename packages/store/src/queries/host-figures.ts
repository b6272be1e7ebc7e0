import type { HostFigures, HostsQuery } from '../hosts.ts';
import type { HostDetail } from '../monitor.ts';
import { type Runner, rowsOf } from '../transaction.ts';

const COLUMNS = `
    h.name, h.next_at, h.delay_ms, h.failures, h.last_reason, h.fetches, h.failed, h.fetched_at,
      (select count(*) from article a where a.host = h.name and a.state = 'submitted') as waiting
    from host h`;

// Looked up for the hosts that are shown, and for no others.
const OF_LATE = `
    select shown.*, day.*
    from shown cross join lateral (
      select coalesce(sum(fetches), 0) as day_fetches, coalesce(sum(unchanged), 0) as unchanged, coalesce(sum(refused), 0) as refused,
        coalesce(sum(too_many), 0) as too_many, coalesce(sum(robots), 0) as robots,
        coalesce(sum(fetches) filter (where hour >= date_trunc('hour', now(), 'UTC') - interval '1 hour'), 0)
          / (1 + extract(epoch from now() - date_trunc('hour', now(), 'UTC')) / 3600) as an_hour
      from host_hour where host = shown.name and hour >= date_trunc('hour', now(), 'UTC') - interval '23 hours'
    ) as day`;

// Hosts where nothing waits and nothing is wrong are of interest to who asks for them by name, and are most of all hosts.
const FIGURES = {
  name: 'host_figures',
  text: `with shown as (select ${COLUMNS}
    where case when $2::text is null then h.due_at is not null or h.failures > 0 else strpos(h.name, $2) > 0 end
    order by waiting desc, h.failures desc, h.name limit $1)
    ${OF_LATE} order by waiting desc, failures desc, name`,
};

const ONE = { name: 'host_figures_one', text: `with shown as (select ${COLUMNS} where h.name = $1) ${OF_LATE}` };

const FAILURES = {
  name: 'host_failures',
  text: `
    select reason, count(*) as count, min(id) as example_id from article where state = 'failed' and host = $1
    group by reason order by count(*) desc, reason`,
};

interface Row {
  name: string;
  next_at: Date;
  delay_ms: number;
  failures: number;
  last_reason: string | null;
  fetches: string;
  failed: string;
  fetched_at: Date | null;
  waiting: string;
  day_fetches: string;
  unchanged: string;
  refused: string;
  too_many: string;
  robots: string;
  an_hour: string;
}

function figuresOf(row: Row): HostFigures {
  const [fetches, failed] = [Number(row.fetches), Number(row.failed)];
  return {
    host: row.name,
    waiting: Number(row.waiting),
    nextAt: row.next_at.toISOString(),
    delayMs: row.delay_ms,
    failuresInARow: row.failures,
    lastReason: row.last_reason,
    fetches,
    failed,
    failedShare: fetches === 0 ? null : failed / fetches,
    lastDay: {
      fetches: Number(row.day_fetches),
      unchanged: Number(row.unchanged),
      refused: Number(row.refused),
      tooMany: Number(row.too_many),
      robots: Number(row.robots),
    },
    fetchesAnHour: Number(row.an_hour),
    fetchedAt: row.fetched_at?.toISOString() ?? null,
  };
}

export async function hostFigures(runner: Runner, { limit, name = null }: HostsQuery): Promise<HostFigures[]> {
  return (await rowsOf<Row & Record<string, unknown>>(runner, FIGURES, [limit, name])).map(figuresOf);
}

/** Call it in one transaction of one snapshot. */
export async function hostDetail(runner: Runner, name: string): Promise<HostDetail | null> {
  const [row] = await rowsOf<Row & Record<string, unknown>>(runner, ONE, [name]);
  if (row === undefined) return null;
  const failures = await rowsOf<{ reason: string; count: string; example_id: string }>(runner, FAILURES, [name]);
  return {
    ...figuresOf(row),
    failures: failures.map(({ reason, count, example_id }) => ({
      reason,
      count: Number(count),
      exampleId: example_id,
    })),
  };
}
