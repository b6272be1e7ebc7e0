import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DataFolderInUse } from './folder-lock.ts';
import { vacuumDue } from './maintenance.ts';
import { migrate, SchemaTooNew } from './migrate.ts';
import { openStore } from './open.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'wirefold-open-'));
const options = { databaseUrl: null, dataDir, signatureVersion: 1 };
const submission = (id: string) => ({ id, url: null, canonicalUrl: null, pushed: null, partOf: null });

afterAll(() => rmSync(dataDir, { recursive: true }));

describe('openStore on a folder', () => {
  it('keeps what was committed, refuses a second opener, and may be opened again after it was closed', async () => {
    const first = await openStore(options);
    expect(first.engine).toBe('pglite');
    await first.store.submit([submission('kept')]);
    await expect(openStore(options)).rejects.toBeInstanceOf(DataFolderInUse);
    await Promise.all([first.store.close(), first.store.close()]);
    const second = await openStore(options);
    expect(await second.store.article('kept')).toMatchObject({ state: 'submitted' });
    await second.store.close();
  });

  it('migrates once, whoever asks, and refuses a schema that is newer', async () => {
    const { store, pool } = await openStore(options);
    const version = await migrate(pool);
    const applied = async () => (await pool.query('select version from schema_version order by version')).rows;
    const once = await applied();
    expect(once.at(-1)).toEqual({ version });
    expect(await Promise.all([migrate(pool), migrate(pool)])).toEqual([version, version]);
    expect(await applied()).toEqual(once);
    await pool.query('insert into schema_version (version, name) values ($1, $2)', [version + 1, 'from the future']);
    await expect(migrate(pool)).rejects.toMatchObject({ name: 'SchemaTooNew', found: version + 1, known: version });
    await store.close();
    await expect(openStore(options)).rejects.toBeInstanceOf(SchemaTooNew);
    // The refused opener has left the folder.
    await expect(openStore(options)).rejects.toBeInstanceOf(SchemaTooNew);
  });

  it('vacuums the tables that changed much, and only those', async () => {
    const { store, pool } = await openStore({ ...options, dataDir: null });
    await vacuumDue(pool);
    await store.submit(Array.from({ length: 1000 }, (_, index) => submission(`v${index}`)));
    expect(await vacuumDue(pool)).toEqual(['public.article']);
    expect(await vacuumDue(pool)).toEqual([]);
    await store.close();
  });
});
