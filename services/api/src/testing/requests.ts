import { articleIdOfUrl } from '@wirefold/article';

/** A path, and how it is asked for. */
export type AskedFor = [string, RequestInit?];

/** An article that has its AMP page as another URL. */
export const FERRY = 'https://harbor.example/news/ferry-stops-for-winter';
export const FERRY_AMP = `${FERRY}/amp`;

export const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

const SINCE_LATER: RequestInit = { headers: { 'if-modified-since': 'Fri, 01 Jan 2100 00:00:00 GMT' } };
const opml = (body: string): RequestInit => ({ method: 'POST', headers: { 'content-type': 'text/x-opml' }, body });

const MATCHED =
  'Farmers brought in less than half of the usual harvest of wheat, the ministry said on Monday after a dry spring.';
const UNKNOWN =
  'The swimming pool opens again in June, when its roof is repaired, the town council decided in its meeting last night.';

/** The id of https://feeds.example/rss. */
const FEED_ID = 'fa12e7be3094a0c34e118fcda';

/** Requests that together see every answer but those of a service in trouble. `ids` are those of the two copies of story `s1`. */
export function requestsOf(ids: string[]): AskedFor[] {
  return [
    ...ofArticles(ids),
    ...ofStories(ids),
    ...ofDecisions(ids),
    ...ofSources(),
    ...ofMonitor(ids),
    ...ofService(ids),
  ];
}

function ofArticles(ids: string[]): AskedFor[] {
  return [
    ['/v1/articles', json({ url: 'https://example.com/one' })],
    ['/v1/articles', json([{ url: 'https://example.com/two' }, { url: 'ftp://example.com/' }, { text: 'A text.' }])],
    ['/v1/articles', json([{ url: 'nothing' }, { no: 1 }])],
    ['/v1/articles', { ...json(0), body: '{' }],
    ['/v1/articles', { ...json(0), headers: { 'content-type': 'text/plain' } }],
    ['/v1/articles', json(Array.from({ length: 1001 }, () => ({})))],
    ['/v1/articles?url=https://gazette.example/wheat'],
    ['/v1/articles?url=https://gazette.example/none'],
    ['/v1/articles?link=1'],
    [`/v1/articles/${ids[0]}`],
    [`/v1/articles/${ids[1]}`],
    ['/v1/articles/none'],
    [`/v1/articles/${articleIdOfUrl(FERRY)}`],
    [`/v1/articles/${articleIdOfUrl(FERRY_AMP)}`],
    [`/v1/articles/${ids[0]}/revisions`],
    [`/v1/articles/${ids[0]}/revisions/1`],
    [`/v1/articles/${ids[0]}/revisions/2`],
    ['/v1/articles/none/revisions'],
    ['/v1/articles/none', { method: 'DELETE' }],
  ];
}

function ofStories(ids: string[]): AskedFor[] {
  return [
    ['/v1/stories'],
    ['/v1/stories?limit=1&min_mirrors=1&q=wheat'],
    ['/v1/stories?limit=0'],
    ['/v1/stories.atom'],
    ['/v1/stories.rss?q=wheat'],
    ['/v1/stories.json'],
    ...['atom', 'rss', 'json'].map((format): [string, RequestInit] => [`/v1/stories.${format}`, SINCE_LATER]),
    ['/v1/stories.json?limit=0'],
    ['/v1/stories.jsonl?q=wheat'],
    ['/v1/stories.csv'],
    ['/v1/stories.parquet'],
    ['/v1/stories.csv?limit=1'],
    ['/v1/changes?limit=2&kinds=created,merged'],
    ['/v1/changes?since=nothing'],
    ['/v1/events?since=nothing'],
    ['/v1/stories/s1'],
    ['/v1/stories/s0'],
    ['/v1/stories/none'],
    ['/v1/stories/s1/related'],
    ['/v1/stories/s0/related'],
    [`/v1/stories/s1/diff?a=${ids[0]}&b=${ids[1]}`],
    [`/v1/stories/s0/diff?a=${ids[0]}&b=${ids[1]}`],
  ];
}

