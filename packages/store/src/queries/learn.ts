import { createHash } from 'node:crypto';
import { FURNITURE_SAMPLE_ARTICLES, type Furniture, NO_FURNITURE, type PrintedText } from '@wirefold/dedup';
import type { LearnedSource } from '@wirefold/story';
import type pg from 'pg';
import { furnitureToBytes, toBytes, toJson } from '../encoding.ts';
import { inTransaction, type Runner, readOnly, rowsOf } from '../transaction.ts';
import type { UpkeepFigures } from '../upkeep.ts';

/** Furniture changes with the site's design: older articles than this, against the newest of the source, are not looked at. */
const SAMPLE_DAYS_MAX = 90;
/** Of a longer body the rest is not learned from: 200 of these are 40 MB. */
const SAMPLE_BODY_CHARS_MAX = 100_000;
/** A source is learned again once it grew by this part; then a burst of n articles costs a number of learnings that grows with log n. */
const GROWTH_MIN = 0.25;

/** What says that a source is not up to date: $1 is the version of the parameters, $2 that of the rules that learn. */
const IS_BEHIND = 'changes > 0 or signature_version < $1 or learned_version < $2';

const DUE = {
  name: 'learn_due',
  text: `
    select key from source
    where signature_version < $1 or learned_version < $2 or (changes > 0 and learned_version <= $2
      and (changes >= greatest(1, ${GROWTH_MIN} * articles_learned) or changed_at <= clock_timestamp() - $3 * interval '1 millisecond'))
    order by changed_at limit $4`,
};

const MAKE_DUE = {
  name: 'learn_make_due',
  text: `
    with made as (update source set changes = greatest(changes, 1) returning key) select count(*) as sources from made`,
};

const SOURCE = {
  name: 'learn_source',
  text: 'select articles, changes, learnings from source where key = $1',
};

// Of each day at most as many ids as the whole sample has, so that a source of any size costs the same.
const SAMPLE = {
  name: 'learn_sample',
  text: `
    with newest as (
      select max(printed_on) as day from content where source_key = $1
    ), picked as (
      select of_day.article_id
      from newest cross join generate_series(0, ${SAMPLE_DAYS_MAX}) as back (days)
        cross join lateral (
          select c.article_id from content c where c.source_key = $1 and c.printed_on = newest.day - back.days
          order by c.article_id collate "C" limit ${FURNITURE_SAMPLE_ARTICLES}) as of_day
      order by of_day.article_id collate "C" limit ${FURNITURE_SAMPLE_ARTICLES}
    )
    select c.title, left(c.body, ${SAMPLE_BODY_CHARS_MAX}) as body
    from picked join content c on c.article_id = picked.article_id
    order by c.article_id collate "C"`,
};

const LOCK_SOURCE = {
  name: 'learn_lock_source',
  text: `
    select s.signature_version < $3 as is_outdated, f.digest
    from source s left join furniture f on f.source_key = s.key
    where s.key = $1 and s.learnings = $2
    for no key update of s`,
};

const KEEP_FURNITURE = {
  name: 'learn_keep_furniture',
  text: `
    insert into furniture (source_key, digest, articles, learned, examples) values ($1, $2, $3, $4, $5)
    on conflict (source_key) do update set
      digest = excluded.digest, articles = excluded.articles, learned = excluded.learned, examples = excluded.examples`,
};

// What came while the sample was looked at is left to the next learning.
const LEARNED = {
  name: 'learn_learned',
  text: `
    update source
    set learnings = learnings + 1, learned_at = clock_timestamp(), articles_learned = $2, changes = changes - $3,
      learned_version = greatest(learned_version, $4), signature_version = greatest(signature_version, $5),
      furniture_version = furniture_version + $6
    where key = $1`,
};

const FIGURES = {
  name: 'learn_figures',
  text: `
    select (select count(*) from source where ${IS_BEHIND}) as sources_due, (
      select count(*) from source s
        join content c on c.source_key = s.key and c.furniture_version < s.furniture_version
        join article a on a.id = c.article_id and a.state <> 'submitted'
      where s.signed_version < s.furniture_version) as articles_stale`,
};

export async function dueSources(
  runner: Runner,
  signatureVersion: number,
  { quietMs, limit }: { quietMs: number; limit: number },
): Promise<string[]> {
  const rows = await rowsOf<{ key: string }>(runner, DUE, [signatureVersion, NO_FURNITURE.version, quietMs, limit]);
  return rows.map(({ key }) => key);
}

/** What was learned, without how many articles it was learned from: that alone is no reason to sign anything again. */
function digestOf({ lines, shingles }: Furniture): string {
  const hash = createHash('sha256').update(String(lines.length)).update(toBytes(lines)).update(toBytes(shingles));
  return hash.digest('base64url').slice(0, 22);
}

const DIGEST_OF_NONE = digestOf(NO_FURNITURE);

interface Sample {
  articles: number;
  changes: number;
  learnings: number;
  printed: PrintedText[];
}

async function readSample(runner: Runner, sourceKey: string): Promise<Sample | null> {
  const [source] = await rowsOf<Omit<Sample, 'printed'>>(runner, SOURCE, [sourceKey]);
  if (source === undefined) return null;
  return { ...source, printed: await rowsOf<PrintedText & Record<string, unknown>>(runner, SAMPLE, [sourceKey]) };
}

/**
 * Learns from one snapshot, and writes only where nobody else has learned the source meanwhile: so nothing is locked while `decide`
 * computes, which takes longer than all the rest.
 */
export async function learn(
  pool: pg.Pool,
  signatureVersion: number,
  sourceKey: string,
  decide: (sample: PrintedText[]) => LearnedSource,
): Promise<boolean> {
  const sample = await readOnly(pool, (client) => readSample(client, sourceKey));
  if (sample === null) return false;
  const learned = decide(sample.printed);
  const digest = digestOf(learned.furniture);
  return inTransaction(pool, async (client) => {
    const [locked] = await rowsOf<{ is_outdated: boolean; digest: string | null }>(client, LOCK_SOURCE, [
      sourceKey,
      sample.learnings,
      signatureVersion,
    ]);
    if (locked === undefined) return false;
    const isNew = locked.is_outdated || digest !== (locked.digest ?? DIGEST_OF_NONE);
    const { furniture, examples } = learned;
    await rowsOf(client, KEEP_FURNITURE, [
      sourceKey,
      digest,
      furniture.articles,
      furnitureToBytes(furniture),
      toJson(examples),
    ]);
    await rowsOf(client, LEARNED, [
      sourceKey,
      sample.articles,
      sample.changes,
      furniture.version,
      signatureVersion,
      isNew ? 1 : 0,
    ]);
    return isNew;
  });
}

export async function upkeepFigures(runner: Runner, signatureVersion: number): Promise<UpkeepFigures> {
  const [row] = await rowsOf<{ sources_due: string; articles_stale: string }>(runner, FIGURES, [
    signatureVersion,
    NO_FURNITURE.version,
  ]);
  return { sourcesDue: Number(row?.sources_due ?? 0), articlesStale: Number(row?.articles_stale ?? 0) };
}

export async function makeSourcesDue(runner: Runner): Promise<number> {
  const [row] = await rowsOf<{ sources: string }>(runner, MAKE_DUE, []);
  return Number(row?.sources ?? 0);
}
