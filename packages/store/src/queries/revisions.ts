import { type Article, type Paragraph, type Published, paragraphsIn } from '@wirefold/article';
import type { StoryEvent } from '@wirefold/story';
import { storable, toJson } from '../encoding.ts';
import {
  type Revision,
  type RevisionHistory,
  type RevisionPair,
  type RevisionSummary,
  WITHDRAWN,
} from '../revisions.ts';
import { type Runner, rowsOf } from '../transaction.ts';

/** Earlier texts that are kept of an article: a live blog that changes every ten minutes fills them in eight hours. */
const REVISIONS_KEPT_MAX = 50;
/** Characters of these together, for pages as large as a book that change all day. */
const REVISIONS_CHARS_MAX = 4_000_000;

// One statement sees the row as it was before: what it held becomes a revision where the words or the time change.
const KEEP = {
  name: 'revisions_keep',
  text: `
    with changed as (
      select c.article_id, c.revision, c.read_at, t.hash, c.title, c.body, c.byline, c.published, c.paragraphs
      from json_to_recordset($1::json) as r (article_id text, title text, body text, byline text, published jsonb)
        join content c on c.article_id = r.article_id join text t on t.id = c.text_id
      where (c.title, c.body, c.byline, c.published ->> 'at') is distinct from (r.title, r.body, r.byline, r.published ->> 'at')
    ), kept as (
      insert into revision (article_id, number, read_at, text_hash, title, body, body_chars, byline, published, paragraphs)
      select article_id, revision, read_at, hash, title, body, length(body), byline, published, paragraphs from changed
    ), numbered as (
      update content c set revision = c.revision + 1, read_at = now() from changed where c.article_id = changed.article_id
    )
    select changed.article_id, p.story_id, changed.revision + 1 as revision
    from changed left join placement p on p.article_id = changed.article_id order by changed.article_id`,
};

// Never the first, by which all later changes are judged, nor the newest; between them the oldest go.
const BOUND = {
  name: 'revisions_bound',
  text: `
    delete from revision r using (
      select article_id, number, row_number() over newest as place, sum(body_chars) over newest as chars,
        number = min(number) over (partition by article_id) as is_first
      from revision where article_id = any($1)
      window newest as (partition by article_id order by number desc)
    ) as kept
    where r.article_id = kept.article_id and r.number = kept.number and not kept.is_first and kept.place > 1
      and (kept.place >= ${REVISIONS_KEPT_MAX} or kept.chars > ${REVISIONS_CHARS_MAX})`,
};

// The text that stands now is the last of the history.
const EVERY = `
    select article_id, number, read_at, text_hash, title, body, body_chars, byline, published, paragraphs, false as is_current from revision
    union all
    select c.article_id, c.revision, c.read_at, t.hash, c.title, c.body, length(c.body), c.byline, c.published, c.paragraphs, true
    from content c join text t on t.id = c.text_id`;

const LIST = {
  name: 'revisions_list',
  text: `
    select number, read_at, text_hash, title, body_chars, byline, published, is_current from (${EVERY}) as every
    where article_id = $1 order by number`,
};

const PAIR = {
  name: 'revisions_pair',
  text: `select * from (${EVERY}) as every where article_id = $1 and number >= $2 order by number limit 2`,
};

const ARTICLE = { name: 'revisions_article', text: 'select url, gone_since, gone_reason from article where id = $1' };

interface Changed {
  article_id: string;
  story_id: string | null;
  revision: number;
}

/** Keeps what articles were, where what they are to be is another text. Call it before their content is written. */
export async function keepRevisions(
  runner: Runner,
  contents: (Pick<Article, 'title' | 'body' | 'byline' | 'published'> & { article_id: string })[],
): Promise<StoryEvent[]> {
  const rows = contents.map(({ article_id, title, body, byline, published }) => {
    return { article_id, title, body, byline, published };
  });
  const changed = await rowsOf<Changed & Record<string, unknown>>(runner, KEEP, [toJson(rows)]);
  if (changed.length > 0) await rowsOf(runner, BOUND, [changed.map(({ article_id }) => article_id)]);
  return changed.flatMap(({ article_id: articleId, story_id: storyId, revision }) =>
    storyId === null ? [] : [{ storyId, kind: 'revised', articleId, detail: { revision } }],
  );
}

interface Row {
  number: number;
  read_at: Date;
  text_hash: string;
  title: string;
  body_chars: number;
  byline: string | null;
  published: Published | null;
  is_current: boolean;
}

interface FullRow extends Row {
  body: string;
  paragraphs: Paragraph[];
}

interface ArticleRow {
  url: string | null;
  gone_since: Date | null;
  gone_reason: string | null;
}

function summaryOf(row: Row): RevisionSummary {
  return {
    number: row.number,
    readAt: row.read_at.toISOString(),
    textHash: row.text_hash,
    title: row.title,
    byline: row.byline,
    published: row.published,
    bodyChars: row.body_chars,
    isCurrent: row.is_current,
  };
}

/** The history of an article's text, in one snapshot. */
export async function revisions(runner: Runner, articleId: string): Promise<RevisionHistory | null> {
  const [article] = await rowsOf<ArticleRow & Record<string, unknown>>(runner, ARTICLE, [storable(articleId)]);
  const rows = await rowsOf<Row & Record<string, unknown>>(runner, LIST, [storable(articleId)]);
  if (article === undefined || rows.length === 0) return null;
  const { gone_since, gone_reason } = article;
  return {
    articleId,
    url: article.url,
    gone: gone_since === null ? null : { since: gone_since.toISOString(), reason: gone_reason ?? '' },
    revisions: rows.map(summaryOf),
    dropped: (rows.at(-1)?.number ?? 0) - rows.length,
  };
}

/** One text and the next, in one snapshot. */
export async function revision(runner: Runner, articleId: string, number: number): Promise<RevisionPair | null> {
  const [article] = await rowsOf<ArticleRow & Record<string, unknown>>(runner, ARTICLE, [storable(articleId)]);
  const isWithdrawn = article?.gone_reason === WITHDRAWN;
  const rows = await rowsOf<FullRow & Record<string, unknown>>(runner, PAIR, [storable(articleId), number]);
  const [first, next] = rows.map((row): Revision => {
    if (isWithdrawn) return { ...summaryOf(row), body: '', paragraphs: [] };
    return { ...summaryOf(row), body: row.body, paragraphs: paragraphsIn(row.body, row.paragraphs) };
  });
  if (first?.number !== number) return null;
  return { revision: first, next: next ?? null, isWithdrawn };
}
