import type pg from 'pg';

/** How often PGlite's tables are looked at. */
const EVERY_MS = 30_000;
/** A table is due when this many rows changed, and this share of its rows: the figures of Postgres' own autovacuum, at half. */
const CHANGED_ROWS_MIN = 500;
const CHANGED_SHARE_MIN = 0.1;

// Without autovacuum nothing else ever flushes or reads these statistics. Queue tables in the same database are seen too.
const DUE = `
  select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables
  where greatest(n_dead_tup, n_ins_since_vacuum, n_mod_since_analyze) > ${CHANGED_ROWS_MIN} + ${CHANGED_SHARE_MIN} * n_live_tup`;

/** Vacuums and analyses the tables that changed much. Returns their names. */
export async function vacuumDue(pool: pg.Pool): Promise<string[]> {
  await pool.query('select pg_stat_force_next_flush()');
  const { rows } = await pool.query<{ name: string }>(DUE);
  for (const { name } of rows) await pool.query(`vacuum (analyze) ${name}`);
  return rows.map(({ name }) => name);
}

interface Maintenance {
  /** Starts no more; resolves when none is running. */
  stop(): Promise<void>;
}

/** PGlite has no autovacuum: without this its queue is half as fast after some minutes. Keeps no process alive. */
export function startMaintenance(pool: pg.Pool): Maintenance {
  let running: Promise<unknown> = Promise.resolve();
  let isStopped = false;
  let isBusy = false;
  const timer = setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    // A table that could not be vacuumed is due again next time.
    running = vacuumDue(pool)
      .catch(() => {})
      .finally(() => {
        isBusy = isStopped;
      });
  }, EVERY_MS);
  timer.unref();
  return {
    stop: async () => {
      isStopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
