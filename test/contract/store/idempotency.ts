import { createHash } from 'node:crypto';
import type { OpenedStore } from '@wirefold/store';
import { expect, it } from 'vitest';

const LEASE_MS = 60_000;
const ANSWER = { status: 202, type: 'application/json', location: '/v1/articles/a', body: '{"id":"a \u{1F33E}"}' };

function request(key: string, body = 'body', caller = 'k1') {
  return { caller, key, digest: createHash('sha256').update(body).digest() };
}

export function describeRepetitions(opened: () => OpenedStore): void {
  const store = () => opened().store;
  const begin = (...args: Parameters<typeof request>) => store().beginRequest(request(...args), LEASE_MS);
  const age = (column: 'started_at' | 'lease_until', hours: number) =>
    opened().pool.query(`update idempotent_request set ${column} = ${column} - $1 * interval '1 hour'`, [hours]);

  it('of many that come at once one is new, and the others are in flight until it is answered', async () => {
    const kinds = (await Promise.all([1, 2, 3, 4].map(() => begin('a')))).map(({ kind }) => kind);
    expect(kinds.sort()).toEqual(['in-flight', 'in-flight', 'in-flight', 'new']);
    await store().keepAnswer(request('a'), ANSWER);
    expect(await begin('a')).toEqual({ kind: 'answered', answer: ANSWER });
  });

  it('a key belongs to one request of one caller', async () => {
    await begin('a');
    expect(await begin('a', 'another body')).toEqual({ kind: 'other' });
    expect(await begin('a', 'body', 'k2')).toEqual({ kind: 'new' });
    await store().keepAnswer(request('a'), ANSWER);
    expect(await begin('a', 'another body')).toEqual({ kind: 'other' });
  });

  it('what came to nothing may be sent again, and so may what a lost process had in hand', async () => {
    await begin('a');
    await store().forgetRequest(request('a'));
    expect(await begin('a')).toEqual({ kind: 'new' });
    await age('lease_until', 1);
    expect(await begin('a', 'another body')).toEqual({ kind: 'other' });
    expect(await begin('a')).toEqual({ kind: 'new' });
  });

  it('an answer that was kept is not forgotten, nor written over', async () => {
    await begin('a');
    await store().keepAnswer(request('a'), ANSWER);
    await store().forgetRequest(request('a'));
    await store().keepAnswer(request('a'), { ...ANSWER, status: 500 });
    expect(await begin('a')).toEqual({ kind: 'answered', answer: ANSWER });
  });

  it('after a day a key is free, and what is old leaves the table', async () => {
    await begin('a');
    await store().keepAnswer(request('a'), ANSWER);
    await age('started_at', 25);
    await begin('b');
    const { rows } = await opened().pool.query('select key from idempotent_request');
    expect(rows).toEqual([{ key: 'b' }]);
    await age('started_at', 25);
    expect(await begin('b', 'another body')).toEqual({ kind: 'new' });
  });

  it('a caller crowds out its own oldest requests, and those of no other', async () => {
    await begin('mine', 'body', 'k2');
    await opened().pool.query(
      `insert into idempotent_request (caller, key, digest, started_at, lease_until)
       select 'k1', 'n' || n, '', now() - (20001 - n) * interval '1 second', now() from generate_series(1, 10000) n`,
    );
    await begin('new');
    const { rows } = await opened().pool.query(
      `select count(*)::int as count, bool_or(key = 'n1') as has_oldest, bool_or(key = 'n2') as has_next, bool_or(caller = 'k2') as has_other
       from idempotent_request`,
    );
    expect(rows).toEqual([{ count: 10_001, has_oldest: false, has_next: true, has_other: true }]);
  });
}
