import type pg from 'pg';
import { toJson } from '../encoding.ts';
import type { KeptAnswer, RepeatableRequest, Repetition, RepetitionStore } from '../idempotency.ts';
import { inTransaction, type Runner, rowsOf } from '../transaction.ts';

/** Requests of one caller that are remembered. More: the oldest are forgotten before their time. */
const REMEMBERED_MAX = 10_000;
/** Requests that are forgotten with a new one; so a crowd of them goes step by step. */
const FORGOTTEN_AT_ONCE_MAX = 100;

// A process that died over a request left it in hand: the same request may take it over, another one may not.
const BEGIN = {
  name: 'idempotency_begin',
  text: `
    insert into idempotent_request as known (caller, key, digest, lease_until)
    values ($1, $2, $3, now() + $4 * interval '1 millisecond')
    on conflict (caller, key) do update
      set digest = excluded.digest, started_at = now(), lease_until = excluded.lease_until, answer = null
      where known.started_at < now() - interval '24 hours'
        or (known.answer is null and known.lease_until < now() and known.digest = excluded.digest)
    returning key`,
};

const FIND = {
  name: 'idempotency_find',
  text: 'select digest, answer from idempotent_request where caller = $1 and key = $2',
};

const KEEP = {
  name: 'idempotency_keep',
  text: 'update idempotent_request set answer = $4 where caller = $1 and key = $2 and digest = $3 and answer is null',
};

const FORGET = {
  name: 'idempotency_forget',
  text: 'delete from idempotent_request where caller = $1 and key = $2 and digest = $3 and answer is null',
};

// What another transaction has in hand is left to a later one.
const EXPIRE = {
  name: 'idempotency_expire',
  text: `
    delete from idempotent_request where (caller, key) in (
      select caller, key from idempotent_request where started_at < now() - interval '24 hours'
      limit ${FORGOTTEN_AT_ONCE_MAX} for update skip locked)`,
};

const CROWD_OUT = {
  name: 'idempotency_crowd_out',
  text: `
    delete from idempotent_request where (caller, key) in (
      select caller, key from idempotent_request
      where caller = $1 and started_at < (
        select started_at from idempotent_request where caller = $1
        order by started_at desc offset ${REMEMBERED_MAX - 1} limit 1)
      order by started_at limit ${FORGOTTEN_AT_ONCE_MAX} for update skip locked)`,
};

async function begin(client: pg.PoolClient, request: RepeatableRequest, leaseMs: number): Promise<Repetition> {
  const { caller, key, digest } = request;
  const taken = await rowsOf(client, BEGIN, [caller, key, digest, leaseMs]);
  if (taken.length > 0) {
    await rowsOf(client, EXPIRE, []);
    await rowsOf(client, CROWD_OUT, [caller]);
    return { kind: 'new' };
  }
  const [known] = await rowsOf<{ digest: Buffer; answer: KeptAnswer | null }>(client, FIND, [caller, key]);
  if (known === undefined) return { kind: 'in-flight' };
  if (!known.digest.equals(digest)) return { kind: 'other' };
  return known.answer === null ? { kind: 'in-flight' } : { kind: 'answered', answer: known.answer };
}

/** The questions about repeated requests. */
export function repetitionsOn(pool: pg.Pool): RepetitionStore {
  const values = ({ caller, key, digest }: RepeatableRequest) => [caller, key, digest];
  const runner: Runner = pool;
  return {
    beginRequest: (request, leaseMs) => inTransaction(pool, (client) => begin(client, request, leaseMs)),
    keepAnswer: async (request, answer) => {
      await rowsOf(runner, KEEP, [...values(request), toJson(answer)]);
    },
    forgetRequest: async (request) => {
      await rowsOf(runner, FORGET, values(request));
    },
  };
}
