import { publishedDay, type StoryEvent } from '@wirefold/story';
import { storable, toJson } from '../encoding.ts';
import type { Receipt, SignedArticle } from '../store.ts';
import { type Runner, rowsOf } from '../transaction.ts';
import { keepClaims } from './aliases.ts';
import { logEvents } from './change-log.ts';
import { loosenTexts } from './loose-texts.ts';
import { noteOrigins } from './reread.ts';
import { keepRevisions } from './revisions.ts';
import { saveTexts, type TextIds } from './save-texts.ts';
import { NO_SIGNING, type SourceTouch, touchSources } from './sources.ts';
import { submitWithin } from './submit.ts';
import { raiseTally } from './tally.ts';
import { HELD, type Held, heldBy, raiseTimings } from './timing.ts';

const LOCK_CURRENT = {
  name: 'sign_lock_current',
  text: `
    select a.id, ${HELD} from article a join unnest($1::text[], $2::bigint[]) as s (id, token) on s.id = a.id and s.token = a.token
    where a.state = 'submitted'
    order by a.id for no key update of a`,
};

// What these articles printed before, if anything. Their rows are locked: nobody else writes their content.
const BEFORE = {
  name: 'sign_before',
  text: 'select article_id, text_id, source_key, source_name, title, body from content where article_id = any($1)',
};

const KEEP_CONTENT = {
  name: 'sign_keep_content',
  text: `
    insert into content (article_id, text_id, read_url, title, body, byline, published, language, source_key, source_name,
      declared_canonical_url, image, credit, boilerplate, boilerplate_words, furniture_version, published_on, printed_on,
      paragraphs, metadata)
    select c.article_id, c.text_id, c.read_url, c.title, c.body, c.byline, c.published, c.language, c.source_key, c.source_name,
      c.declared_canonical_url, c.image, c.credit, c.boilerplate, c.boilerplate_words, c.furniture_version,
      published.day, least(published.day, (a.received_at at time zone 'UTC')::date), c.paragraphs, c.metadata
    from json_to_recordset($1::json) as c (article_id text, text_id bigint, read_url text, title text, body text,
      byline text, published jsonb, language text, source_key text, source_name text, declared_canonical_url text, image text,
      credit jsonb, boilerplate jsonb, boilerplate_words integer, furniture_version integer, published_day integer,
      paragraphs jsonb, metadata jsonb)
      join article a on a.id = c.article_id cross join lateral (select date '1970-01-01' + c.published_day as day) as published
    on conflict (article_id) do update set
      text_id = excluded.text_id, signed_at = now(), read_url = excluded.read_url, title = excluded.title, body = excluded.body,
      byline = excluded.byline, published = excluded.published, language = excluded.language, source_key = excluded.source_key,
      source_name = excluded.source_name, declared_canonical_url = excluded.declared_canonical_url, image = excluded.image,
      credit = excluded.credit, boilerplate = excluded.boilerplate, boilerplate_words = excluded.boilerplate_words,
      furniture_version = excluded.furniture_version, signings = content.signings + 1, published_on = excluded.published_on,
      printed_on = excluded.printed_on, paragraphs = excluded.paragraphs,
      metadata = excluded.metadata`,
};

// handed_at is now, because ingest hands over to cluster right after.
const TO_SIGNED = {
  name: 'sign_to_signed',
  text: `
    update article
    set state = 'signed', reason = null, detail = null, token = token + 1, lease_until = null, attempts = 0, claims = 0,
        next_at = now(), handed_at = now(), stage_since = now(), awaits_place = true
    where id = any($1)`,
};

const DROP_PUSHED = { name: 'sign_drop_pushed', text: 'delete from pushed where article_id = any($1)' };

