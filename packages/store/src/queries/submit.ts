import { createHash } from 'node:crypto';
import { storable } from '../encoding.ts';
import type { ArticleState, Pushed, Receipt, StoreStage, Submission } from '../store.ts';
import { type Runner, rowsOf, TryAgain } from '../transaction.ts';
import { articlesOfAliases } from './aliases.ts';
import { HOST_OF_CANONICAL, wakeHosts } from './hosts.ts';
import { refetchOf } from './refetch.ts';
import { raiseTally, type Tally } from './tally.ts';

const INSERT = {
  name: 'submit_insert',
  text: `
    insert into article (id, url, canonical_url, part_of, pushed_hash, pushed_is_card, host, handed_at)
    select asked.*, case when pushed_hash is null then ${HOST_OF_CANONICAL} end, case when pushed_hash is not null then now() end
    from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[])
      as asked (id, url, canonical_url, part_of, pushed_hash, pushed_is_card)
    where not exists (select from alias al where al.id = asked.id)
    order by asked.id
    on conflict do nothing
    returning id, host`,
};

const KNOWN_COLUMNS = `
    a.id, a.canonical_url, a.state, a.reason, a.part_of, a.pushed_hash, a.pushed_is_card, a.failed_in, p.story_id,
    exists (select from content c where c.article_id = a.id) as is_signed
    from article a left join placement p on p.article_id = a.id`;

const LOCK_KNOWN = {
  name: 'submit_lock_known',
  text: `select ${KNOWN_COLUMNS} where a.id = any($1) order by a.id for no key update of a`,
};

const LOCK_KNOWN_BY_URL = {
  name: 'submit_lock_known_by_url',
  text: `select ${KNOWN_COLUMNS} where a.canonical_url = any($1) order by a.id for no key update of a`,
};

// A new token, so that a worker that still has the old content cannot save it over the new one. What has no content waits at its host.
const RESTART = {
  name: 'submit_restart',
  text: `
    update article a
    set state = r.state, reason = null, detail = null, failed_in = null, token = token + 1, lease_until = null,
        attempts = 0, claims = 0, next_at = now(), handed_at = case when r.is_hosted then null else now() end,
        host = case when r.is_hosted then ${HOST_OF_CANONICAL} end, moved_url = null, moves = 0, received_at = now(), stage_since = now(), ended_at = null,
        pushed_hash = r.pushed_hash, pushed_is_card = r.pushed_is_card
    from (
      select r.*, r.state = 'submitted' and not r.has_content and not exists (select from pushed p where p.article_id = r.id) as is_hosted
      from unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::boolean[])
        as r (id, state, pushed_hash, pushed_is_card, has_content)
    ) r
    where a.id = r.id
    returning a.host`,
};

const KEEP_PUSHED = {
  name: 'submit_keep_pushed',
  text: `
    insert into pushed (article_id, content) select * from unnest($1::text[], $2::text[])
    on conflict (article_id) do update set content = excluded.content`,
};

interface Known {
  id: string;
  canonical_url: string | null;
  state: ArticleState;
  reason: string | null;
  part_of: string | null;
  pushed_hash: string | null;
  pushed_is_card: boolean;
  failed_in: StoreStage | null;
  story_id: string | null;
  is_signed: boolean;
}

/** A submission with the JSON of its content and the hash of that. */
interface Wanted {
  submission: Submission;
  content: string | null;
  hash: string | null;
  isCard: boolean;
}

/** A change to a known article, and which stage it leaves without an outcome. */
interface Restart {
  id: string;
  state: 'submitted' | 'signed';
  /** What is to be kept as pushed content; null leaves it as it is. */
  content: string | null;
  hash: string | null;
  isCard: boolean;
  supersedes: StoreStage | null;
}

/** The same content gives the same JSON, whatever the order of its fields was. */
function contentOf(pushed: Pushed): string {
  if (pushed.kind === 'html') {
    const { html, fetched } = pushed;
    return JSON.stringify({ kind: 'html', html, ...(fetched && { fetched }) });
  }
  const { title, text, source, published, isCard } = pushed;
  return JSON.stringify({ kind: 'text', title, text, source, published, isCard });
}

