import { WITHDRAWN } from '../revisions.ts';

/** Whether the text of `article a` is not to be shown. */
export const IS_WITHDRAWN = `coalesce(a.gone_reason = '${WITHDRAWN}', false)`;

/** A `Gone` as JSON, from `article a`; null for an article that is not. */
const GONE_JSON = `case when a.gone_since is not null then jsonb_build_object(
      'since', to_char(a.gone_since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'reason', a.gone_reason) end`;

/** A `Copy` as JSON, from `content c` joined with `article a`. */
export const COPY_JSON = `jsonb_build_object(
      'articleId', c.article_id, 'url', coalesce(c.read_url, a.url), 'title', c.title,
      'source', jsonb_build_object('key', c.source_key, 'name', c.source_name), 'byline', c.byline, 'published', c.published,
      'language', c.language, 'image', c.image,
      'section', c.metadata -> 'section' -> 'value', 'modified', c.metadata -> 'modified' -> 'value',
      'revision', c.revision, 'gone', ${GONE_JSON})`;
