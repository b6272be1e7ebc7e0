/** When the page says that its article was published: stated by metadata, marked up, in the address, or shown near the headline. */
import type { Published } from './article.ts';
import type { MeasuredBlock } from './blocks.ts';
import { type Certainty, type MetadataPlace, mentionOf, type Stated } from './metadata.ts';
import type { Metas } from './metas.ts';
import { byShownClock } from './outlet-clock.ts';
import { parsePublished } from './published.ts';
import { DAY_MS } from './relative-time.ts';
import type { PageNode, ScannedPage, TimeCapture } from './scanned.ts';
import type { StructuredArticle } from './structured-data.ts';
import { tidy } from './tidy.ts';

/** Clocks of newsrooms and ours differ; later than this after it was seen, a time is another event's. */
const FUTURE_MS_MAX = 24 * 3600 * 1000;
/** Nothing on the web was published before it. */
const EARLIEST_MS = Date.UTC(1990, 0, 1);
const SHOWN_DATE_CHARS_MAX = 160;
const WORDS_OF_TIME_CHARS_MAX = 40;
/** Further away from the headline only what is marked or called the date of publication counts. */
const SHOWN_FAR_BLOCKS = 70;
const SHOWN_SCORE_MIN = -40;
/** A marked time of change belongs to the article when it stands this near the headline. */
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
const META_MODIFIED_TIMES = [
  'article:modified_time',
  'article:modified',
  'og:updated_time',
  'og:modified_time',
  'datemodified',
  'article:updated_time',
  'article:updated',
  'lastmod',
  'last-modified',
  'last_modified',
  'modified',
  'modified_date',
  'updated',
  'revised',
  'dcterms.modified',
  'dc.date.modified',
  'dc.modified',
  'parsely-modified-date',
  'cxenseparse:recs:modifiedtime',
];
const URL_DATE = /[/_-](?:(20\d\d|19\d\d)[/_-](\d{1,2})[/_-](\d{1,2})|(20\d\d)(\d\d)(\d\d))(?=[/_.?-]|$)/;

interface Candidate {
  text: string;
  place: MetadataPlace;
  field: string;
}

/** A page and where its article stands in it. */
export interface TimedPage {
  page: ScannedPage;
  metas: Metas;
  structured: StructuredArticle | null;
  blocks: readonly MeasuredBlock[];
  /** Index of the headline's block, -1 when unknown. */
  headline: number;
  url: string;
  seenAt: string;
}

/** The published time with what said so, or null. */
export function publishedOf(timed: TimedPage): Stated<Published> | null {
  const { page, structured, metas, headline, url, seenAt } = timed;
  const candidates = [
    ...statedIn('datePublished', structured?.published ?? null),
    ...metaTimes(metas, META_TIMES),
    ...rankTimes(page, headline, ({ isModified }) => !isModified).map(candidateOf),
    ...propertyTimes(page, 'datepublished'),
    ...dateOfUrl(url),
  ];
  const stated = firstTime(candidates, seenAt);
  const shown = shownTime(timed, 'published');
  if (stated !== null) return shown === null ? stated : withShown(stated, shown.value);
  if (shown !== null) return shown;
  // Not after its last change, and most often not long before.
  const modified = modifiedOf(timed, null);
  return modified === null ? null : { ...modified, certainty: 'inferred' };
}

/** The shown time confirms a stated one of the same day, and tells by whose clock it is meant. */
function withShown(stated: Stated<Published>, shown: Published): Stated<Published> {
  const value = byShownClock(stated.value, shown);
  if (value !== null) return { ...stated, certainty: 'confirmed', value };
  return dayOf(stated.value) === dayOf(shown) ? { ...stated, certainty: 'confirmed' } : stated;
}

const dayOf = ({ at }: Published): string => at.slice(0, 10);

/** The time of the last change with what said so, or null; one before the published time is none. */
export function modifiedOf(timed: TimedPage, published: Published | null): Stated<Published> | null {
  const { page, structured, metas, headline, seenAt } = timed;
  const candidates = [
    ...statedIn('dateModified', structured?.modified ?? null),
    ...metaTimes(metas, META_MODIFIED_TIMES),
    ...rankTimes(page, headline, ({ isModified, block }) => isModified && isNear(block, headline)).map(candidateOf),
    ...propertyTimes(page, 'datemodified'),
  ];
  const modified = firstTime(candidates, seenAt) ?? shownTime(timed, 'modified');
  if (modified === null || published === null) return modified;
  const slackMs = modified.value.uncertaintyMs + published.uncertaintyMs;
  return Date.parse(modified.value.at) + slackMs < Date.parse(published.at) ? null : modified;
}

const isNear = (block: number, headline: number): boolean =>
  Math.abs(block - Math.max(0, headline)) <= SHOWN_REACH_BLOCKS;

function statedIn(field: string, text: string | null): Candidate[] {
  return text === null ? [] : [{ text, place: 'structured-data', field }];
}

function metaTimes(metas: Metas, keys: readonly string[]): Candidate[] {
  return keys.flatMap((field) => {
    const text = metas.get(field)?.[0];
    return text === undefined ? [] : [{ text, place: 'meta' as const, field }];
  });
}

const candidateOf = ({ value, place, field }: TimeCapture): Candidate => ({ text: value, place, field });

