import type { SignedText } from '@wirefold/dedup';
import { storable, toBytes } from '../encoding.ts';
import { type Runner, rowsOf, TryAgain } from '../transaction.ts';
import { sampleRows } from './sample-rows.ts';

const INSERT_TEXTS = {
  name: 'sign_insert_texts',
  text: `
    insert into text (version, hash, words, comparison, keys)
    select * from unnest($1::integer[], $2::text[], $3::integer[], $4::text[], $5::bytea[]) as signed (version, hash)
    order by signed.version, signed.hash
    on conflict do nothing
    returning id, version, hash`,
};

// Locked against removal until the article that prints it is written.
const IDS_OF_TEXTS = {
  name: 'sign_ids_of_texts',
  text: `
    select t.id, t.version, t.hash from text t
    join unnest($1::integer[], $2::text[]) as s (version, hash) on s.version = t.version and s.hash = t.hash
    order by t.id for key share of t`,
};

const INSERT_COMPONENTS = {
  name: 'sign_insert_components',
  text: 'insert into component (text_id, label) select id, id from unnest($1::bigint[]) as signed (id)',
};

const INSERT_SAMPLES = {
  name: 'sign_insert_samples',
  text: 'insert into sample (version, key, text_id) select * from unnest($1::integer[], $2::integer[], $3::bigint[])',
};

// At most once a day for each text, because it writes the whole row again.
const BRING_AGAIN = {
  name: 'sign_bring_again',
  text: `
    with older as (
      select id, indexed_on is null as was_out from text
      where id = any($1) and (indexed_on is null or indexed_on < current_date)
      order by id for no key update
    )
    update text t set indexed_on = current_date from older where t.id = older.id
    returning t.id, t.version, t.hash, older.was_out`,
};

const keyOf = (version: number, hash: string) => `${version}:${hash}`;

/** Ids of texts that were saved. */
export type TextIds = (text: Pick<SignedText, 'version' | 'hash'>) => number;

/** Puts texts into the candidate index. */
async function indexTexts(runner: Runner, texts: { id: number; text: SignedText }[]): Promise<void> {
  if (texts.length === 0) return;
  const rows = sampleRows(texts.map(({ id, text: { version, keys } }) => ({ id, version, keys })));
  await rowsOf(runner, INSERT_SAMPLES, rows);
}

interface Row {
  id: string;
  version: number;
  hash: string;
}

/**
 * Saves the texts that are new, each as a component of its own, and puts those into the candidate index that had left it. Throws
 * `TryAgain` where one that was there is just being removed.
 */
export async function saveTexts(runner: Runner, texts: SignedText[]): Promise<TextIds> {
  const distinct = new Map(texts.map((text) => [keyOf(text.version, text.hash), text]));
  const list = [...distinct.values()];
  const versions = list.map(({ version }) => version);
  const hashes = list.map(({ hash }) => hash);
  const inserted = await rowsOf<Row & Record<string, unknown>>(runner, INSERT_TEXTS, [
    versions,
    hashes,
    list.map(({ words }) => words),
    list.map(({ comparison }) => storable(comparison)),
    list.map(({ keys }) => toBytes(keys)),
  ]);
  const withText = (rows: Row[]) =>
    rows.flatMap(({ id, version, hash }) => {
      const text = distinct.get(keyOf(version, hash));
      return text === undefined ? [] : [{ id: Number(id), text }];
    });
  if (inserted.length > 0) await rowsOf(runner, INSERT_COMPONENTS, [inserted.map(({ id }) => id)]);
  await indexTexts(runner, withText(inserted));
  let rows: Row[] = inserted;
  if (inserted.length < list.length) {
    // A text that another worker saved first is seen only by a statement that begins after that worker's commit.
    rows = await rowsOf<Row & Record<string, unknown>>(runner, IDS_OF_TEXTS, [versions, hashes]);
    await indexTexts(runner, withText(await bringAgain(runner, rows)));
  }
  const ids = new Map(rows.map(({ id, version, hash }) => [keyOf(version, hash), Number(id)]));
  return ({ version, hash }) => {
    const id = ids.get(keyOf(version, hash));
    if (id === undefined) throw new TryAgain();
    return id;
  };
}

/** Notes that articles brought these texts today; those that had left the candidate index. */
async function bringAgain(runner: Runner, rows: Row[]): Promise<Row[]> {
  const brought = await rowsOf<Row & { was_out: boolean }>(runner, BRING_AGAIN, [rows.map(({ id }) => id)]);
  return brought.filter(({ was_out }) => was_out);
}
