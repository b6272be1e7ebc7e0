import type { ExportQuery, ExportRow } from '../exports.ts';
import type { Runner } from '../transaction.ts';
import { filtered } from './stories.ts';

/** Rows of one page of an export, whatever is asked for. */
const EXPORT_ROWS_MAX = 5_000;

const COLUMNS = `copy.*, s.id as "storyId", s.summary ->> 'title' as "storyTitle", s.copies, s.outlets,
      jsonb_path_query_array(s.summary, '$.origins[*].name') as origins, s.created_at, s.updated_at`;

const COPY_COLUMNS = `p.article_id as "articleId", coalesce(c.read_url, a.url) as url, c.title, c.byline, c.language,
      jsonb_build_object('key', c.source_key, 'name', c.source_name) as source,
      c.published ->> 'at' as "publishedAt", (c.published ->> 'uncertaintyMs')::double precision as "publishedUncertaintyMs",
      p.is_canonical as "isCanonical",
      case when not p.is_canonical then jsonb_build_object(
        'kind', p.match -> 'verdict' -> 'kind', 'jaccard', p.match -> 'verdict' -> 'jaccard',
        'aInB', p.match -> 'verdict' -> 'aInB', 'bInA', p.match -> 'verdict' -> 'bInA') end as verdict`;

type Row = Omit<ExportRow, 'createdAt' | 'updatedAt'> & { created_at: Date; updated_at: Date };

/** Stories and copies are bounded each: a page costs the same in a story of thousands of copies as in thousands of stories. */
function rowsQuery(query: ExportQuery, limit: number): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const value = (each: unknown) => `$${values.push(each)}`;
  const { from, where } = filtered(query, value);
  let isLeft = 'true';
  if (query.after !== null) {
    const id = `${value(query.after.storyId)}::text`;
    where.push(`(s.created_at, s.id) <= (${value(query.after.createdAt)}::timestamptz, ${id})`);
    isLeft = `(s.id <> ${id} or p.article_id > ${value(query.after.articleId)}::text)`;
  }
  // One story more than rows: the first may have nothing left. Every other live story has a copy, which the audit holds.
  const text = `select ${COLUMNS}
    from (
      select s.* from ${from} where ${where.join(' and ')} order by s.created_at desc, s.id desc limit ${value(limit + 1)}
    ) as s cross join lateral (
      select ${COPY_COLUMNS}
      from placement p join content c on c.article_id = p.article_id join article a on a.id = p.article_id
      where p.story_id = s.id and ${isLeft}
      order by p.article_id limit ${value(limit)}
    ) as copy
    order by s.created_at desc, s.id desc, copy."articleId" limit ${value(limit)}`;
  return { text, values };
}

export async function exportRows(runner: Runner, query: ExportQuery): Promise<ExportRow[]> {
  const limit = Math.max(1, Math.min(EXPORT_ROWS_MAX, Math.trunc(query.limit)));
  const { rows } = await runner.query<Row>(rowsQuery(query, limit));
  return rows.map(({ created_at, updated_at, ...row }) => ({
    ...row,
    createdAt: created_at.toISOString(),
    updatedAt: updated_at.toISOString(),
  }));
}
