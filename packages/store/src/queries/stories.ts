import { paragraphsIn } from '@wirefold/article';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { storable } from '../encoding.ts';
import type { StoryAnswer, StoryDetail, StoryLogEntry, StoryPage, StoryQuery, StorySummary } from '../stories.ts';
import { type Runner, rowsOf } from '../transaction.ts';
import { COPY_JSON, IS_WITHDRAWN } from './copy.ts';

/** Most stories on one page, whatever is asked for. */
const PAGE_STORIES_MAX = 500;
/** Mirrors that a story lists; `mirrors` has the full count. */
export const MIRRORS_SHOWN_MAX = 200;
/** Newest lines of a story's log that are shown. */
export const LOG_SHOWN_MAX = 500;

export const SUMMARY_COLUMNS = 's.id, s.created_at, s.updated_at, s.copies, s.outlets, s.summary';

const STORY = {
  name: 'stories_story',
  text: `
    select ${SUMMARY_COLUMNS}, s.reasons, case when ${IS_WITHDRAWN} then '' else c.body end as body,
      case when ${IS_WITHDRAWN} then '[]' else c.paragraphs end as paragraphs
    from story asked join story s on s.id = coalesce(asked.merged_into, asked.id) join content c on c.article_id = s.canonical
      join article a on a.id = s.canonical
    where asked.id = $1 and s.merged_into is null`,
};

const ENDED = {
  name: 'stories_ended',
  text: `
    select s.ended_at from story asked join story s on s.id = coalesce(asked.merged_into, asked.id)
    where asked.id = $1 and s.ended_at is not null`,
};

const MIRRORS = {
  name: 'stories_mirrors',
  text: `
    select ${COPY_JSON} as copy, p.match, case when ${IS_WITHDRAWN} then '' else c.body end as body,
      case when ${IS_WITHDRAWN} then '[]' else c.boilerplate end as boilerplate, c.credit
    from placement p join content c on c.article_id = p.article_id join article a on a.id = p.article_id
    where p.story_id = $1 and not p.is_canonical
    order by (c.published ->> 'at')::timestamptz nulls last, p.article_id
    limit ${MIRRORS_SHOWN_MAX}`,
};

const LOG = {
  name: 'stories_log',
  text: `
    select at, kind, article_id, detail from (
      select id, at, kind, article_id, detail from story_event where story_id = $1 order by id desc limit ${LOG_SHOWN_MAX}
    ) as newest order by id`,
};

export interface SummaryRow {
  id: string;
  created_at: Date;
  updated_at: Date;
  copies: number;
  outlets: number;
  summary: Pick<StorySummary, 'title' | 'lead' | 'canonical' | 'origins'>;
}

export function summaryOf(row: SummaryRow): StorySummary {
  const { title, lead, canonical, origins } = row.summary;
  return {
    id: row.id,
    title,
    lead,
    canonical,
    copies: row.copies,
    mirrors: row.copies - 1,
    outlets: row.outlets,
    origins,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** Which stories are asked for, but not from where on. */
type StoryFilter = Omit<StoryQuery, 'cursor' | 'limit'>;

/** The tables and conditions of live stories, with only the conditions that are asked for, so that each can use its index. */
export function filtered(query: StoryFilter, value: (each: unknown) => string): { from: string; where: string[] } {
  const where = ['s.merged_into is null', 's.ended_at is null'];
  if (query.since !== null) where.push(`s.updated_at >= ${value(query.since)}::timestamptz`);
  if (query.source !== null) where.push(`s.sources @> array[${value(storable(query.source))}::text]`);
  if (query.language !== null) where.push(`s.language = ${value(storable(query.language))}`);
  // The words of the partial indexes, so that the planner sees that they serve.
  if (query.minMirrors > 0) where.push('s.copies > 1', `s.copies > ${value(query.minMirrors)}::integer`);
  const { minOrigins = 0 } = query;
  const origins = "jsonb_array_length(s.summary -> 'origins')";
  if (minOrigins > 1) where.push(`${origins} > 1`, `${origins} >= ${value(minOrigins)}::integer`);
  const isSearch = query.q !== null && query.q.trim() !== '';
  if (isSearch) where.push(`search.words @@ websearch_to_tsquery('simple', ${value(storable(query.q ?? ''))})`);
  return { from: `story s${isSearch ? ' join story_search search on search.story_id = s.id' : ''}`, where };
}

function pageQuery(query: StoryQuery, limit: number, columns: string): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const value = (each: unknown) => `$${values.push(each)}`;
  const { from, where } = filtered(query, value);
  if (query.cursor !== null) {
    const { createdAt, id } = decodeCursor(query.cursor);
    where.push(`(s.created_at, s.id) < (${value(createdAt)}::timestamptz, ${value(id)}::text)`);
  }
  const text = `select ${columns} from ${from}
    where ${where.join(' and ')} order by s.created_at desc, s.id desc limit ${value(limit + 1)}`;
  return { text, values };
}

/** A page of stories as rows with these columns. Throws `BadCursor`. */
export async function pageOf<Row extends { id: string; created_at: Date }>(
  runner: Runner,
  query: StoryQuery,
  columns: string,
): Promise<{ rows: Row[]; nextCursor: string | null }> {
  const limit = Math.max(1, Math.min(PAGE_STORIES_MAX, Math.trunc(query.limit)));
  const { rows } = await runner.query<Row & Record<string, unknown>>(pageQuery(query, limit, columns));
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  const nextCursor =
    last === undefined ? null : encodeCursor({ createdAt: last.created_at.toISOString(), id: last.id });
  return { rows: rows.slice(0, limit), nextCursor };
}

/** Throws `BadCursor`. */
export async function stories(runner: Runner, query: StoryQuery): Promise<StoryPage> {
  const { rows, nextCursor } = await pageOf<SummaryRow>(runner, query, SUMMARY_COLUMNS);
  return { stories: rows.map(summaryOf), nextCursor };
}

interface MirrorRow {
  copy: StoryDetail['canonical'];
  match: StoryDetail['mirrorList'][number]['match'];
  body: string;
  boilerplate: StoryDetail['mirrorList'][number]['boilerplate'];
  credit: StoryDetail['mirrorList'][number]['credit'];
}

interface LogRow extends Omit<StoryLogEntry, 'at' | 'articleId'> {
  at: Date;
  article_id: string | null;
}

export async function story(runner: Runner, id: string): Promise<StoryAnswer> {
  type Row = SummaryRow & Pick<StoryDetail, 'reasons' | 'body' | 'paragraphs'>;
  const row = (await rowsOf<Row>(runner, STORY, [storable(id)]))[0];
  if (row === undefined) return null;
  const mirrors = await rowsOf<MirrorRow>(runner, MIRRORS, [row.id]);
  const log = await rowsOf<LogRow>(runner, LOG, [row.id]);
  return {
    story: {
      ...summaryOf(row),
      body: row.body,
      paragraphs: paragraphsIn(row.body, row.paragraphs),
      reasons: row.reasons,
      mirrorList: mirrors.map(({ copy, ...print }) => ({ ...copy, ...print })),
      log: log.map(({ at, kind, article_id, detail }) => ({
        at: at.toISOString(),
        kind,
        articleId: article_id,
        detail,
      })),
    },
    redirectedFrom: row.id === id ? null : id,
  };
}

/** ISO time at which the story with this id, or the one that it leads to, lost its last article; null where that did not happen. */
export async function storyEndedAt(runner: Runner, id: string): Promise<string | null> {
  const [row] = await rowsOf<{ ended_at: Date }>(runner, ENDED, [storable(id)]);
  return row?.ended_at.toISOString() ?? null;
}
