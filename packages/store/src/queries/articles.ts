import {
  type Article,
  type BoilerplateSpan,
  type Credit,
  type Metadata,
  NO_METADATA,
  type Paragraph,
  type Published,
  paragraphsIn,
} from '@wirefold/article';
import type { Mirror } from '@wirefold/story';
import { storable } from '../encoding.ts';
import { WITHDRAWN } from '../revisions.ts';
import type { ArticleRecord, ArticleState } from '../store.ts';
import { type Runner, rowsOf } from '../transaction.ts';
import { CURRENT_ID, SPELLINGS_JSON } from './aliases.ts';
import { entriesOf } from './feeds.ts';

/** Cards listed with an article; a page with more is no page of an aggregator. */
const CARDS_SHOWN_MAX = 500;

const RECORD = `
    select a.id, a.url, a.canonical_url, a.state, a.reason, a.detail, a.attempts, a.next_at, a.received_at, a.ended_at, a.part_of,
      array(select card.id from article card where card.part_of = a.id order by card.id limit ${CARDS_SHOWN_MAX}) as cards,
      p.story_id, p.is_canonical, p.match, c.article_id is not null as is_signed, c.read_url, c.title, c.body, c.byline, c.published,
      c.language, c.source_key, c.source_name, c.declared_canonical_url, c.image, c.credit, c.boilerplate, c.paragraphs,
      c.metadata, t.words, ${SPELLINGS_JSON} as spellings, c.revision, c.read_at, f.checked_at, a.gone_since, a.gone_reason
    from article a left join content c on c.article_id = a.id left join text t on t.id = c.text_id
      left join placement p on p.article_id = a.id left join fetched f on f.article_id = a.id`;

const BY_ID = { name: 'articles_by_id', text: `${RECORD} where a.id = ${CURRENT_ID}` };
const BY_IDS = { name: 'articles_by_ids', text: `${RECORD} where a.id = any($1)` };
const BY_URL = { name: 'articles_by_url', text: `${RECORD} where a.canonical_url = $1` };
// Where no article has it by itself: the one of which it is a spelling, or the one that was read there after a redirect.
const BY_SPELLING = {
  name: 'articles_by_spelling',
  text: `${RECORD} where a.id = coalesce((select al.article_id from alias al where al.url = $1),
      (select min(sc.article_id) from spelling_claim sc where sc.url = $1 and sc.sign = 'redirect' and sc.is_kin))`,
};

interface Row {
  id: string;
  url: string | null;
  canonical_url: string | null;
  state: ArticleState;
  reason: string | null;
  detail: string | null;
  attempts: number;
  next_at: Date;
  received_at: Date;
  ended_at: Date | null;
  part_of: string | null;
  cards: string[];
  story_id: string | null;
  is_canonical: boolean | null;
  match: Mirror | null;
  is_signed: boolean;
  read_url: string | null;
  title: string;
  body: string;
  byline: string | null;
  published: Published | null;
  language: string | null;
  source_key: string;
  source_name: string;
  declared_canonical_url: string | null;
  image: string | null;
  credit: Credit;
  boilerplate: BoilerplateSpan[];
  paragraphs: Paragraph[];
  metadata: Partial<Metadata>;
  words: number | null;
  spellings: ArticleRecord['spellings'];
  revision: number | null;
  read_at: Date | null;
  checked_at: Date | null;
  gone_since: Date | null;
  gone_reason: string | null;
}

function contentOf(row: Row): ArticleRecord['article'] {
  if (!row.is_signed) return null;
  const { title, body, byline, published, language, image, credit, boilerplate } = row;
  return {
    url: row.read_url,
    title,
    body,
    paragraphs: paragraphsIn(body, row.paragraphs),
    byline,
    published,
    language,
    source: { key: row.source_key, name: row.source_name },
    declaredCanonicalUrl: row.declared_canonical_url,
    image,
    credit,
    boilerplate,
    // An earlier release knew nothing of it, or less.
    metadata: { ...NO_METADATA, ...row.metadata },
  };
}

/** What may be shown of it: a text that was withdrawn is kept, and nobody sees it. */
function shownOf(row: Row): ArticleRecord['article'] {
  const article = contentOf(row);
  if (article === null || row.gone_reason !== WITHDRAWN) return article;
  return { ...article, body: '', paragraphs: [], boilerplate: [] };
}

function readingOf(row: Row): ArticleRecord['reading'] {
  const { gone_since, gone_reason } = row;
  return {
    revision: row.revision,
    readAt: row.read_at?.toISOString() ?? null,
    checkedAt: row.checked_at?.toISOString() ?? null,
    gone: gone_since === null ? null : { since: gone_since.toISOString(), reason: gone_reason ?? '' },
  };
}

async function recordOf(runner: Runner, row: Row | undefined): Promise<ArticleRecord | null> {
  if (row === undefined) return null;
  const isUnfinished = row.state === 'submitted' || row.state === 'signed';
  return {
    id: row.id,
    url: row.url,
    canonicalUrl: row.canonical_url,
    state: row.state,
    reason: row.reason,
    detail: row.detail,
    attempts: row.attempts,
    nextAttemptAt: isUnfinished ? row.next_at.toISOString() : null,
    receivedAt: row.received_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    partOf: row.part_of,
    cards: row.cards,
    story: row.story_id,
    isCanonical: row.is_canonical ?? false,
    match: row.match,
    article: shownOf(row),
    words: row.words,
    spellings: row.spellings,
    reading: readingOf(row),
    entries: await entriesOf(runner, row.id),
  };
}

export async function article(runner: Runner, id: string): Promise<ArticleRecord | null> {
  return recordOf(runner, (await rowsOf<Row>(runner, BY_ID, [storable(id)]))[0]);
}

export async function articleByUrl(runner: Runner, canonicalUrl: string): Promise<ArticleRecord | null> {
  const url = storable(canonicalUrl);
  const [row] = await rowsOf<Row>(runner, BY_URL, [url]);
  return recordOf(runner, row ?? (await rowsOf<Row>(runner, BY_SPELLING, [url]))[0]);
}

/** What articles print, by id, whether or not it may be shown; one that was never read is missing. */
export async function printedArticles(runner: Runner, ids: string[]): Promise<Map<string, Article>> {
  const rows = await rowsOf<Row>(runner, BY_IDS, [ids]);
  return new Map(
    rows.flatMap((row) => {
      const article = contentOf(row);
      return article === null ? [] : [[row.id, article] as const];
    }),
  );
}
