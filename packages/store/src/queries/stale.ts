import type { BoilerplateSpan } from '@wirefold/article';
import { toJson } from '../encoding.ts';
import type { ArticleState } from '../store.ts';
import { type Runner, rowsOf } from '../transaction.ts';
import type { Resigned, ResignedArticle, StalePage } from '../upkeep.ts';
import { loosenTexts } from './loose-texts.ts';
import { saveTexts } from './save-texts.ts';
import { raiseTally } from './tally.ts';

/** How long the articles of a source are left to the process that signs them again; a page of them takes a tenth of a second. */
const SOURCE_LEASE_MS = 10_000;

const TAKE_SOURCE = {
  name: 'stale_take_source',
  text: `
    with free as (
      select key from source
      where signed_version < furniture_version and signature_version <= $1 and (lease_until is null or lease_until <= now())
      order by lease_until nulls first, key limit 1
      for no key update skip locked
    )
    update source s set lease_until = now() + ${SOURCE_LEASE_MS} * interval '1 millisecond'
    from free where s.key = free.key
    returning s.key, s.furniture_version`,
};

// What waits for ingest is signed there, and comes back here when that fails.
const STALE = {
  name: 'stale_articles',
  text: `
    select c.article_id, c.signings, c.body, c.boilerplate
    from content c join article a on a.id = c.article_id
    where c.source_key = $1 and c.furniture_version < $2 and a.state <> 'submitted'
    order by c.furniture_version
    limit $3`,
};

const LOCK_ARTICLES = {
  name: 'stale_lock_articles',
  text: `
    select id, state from article where id = any($1) and state <> 'submitted' order by id for no key update`,
};

// A statement of its own, after the lock: it sees who signed the article while the lock was waited for.
const COMPARE = {
  name: 'stale_compare',
  text: `
    select c.article_id, c.text_id, t.version = r.version and t.hash = r.hash and c.boilerplate = r.boilerplate
      and c.boilerplate_words = r.boilerplate_words as is_same
    from json_to_recordset($1::json) as r (article_id text, signings integer, version integer, hash text, boilerplate jsonb,
        boilerplate_words integer)
      join content c on c.article_id = r.article_id and c.signings = r.signings
      join text t on t.id = c.text_id`,
};

const NOTE = {
  name: 'stale_note',
  text: `
    update content c set furniture_version = r.furniture_version, signings = c.signings + 1
    from unnest($1::text[], $2::integer[]) as r (article_id, furniture_version) where c.article_id = r.article_id`,
};

const KEEP = {
  name: 'stale_keep',
  text: `
    update content c
    set text_id = r.text_id, boilerplate = r.boilerplate, boilerplate_words = r.boilerplate_words,
      furniture_version = r.furniture_version, signings = c.signings + 1
    from json_to_recordset($1::json) as r (article_id text, text_id bigint, boilerplate jsonb, boilerplate_words integer,
      furniture_version integer)
    where c.article_id = r.article_id`,
};

// A new token, so that a worker that looked for candidates of the old text cannot place the new one. A failed article stays so.
const PLACE_AGAIN = {
  name: 'stale_place_again',
  text: `
    update article
    set state = 'signed', reason = null, detail = null, token = token + 1, lease_until = null, attempts = 0, claims = 0,
        next_at = now(), handed_at = now(), stage_since = now(), ended_at = null, awaits_place = true
    where id = any($1)`,
};

const LOCK_SOURCE = { name: 'stale_lock_source', text: 'select from source where key = $1 for no key update' };

// After its lock, so that it sees every article that told the source of itself.
const CLOSE = {
  name: 'stale_close',
  text: `
    update source s
    set lease_until = case when $2 then now() else s.lease_until end, signed_version = coalesce(
      (select min(c.furniture_version) from content c where c.source_key = s.key), s.furniture_version)
    where s.key = $1`,
};

/** Notes how far the source is signed again; where `isFree`, the next page may be taken at once. */
async function closePage(runner: Runner, sourceKey: string, isFree: boolean): Promise<void> {
  await rowsOf(runner, LOCK_SOURCE, [sourceKey]);
  await rowsOf(runner, CLOSE, [sourceKey, isFree]);
}

