import { storable, toJson } from '../encoding.ts';
import type { FeedClaim, FeedKind, NextPoll, Poll, PolledFeed, PollResult, ReadFeed } from '../feeds.ts';
import type { Receipt } from '../store.ts';
import { type Runner, rowsOf } from '../transaction.ts';
import { submitWithin } from './submit.ts';
import { raiseTally, type Tally } from './tally.ts';

/** An entry is forgotten this long after it stood in its feed last: no feed reaches back further with what it changes. */
const ENTRY_DAYS_MAX = 90;
/** Forgotten with one poll; the next one forgets more. */
const FORGOTTEN_AT_ONCE_MAX = 1_000;
/** An entry that stands there is marked so at most this often: a poll that brings nothing should write little. */
const SEEN_EVERY_HOURS = 24;

const CLAIM = {
  name: 'feed_polls_claim',
  text: `
    update feed f set token = f.token + 1, next_poll_at = now() + $1 * interval '1 millisecond'
    where f.id = (
      select id from feed where state = 'active' and next_poll_at <= now() order by next_poll_at limit 1
      for no key update skip locked
    )
    returning f.id, f.token, f.url, f.asked_url, f.kind, f.full_text, f.etag, f.last_modified, f.interval_ms, f.failures`,
};

const PUT_OFF = {
  name: 'feed_polls_put_off',
  text: `update feed set next_poll_at = now() + $3 * interval '1 millisecond' where id = $1 and token = $2`,
};

const LOCK = { name: 'feed_polls_lock', text: 'select id from feed where id = $1 and token = $2 for no key update' };

const KNOWN = { name: 'feed_polls_known', text: 'select key, updated from entry where feed_id = $1 and key = any($2)' };

const KEEP = {
  name: 'feed_polls_keep',
  text: `
    insert into entry (feed_id, key, article_id, guid, url, title, published, updated, source_name, source_url)
    select $1, kept.* from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::timestamptz[],
      $9::text[], $10::text[]) as kept
    on conflict (feed_id, key) do update set article_id = excluded.article_id, guid = excluded.guid, url = excluded.url,
      title = excluded.title, published = excluded.published, updated = excluded.updated, source_name = excluded.source_name,
      source_url = excluded.source_url, seen_at = now()`,
};

const SEE = {
  name: 'feed_polls_see',
  text: `
    update entry set seen_at = now()
    where feed_id = $1 and key = any($2) and seen_at < now() - ${SEEN_EVERY_HOURS} * interval '1 hour'`,
};

const FORGET = {
  name: 'feed_polls_forget',
  text: `
    delete from entry e using (
      select feed_id, key from entry where feed_id = $1 and seen_at < now() - ${ENTRY_DAYS_MAX} * interval '1 day'
      limit ${FORGOTTEN_AT_ONCE_MAX}
    ) old
    where e.feed_id = old.feed_id and e.key = old.key`,
};

const RECORD_READ = {
  name: 'feed_polls_record_read',
  text: `
    update feed set kind = $2, title = coalesce($3, title), home_url = coalesce($4, home_url), source_key = $5, etag = $6,
      last_modified = $7, entries = $8, entries_new = entries_new + $9,
      changed_at = case when $10 = 'new' then now() else changed_at end
    where id = $1`,
};

const RECORD = {
  name: 'feed_polls_record',
  text: `
    update feed
    set result = $2, reason = $3, detail = $4, failures = case when $2 = 'failed' then failures + 1 else 0 end,
        state = case when $5 then 'paused' else state end, interval_ms = $6, next_poll_at = now() + $7 * interval '1 millisecond',
        polled_at = now(), polls = polls + 1
    where id = $1`,
};

const FIND_URL = { name: 'feed_polls_find_url', text: 'select id from feed where url = $1 and id <> $2' };
const MOVE = {
  name: 'feed_polls_move',
  text: 'update feed set url = $2, etag = null, last_modified = null where id = $1',
};

interface ClaimRow {
  id: string;
  token: string;
  url: string;
  asked_url: string;
  kind: FeedKind | null;
  full_text: boolean;
  etag: string | null;
  last_modified: string | null;
  interval_ms: string;
  failures: number;
}

export async function claimFeed(runner: Runner, leaseMs: number): Promise<FeedClaim | null> {
  const [row] = await rowsOf<ClaimRow>(runner, CLAIM, [leaseMs]);
  if (row === undefined) return null;
  return {
    feedId: row.id,
    token: Number(row.token),
    url: row.url,
    askedUrl: row.asked_url,
    kind: row.kind,
    isFullText: row.full_text,
    etag: row.etag,
    lastModified: row.last_modified,
    intervalMs: Number(row.interval_ms),
    failures: row.failures,
  };
}

export async function putOffFeed(runner: Runner, { feedId, token }: FeedClaim, afterMs: number): Promise<void> {
  await rowsOf(runner, PUT_OFF, [feedId, token, afterMs]);
}

const NOTHING: PolledFeed = { isRecorded: false, fresh: 0, changed: 0, receipts: [] };

