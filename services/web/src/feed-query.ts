import type { StoryQuery } from '@wirefold/store';

/** What a reader asks of the feed; each field has its parameter in the address, with the name that the API gives it. */
export type FeedQuery = Required<Omit<StoryQuery, 'limit'>>;

/** All stories, from the newest. */
export const WHOLE_FEED: FeedQuery = {
  cursor: null,
  since: null,
  source: null,
  language: null,
  minMirrors: 0,
  minOrigins: 0,
  q: null,
};

export function isFiltered(query: FeedQuery): boolean {
  return query.q !== null || isNarrowed(query);
}

/** Whether any filter is set beside the words that are searched for. */
export function isNarrowed({ since, source, language, minMirrors, minOrigins }: FeedQuery): boolean {
  return since !== null || source !== null || language !== null || minMirrors > 0 || minOrigins > 0;
}

/** The address of a page of the same list: `/`, or `/?q=…`; what follows the path is a query of the API, too. */
export function feedPath(query: FeedQuery, cursor: string | null): string {
  const parameters = new URLSearchParams();
  const set = (name: string, value: string | number | null) => {
    if (value !== null && value !== 0) parameters.set(name, String(value));
  };
  set('q', query.q);
  set('source', query.source);
  set('lang', query.language);
  set('since', query.since);
  set('min_mirrors', query.minMirrors);
  set('min_origins', query.minOrigins);
  set('cursor', cursor);
  const search = parameters.toString();
  return search === '' ? '/' : `/?${search}`;
}
