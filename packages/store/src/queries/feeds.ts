import { decodeCursor, encodeCursor } from '../cursor.ts';
import { storable } from '../encoding.ts';
import type { EntryRecord, FeedKind, FeedPage, FeedQuery, FeedRecord, PollResult, Subscription } from '../feeds.ts';
import { type Runner, rowsOf } from '../transaction.ts';

/** Feeds that say something of one article: outlets have one for each section. */
const ENTRIES_SHOWN_MAX = 20;

const COLUMNS = `f.id, f.url, f.asked_url, f.kind, f.title, f.home_url, f.source_key, f.full_text, f.state, f.result, f.reason, f.detail,
    f.failures, f.next_poll_at, f.interval_ms, f.polled_at, f.changed_at, f.polls, f.entries, f.entries_new, f.created_at`;

// In the order of their ids, so that two lists with the same feeds do not wait for each other in a circle.
const INSERT = {
  name: 'feeds_insert',
  text: `
    insert into feed (id, url, asked_url, title, source_key, full_text, interval_ms)
    select id, url, url, title, source_key, full_text, interval_ms
    from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::boolean[], $6::bigint[])
      as asked (id, url, title, source_key, full_text, interval_ms)
    order by id on conflict do nothing returning id`,
};
const FIND = { name: 'feeds_find', text: `select ${COLUMNS} from feed f where f.id = any($1) or f.url = any($2)` };
const ONE = { name: 'feeds_one', text: `select ${COLUMNS} from feed f where f.id = $1` };

// A feed that is resumed starts without its failures.
const CHANGE = {
  name: 'feeds_change',
  text: `
    update feed f
    set state = case when asked.is_paused then 'paused' when not asked.is_paused then 'active' else f.state end,
        next_poll_at = case when asked.resumes then now() else f.next_poll_at end,
        failures = case when asked.resumes then 0 else f.failures end,
        full_text = coalesce(asked.full_text, f.full_text)
    from (
      select id, $2::boolean as is_paused, $3::boolean as full_text, coalesce(not $2::boolean and state = 'paused', false) as resumes
      from feed where id = $1 for no key update
    ) asked
    where f.id = asked.id returning ${COLUMNS}`,
};
const POLL_NOW = {
  name: 'feeds_poll_now',
  text: `update feed f set next_poll_at = case when state = 'active' then least(next_poll_at, now()) else next_poll_at end
    where f.id = $1 returning ${COLUMNS}`,
};
const REMOVE = { name: 'feeds_remove', text: 'delete from feed where id = $1 returning id' };

const ENTRIES_OF = {
  name: 'feeds_entries_of',
  text: `
    select f.id, f.url as feed_url, f.title as feed_title, e.guid, e.url, e.title, e.published, e.updated, e.source_name, e.source_url,
      e.first_seen_at
    from entry e join feed f on f.id = e.feed_id where e.article_id = $1
    order by e.first_seen_at, f.id, e.key limit ${ENTRIES_SHOWN_MAX}`,
};

interface Row {
  id: string;
  url: string;
  asked_url: string;
  kind: FeedKind | null;
  title: string | null;
  home_url: string | null;
  source_key: string;
  full_text: boolean;
  state: FeedRecord['state'];
  result: PollResult | null;
  reason: string | null;
  detail: string | null;
  failures: number;
  next_poll_at: Date;
  interval_ms: string;
  polled_at: Date | null;
  changed_at: Date | null;
  polls: string;
  entries: number;
  entries_new: string;
  created_at: Date;
}

function recordOf(row: Row): FeedRecord {
  return {
    id: row.id,
    url: row.url,
    askedUrl: row.asked_url,
    kind: row.kind,
    title: row.title,
    homeUrl: row.home_url,
    sourceKey: row.source_key,
    isFullText: row.full_text,
    state: row.state,
    result: row.result,
    reason: row.reason,
    detail: row.detail,
    failuresInARow: row.failures,
    nextPollAt: row.state === 'active' ? row.next_poll_at.toISOString() : null,
    intervalMs: Number(row.interval_ms),
    polledAt: row.polled_at?.toISOString() ?? null,
    changedAt: row.changed_at?.toISOString() ?? null,
    polls: Number(row.polls),
    entries: row.entries,
    entriesNew: Number(row.entries_new),
    createdAt: row.created_at.toISOString(),
  };
}

