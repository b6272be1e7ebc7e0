import { isDeepStrictEqual } from 'node:util';
import type { Article, Published } from '@wirefold/article';
import type { Claim, ReadBefore } from '@wirefold/store';
import { isSignedAlike } from '@wirefold/story';
import { type Ingested, notIngested, type Read, submissionsOf } from './reading.ts';

/**
 * A later reading beside the earlier one. A site that leads a dead address to its front page says "not found" in its own way. A time
 * that says less than the one that is known, and agrees with it, is no news: "2 hours ago" is "3 hours ago" by now. Pure.
 */
export function besideEarlier(read: Read, before: ReadBefore | undefined): Read {
  if (!read.ok || before === undefined) return read;
  const { article } = read;
  if (isFrontPage(article.url) && !isFrontPage(before.article.url))
    return notIngested('error-page', 'the address leads to the front page now');
  const published = steadier(before.article.published, article.published);
  return { ...read, article: { ...article, published } };
}

function isFrontPage(url: string | null): boolean {
  if (url === null) return false;
  const { pathname, search } = new URL(url);
  return pathname === '/' && search === '';
}

function steadier(before: Published | null, now: Published | null): Published | null {
  if (before === null || now === null || now.uncertaintyMs === 0 || now.uncertaintyMs < before.uncertaintyMs)
    return now;
  const apartMs = Math.abs(Date.parse(before.at) - Date.parse(now.at));
  return apartMs <= before.uncertaintyMs + now.uncertaintyMs ? before : now;
}

/**
 * What a reading comes to whose body is the known one: nothing to do, or, where the title or something else is new, the article with the
 * signature that it has. Null where it has to be signed. Pure.
 */
export function asBefore(claim: Claim, read: Read, before: ReadBefore | undefined): Ingested | null {
  if (!read.ok || before === undefined) return null;
  const { fetched } = read;
  const { article: known, ...signing } = before;
  if (read.article.source.key !== known.source.key || !isSignedAlike(read.article, known)) return null;
  const article = { ...read.article, boilerplate: known.boilerplate };
  const { articleId, token } = claim;
  const origin = fetched === undefined ? {} : { fetched };
  const work = { articleId, token, cards: submissionsOf(read.cards, articleId), ...origin };
  const isSame = isDeepStrictEqual(comparable(article), comparable(known));
  return { ok: true, ...(isSame ? { unchanged: work } : { signed: { ...work, ...signing, article } }) };
}

/** An article as plain data, without what a later reading words anew though it means the same: times that are told by how long ago they are. */
function comparable(article: Article): unknown {
  const { published: _, modified, ...metadata } = article.metadata;
  const isStated = modified?.value.uncertaintyMs === 0;
  return JSON.parse(JSON.stringify({ ...article, metadata: { ...metadata, modified: isStated ? modified : null } }));
}
