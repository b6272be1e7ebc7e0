import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@wirefold/store';
import { afterAll, describe, expect, it } from 'vitest';
import { startPostgres } from '../support/postgres.ts';
import { SIGNATURE_VERSION } from './store/fixtures.ts';
import { describeStore } from './store.ts';

describeStore('PGlite in memory', () =>
  openStore({ databaseUrl: null, dataDir: null, signatureVersion: SIGNATURE_VERSION }),
);

describe('on disk', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'wirefold-store-'));
  describeStore('PGlite on disk', () => openStore({ databaseUrl: null, dataDir, signatureVersion: SIGNATURE_VERSION }));
  afterAll(() => rmSync(dataDir, { recursive: true }));
});

const postgres = await startPostgres();
if ('missing' in postgres) {
  it.skip(`Postgres: ${postgres.missing}`, () => {});
} else {
  const { url } = postgres;
  describe('on a server', () => {
    describeStore('Postgres', () =>
      openStore({ databaseUrl: url, dataDir: null, signatureVersion: SIGNATURE_VERSION }),
    );
    afterAll(postgres.stop);

    it('the store goes on after the server ended its connections', async () => {
      const { store, pool } = await openStore({ databaseUrl: url, dataDir: null, signatureVersion: SIGNATURE_VERSION });
      const client = await pool.connect();
      await Promise.all([store.ping(), store.ping()]);
      client.on('error', () => {});
      await client
        .query("select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend'")
        .catch(() => {});
      client.release(true);
      await expect
        .poll(() =>
          store.ping().then(
            () => 'up',
            () => 'down',
          ),
        )
        .toBe('up');
      await store.close();
    });
  });
}