export async function subscribe(
  runner: Runner,
  subscriptions: Subscription[],
): Promise<{ feed: FeedRecord; isNew: boolean }[]> {
  const inserted = await rowsOf<{ id: string }>(runner, INSERT, [
    subscriptions.map(({ id }) => id),
    subscriptions.map(({ url }) => storable(url)),
    subscriptions.map(({ title }) => title && storable(title)),
    subscriptions.map(({ sourceKey }) => storable(sourceKey)),
    subscriptions.map(({ isFullText }) => isFullText),
    subscriptions.map(({ intervalMs }) => Math.round(intervalMs)),
  ]);
  const isNew = new Set(inserted.map(({ id }) => id));
  const urls = subscriptions.map(({ url }) => storable(url));
  const rows = await rowsOf<Row>(runner, FIND, [subscriptions.map(({ id }) => id), urls]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  // Another subscription may have found this one's URL on a page.
  const byUrl = new Map(rows.map((row) => [row.url, row]));
  return subscriptions.flatMap(({ id, url }) => {
    const row = byId.get(id) ?? byUrl.get(storable(url));
    return row === undefined ? [] : [{ feed: recordOf(row), isNew: isNew.delete(id) }];
  });
}

/** Throws `BadCursor`. */
export async function feeds(runner: Runner, query: FeedQuery): Promise<FeedPage> {
  const values: unknown[] = [];
  const value = (each: unknown) => `$${values.push(each)}`;
  const where = ['true'];
  if (query.cursor !== null) {
    const { createdAt, id } = decodeCursor(query.cursor);
    where.push(`(f.created_at, f.id) > (${value(createdAt)}::timestamptz, ${value(id)}::text)`);
  }
  if (query.state !== null) where.push(`f.state = ${value(query.state)}`);
  if (query.source !== null) where.push(`f.source_key = ${value(storable(query.source))}`);
  const text = `select ${COLUMNS} from feed f where ${where.join(' and ')}
    order by f.created_at, f.id limit ${value(query.limit + 1)}`;
  const { rows } = await runner.query<Row>({ text, values });
  const page = rows.slice(0, query.limit).map(recordOf);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return { feeds: page, nextCursor: last === undefined ? null : encodeCursor(last) };
}

async function one(runner: Runner, statement: typeof ONE, values: unknown[]): Promise<FeedRecord | null> {
  const [row] = await rowsOf<Row>(runner, statement, values);
  return row === undefined ? null : recordOf(row);
}

export function feed(runner: Runner, id: string): Promise<FeedRecord | null> {
  return one(runner, ONE, [storable(id)]);
}

export function changeFeed(
  runner: Runner,
  id: string,
  { isPaused = null, isFullText = null }: { isPaused?: boolean | null; isFullText?: boolean | null },
): Promise<FeedRecord | null> {
  return one(runner, CHANGE, [storable(id), isPaused, isFullText]);
}

export function pollNow(runner: Runner, id: string): Promise<FeedRecord | null> {
  return one(runner, POLL_NOW, [storable(id)]);
}

export async function unsubscribe(runner: Runner, id: string): Promise<boolean> {
  return (await rowsOf(runner, REMOVE, [storable(id)])).length > 0;
}

interface EntryRow extends Omit<EntryRecord, 'feed' | 'updated' | 'source' | 'firstSeenAt'> {
  id: string;
  feed_url: string;
  feed_title: string | null;
  updated: Date | null;
  source_name: string | null;
  source_url: string | null;
  first_seen_at: Date;
}

export async function entriesOf(runner: Runner, articleId: string): Promise<EntryRecord[]> {
  const rows = await rowsOf<EntryRow>(runner, ENTRIES_OF, [storable(articleId)]);
  return rows.map(({ id, feed_url, feed_title, guid, url, title, published, ...row }) => ({
    guid,
    url,
    title,
    published,
    updated: row.updated?.toISOString() ?? null,
    source: row.source_name === null && row.source_url === null ? null : { name: row.source_name, url: row.source_url },
    feed: { id, url: feed_url, title: feed_title },
    firstSeenAt: row.first_seen_at.toISOString(),
  }));
}
