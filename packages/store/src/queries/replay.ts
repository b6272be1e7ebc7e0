import type { Replayed, ReplayQuery } from '../monitor.ts';
import { type Runner, rowsOf } from '../transaction.ts';
import { submitWithin } from './submit.ts';
import { raiseTally } from './tally.ts';

// Locked, so that none of them is removed, or tried again by somebody else, before it is submitted below.
const SUBMITTED = `
    select a.id, a.url, a.canonical_url, a.part_of, exists (select from pushed p where p.article_id = a.id) as is_pushed
    from article a`;

const FAILED = {
  name: 'replay_failed',
  text: `${SUBMITTED}
    where a.state = 'failed' and a.reason = $1 and ($2::text is null or a.host = $2)
    order by a.id limit $3 for no key update of a skip locked`,
};

const ONE = { name: 'replay_one', text: `${SUBMITTED} where a.id = $1 for no key update of a` };

interface Row {
  id: string;
  url: string | null;
  canonical_url: string | null;
  part_of: string | null;
  is_pushed: boolean;
}

/** A failed article that is submitted again starts again; one that did not fail stays as it is. */
async function restart(runner: Runner, rows: Row[]): Promise<Replayed[]> {
  const submissions = rows.map(({ id, url, canonical_url, part_of }) => {
    return { id, url, canonicalUrl: canonical_url, pushed: null, partOf: part_of };
  });
  const { receipts, tallies } = await submitWithin(runner, submissions);
  await raiseTally(runner, tallies);
  return receipts.flatMap(({ id, state, isAccepted }, index): Replayed[] => {
    if (!isAccepted) return [];
    return [{ id, stage: state === 'signed' ? 'cluster' : 'ingest', isPushed: rows[index]?.is_pushed ?? false }];
  });
}

/** In a transaction of the caller. */
export async function replay(runner: Runner, { reason, host, limit }: ReplayQuery): Promise<Replayed[]> {
  return restart(runner, await rowsOf<Row & Record<string, unknown>>(runner, FAILED, [reason, host, limit]));
}

/** In a transaction of the caller. */
export async function replayOne(runner: Runner, articleId: string): Promise<Replayed[] | null> {
  const rows = await rowsOf<Row & Record<string, unknown>>(runner, ONE, [articleId]);
  return rows.length === 0 ? null : restart(runner, rows);
}
