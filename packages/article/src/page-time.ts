/** When the page says that its article was published: stated by metadata, marked up, in the address, or shown near the headline. */
import type { Published } from './article.ts';
import type { MeasuredBlock } from './blocks.ts';
import type { Metas } from './metas.ts';
import { parsePublished } from './published.ts';
import type { PageNode, ScannedPage, TimeCapture } from './scanned.ts';
import type { StructuredArticle } from './structured-data.ts';

/** Clocks of newsrooms and ours differ; later than this after it was seen, a time is another event's. */
const FUTURE_MS_MAX = 24 * 3600 * 1000;
/** Nothing on the web was published before it. */
const EARLIEST_MS = Date.UTC(1990, 0, 1);
const SHOWN_DATE_CHARS_MAX = 160;
/** A shown date counts when it stands this near the headline. */
const SHOWN_REACH_BLOCKS = 40;

const META_TIMES = [
  'article:published_time',
  'article:published',
  'og:published_time',
  'datepublished',
  'article:post_date',
  'pubdate',
  'publishdate',
  'publish-date',
  'publish_date',
  'published-date',
  'publication_date',
  'publication-date',
  'parsely-pub-date',
  'sailthru.date',
  'cxenseparse:recs:publishtime',
  'dc.date.issued',
  'dcterms.created',
  'dc.date.created',
  'dcterms.date',
  'dc.date',
  'dcterms.issued',
  'originalpublicationdate',
  'article_date_original',
  'date',
  'datecreated',
  'pdate',
  'displaydate',
  'citation_publication_date',
  'og:article:published_time',
  'article.published',
  'created',
  'video:release_date',
  'timestamp',
  'firstpublished',
  'issued',
];
const URL_DATE = /[/_-](?:(20\d\d|19\d\d)[/_-](\d{1,2})[/_-](\d{1,2})|(20\d\d)(\d\d)(\d\d))(?=[/_.?-]|$)/;

/**
 * The published time, or null.
 * @param headline index of the headline's block, -1 when unknown
 */
export function publishedOf(
  page: ScannedPage,
  metas: Metas,
  structured: StructuredArticle | null,
  blocks: readonly MeasuredBlock[],
  headline: number,
  where: { url: string; seenAt: string },
): Published | null {
  const stated = [structured?.published ?? null, ...META_TIMES.flatMap((key) => metas.get(key)?.[0] ?? [])];
  const marked = rankTimes(page, headline).map(({ value }) => value);
  const values = [...stated.filter((value) => value !== null), ...marked, ...dateOfUrl(where.url)];
  for (const value of values) {
    const published = parsePublished(value, where.seenAt);
    if (published !== null && isPossible(published, where.seenAt)) return published;
  }
  return shownTime(blocks, headline, where.seenAt);
}

/** Whether the web existed, and the time is not ahead of who saw it. */
export function isPossible({ at }: Published, seenAt: string): boolean {
  const time = Date.parse(at);
  return time >= EARLIEST_MS && !(time > Date.parse(seenAt) + FUTURE_MS_MAX);
}

function rankTimes(page: ScannedPage, headline: number): TimeCapture[] {
  const score = ({ block, isPublished, node }: TimeCapture): number =>
    (isPublished ? 50 : 0) -
    (headline < 0 ? block / 4 : Math.min(60, Math.abs(block - headline))) -
    (node.isHidden ? 20 : 0);
  return page.times.filter(({ isModified }) => !isModified).sort((a, b) => score(b) - score(a));
}

function dateOfUrl(url: string): string[] {
  const match = URL_DATE.exec(url);
  if (match === null) return [];
  const [, year = match[4], month = match[5], day = match[6]] = match;
  return [`${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`];
}

/** How long reading or watching takes, which also looks like an age. */
const DURATION = /^\d{1,3}\s?(?:min|minutes?|minuten|sec|s|std|h)\.?(?:\s?(?:read|lesezeit|de lecture|de lectura))?$/i;
/** Text has a date only with a number and a month, a year or a word for now. */
const MAY_HOLD_DATE = /\d/;
const DATE_LABEL = /date|time|publish|posted|meta|byline/;
const OTHER_LABEL = /foot|comment|sidebar|widget|related|copyright/;

function shownTime(blocks: readonly MeasuredBlock[], headline: number, seenAt: string): Published | null {
  const from = Math.max(0, headline - SHOWN_REACH_BLOCKS / 4);
  const to = headline < 0 ? SHOWN_REACH_BLOCKS * 2 : headline + SHOWN_REACH_BLOCKS;
  let best: Published | null = null;
  let bestScore = -40;
  for (const block of blocks.slice(from, to)) {
    if (block.text.length > SHOWN_DATE_CHARS_MAX || !MAY_HOLD_DATE.test(block.text) || block.linkShare > 0.8) continue;
    if (DURATION.test(block.text)) continue;
    const score = shownScore(block, headline);
    if (score <= bestScore) continue;
    const published = parsePublished(block.text, seenAt);
    if (published === null || !isPossible(published, seenAt)) continue;
    best = published;
    bestScore = score;
  }
  return best;
}

function shownScore({ index, node, text }: MeasuredBlock, headline: number): number {
  let score = -Math.abs(index - Math.max(0, headline));
  const labels = [node, node.parent, node.parent?.parent].filter((at): at is PageNode => at != null);
  if (labels.some(({ label }) => DATE_LABEL.test(label))) score += 18;
  if (labels.some(({ label, tag }) => OTHER_LABEL.test(label) || tag === 'footer' || tag === 'aside')) score -= 30;
  if (/publish|posted|veröffentlicht|publi[eé]|publicado|опубликовано|stand:|date/i.test(text)) score += 15;
  if (/updated|modified|aktualisiert|mis à jour|actualizado/i.test(text)) score -= 5;
  if (/©|copyright|rights reserved/i.test(text)) score -= 40;
  return score + (text.length < 40 ? 8 : 0);
}
