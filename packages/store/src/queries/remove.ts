import type { StoryChanges } from '@wirefold/story';
import type pg from 'pg';
import type { TextCache } from '../recent-cache.ts';
import type { ArticleState, Component } from '../store.ts';
import { inTransaction, type Runner, rowsOf } from '../transaction.ts';
import { TRIES_MAX } from './assign.ts';
import { writeChanges } from './changes.ts';
import { lockComponents, readComponent } from './component.ts';
import { deleteUnprinted, loosenTexts } from './loose-texts.ts';
import { NO_SIGNING, touchSources } from './sources.ts';
import { raiseTally } from './tally.ts';

const LOCK = { name: 'remove_lock', text: 'select state from article where id = $1 for update' };

const DELETE_PLACEMENT = { name: 'remove_placement', text: 'delete from placement where article_id = $1' };
const DELETE_PUSHED = { name: 'remove_pushed', text: 'delete from pushed where article_id = $1' };
const DELETE_CONTENT = {
  name: 'remove_content',
  text: 'delete from content where article_id = $1 returning text_id, source_key, source_name',
};
// Stories that have ended or lead to others may still name it.
const FORGET_CANONICAL = {
  name: 'remove_forget_canonical',
  text: 'update story set canonical = null where canonical = $1',
};
const DELETE_ARTICLE = { name: 'remove_article', text: 'delete from article where id = $1' };

/** Deletes the rows of an article that no live story names any more, and what only it printed; its source is told. */
async function deleteRows(runner: Runner, articleId: string): Promise<void> {
  await rowsOf(runner, DELETE_PLACEMENT, [articleId]);
  await rowsOf(runner, DELETE_PUSHED, [articleId]);
  const [content] = await rowsOf<{ text_id: string; source_key: string; source_name: string }>(runner, DELETE_CONTENT, [
    articleId,
  ]);
  await rowsOf(runner, FORGET_CANONICAL, [articleId]);
  await rowsOf(runner, DELETE_ARTICLE, [articleId]);
  if (content === undefined) return;
  // Who is just about to print the text, too, keeps it; then it is looked at again.
  if ((await deleteUnprinted(runner, [content.text_id])) === 0) await loosenTexts(runner, [Number(content.text_id)]);
  const { source_key: key, source_name: name } = content;
  await touchSources(runner, [{ key, name, articles: -1, changes: 1, ...NO_SIGNING }]);
}

/** Null where there is no such article. */
export function remove(
  pool: pg.Pool,
  cache: TextCache,
  articleId: string,
  decide: (component: Component) => StoryChanges,
): Promise<StoryChanges | null> {
  const more = new Set<number>();
  return inTransaction(
    pool,
    async (client) => {
      const [article] = await rowsOf<{ state: ArticleState }>(client, LOCK, [articleId]);
      if (article === undefined) return null;
      const labels = await lockComponents(client, [articleId], [...more]);
      const { component, standing } = await readComponent(client, cache, labels, more);
      const members = component.members.filter((member) => member.articleId !== articleId);
      const changes = decide({ ...component, members });
      await writeChanges(client, changes, standing);
      await deleteRows(client, articleId);
      const stage = article.state === 'submitted' ? 'ingest' : 'cluster';
      const isWaiting = article.state === 'submitted' || article.state === 'signed';
      await raiseTally(client, [{ stage, outcome: 'superseded', reason: '', count: isWaiting ? 1 : 0 }]);
      return changes;
    },
    TRIES_MAX,
  );
}
