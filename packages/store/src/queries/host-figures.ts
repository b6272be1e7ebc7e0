import type { HostFigures } from '../hosts.ts';
import { type Runner, rowsOf } from '../transaction.ts';

// Hosts where nothing waits and nothing is wrong are not of interest, and are most of them.
const FIGURES = {
  name: 'host_figures',
  text: `
    select h.name, h.next_at, h.delay_ms, h.failures, h.last_reason, h.fetches, h.failed, h.fetched_at,
      (select count(*) from article a where a.host = h.name and a.state = 'submitted') as waiting
    from host h where h.due_at is not null or h.failures > 0
    order by waiting desc, h.failures desc, h.name limit $1`,
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
}

export async function hostFigures(runner: Runner, limit: number): Promise<HostFigures[]> {
  const rows = await rowsOf<Row & Record<string, unknown>>(runner, FIGURES, [limit]);
  return rows.map((row) => ({
    host: row.name,
    waiting: Number(row.waiting),
    nextAt: row.next_at.toISOString(),
    delayMs: row.delay_ms,
    failuresInARow: row.failures,
    lastReason: row.last_reason,
    fetches: Number(row.fetches),
    failed: Number(row.failed),
    fetchedAt: row.fetched_at?.toISOString() ?? null,
  }));
}
