import type { StoryEvent } from '@wirefold/story';
import { storable } from '../encoding.ts';
import type { TextCache } from '../recent-cache.ts';
import type { Fetched, GoneEnding, ReadBefore, RevisionStore, Unchanged } from '../revisions.ts';
import { type Runner, rowsOf } from '../transaction.ts';
import { printedArticles } from './articles.ts';
import { logEvents } from './change-log.ts';
import { submitWithin } from './submit.ts';
import { raiseTally } from './tally.ts';
import { textsOf } from './texts.ts';

const SIGNING = {
  name: 'reread_signing',
  text: 'select article_id, boilerplate_words, furniture_version from content where article_id = any($1)',
};

const LOCK = {
  name: 'reread_lock',
  text: `
    select a.id from article a join unnest($1::text[], $2::bigint[]) as s (id, token) on s.id = a.id and s.token = a.token
    where a.state = 'submitted'
    order by a.id for no key update of a`,
};

const KEEP_FETCHED = {
  name: 'reread_keep_fetched',
  text: `
    insert into fetched (article_id, url, etag, last_modified) select * from unnest($1::text[], $2::text[], $3::text[], $4::text[])
    on conflict (article_id) do update set
      url = excluded.url, etag = excluded.etag, last_modified = excluded.last_modified, checked_at = now()`,
};
const CHECKED = { name: 'reread_checked', text: 'update fetched set checked_at = now() where article_id = any($1)' };
const FORGET_FETCHED = { name: 'reread_forget_fetched', text: 'delete from fetched where article_id = any($1)' };

// `signed_at` is what a story notices of its articles: it is decided, and its summary written, again.
const RETURN = {
  name: 'reread_return',
  text: `
    with returned as (
      update article set gone_since = null, gone_reason = null, awaits_place = true
      where id = any($1) and gone_since is not null
      returning id
    ), noticed as (
      update content c set signed_at = now() from returned where c.article_id = returned.id
    )
    select p.story_id, p.article_id from returned join placement p on p.article_id = returned.id order by p.article_id`,
};

// What stands in no story yet, or stands there by an earlier text, goes on to cluster.
const END_UNCHANGED = {
  name: 'reread_end_unchanged',
  text: `
    with ending as (
      select a.id, a.awaits_place or not exists (select from placement p where p.article_id = a.id) as is_to_place
      from article a where a.id = any($1)
    )
    update article a
    set state = case when e.is_to_place then 'signed' else 'done' end, ended_at = case when e.is_to_place then null else now() end,
        reason = null, detail = null, failed_in = null, token = token + 1, lease_until = null, claims = 0,
        attempts = case when e.is_to_place then 0 else attempts + 1 end,
        next_at = now(), handed_at = now(), stage_since = now(), awaits_place = e.is_to_place
    from ending e where a.id = e.id
    returning a.id, e.is_to_place`,
};

const DROP_PUSHED = { name: 'reread_drop_pushed', text: 'delete from pushed where article_id = any($1)' };

// An article that is known as gone in the same way stays as it is: only the attempt ends.
const MARK_GONE = {
  name: 'reread_mark_gone',
  text: `
    with ending as (
      select a.id, p.story_id, e.reason, e.detail, a.gone_reason is distinct from e.reason as is_new,
        a.awaits_place or a.gone_reason is distinct from e.reason as is_to_place
      from article a join unnest($1::text[], $2::text[], $3::text[]) as e (id, reason, detail) on e.id = a.id
        join placement p on p.article_id = a.id
    ), noticed as (
      update content c set signed_at = now() from ending e where c.article_id = e.id and e.is_new
    )
    update article a
    set state = case when e.is_to_place then 'signed' else 'done' end, ended_at = case when e.is_to_place then null else now() end,
        gone_since = coalesce(a.gone_since, now()), gone_reason = e.reason, awaits_place = e.is_to_place,
        reason = case when e.is_to_place then null else e.reason end, detail = case when e.is_to_place then null else e.detail end,
        attempts = case when e.is_to_place then 0 else attempts + 1 end, token = token + 1, lease_until = null, claims = 0, next_at = now(), handed_at = now(), stage_since = now()
    from ending e where a.id = e.id
    returning a.id, e.story_id, e.reason, e.is_new, e.is_to_place`,
};

export async function readBefore(
  runner: Runner,
  cache: TextCache,
  articleIds: string[],
): Promise<Map<string, ReadBefore>> {
  interface Row {
    article_id: string;
    boilerplate_words: number;
    furniture_version: number;
  }
  const articles = await printedArticles(runner, articleIds);
  const texts = await textsOf(runner, cache, articleIds);
  const before = new Map<string, ReadBefore>();
  for (const row of await rowsOf<Row & Record<string, unknown>>(runner, SIGNING, [articleIds])) {
    const { article_id, boilerplate_words: boilerplateWords, furniture_version: furnitureVersion } = row;
    const [article, text] = [articles.get(article_id), texts.get(article_id)];
    if (article !== undefined && text !== undefined)
      before.set(article_id, { article, text, boilerplateWords, furnitureVersion });
  }
  return before;
}

