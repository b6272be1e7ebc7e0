import { contradictionOf, type Decision, eventsByHand, type StoryChanges } from '@wirefold/story';
import type pg from 'pg';
import type { Decided, DecisionOutcome, DecisionRecord, NewDecision } from '../decisions.ts';
import { storable } from '../encoding.ts';
import type { TextCache } from '../recent-cache.ts';
import type { Component } from '../store.ts';
import { inTransaction, type Runner, rowsOf, TryAgain } from '../transaction.ts';
import { lockEnding } from './aliases.ts';
import { TRIES_MAX } from './assign.ts';
import { logEvents } from './change-log.ts';
import { joinComponents, writeChanges } from './changes.ts';
import { lockComponents, readComponent, type Standing } from './component.ts';
import { decisionRecord, textsOfDecisions } from './decision-rows.ts';
import {
  isReplaced,
  liveArticles,
  liveStories,
  type MemberRow,
  membersOf,
  type Proposed,
  propose,
  repeatedBy,
  sidesOf,
} from './propose-decision.ts';
import { endAsSpellings } from './remove-rows.ts';
import { raiseTally } from './tally.ts';

// Nobody signs or places one of them meanwhile: what is decided here counts for what they print now.
const LOCK_ARTICLES = {
  name: 'decide_lock_articles',
  text: 'select from article where id = any($1) order by id for no key update',
};

const KEEP = {
  name: 'decide_keep',
  text: `
    insert into decision (kind, story_id, merged_ids, note, decided_by) values ($1, $2, $3, $4, $5) returning id`,
};

const NAME_ARTICLES = {
  name: 'decide_name_articles',
  text: `
    insert into decision_article (decision_id, article_id, side, text_version, text_hash)
    select $1, * from unnest($2::text[], $3::integer[], $4::integer[], $5::text[])`,
};

const WITHDRAW = {
  name: 'decide_withdraw',
  text: 'update decision set withdrawn_at = clock_timestamp(), withdrawn_by = $2 where id = any($1) and withdrawn_at is null',
};

const LOCK_DECISION = {
  name: 'decide_lock_decision',
  text: 'select withdrawn_at from decision where id = $1 for update',
};
const NAMED = { name: 'decide_named', text: 'select article_id from decision_article where decision_id = $1' };

const NOTHING: StoryChanges = { stories: [], merged: [], ended: [], events: [] };

type Decide = (component: Component) => StoryChanges;

export function decideByHand(
  pool: pg.Pool,
  cache: TextCache,
  asked: NewDecision,
  decide: Decide,
): Promise<DecisionOutcome> {
  const more = new Set<number>();
  return inTransaction(
    pool,
    async (client): Promise<DecisionOutcome> => {
      const found = await liveStories(client, asked);
      if ('problem' in found) return found;
      const { storyIds } = found;
      const labels = await lockMembers(client, storyIds, more);
      const again = await liveStories(client, asked);
      if ('problem' in again || again.storyIds.join() !== storyIds.join()) throw new TryAgain();
      const members = await membersOf(client, storyIds);
      if (members.some(({ text_id }) => !labels.has(Number(text_id)))) throw new TryAgain();
      const articleIds = asked.kind === 'merge' ? [] : await liveArticles(client, asked.articleIds);
      const { component, standing } = await readComponent(client, cache, labels, more);
      const { decisions } = component;
      const repeated = await repeatedBy(client, asked, { articleIds, storyIds, members }, decisions);
      if (repeated !== null) return { ok: true, decision: repeated, isNew: false, changes: NOTHING };
      const proposed = propose(asked, articleIds, storyIds, members);
      if ('problem' in proposed) return proposed;
      const against = contradictionOf({ kind: asked.kind, sides: sidesOf(proposed) }, decisions, component.members);
      if (against !== null) return { ok: false, problem: 'contradicts', decision: await recordOf(client, against.id) };
      if (asked.kind === 'merge') await joinComponents(client, labels, linksOf(members));
      const decision = await keep(client, proposed, decisions);
      const { id, at, by, note } = decision;
      const left = decisions.filter((other) => !isReplaced(other, proposed));
      const made: Decision = { id, kind: asked.kind, at, by, note, sides: sidesOf(proposed) };
      const changes = byHand(decide({ ...component, decisions: [...left, made] }), id, false);
      await write(client, changes, standing);
      return { ok: true, decision: await recordOf(client, id), isNew: true, changes };
    },
    TRIES_MAX,
  );
}

