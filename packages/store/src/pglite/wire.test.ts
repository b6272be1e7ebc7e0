import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Embedded, openPglite } from './open.ts';

const CLIENTS = 16;

let embedded: Embedded;
let pool: pg.Pool;

beforeAll(async () => {
  embedded = await openPglite(null);
  pool = embedded.pool;
  await pool.query('create table counter (id integer primary key, value integer not null)');
});
afterAll(async () => {
  await pool.end();
  await embedded.close();
});

const everyClient = <T>(work: (client: number) => Promise<T>) =>
  Promise.all(Array.from({ length: CLIENTS }, (_, client) => work(client)));

describe('many clients on one PGlite', () => {
  it('each transaction has the session to itself', async () => {
    await pool.query('truncate counter');
    await pool.query('insert into counter values (1, 0)');
    await everyClient(async () => {
      const client = await pool.connect();
      for (let round = 0; round < 10; round++) {
        await client.query('begin');
        const { rows } = await client.query('select value from counter where id = $1', [1]);
        await client.query('update counter set value = $1 where id = 1', [rows[0].value + 1]);
        await client.query('commit');
      }
      client.release();
    });
    expect((await pool.query('select value from counter')).rows).toEqual([{ value: CLIENTS * 10 }]);
  });

  it('answers go to the client that asked, prepared under the same name or not', async () => {
    const answers = await everyClient(async (client) => {
      const text = client % 2 === 0 ? 'select $1::int + 1 as answer' : "select 'n' || $1 as answer";
      const named = await pool.query({ name: `same-${client % 2}`, text, values: [client] });
      const unnamed = await pool.query(text, [client]);
      return [named.rows[0].answer, unnamed.rows[0].answer];
    });
    expect(answers).toEqual(
      Array.from({ length: CLIENTS }, (_, client) => Array(2).fill(client % 2 === 0 ? client + 1 : `n${client}`)),
    );
  });

  it('two clients may prepare different statements under one name', async () => {
    const [one, two] = [await pool.connect(), await pool.connect()];
    const ask = (client: pg.PoolClient, text: string) => client.query({ name: 'mine', text, values: [] });
    for (let round = 0; round < 2; round++) {
      expect((await ask(one, 'select 1 as answer')).rows).toEqual([{ answer: 1 }]);
      expect((await ask(two, 'select 2 as answer')).rows).toEqual([{ answer: 2 }]);
    }
    one.release();
    two.release();
  });

  it('an error is the asking client’s alone, and its connection goes on', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: CLIENTS }, (_, client) => pool.query('select 1 / $1::int as answer', [client % 4])),
    );
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(CLIENTS / 4);
    const client = await pool.connect();
    await client.query('begin');
    await expect(client.query('select nonsense')).rejects.toMatchObject({ code: '42703' });
    await expect(client.query('select 1')).rejects.toMatchObject({ code: '25P02' });
    await client.query('rollback');
    expect((await client.query('select 1 as answer')).rows).toEqual([{ answer: 1 }]);
    client.release();
  });
});

describe('one client of many', () => {
  it('hears a notification of any other, once its transaction is committed', async () => {
    const [listener, sender] = [await pool.connect(), await pool.connect()];
    const heard: (string | undefined)[] = [];
    listener.on('notification', ({ payload }) => heard.push(payload));
    await listener.query('listen news');
    await sender.query('begin');
    await sender.query("select pg_notify('news', 'inside')");
    expect(heard).toEqual([]);
    await sender.query('commit');
    await listener.query("select pg_notify('news', 'own')");
    await listener.query('select 1');
    expect(heard).toEqual(['inside', 'own']);
    listener.removeAllListeners('notification');
    listener.release();
    sender.release();
  });

  it('that breaks in a transaction leaves nothing behind, and the others go on', async () => {
    await pool.query('truncate counter');
    const client = await pool.connect();
    client.on('error', () => {});
    await client.query('begin');
    await client.query('insert into counter values (7, 7)');
    const waiting = pool.query('select count(*)::int as rows from counter');
    client.release(new Error('given up'));
    expect((await waiting).rows).toEqual([{ rows: 0 }]);
  });

  it('gets answers whole that are larger than a buffer', async () => {
    const { rows } = await pool.query("select repeat('x', 5000000) as long, $1::text as back", ['y'.repeat(3_000_000)]);
    expect([rows[0].long.length, rows[0].back.length]).toEqual([5_000_000, 3_000_000]);
  });
});