function contentOf({ articleId, article, text, boilerplateWords = 0 }: SignedArticle, textIds: TextIds) {
  return {
    article_id: articleId,
    text_id: textIds(text),
    read_url: article.url,
    title: article.title,
    body: article.body,
    byline: article.byline,
    published: article.published,
    language: article.language,
    source_key: storable(article.source.key),
    source_name: article.source.name,
    declared_canonical_url: article.declaredCanonicalUrl,
    image: article.image,
    credit: article.credit,
    boilerplate: article.boilerplate,
    boilerplate_words: boilerplateWords,
    published_day: publishedDay(article.published),
    metadata: article.metadata,
    // The others follow from the body.
    paragraphs: article.paragraphs.filter(({ kind, breaks }) => kind !== 'paragraph' || breaks !== undefined),
  };
}

interface Before {
  article_id: string;
  text_id: string;
  source_key: string;
  source_name: string;
  title: string;
  body: string;
}

/** What an article means for its source, and for the one that it had before. */
function touchesOf({ article, text, furnitureVersion = 0 }: SignedArticle, before: Before | undefined): SourceTouch[] {
  const key = storable(article.source.key);
  const hasMoved = before !== undefined && before.source_key !== key;
  const isSame = before?.title === storable(article.title) && before.body === storable(article.body);
  const touch: SourceTouch = {
    key,
    name: storable(article.source.name),
    articles: before === undefined || hasMoved ? 1 : 0,
    changes: isSame && !hasMoved ? 0 : 1,
    furnitureVersion,
    signatureVersion: text.version,
  };
  if (!hasMoved) return [touch];
  return [touch, { key: before.source_key, name: before.source_name, articles: -1, changes: 1, ...NO_SIGNING }];
}

/** Writes what the articles are now, and tells their sources. Gives what that means for their stories. */
async function keepContent(runner: Runner, kept: SignedArticle[]): Promise<StoryEvent[]> {
  const textIds = await saveTexts(
    runner,
    kept.map(({ text }) => text),
  );
  const contents = kept.map((each) => contentOf(each, textIds));
  const known = await rowsOf<Before & Record<string, unknown>>(runner, BEFORE, [
    kept.map(({ articleId }) => articleId),
  ]);
  const before = new Map(known.map((row) => [row.article_id, row]));
  const versionFor = await touchSources(
    runner,
    kept.flatMap((each) => touchesOf(each, before.get(each.articleId))),
  );
  const rows = contents.map((content, at) => {
    const { text, furnitureVersion = 0 } = kept[at] as SignedArticle;
    return { ...content, furniture_version: versionFor(content.source_key, text.version, furnitureVersion) };
  });
  const revised = before.size > 0 ? await keepRevisions(runner, contents) : [];
  await rowsOf(runner, KEEP_CONTENT, [toJson(rows)]);
  const replaced = contents.flatMap(({ article_id, text_id }) => {
    const old = Number(before.get(article_id)?.text_id ?? text_id);
    return old === text_id ? [] : [old];
  });
  await loosenTexts(runner, replaced);
  return revised;
}

interface Current extends Held {
  id: string;
}

export async function saveSigned(
  runner: Runner,
  signed: SignedArticle[],
): Promise<{ saved: string[]; cards: Receipt[] }> {
  const current = await rowsOf<Current & Record<string, unknown>>(runner, LOCK_CURRENT, [
    signed.map(({ articleId }) => articleId),
    signed.map(({ token }) => token),
  ]);
  const saved = current.map(({ id }) => id);
  if (saved.length === 0) return { saved, cards: [] };
  const wins = new Set(saved);
  const kept = signed.filter(({ articleId }) => wins.delete(articleId));
  const revised = await keepContent(runner, kept);
  await keepClaims(runner, kept);
  const returned = await noteOrigins(runner, kept);
  await rowsOf(runner, TO_SIGNED, [saved]);
  await rowsOf(runner, DROP_PUSHED, [saved]);
  const { receipts, tallies } = await submitWithin(
    runner,
    kept.flatMap(({ cards }) => cards),
  );
  await logEvents(runner, [...revised, ...returned]);
  await raiseTimings(runner, heldBy('ingest', current));
  await raiseTally(runner, [
    { stage: 'ingest', outcome: 'done', reason: '', count: saved.length },
    { stage: 'cluster', outcome: 'entered', reason: '', count: saved.length },
    ...tallies,
  ]);
  return { saved, cards: receipts };
}
