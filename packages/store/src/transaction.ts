import type pg from 'pg';

/** Postgres ends one of two transactions that wait for each other; a few tries are always enough, because locks are taken sorted. */
const TRIES_MAX = 8;
const RETRY_MS_MAX = 100;
const DEADLOCK = '40P01';
const SERIALIZATION_FAILURE = '40001';

/** A prepared statement: named, so that a connection plans it once. */
interface Statement {
  name: string;
  text: string;
}

/** What runs a statement: a pool for a single one, a client inside a transaction. */
export interface Runner {
  query<R extends pg.QueryResultRow>(config: pg.QueryConfig): Promise<pg.QueryResult<R>>;
}

export async function rowsOf<R extends pg.QueryResultRow>(
  runner: Runner,
  statement: Statement,
  values: unknown[],
): Promise<R[]> {
  return (await runner.query<R>({ ...statement, values })).rows;
}

/** Thrown inside a transaction to roll it back and run it again from the start. */
export class TryAgain extends Error {}

function isWorthATry(error: unknown): boolean {
  if (error instanceof TryAgain) return true;
  const code = (error as { code?: unknown } | null)?.code;
  return code === DEADLOCK || code === SERIALIZATION_FAILURE;
}

async function once<T>(pool: pg.Pool, begin: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    // A connection that could not roll back is not given to the next one.
    client.release(broken);
  }
}

/** Runs `work` in one transaction, again when it was chosen as the victim of a deadlock or throws `TryAgain`. */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
  triesMax = TRIES_MAX,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await once(pool, 'begin', work);
    } catch (error) {
      if (tries >= triesMax || !isWorthATry(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(RETRY_MS_MAX, 2 ** tries)));
    }
  }
}

/** Several questions about one snapshot. */
export function readOnly<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return once(pool, 'begin isolation level repeatable read read only', work);
}
