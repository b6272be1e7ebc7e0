import type { Spelling } from '@wirefold/story';
import { type Runner, rowsOf } from '../transaction.ts';
import { keepAliases } from './aliases.ts';
import { renameInDecisions } from './decision-rows.ts';
import { deleteUnprinted, loosenTexts } from './loose-texts.ts';
import { NO_SIGNING, touchSources } from './sources.ts';

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
export async function deleteRows(runner: Runner, articleId: string): Promise<void> {
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

/** Keeps the URLs of articles that end as spellings of others, and deletes what else there is of them. Call it after the stories are written. */
export async function endAsSpellings(runner: Runner, spellings: Spelling[]): Promise<void> {
  await keepAliases(runner, spellings);
  if (spellings.length > 0)
    await renameInDecisions(
      runner,
      spellings.map(({ articleId }) => articleId),
      spellings.map(({ into }) => into),
    );
  for (const { articleId } of spellings) await deleteRows(runner, articleId);
}
