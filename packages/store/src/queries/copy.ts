/** A `Copy` as JSON, from `content c` joined with `article a`. */
export const COPY_JSON = `jsonb_build_object(
      'articleId', c.article_id, 'url', coalesce(c.read_url, a.url), 'title', c.title,
      'source', jsonb_build_object('key', c.source_key, 'name', c.source_name), 'byline', c.byline, 'published', c.published,
      'language', c.language, 'image', c.image,
      'section', c.metadata -> 'section' -> 'value', 'modified', c.metadata -> 'modified' -> 'value')`;
