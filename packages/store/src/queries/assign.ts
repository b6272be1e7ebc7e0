import type { StoryChanges, StoryEvent } from '@wirefold/story';
import type pg from 'pg';
import type { Looked } from '../monitor.ts';
import type { TextCache } from '../recent-cache.ts';
import type { Claim, Component } from '../store.ts';
import { inTransaction, type Runner, rowsOf } from '../transaction.ts';
import { lockEnding } from './aliases.ts';
import { logEvents } from './change-log.ts';
import { joinComponents, writeChanges } from './changes.ts';
import { lockClaimed, lockComponents, readComponent } from './component.ts';
import { endAsSpellings } from './remove-rows.ts';
import { raiseTally } from './tally.ts';
import { idsOfHashes } from './texts.ts';
import { HELD, type Held, heldBy, type Measured, raiseTimings } from './timing.ts';

/** A component that grows in the wait for its locks is read again; this often it can only be growing without end. */
export const TRIES_MAX = 20;

const END = {
  name: 'assign_end',
  text: `
    update article a
    set state = 'done', reason = null, detail = null, failed_in = null, attempts = attempts + 1, claims = 0, token = token + 1,
        lease_until = null, ended_at = now(), awaits_place = false
    where id = any($1)
    returning id, exists (select from placement p where p.article_id = a.id) as is_placed,
      extract(epoch from clock_timestamp() - a.received_at) * 1000 as total_ms, ${HELD}`,
};

interface Ended extends Held {
  id: string;
  is_placed: boolean;
  total_ms: string;
}

/** What is counted of a batch beside its outcomes: `again` are articles that stood in a story before. */
interface Batch {
  again: Set<string>;
  events: StoryEvent[];
  looked: Looked[];
  /** How many more ended the stage as spellings of articles that stand in a story. */
  spellings: number;
}

/** Ends the cluster stage. Throws where `decide` left a claimed article without a story: that would be a loss. */
async function end(runner: Runner, articleIds: string[], { again, events, looked, spellings }: Batch): Promise<void> {
  const rows = await rowsOf<Ended & Record<string, unknown>>(runner, END, [articleIds]);
  const lost = rows.find(({ is_placed }) => !is_placed);
  if (lost !== undefined) throw new Error('An article was assigned to no story.', { cause: { articleId: lost.id } });
  const first = rows.filter(({ id }) => !again.has(id));
  await logEvents(runner, events);
  await raiseTimings(runner, [
    ...heldBy('cluster', rows),
    ...first.map(({ total_ms }): Measured => ({ stage: 'cluster', measure: 'total', value: Number(total_ms) })),
    ...looked.flatMap(({ candidates, linked }): Measured[] => [
      { stage: 'cluster', measure: 'candidates', value: candidates },
      { stage: 'cluster', measure: 'linked', value: linked },
    ]),
  ]);
  await raiseTally(runner, [
    { stage: 'cluster', outcome: 'done', reason: '', count: rows.length + spellings },
    ...events.map(({ kind }) => ({ stage: 'cluster' as const, outcome: 'event' as const, reason: kind, count: 1 })),
  ]);
}

export function assign(
  pool: pg.Pool,
  cache: TextCache,
  signatureVersion: number,
  work: {
    claims: Claim[];
    links: [string, string][];
    decide: (component: Component) => StoryChanges;
    looked?: Looked[];
  },
): Promise<{ done: string[]; changes: StoryChanges }> {
  const { claims, links, decide, looked = [] } = work;
  const more = new Set<number>();
  return inTransaction(
    pool,
    async (client) => {
      const locked = await lockClaimed(client, claims);
      const done = locked.map(({ id }) => id);
      if (done.length === 0) return { done, changes: { stories: [], merged: [], ended: [], events: [] } };
      const ids = await idsOfHashes(client, signatureVersion, [...new Set(links.flat())]);
      const labels = await lockComponents(client, done, [...ids.values(), ...more]);
      await joinComponents(
        client,
        labels,
        links.map(([a, b]) => [ids.get(a) ?? 0, ids.get(b) ?? 0]),
      );
      const { component, standing } = await readComponent(client, cache, labels, more);
      const changes = decide(component);
      const [lost] = changes.ended;
      if (lost !== undefined) throw new Error('A story lost its articles.', { cause: { storyId: lost } });
      const { spellings = [] } = changes;
      const endedWaiting = await lockEnding(client, spellings);
      await writeChanges(client, changes, standing);
      const again = new Set(locked.filter(({ is_placed }) => is_placed).map(({ id }) => id));
      await endAsSpellings(client, spellings);
      const ended = new Set(spellings.map(({ articleId }) => articleId));
      await end(
        client,
        done.filter((id) => !ended.has(id)),
        { again, spellings: endedWaiting, events: changes.events, looked },
      );
      return { done, changes };
    },
    TRIES_MAX,
  );
}