interface FetchedArticle {
  articleId: string;
  fetched?: Fetched | null;
}

/** Notes what articles were fetched from; such an article is not gone. Gives what that means for their stories. */
async function noteFetched(runner: Runner, articles: FetchedArticle[]): Promise<StoryEvent[]> {
  const sent = articles.flatMap(({ articleId, fetched }) => (fetched ? [{ articleId, ...fetched }] : []));
  if (sent.length > 0) {
    await rowsOf(runner, KEEP_FETCHED, [
      sent.map(({ articleId }) => articleId),
      sent.map(({ url }) => storable(url)),
      sent.map(({ etag }) => etag),
      sent.map(({ lastModified }) => lastModified),
    ]);
  }
  const living = articles.filter(({ fetched }) => fetched !== undefined).map(({ articleId }) => articleId);
  if (living.length === 0) return [];
  const returned = await rowsOf<{ story_id: string; article_id: string }>(runner, RETURN, [living]);
  return returned.map(({ story_id: storyId, article_id: articleId }) => {
    return { storyId, kind: 'returned', articleId, detail: {} };
  });
}

/** The same where content is written: what was pushed says nothing of what its page answers by now. */
export async function noteOrigins(runner: Runner, articles: FetchedArticle[]): Promise<StoryEvent[]> {
  const pushed = articles.filter(({ fetched }) => !fetched).map(({ articleId }) => articleId);
  if (pushed.length > 0) await rowsOf(runner, FORGET_FETCHED, [pushed]);
  return noteFetched(runner, articles);
}

async function lockCurrent(runner: Runner, claims: { articleId: string; token: number }[]): Promise<Set<string>> {
  const rows = await rowsOf<{ id: string }>(runner, LOCK, [
    claims.map(({ articleId }) => articleId),
    claims.map(({ token }) => token),
  ]);
  return new Set(rows.map(({ id }) => id));
}

export async function saveUnchanged(
  runner: Runner,
  unchanged: Unchanged[],
): Promise<Awaited<ReturnType<RevisionStore['saveUnchanged']>>> {
  const current = await lockCurrent(runner, unchanged);
  const kept = unchanged.filter(({ articleId }) => current.has(articleId));
  if (kept.length === 0) return { saved: [], toPlace: [], cards: [] };
  const returned = await noteFetched(runner, kept);
  const asked = kept.filter(({ fetched }) => fetched === null).map(({ articleId }) => articleId);
  if (asked.length > 0) await rowsOf(runner, CHECKED, [asked]);
  const ended = await rowsOf<{ id: string; is_to_place: boolean }>(runner, END_UNCHANGED, [[...current]]);
  await rowsOf(runner, DROP_PUSHED, [[...current]]);
  const { receipts, tallies } = await submitWithin(
    runner,
    kept.flatMap(({ cards }) => cards),
  );
  const toPlace = ended.filter(({ is_to_place }) => is_to_place).map(({ id }) => id);
  await logEvents(runner, returned);
  await raiseTally(runner, [
    { stage: 'ingest', outcome: 'done', reason: '', count: ended.length },
    { stage: 'cluster', outcome: 'entered', reason: '', count: toPlace.length },
    ...tallies,
  ]);
  return { saved: ended.map(({ id }) => id), toPlace, cards: receipts };
}

interface MarkedGone {
  id: string;
  story_id: string;
  reason: string;
  is_new: boolean;
  is_to_place: boolean;
}

export async function markGone(
  runner: Runner,
  endings: GoneEnding[],
): Promise<Awaited<ReturnType<RevisionStore['markGone']>>> {
  const current = await lockCurrent(runner, endings);
  const kept = endings.filter(({ articleId }) => current.delete(articleId));
  const rows = await rowsOf<MarkedGone & Record<string, unknown>>(runner, MARK_GONE, [
    kept.map(({ articleId }) => articleId),
    kept.map(({ reason }) => reason),
    kept.map(({ detail }) => storable(detail)),
  ]);
  const toPlace = rows.filter(({ is_to_place }) => is_to_place).map(({ id }) => id);
  const isNew = rows.filter(({ is_new }) => is_new).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  await logEvents(
    runner,
    isNew.map(({ id: articleId, story_id: storyId, reason }) => ({
      storyId,
      kind: 'gone',
      articleId,
      detail: { reason },
    })),
  );
  await raiseTally(runner, [
    ...rows.map(({ reason }) => ({ stage: 'ingest' as const, outcome: 'rejected' as const, reason, count: 1 })),
    { stage: 'cluster', outcome: 'entered', reason: '', count: toPlace.length },
  ]);
  return { gone: rows.map(({ id }) => id), toPlace };
}
