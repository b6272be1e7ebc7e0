import { fromBytes } from '../encoding.ts';
import { type Runner, rowsOf } from '../transaction.ts';
import { sampleRows } from './sample-rows.ts';

const LOOSEN = {
  name: 'loose_loosen',
  text: 'insert into loose_text (text_id) select distinct unnest($1::bigint[]) order by 1 on conflict do nothing',
};

const TAKE = {
  name: 'loose_take',
  text: `
    with taken as (select text_id from loose_text order by text_id limit $1 for update skip locked)
    delete from loose_text l using taken where l.text_id = taken.text_id
    returning l.text_id`,
};

// Who is about to print one of them holds it, and then it is printed.
const LOCK = {
  name: 'loose_lock',
  text: 'select id from text where id = any($1) order by id for update skip locked',
};

const DELETE = {
  name: 'loose_delete',
  text: `
    with gone as (
      delete from text t where t.id = any($1) and not exists (select from content c where c.text_id = t.id)
      returning id, version, keys
    ), unlabelled as (
      delete from component c using gone where c.text_id = gone.id
    )
    select id, version, keys from gone`,
};

const UNINDEX = {
  name: 'loose_unindex',
  text: `
    delete from sample s using unnest($1::integer[], $2::integer[], $3::bigint[]) as gone (version, key, text_id)
    where s.version = gone.version and s.key = gone.key and s.text_id = gone.text_id`,
};

const EXPIRE = {
  name: 'loose_expire',
  text: `
    with old as (
      select id, version, keys from text where indexed_on < current_date - $1::integer
      order by indexed_on limit $2
      for no key update skip locked
    ), out as (
      update text t set indexed_on = null from old where t.id = old.id
    )
    select id, version, keys from old`,
};

/** Marks texts that an article prints no more. */
export async function loosenTexts(runner: Runner, textIds: number[]): Promise<void> {
  if (textIds.length > 0) await rowsOf(runner, LOOSEN, [textIds]);
}

/** Takes texts out of the candidate index. `keys` as the bytes that the store keeps. */
async function unindexTexts(runner: Runner, texts: { id: string; version: number; keys: Buffer }[]): Promise<void> {
  const rows = sampleRows(texts.map(({ id, version, keys }) => ({ id, version, keys: fromBytes(keys) })));
  if (rows[0].length > 0) await rowsOf(runner, UNINDEX, rows);
}

/** Deletes texts by id that no article prints. */
export async function deleteUnprinted(runner: Runner, textIds: (string | number)[]): Promise<number> {
  const locked = await rowsOf<{ id: string }>(runner, LOCK, [textIds]);
  const gone = await rowsOf<{ id: string; version: number; keys: Buffer }>(runner, DELETE, [
    locked.map(({ id }) => id),
  ]);
  await unindexTexts(runner, gone);
  return gone.length;
}

/** Deletes at most `limit` of the texts that nobody prints any more. Returns how many were looked at, so that 0 says that none is left. */
export async function dropLooseTexts(runner: Runner, limit: number): Promise<{ seen: number; dropped: number }> {
  const taken = await rowsOf<{ text_id: string }>(runner, TAKE, [limit]);
  if (taken.length === 0) return { seen: 0, dropped: 0 };
  const dropped = await deleteUnprinted(
    runner,
    taken.map(({ text_id }) => text_id),
  );
  return { seen: taken.length, dropped };
}

/** Takes at most `limit` texts out of the candidate index that no article brought for more than `days` days. Returns how many. */
export async function expireTexts(runner: Runner, { days, limit }: { days: number; limit: number }): Promise<number> {
  const old = await rowsOf<{ id: string; version: number; keys: Buffer }>(runner, EXPIRE, [days, limit]);
  await unindexTexts(runner, old);
  return old.length;
}