/** They leave the story as it was. */
function ofDecisions(ids: string[]): AskedFor[] {
  return [
    ['/v1/stories/s1/pin', json({ article: ids[1] })],
    ['/v1/stories/s1/split', json({ articles: [ids[1]], note: 'another harvest' })],
    ['/v1/stories/s1/split', json({ articles: ids })],
    ['/v1/stories/s1/merge', json({ stories: ['s0'] })],
    ['/v1/stories/s1/merge', json({ stories: [] })],
    ['/v1/stories/none/merge', json({ stories: ['s0'] })],
    ['/v1/stories/s1/decisions'],
    ['/v1/stories/none/decisions'],
    ...[3, 2, 1, 999].map((id): AskedFor => [`/v1/decisions/${id}`, { method: 'DELETE' }]),
  ];
}

function ofSources(): AskedFor[] {
  return [
    ['/v1/sources/gazette'],
    ['/v1/sources/none'],
    ['/v1/sources?limit=5'],
    ['/v1/sources', json({ url: 'https://feeds.example/rss' })],
    ['/v1/sources', json({ url: 'https://feeds.example/rss' })],
    ['/v1/sources', json({ url: 'nonsense' })],
    ['/v1/feeds'],
    ['/v1/feeds.opml'],
    ['/v1/feeds', opml('<opml><outline xmlUrl="https://feeds.example/other"/><outline xmlUrl="none"/></opml>')],
    ['/v1/feeds.opml', opml('<opml/>')],
    ['/v1/feeds.opml', opml('<rss/>')],
    [`/v1/feeds/${FEED_ID}`],
    [`/v1/feeds/${FEED_ID}/poll`, { method: 'POST' }],
    [`/v1/feeds/${FEED_ID}`, { ...json({ paused: true }), method: 'PATCH' }],
    [`/v1/feeds/${FEED_ID}`, { ...json({}), method: 'PATCH' }],
    [`/v1/feeds/${FEED_ID}/poll`, { method: 'POST' }],
    [`/v1/feeds/${FEED_ID}`, { method: 'DELETE' }],
    [`/v1/feeds/${FEED_ID}`],
  ];
}

function ofService(ids: string[]): AskedFor[] {
  return [
    [`/v1/explain?a=${ids[0]}&b=${ids[1]}`],
    [`/v1/explain?a=${ids[0]}&b=https://example.com/one`],
    [`/v1/explain?a=${ids[0]}&b=none`],
    ['/v1/explain?a=1'],
    ['/v1/match', json({ text: MATCHED, title: 'Wheat' })],
    ['/v1/match', json({ text: `${MATCHED.split(' ').slice(0, 11).join(' ')} ${UNKNOWN}` })],
    ['/v1/match', json({ html: `<article><p>${UNKNOWN}</p></article>` })],
    ['/v1/match', json({ text: 'Too short.' })],
    ['/v1/match', json({ title: 'Nothing else' })],
    ['/v1/match', { ...json(0), body: '{' }],
    ['/v1/queues'],
    ['/metrics'],
    ['/v1/webhooks', json({ url: 'receiver' })],
    ['/v1/webhooks'],
    ['/v1/admin-log?limit=2'],
    ['/v1/webhooks/none'],
    ['/v1/webhooks/none/enable', { method: 'POST' }],
    ['/v1/webhooks/none/pause', { method: 'POST' }],
    ['/v1/webhooks/none/replay/none', { method: 'POST' }],
    ['/v1/webhooks/none', { method: 'DELETE' }],
    ['/problems/gone'],
    ['/problems/none'],
    ['/v1/openapi.json'],
    ['/docs'],
    [`/v1/articles/${ids[1]}`, { method: 'DELETE' }],
    [`/v1/articles/${ids[0]}`, { method: 'DELETE' }],
    ['/v1/stories/s1'],
  ];
}

function ofMonitor(ids: string[]): AskedFor[] {
  return [
    ['/v1/hosts?name=example'],
    ['/v1/hosts/example.com'],
    ['/v1/queues/history?hours=1'],
    [`/v1/articles/${ids[1]}/retry`, { method: 'POST' }],
    ['/v1/articles/none/retry', { method: 'POST' }],
    ['/v1/failures/retry', json({ reason: 'thin' })],
    ['/v1/failures/retry', json({ reason: 'none' })],
    ['/v1/hosts/none.example'],
  ];
}
