import type { SpellingClaim } from '@wirefold/article';
import type { Spelling } from '@wirefold/story';
import { storable } from '../encoding.ts';
import type { ArticleState, SignedArticle } from '../store.ts';
import { type Runner, rowsOf, TryAgain } from '../transaction.ts';

/** The article that an id leads to: itself, unless it is the id of another spelling. */
export const CURRENT_ID = 'coalesce((select al.article_id from alias al where al.id = $1), $1)';

/** The spellings of `article a` as JSON, oldest first, then where it was read. */
export const SPELLINGS_JSON = `coalesce((
      select jsonb_agg(jsonb_build_object('url', s.url, 'submittedUrl', s.submitted_url, 'sign', s.sign, 'seenAt',
        to_char(s.seen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by s.seen_at nulls last, s.url)
      from (
        select url, submitted_url, sign, seen_at from alias where article_id = a.id
        union all
        select url, null, sign, null from spelling_claim sc where sc.article_id = a.id and sign = 'redirect' and is_kin
          and not exists (select from alias al where al.url = sc.url)
          and not exists (select from article other where other.canonical_url = sc.url)
      ) s), '[]')`;

/** The claims of `article a` as a member's: null while it waits to be read again. */
export const CLAIMS_JSON = `case when a.state <> 'submitted' then coalesce((
      select jsonb_agg(jsonb_build_object('url', sc.url, 'articleId', sc.claimed_id, 'sign', sc.sign, 'isKin', sc.is_kin)
        order by sc.claimed_id)
      from spelling_claim sc where sc.article_id = a.id), '[]') end`;

const FORGET_CLAIMS = {
  name: 'aliases_forget_claims',
  text: 'delete from spelling_claim where article_id = any($1)',
};

const KEEP_CLAIMS = {
  name: 'aliases_keep_claims',
  text: `
    insert into spelling_claim (article_id, claimed_id, url, sign, is_kin)
    select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::boolean[])`,
};

const ARTICLES_OF = {
  name: 'aliases_articles_of',
  text: 'select id, article_id from alias where id = any($1)',
};

// Who holds the row waits for a lock that is held here, or soon will: so nobody waits for it here.
const LOCK_ENDING = {
  name: 'aliases_lock_ending',
  text: `
    select id, state from article where id = any($1) and state <> 'submitted' order by id
    for update skip locked`,
};

const KEEP_ALIASES = {
  name: 'aliases_keep',
  text: `
    insert into alias (id, article_id, url, submitted_url, sign)
    select a.id, ending.target, a.canonical_url, coalesce(a.url, a.canonical_url), ending.sign
    from unnest($1::text[], $2::text[], $3::text[]) as ending (id, target, sign) join article a on a.id = ending.id
    order by a.id
    on conflict (id) do update set article_id = excluded.article_id, sign = excluded.sign`,
};

const LEAD_ON = {
  name: 'aliases_lead_on',
  text: `
    update alias al set article_id = ending.target from unnest($1::text[], $2::text[]) as ending (id, target)
    where al.article_id = ending.id`,
};

const MOVE_CARDS = {
  name: 'aliases_move_cards',
  text: `
    update article card set part_of = nullif(ending.target, card.id) from unnest($1::text[], $2::text[]) as ending (id, target)
    where card.part_of = ending.id`,
};

/** Writes what the pages of these articles claim, instead of what they claimed before. Part of the caller's transaction. */
export async function keepClaims(runner: Runner, signed: SignedArticle[]): Promise<void> {
  await rowsOf(runner, FORGET_CLAIMS, [signed.map(({ articleId }) => articleId)]);
  const rows = signed.flatMap(({ articleId, claims = [] }) => claims.map((claim) => ({ by: articleId, claim })));
  if (rows.length === 0) return;
  const column = <Value>(value: (claim: SpellingClaim) => Value) => rows.map(({ claim }) => value(claim));
  await rowsOf(runner, KEEP_CLAIMS, [
    rows.map(({ by }) => by),
    column(({ articleId }) => articleId),
    column(({ url }) => storable(url)),
    column(({ sign }) => sign),
    column(({ isKin }) => isKin),
  ]);
}

/**
 * The articles in which the articles of these ids have ended. Asked after an insert that skips such ids: one that ended in the wait for
 * that insert was inserted all the same, which throws `TryAgain`.
 */
export async function articlesOfAliases(
  runner: Runner,
  ids: string[],
  inserted: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const rows = await rowsOf<{ id: string; article_id: string }>(runner, ARTICLES_OF, [ids]);
  if (rows.some(({ id }) => inserted.has(id))) throw new TryAgain();
  return new Map(rows.map((row) => [row.id, row.article_id]));
}

/**
 * Locks the articles that are to end; throws `TryAgain` where one is in other hands, or is to be read again.
 * @returns how many of them wait for cluster
 */
export async function lockEnding(runner: Runner, spellings: Spelling[]): Promise<number> {
  if (spellings.length === 0) return 0;
  const locked = await rowsOf<{ id: string; state: ArticleState }>(runner, LOCK_ENDING, [
    spellings.map(({ articleId }) => articleId),
  ]);
  if (locked.length < spellings.length) throw new TryAgain();
  return locked.filter(({ state }) => state === 'signed').length;
}

/**
 * Keeps the URLs of articles that end as spellings of the articles that stay; what led to them leads on. The rows of the articles
 * themselves are for the caller to delete, after this.
 */
export async function keepAliases(runner: Runner, spellings: Spelling[]): Promise<void> {
  if (spellings.length === 0) return;
  const ids = spellings.map(({ articleId }) => articleId);
  const targets = spellings.map(({ into }) => into);
  await rowsOf(runner, LEAD_ON, [ids, targets]);
  await rowsOf(runner, KEEP_ALIASES, [ids, targets, spellings.map(({ sign }) => sign)]);
  await rowsOf(runner, MOVE_CARDS, [ids, targets]);
}