/** A page that was fetched twice and stayed the same is the same content. */
function timeless(pushed: Pushed): Pushed {
  return pushed.kind === 'html' ? { kind: 'html', html: pushed.html } : pushed;
}

function wantedOf(submission: Submission): Wanted {
  const { pushed } = submission;
  return {
    submission,
    content: pushed === null ? null : contentOf(pushed),
    hash:
      pushed === null
        ? null
        : createHash('sha256')
            .update(contentOf(timeless(pushed)))
            .digest('base64url'),
    isCard: pushed?.kind === 'text' && pushed.isCard,
  };
}

/** One for each id: of several in one call the last with content counts, else the first that asks for the page again. */
function distinct(submissions: Submission[]): Map<string, Wanted> {
  const byId = new Map<string, Wanted>();
  for (const submission of submissions) {
    const { pushed, refetch = false } = byId.get(submission.id)?.submission ?? {};
    if (
      pushed === undefined ||
      submission.pushed !== null ||
      (pushed === null && !refetch && submission.refetch === true)
    )
      byId.set(submission.id, wantedOf(submission));
  }
  return byId;
}

/**
 * Whether content replaces what a known article was made from. A card is an excerpt at best: it replaces only what came as a card
 * of the same page before, so that the order in which a page and its cards arrive does not matter.
 */
function hasNewContent(known: Known, wanted: Wanted): boolean {
  if (wanted.hash === null || wanted.hash === known.pushed_hash) return false;
  return !wanted.isCard || (known.pushed_is_card && known.part_of === wanted.submission.partOf);
}

function restartOf(known: Known, wanted: Wanted): Restart | null {
  const supersedes = known.state === 'submitted' ? 'ingest' : known.state === 'signed' ? 'cluster' : null;
  if (hasNewContent(known, wanted)) {
    return {
      id: known.id,
      state: 'submitted',
      content: wanted.content,
      hash: wanted.hash,
      isCard: wanted.isCard,
      supersedes,
    };
  }
  if (known.state !== 'failed') return refetchOf(known, wanted.submission);
  // What failed in cluster is signed already, and its pushed content is gone: it goes on where it failed.
  const state = known.failed_in === 'cluster' && known.is_signed ? 'signed' : 'submitted';
  // What was pushed is kept until it is signed; where it is not, the same content has come again.
  const content = state === 'submitted' && wanted.hash === known.pushed_hash ? wanted.content : null;
  return { id: known.id, state, content, hash: known.pushed_hash, isCard: known.pushed_is_card, supersedes: null };
}

interface Waiting {
  host: string | null;
}

async function insertNew(runner: Runner, wanted: Wanted[]): Promise<(Waiting & { id: string })[]> {
  return rowsOf<Waiting & { id: string }>(runner, INSERT, [
    wanted.map(({ submission }) => submission.id),
    wanted.map(({ submission }) => submission.url && storable(submission.url)),
    wanted.map(({ submission }) => submission.canonicalUrl && storable(submission.canonicalUrl)),
    wanted.map(({ submission }) => submission.partOf),
    wanted.map(({ hash }) => hash),
    wanted.map(({ isCard }) => isCard),
  ]);
}

/** Locks the articles that were known before, by the id under which they were asked for. */
async function lockKnown(runner: Runner, wanted: Wanted[], aliases: Map<string, string>): Promise<Map<string, Known>> {
  const known = new Map<string, Known>();
  if (wanted.length === 0) return known;
  const articleOf = (id: string): string => aliases.get(id) ?? id;
  const ids = wanted.map(({ submission }) => articleOf(submission.id));
  const byId = new Map((await rowsOf<Known>(runner, LOCK_KNOWN, [ids])).map((row) => [row.id, row]));
  for (const { submission } of wanted) {
    const row = byId.get(articleOf(submission.id));
    if (row !== undefined) known.set(submission.id, row);
    // It was removed, or ended in another one, since its alias was read.
    else if (aliases.has(submission.id)) throw new TryAgain();
  }
  // An article with the same canonical URL under another id, from a time with other rules for ids.
  const missing = wanted.filter(({ submission }) => !known.has(submission.id));
  if (missing.length === 0) return known;
  const urls = missing.map(({ submission }) => submission.canonicalUrl);
  const byUrl = new Map(
    (await rowsOf<Known>(runner, LOCK_KNOWN_BY_URL, [urls])).map((row) => [row.canonical_url, row]),
  );
  for (const { submission } of missing) {
    const row = byUrl.get(submission.canonicalUrl);
    if (row !== undefined) known.set(submission.id, row);
  }
  return known;
}