/** At most `limit` of the articles of one source; of one that newer parameters sign by now, none: that is for newer processes. */
export async function staleArticles(
  runner: Runner,
  signatureVersion: number,
  limit: number,
): Promise<StalePage | null> {
  const [source] = await rowsOf<{ key: string; furniture_version: number }>(runner, TAKE_SOURCE, [signatureVersion]);
  if (source === undefined) return null;
  interface Row {
    article_id: string;
    signings: number;
    body: string;
    boilerplate: BoilerplateSpan[];
  }
  const rows = await rowsOf<Row & Record<string, unknown>>(runner, STALE, [
    source.key,
    source.furniture_version,
    limit,
  ]);
  if (rows.length === 0) await closePage(runner, source.key, false);
  return {
    sourceKey: source.key,
    articles: rows.map(({ article_id, signings, body, boilerplate }) => ({
      articleId: article_id,
      signings,
      body,
      boilerplate,
    })),
  };
}

interface Compared {
  resigned: ResignedArticle;
  state: ArticleState;
  oldText: number;
  isSame: boolean;
}

/** Locks the articles, and gives those that nobody else has signed meanwhile. */
async function lockAndCompare(runner: Runner, resigned: ResignedArticle[]): Promise<Compared[]> {
  const byId = new Map(resigned.map((each) => [each.articleId, each]));
  const locked = await rowsOf<{ id: string; state: ArticleState }>(runner, LOCK_ARTICLES, [[...byId.keys()]]);
  const states = new Map(locked.map(({ id, state }) => [id, state]));
  const given = [...byId.values()].map(({ articleId, signings, text, boilerplate, boilerplateWords }) => ({
    article_id: articleId,
    signings,
    version: text.version,
    hash: text.hash,
    boilerplate,
    boilerplate_words: boilerplateWords,
  }));
  interface Row {
    article_id: string;
    text_id: string;
    is_same: boolean;
  }
  const rows = await rowsOf<Row & Record<string, unknown>>(runner, COMPARE, [toJson(given)]);
  return rows.flatMap(({ article_id, text_id, is_same }) => {
    const [state, each] = [states.get(article_id), byId.get(article_id)];
    if (state === undefined || each === undefined) return [];
    return [{ resigned: each, state, oldText: Number(text_id), isSame: is_same }];
  });
}

async function keepChanged(runner: Runner, changed: Compared[]): Promise<string[]> {
  if (changed.length === 0) return [];
  const textIds = await saveTexts(
    runner,
    changed.map(({ resigned }) => resigned.text),
  );
  const rows = changed.map(({ resigned: { articleId, text, boilerplate, boilerplateWords, furnitureVersion } }) => ({
    article_id: articleId,
    text_id: textIds(text),
    boilerplate,
    boilerplate_words: boilerplateWords,
    furniture_version: furnitureVersion,
  }));
  await rowsOf(runner, KEEP, [toJson(rows)]);
  await loosenTexts(
    runner,
    changed.flatMap(({ oldText }, at) => (oldText === rows[at]?.text_id ? [] : [oldText])),
  );
  const toPlace = changed.filter(({ state }) => state !== 'failed').map(({ resigned }) => resigned.articleId);
  await rowsOf(runner, PLACE_AGAIN, [toPlace]);
  return toPlace;
}

export async function resign(runner: Runner, sourceKey: string, resigned: ResignedArticle[]): Promise<Resigned> {
  const compared = await lockAndCompare(runner, resigned);
  const same = compared.filter(({ isSame }) => isSame).map((each) => each.resigned);
  const changed = compared.filter(({ isSame }) => !isSame);
  const toPlace = await keepChanged(runner, changed);
  if (same.length > 0) {
    const versions = same.map(({ furnitureVersion }) => furnitureVersion);
    await rowsOf(runner, NOTE, [same.map(({ articleId }) => articleId), versions]);
  }
  await closePage(runner, sourceKey, true);
  const superseded = changed.filter(({ state }) => state === 'signed').length;
  await raiseTally(runner, [
    { stage: 'cluster', outcome: 'entered', reason: '', count: toPlace.length },
    { stage: 'cluster', outcome: 'superseded', reason: '', count: superseded },
  ]);
  return { unchanged: same.length, changed: changed.length, toPlace };
}
