import { paragraphsIn } from '@wirefold/article';
import type { StoryQuery } from '../stories.ts';
import type { FeedItem, StoryHeads } from '../story-feed.ts';
import { type Runner, rowsOf } from '../transaction.ts';
import { COPY_JSON } from './copy.ts';
import { pageOf, SUMMARY_COLUMNS, type SummaryRow, summaryOf } from './stories.ts';

/** Letters of a body that an item holds: the whole of most articles, and a hundred of them are 2 MB. */
const ITEM_BODY_CHARS_MAX = 20_000;
/** Mirrors that an item lists; `copies` has the full count. */
const ITEM_MIRRORS_MAX = 20;

// What is learned of the source changes what of a body is shown, without a change of the story: the canonical's signings tell.
const HEAD_COLUMNS = `s.id, s.created_at, s.updated_at, s.edited_at, s.digest
  || '.' || (select c.signings from content c where c.article_id = s.canonical) as version`;

const ITEMS = {
  name: 'feed_items',
  text: `
    select ${SUMMARY_COLUMNS}, s.edited_at, left(c.body, ${ITEM_BODY_CHARS_MAX}) as body, c.paragraphs, c.boilerplate,
      length(c.body) > ${ITEM_BODY_CHARS_MAX} as is_cut, mirrors.list as mirror_list
    from unnest($1::text[]) with ordinality as asked (id, place)
      join story s on s.id = asked.id join content c on c.article_id = s.canonical
      cross join lateral (
        select coalesce(jsonb_agg(near.copy order by near.at nulls last, near.id), '[]') as list from (
          select ${COPY_JSON} as copy, (c.published ->> 'at')::timestamptz as at, c.article_id as id
          from placement p join content c on c.article_id = p.article_id join article a on a.id = p.article_id
          where p.story_id = s.id and not p.is_canonical
          order by 2 nulls last, 3 limit ${ITEM_MIRRORS_MAX}
        ) as near
      ) as mirrors
    where s.merged_into is null and s.ended_at is null
    order by asked.place`,
};

interface HeadRow {
  id: string;
  created_at: Date;
  updated_at: Date;
  edited_at: Date;
  version: string;
}

interface ItemRow extends SummaryRow {
  edited_at: Date;
  body: string;
  paragraphs: FeedItem['paragraphs'];
  boilerplate: FeedItem['boilerplate'];
  is_cut: boolean;
  mirror_list: FeedItem['mirrorList'];
}

/** Throws `BadCursor`. */
export async function storyHeads(runner: Runner, query: StoryQuery): Promise<StoryHeads> {
  const { rows, nextCursor } = await pageOf<HeadRow>(runner, query, HEAD_COLUMNS);
  const heads = rows.map(({ id, created_at, updated_at, edited_at, version }) => ({
    id,
    createdAt: created_at.toISOString(),
    updatedAt: updated_at.toISOString(),
    editedAt: edited_at.toISOString(),
    version,
  }));
  return { heads, nextCursor };
}

export async function feedItems(runner: Runner, ids: string[]): Promise<FeedItem[]> {
  const rows = await rowsOf<ItemRow & Record<string, unknown>>(runner, ITEMS, [ids]);
  return rows.map((row) => {
    const { updatedAt: _, mirrors: __, ...summary } = summaryOf(row);
    return {
      ...summary,
      editedAt: row.edited_at.toISOString(),
      body: row.body,
      isCut: row.is_cut,
      paragraphs: paragraphsIn(row.body, row.paragraphs),
      boilerplate: row.boilerplate,
      mirrorList: row.mirror_list,
    };
  });
}
