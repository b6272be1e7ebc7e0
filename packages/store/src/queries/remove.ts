import type { StoryChanges } from '@wirefold/story';
import type pg from 'pg';
import type { TextCache } from '../recent-cache.ts';
import type { ArticleState, Component } from '../store.ts';
import { inTransaction, rowsOf } from '../transaction.ts';
import { CURRENT_ID, lockEnding } from './aliases.ts';
import { TRIES_MAX } from './assign.ts';
import { logEvents } from './change-log.ts';
import { writeChanges } from './changes.ts';
import { lockComponents, readComponent } from './component.ts';
import { withdrawPins } from './decision-rows.ts';
import { deleteRows, endAsSpellings } from './remove-rows.ts';
import { raiseTally } from './tally.ts';

const LOCK = { name: 'remove_lock', text: `select id, state from article where id = ${CURRENT_ID} for update` };

/** Null where there is no such article. The id of a spelling removes the article that it leads to. */
export function remove(
  pool: pg.Pool,
  cache: TextCache,
  asked: string,
  decide: (component: Component) => StoryChanges,
): Promise<StoryChanges | null> {
  const more = new Set<number>();
  return inTransaction(
    pool,
    async (client) => {
      const lock = () => rowsOf<{ id: string; state: ArticleState }>(client, LOCK, [asked]);
      // One that ended in another one while its lock was waited for is found the second time.
      const article = (await lock())[0] ?? (await lock())[0];
      if (article === undefined) return null;
      const articleId = article.id;
      const labels = await lockComponents(client, [articleId], [...more]);
      const { component, standing } = await readComponent(client, cache, labels, more);
      const members = component.members.filter((member) => member.articleId !== articleId);
      const changes = decide({ ...component, members });
      const { spellings = [] } = changes;
      const endedWaiting = await lockEnding(client, spellings);
      await writeChanges(client, changes, standing);
      await endAsSpellings(client, spellings);
      await deleteRows(client, articleId);
      await withdrawPins(client, articleId);
      const stage = article.state === 'submitted' ? 'ingest' : 'cluster';
      const isWaiting = article.state === 'submitted' || article.state === 'signed';
      await logEvents(client, changes.events);
      await raiseTally(client, [
        { stage, outcome: 'superseded', reason: '', count: isWaiting ? 1 : 0 },
        { stage: 'cluster', outcome: 'done', reason: '', count: endedWaiting },
      ]);
      return changes;
    },
    TRIES_MAX,
  );
}
