import { readdirSync, readFileSync } from 'node:fs';
import type pg from 'pg';
import { inTransaction } from './transaction.ts';

/** Key of the advisory lock that migrating processes queue up at; any number will do that nobody else uses. */
const MIGRATION_LOCK_KEY = 0x77697265;
const FOLDER = new URL('./migrations/', import.meta.url);

/** The database was written by a newer Wirefold than this one. */
export class SchemaTooNew extends Error {
  readonly found: number;
  readonly known: number;
  constructor(found: number, known: number) {
    super(
      'The database has a newer schema than this version of Wirefold knows. Update Wirefold, or restore an older backup.',
    );
    this.name = 'SchemaTooNew';
    this.found = found;
    this.known = known;
  }
}

interface Migration {
  version: number;
  name: string;
}

/** All migrations of this release, oldest first: `0001_name.sql` is version 1. */
function migrations(): Migration[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((name) => ({ version: Number.parseInt(name, 10), name }));
}

/** Brings the schema to this release's version, and returns that version. Many processes may do so at once. */
export async function migrate(pool: pg.Pool): Promise<number> {
  const all = migrations();
  const known = all.at(-1)?.version ?? 0;
  await inTransaction(pool, async (client) => {
    await client.query('set local statement_timeout = 0');
    await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK_KEY]);
    await client.query(`create table if not exists schema_version (
      version integer primary key, name text not null, applied_at timestamptz not null default now())`);
    const { rows } = await client.query<{ version: number }>(
      'select version from schema_version order by version desc limit 1',
    );
    const found = rows[0]?.version ?? 0;
    if (found > known) throw new SchemaTooNew(found, known);
    for (const { version, name } of all) {
      if (version <= found) continue;
      await client.query('insert into schema_version (version, name) values ($1, $2)', [version, name]);
      await client.query(readFileSync(new URL(name, FOLDER), 'utf8'));
    }
  });
  return known;
}