async function restart(runner: Runner, restarts: Restart[]): Promise<Waiting[]> {
  if (restarts.length === 0) return [];
  return rowsOf<Waiting & Record<string, unknown>>(runner, RESTART, [
    restarts.map(({ id }) => id),
    restarts.map(({ state }) => state),
    restarts.map(({ hash }) => hash),
    restarts.map(({ isCard }) => isCard),
    restarts.map(({ content }) => content !== null),
  ]);
}

async function keepPushed(runner: Runner, pushed: { id: string; content: string | null }[]): Promise<void> {
  const kept = pushed.filter(({ content }) => content !== null);
  if (kept.length === 0) return;
  await rowsOf(runner, KEEP_PUSHED, [kept.map(({ id }) => id), kept.map(({ content }) => content)]);
}

function talliesOf(inserted: number, restarts: Restart[]): Tally[] {
  const count = (test: (restart: Restart) => boolean) => restarts.filter(test).length;
  return [
    { stage: 'ingest', outcome: 'entered', reason: '', count: inserted + count(({ state }) => state === 'submitted') },
    { stage: 'cluster', outcome: 'entered', reason: '', count: count(({ state }) => state === 'signed') },
    { stage: 'ingest', outcome: 'superseded', reason: '', count: count(({ supersedes }) => supersedes === 'ingest') },
    { stage: 'cluster', outcome: 'superseded', reason: '', count: count(({ supersedes }) => supersedes === 'cluster') },
  ];
}

/** Commits nothing by itself: part of the caller's transaction. The tallies are for the caller to raise, last. */
export async function submitWithin(
  runner: Runner,
  submissions: Submission[],
): Promise<{ receipts: Receipt[]; tallies: Tally[] }> {
  if (submissions.length === 0) return { receipts: [], tallies: [] };
  const wanted = distinct(submissions);
  const added = await insertNew(runner, [...wanted.values()]);
  const inserted = new Set(added.map(({ id }) => id));
  const known = await lockKnown(
    runner,
    [...wanted.values()].filter(({ submission }) => !inserted.has(submission.id)),
    await articlesOfAliases(runner, [...wanted.keys()], inserted),
  );
  const restarts = new Map<string, Restart>();
  for (const [id, row] of known) {
    const change = wanted.has(id) ? restartOf(row, wanted.get(id) as Wanted) : null;
    if (change !== null) restarts.set(id, change);
  }
  // Two ids of one canonical URL, or of two spellings, are one article, and it is changed once.
  const changes = [...new Map([...restarts.values()].map((change) => [change.id, change])).values()];
  const restarted = await restart(runner, changes);
  await keepPushed(runner, [
    ...[...inserted].map((id) => ({ id, content: wanted.get(id)?.content ?? null })),
    ...changes.map(({ id, content }) => ({ id, content })),
  ]);
  await wakeHosts(
    runner,
    [...added, ...restarted].map(({ host }) => ({ host, afterMs: 0 })),
  );
  const tallies = talliesOf(inserted.size, changes);
  const seen = new Set<string>();
  const receipts = submissions.map(({ id, url }): Receipt => {
    const row = known.get(id);
    const change = restarts.get(id);
    const isAccepted = !seen.has(id) && (inserted.has(id) || change !== undefined);
    seen.add(id);
    return {
      id: row?.id ?? id,
      url,
      state: change?.state ?? row?.state ?? 'submitted',
      reason: change === undefined ? (row?.reason ?? null) : null,
      story: row?.story_id ?? null,
      isAccepted,
    };
  });
  return { receipts, tallies };
}

/** The ledger's front door, in a transaction of its own. */
export async function submit(runner: Runner, submissions: Submission[]): Promise<Receipt[]> {
  const { receipts, tallies } = await submitWithin(runner, submissions);
  await raiseTally(runner, tallies);
  return receipts;
}