function byHand(changes: StoryChanges, id: number, isWithdrawn: boolean): StoryChanges {
  return { ...changes, events: eventsByHand(changes.events, id, isWithdrawn) };
}

export function withdrawDecision(
  pool: pg.Pool,
  cache: TextCache,
  id: number,
  by: string | null,
  decide: Decide,
): Promise<Decided | null> {
  const more = new Set<number>();
  return inTransaction(
    pool,
    async (client): Promise<Decided | null> => {
      const [row] = await rowsOf<{ withdrawn_at: Date | null }>(client, LOCK_DECISION, [id]);
      if (row === undefined) return null;
      if (row.withdrawn_at !== null) return { decision: await recordOf(client, id), isNew: false, changes: NOTHING };
      const named = (await rowsOf<{ article_id: string }>(client, NAMED, [id])).map(({ article_id }) => article_id);
      await rowsOf(client, LOCK_ARTICLES, [named]);
      for (const text of await textsOfDecisions(client, [id])) more.add(text);
      const labels = await lockComponents(client, named, [...more]);
      await rowsOf(client, WITHDRAW, [[id], by]);
      const { component, standing } = await readComponent(client, cache, labels, more);
      const changes = byHand(decide(component), id, true);
      await write(client, changes, standing);
      return { decision: await recordOf(client, id), isNew: true, changes };
    },
    TRIES_MAX,
  );
}

async function recordOf(runner: Runner, id: number): Promise<DecisionRecord> {
  return (await decisionRecord(runner, id)) as DecisionRecord;
}

/** Locks the articles of these stories, and then every component that they touch. */
async function lockMembers(runner: Runner, storyIds: string[], more: Set<number>): Promise<Map<number, number>> {
  const articleIds = (await membersOf(runner, storyIds)).map(({ article_id }) => article_id);
  await rowsOf(runner, LOCK_ARTICLES, [articleIds]);
  return lockComponents(runner, articleIds, [...more]);
}

/** One component holds what a merge joins, so that whoever places an article of it sees the rest. */
function linksOf(members: MemberRow[]): [number, number][] {
  const [first, ...others] = members.map(({ text_id }) => Number(text_id));
  return first === undefined ? [] : others.map((other): [number, number] => [first, other]);
}

async function keep(runner: Runner, proposed: Proposed, decisions: Decision[]): Promise<DecisionRecord> {
  const { asked, storyIds, sides } = proposed;
  const replaced = decisions.filter((decision) => isReplaced(decision, proposed)).map(({ id }) => id);
  if (replaced.length > 0) await rowsOf(runner, WITHDRAW, [replaced, asked.by]);
  const mergedIds = asked.kind === 'merge' ? [...new Set(asked.mergedIds.map(storable))] : [];
  const note = asked.note === null ? null : storable(asked.note);
  const [kept] = await rowsOf<{ id: string }>(runner, KEEP, [asked.kind, storyIds[0], mergedIds, note, asked.by]);
  const id = Number(kept?.id);
  const named = sides.flatMap((side, number) => side.map((member) => ({ ...member, number })));
  await rowsOf(runner, NAME_ARTICLES, [
    id,
    named.map(({ article_id }) => article_id),
    named.map(({ number }) => number),
    named.map(({ version }) => version),
    named.map(({ hash }) => hash),
  ]);
  return recordOf(runner, id);
}

async function write(runner: Runner, changes: StoryChanges, standing: Standing): Promise<void> {
  const { spellings = [], events } = changes;
  const endedWaiting = await lockEnding(runner, spellings);
  await writeChanges(runner, changes, standing);
  await endAsSpellings(runner, spellings);
  await logEvents(runner, events);
  await raiseTally(runner, [
    { stage: 'cluster', outcome: 'done', reason: '', count: endedWaiting },
    ...events.map(({ kind }) => ({ stage: 'cluster' as const, outcome: 'event' as const, reason: kind, count: 1 })),
  ]);
}
