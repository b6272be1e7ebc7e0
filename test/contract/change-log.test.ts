import { setTimeout as sleep } from 'node:timers/promises';
import { type OpenedStore, openStore } from '@wirefold/store';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forgetEverything } from '../support/forget.ts';
import { startPostgres } from '../support/postgres.ts';
import { readOn } from './store/change-log.ts';
import { cluster, decide, LEASE_MS, publish, SIGNATURE_VERSION, sign } from './store/fixtures.ts';

const WRITERS = 8;
const ARTICLES_EACH = 30;

const postgres = await startPostgres();
if ('missing' in postgres) {
  it.skip(`Postgres: ${postgres.missing}`, () => {});
} else {
  describe('the change log, with many writers at once', () => describeWriters(postgres.url));
  afterAll(postgres.stop);
}

/** Sessions of the server that wait for a lock. */
const waiting = async ({ pool }: OpenedStore): Promise<number> =>
  (await pool.query("select count(*)::int as sessions from pg_stat_activity where wait_event_type = 'Lock'")).rows[0]
    .sessions;

/** Writers that join and remove articles, all at once. */
function writeMuch({ store }: OpenedStore): Promise<unknown> {
  const write = async (writer: number) => {
    for (let each = 0; each < ARTICLES_EACH; each++) {
      const id = `w${writer}-${each}`;
      // Every third joins the one before it, and every fifth is removed again.
      await publish(store, id, [writer * 1_000 + each - (each % 3 === 2 ? 1 : 0)]);
      if (each % 5 === 4) await store.remove(id, decide);
    }
  };
  return Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
}

function describeWriters(databaseUrl: string): void {
  let opened: OpenedStore;
  beforeAll(async () => {
    const options = { databaseUrl, dataDir: null, signatureVersion: SIGNATURE_VERSION, poolSize: 2 * WRITERS };
    opened = await openStore(options);
  });
  beforeEach(() => forgetEverything(opened));
  afterAll(() => opened.store.close());

  it('a reader who goes on while others write sees every event once, in order', async () => {
    const { cursor: start } = await readOn(opened, 'now');
    let isWriting = true;
    const seen: string[] = [];
    const read = async () => {
      let cursor = start;
      for (let isLast = false; ; isLast = !isWriting) {
        const page = await readOn(opened, cursor, { limit: 7 });
        seen.push(...page.changes.map((change) => change.cursor));
        cursor = page.cursor;
        if (isLast) return;
        await sleep(1);
      }
    };
    const reading = read();
    await writeMuch(opened);
    isWriting = false;
    await reading;
    expect(seen).toEqual((await readOn(opened, start)).changes.map(({ cursor }) => cursor));
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(WRITERS * ARTICLES_EACH * 0.6);
  });

  it('an event of a writer who is slow to commit is not passed over', async () => {
    const removed = await publish(opened.store, 'removed', [1]);
    await sign(opened.store, 'slow', [2]);
    const claims = await opened.store.claim('cluster', ['slow'], LEASE_MS);
    const { cursor: start } = await readOn(opened, 'now');
    // Who places an article counts it in the end, and waits here: with its event written, and not committed.
    const blocker = await opened.pool.connect();
    await blocker.query('begin');
    await blocker.query('lock table tally in exclusive mode');
    const slow = cluster(opened.store, claims);
    await expect.poll(() => waiting(opened)).toBe(1);
    let isDone = false;
    const quick = opened.store.remove('removed', decide).finally(() => {
      isDone = true;
    });
    await expect.poll(async () => isDone || (await waiting(opened)) === 2).toBe(true);
    const early = await readOn(opened, start);
    await blocker.query('commit');
    blocker.release();
    const [story] = (await slow).changes.stories;
    await quick;
    const late = await readOn(opened, early.cursor);
    const seen = [...early.changes, ...late.changes].map(({ storyId, kind }) => [storyId, kind]);
    expect(seen).toEqual([
      [story?.id, 'created'],
      [removed, 'removed'],
    ]);
  });
}
