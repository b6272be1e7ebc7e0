import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { type FolderLock, lockFolder } from '../folder-lock.ts';
import { Session } from './session.ts';
import { Wire } from './wire.ts';

/** A connection costs a few objects; this many let a queue's listeners and all consumers hold one each. */
const CONNECTIONS_MAX = 64;

export interface Embedded {
  pool: pg.Pool;
  /** Call it after the pool has ended. */
  close(): Promise<void>;
}

/** PGlite in `dataDir`, or in memory where it is null. Throws `DataFolderInUse` where another process has the folder. */
export async function openPglite(dataDir: string | null): Promise<Embedded> {
  const lock: FolderLock | null = dataDir === null ? null : await lockFolder(dataDir);
  try {
    const folder = dataDir === null ? null : join(dataDir, 'database');
    if (folder !== null) mkdirSync(folder, { recursive: true });
    const database = await (folder === null ? PGlite.create() : PGlite.create(folder));
    const session = new Session((message) => database.execProtocolRaw(message));
    const pool = new pg.Pool({
      user: 'postgres',
      database: 'postgres',
      password: 'none',
      max: CONNECTIONS_MAX,
      // A closed connection would leave its prepared statements in the one session.
      idleTimeoutMillis: 0,
      keepAlive: true,
      stream: () => new Wire(session),
    });
    return {
      pool,
      close: async () => {
        await database.close();
        await lock?.release();
      },
    };
  } catch (error) {
    await lock?.release();
    throw error;
  }
}