/** How a poll ended, as the feed's row says it. */
interface End {
  result: PollResult;
  reason: string | null;
  detail: string | null;
  isPaused: boolean;
}

const plainEnd = (result: PollResult): End => ({ result, reason: null, detail: null, isPaused: false });

export async function recordPoll(
  runner: Runner,
  claim: FeedClaim,
  poll: Poll,
  decide: (isChanged: boolean) => NextPoll,
): Promise<PolledFeed> {
  const { feedId } = claim;
  if ((await rowsOf(runner, LOCK, [feedId, claim.token])).length === 0) return NOTHING;
  let polled: PolledFeed = { ...NOTHING, isRecorded: true };
  let tallies: Tally[] = [];
  let end: End;
  if (poll.result === 'read') {
    ({ polled, tallies } = await keepEntries(runner, feedId, poll.feed));
    end = plainEnd(polled.fresh + polled.changed > 0 ? 'new' : 'same');
    await recordRead(runner, feedId, poll.feed, polled.fresh, end.result);
  } else if (poll.result === 'found') {
    end = await moveTo(runner, feedId, poll.url);
  } else {
    end = poll.result === 'failed' ? poll : plainEnd(poll.result);
  }
  const next = decide(end.result === 'new');
  // Where a page names the feed, that is read at once.
  const afterMs = end.result === 'found' ? 0 : next.afterMs;
  const detail = end.detail && storable(end.detail);
  await rowsOf(runner, RECORD, [
    feedId,
    end.result,
    end.reason,
    detail,
    end.isPaused,
    Math.round(next.intervalMs),
    afterMs,
  ]);
  await raiseTally(runner, tallies);
  return polled;
}

async function recordRead(
  runner: Runner,
  feedId: string,
  feed: ReadFeed,
  fresh: number,
  result: string,
): Promise<void> {
  const { kind, title, homeUrl, sourceKey, etag, lastModified, entries } = feed;
  const texts = [title, homeUrl, sourceKey, etag, lastModified].map((text) => text && storable(text));
  await rowsOf(runner, RECORD_READ, [feedId, kind, ...texts, entries.length, fresh, result]);
}

/** A feed is polled once, however many pages name it. */
async function moveTo(runner: Runner, feedId: string, url: string): Promise<End> {
  const [known] = await rowsOf<{ id: string }>(runner, FIND_URL, [url, feedId]);
  if (known !== undefined) return { result: 'failed', reason: 'feed-known', detail: known.id, isPaused: true };
  await rowsOf(runner, MOVE, [feedId, url]);
  return plainEnd('found');
}

type Entries = ReadFeed['entries'];

/** Submits what is new and what has changed, and keeps what the feed says of it. */
async function keepEntries(
  runner: Runner,
  feedId: string,
  { entries }: ReadFeed,
): Promise<{ polled: PolledFeed; tallies: Tally[] }> {
  const keys = entries.map(({ submission }) => submission.id);
  const rows = await rowsOf<{ key: string; updated: Date | null }>(runner, KNOWN, [feedId, keys]);
  const known = new Map(rows.map(({ key, updated }) => [key, updated]));
  const fresh = entries.filter(({ submission }) => !known.has(submission.id));
  const changed = entries.filter(({ submission, entry }) => hasMoved(known.get(submission.id), entry.updated));
  const { receipts, tallies } = await submitWithin(runner, [
    ...fresh.map(({ submission }) => submission),
    // What is known is read again, because its feed says that it has changed.
    ...changed.map(({ submission }) => ({ ...submission, refetch: true })),
  ]);
  await keep(runner, feedId, [...fresh, ...changed], receipts);
  await rowsOf(runner, SEE, [feedId, keys]);
  await rowsOf(runner, FORGET, [feedId]);
  return { polled: { isRecorded: true, fresh: fresh.length, changed: changed.length, receipts }, tallies };
}

/** Whether an entry of which this time was known says a later one. */
function hasMoved(known: Date | null | undefined, updated: string | null): boolean {
  if (known === undefined || updated === null) return false;
  return known === null || Date.parse(updated) > known.getTime();
}

async function keep(runner: Runner, feedId: string, entries: Entries, receipts: Receipt[]): Promise<void> {
  if (entries.length === 0) return;
  const texts = (of: (each: Entries[number]['entry']) => string | null) =>
    entries.map(({ entry }) => {
      const text = of(entry);
      return text === null ? null : storable(text);
    });
  await rowsOf(runner, KEEP, [
    feedId,
    entries.map(({ submission }) => submission.id),
    entries.map(({ submission }, index) => receipts[index]?.id ?? submission.id),
    texts(({ guid }) => guid),
    texts(({ url }) => url),
    texts(({ title }) => title),
    entries.map(({ entry }) => entry.published && toJson(entry.published)),
    entries.map(({ entry }) => entry.updated),
    texts(({ source }) => source?.name ?? null),
    texts(({ source }) => source?.url ?? null),
  ]);
}