function propertyTimes({ properties }: ScannedPage, name: string): Candidate[] {
  return properties
    .filter((property) => property.name === name)
    .map(({ text, place }) => ({ text: tidy(text), place, field: name }));
}

/** The first that is a possible time; another place that gives the same day confirms it. */
function firstTime(candidates: readonly Candidate[], seenAt: string): Stated<Published> | null {
  let found: { value: Published; from: Candidate } | null = null;
  const seen = new Set<string>();
  for (const from of candidates) {
    // The teasers of a page often have its day.
    const key = `${from.place} ${from.text}`;
    if (seen.has(key) || from.place === found?.from.place) continue;
    seen.add(key);
    const value = parsePublished(from.text, seenAt);
    if (value === null || !isPossible(value, seenAt)) continue;
    if (found === null) found = { value, from };
    else if (isSameDay(found.value, value)) return statedTime(found, 'confirmed');
  }
  return found === null ? null : statedTime(found, found.from.place === 'url' ? 'inferred' : 'declared');
}

function isSameDay(a: Published, b: Published): boolean {
  return Math.abs(Date.parse(a.at) - Date.parse(b.at)) <= DAY_MS / 2 + (a.uncertaintyMs + b.uncertaintyMs) / 2;
}

function statedTime({ value, from }: { value: Published; from: Candidate }, certainty: Certainty): Stated<Published> {
  return { value, certainty, from: mentionOf(from.place, from.field, from.text) };
}

function isPossible({ at }: Published, seenAt: string): boolean {
  const time = Date.parse(at);
  return time >= EARLIEST_MS && !(time > Date.parse(seenAt) + FUTURE_MS_MAX);
}

function rankTimes(page: ScannedPage, headline: number, isWanted: (time: TimeCapture) => boolean): TimeCapture[] {
  const score = ({ block, isPublished, node }: TimeCapture): number =>
    (isPublished ? 50 : 0) -
    (headline < 0 ? block / 4 : Math.min(60, Math.abs(block - headline))) -
    (node.isHidden ? 20 : 0);
  return page.times.filter(isWanted).sort((a, b) => score(b) - score(a));
}

function dateOfUrl(url: string): Candidate[] {
  const match = URL_DATE.exec(url);
  if (match === null) return [];
  const [, year = match[4], month = match[5], day = match[6]] = match;
  const text = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  return [{ text, place: 'url', field: 'date in the path' }];
}

const DATE_LABEL = /date|time|publish|posted|meta|byline/;
const OTHER_LABEL = /foot|comment|sidebar|widget|related|copyright/;
const PUBLISHED_WORD =
  /publish|posted|veröffentlicht|publi[eé]|publicad|pubblicat|gepubliceerd|opublikowan|опубликован|stand:|date/i;
const MODIFIED_WORD =
  /updated|modified|revised|edited|aktualisiert|geändert|mis à jour|modifié|actualizad|atualizad|aggiornat|bijgewerkt|gewijzigd|uppdatera|opdater|oppdatert|zaktualizowan|обновлен|güncelle|更新|수정/i;
/** A number with a unit alone is as often how long reading takes. */
const BARE_DURATION = /^\d{1,3} ?\p{L}{1,4}\.?$/u;

function shownTime({ blocks, headline, seenAt }: TimedPage, kind: 'published' | 'modified'): Stated<Published> | null {
  let best: Stated<Published> | null = null;
  let bestScore = SHOWN_SCORE_MIN;
  for (const block of blocks) {
    if (!mayDate(block)) continue;
    const score = shownScore(block, headline);
    if (score <= bestScore) continue;
    for (const text of labelsIn(block.text)) {
      if (BARE_DURATION.test(text) || MODIFIED_WORD.test(text) !== (kind === 'modified')) continue;
      const value = parsePublished(text, seenAt);
      if (value === null || !isPossible(value, seenAt)) continue;
      best = { value, certainty: 'shown', from: mentionOf('text', kind, text) };
      bestScore = score;
      break;
    }
  }
  return best;
}

/** Without a number only words like "yesterday" date a text. */
function mayDate({ text, linkShare }: MeasuredBlock): boolean {
  return linkShare <= 0.8 && text.length <= (/\p{Nd}/u.test(text) ? SHOWN_DATE_CHARS_MAX : WORDS_OF_TIME_CHARS_MAX);
}

/** The parts of a line that may each be a date: `Jane Roe | 3 May 2025 | Updated 2 hours ago`. */
function labelsIn(text: string): string[] {
  const parts = text.split(/\s?[|•·]\s?|(?=\b(?:Last )?[Uu]pdated\b)/u).filter((part) => part !== '');
  return parts.length > 1 ? [...parts, text] : parts;
}

function shownScore({ index, node, text }: MeasuredBlock, headline: number): number {
  let score = -Math.min(SHOWN_FAR_BLOCKS, Math.abs(index - Math.max(0, headline)));
  const labels = [node, node.parent, node.parent?.parent].filter((at): at is PageNode => at != null);
  if (labels.some(({ label }) => DATE_LABEL.test(label))) score += 18;
  if (labels.some(({ label, tag }) => OTHER_LABEL.test(label) || tag === 'footer' || tag === 'aside')) score -= 30;
  if (PUBLISHED_WORD.test(text) || labels.some(({ label }) => /publish|posted/.test(label))) score += 15;
  if (/©|copyright|rights reserved/i.test(text)) score -= 40;
  return score + (text.length < 40 ? 8 : 0);
}
