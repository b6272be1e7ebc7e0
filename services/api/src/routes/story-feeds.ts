import { createHash } from 'node:crypto';
import type { Store, StoryHeads } from '@wirefold/store';
import type { Request } from 'express';
import { z } from 'zod';
import { isUnchanged } from '../conditional.ts';
import { renderAtom } from '../feeds/atom.ts';
import type { Feed } from '../feeds/feed.ts';
import { renderJsonFeed } from '../feeds/json-feed.ts';
import { renderRss } from '../feeds/rss.ts';
import { FEED_STORIES_DEFAULT } from '../limits.ts';
import { type Asked, type Endpoint, endpoint, type Operation } from './operation.ts';
import { listSchema, storyQuery } from './stories.ts';

type FeedStore = Pick<Store, 'storyHeads' | 'feedItems'>;
type Query = z.infer<typeof listSchema>;

interface Format {
  id: string;
  name: string;
  path: `/${string}`;
  type: string;
  render: (feed: Feed) => string;
}

const FORMATS: Format[] = [
  { id: 'storiesAtom', name: 'Atom', path: '/v1/stories.atom', type: 'application/atom+xml', render: renderAtom },
  { id: 'storiesRss', name: 'RSS 2.0', path: '/v1/stories.rss', type: 'application/rss+xml', render: renderRss },
  {
    id: 'storiesJsonFeed',
    name: 'JSON Feed 1.1',
    path: '/v1/stories.json',
    type: 'application/feed+json',
    render: renderJsonFeed,
  },
];

function sending({ id, name, path, type }: Format) {
  return {
    id,
    method: 'get',
    path,
    topic: 'Stories',
    summary: `The same list as a feed: ${name}`,
    description: 'A story is one item for good, and its time moves only when its text does.',
    scope: 'read',
    query: listSchema,
    headers: z.object({
      'If-None-Match': z.string().optional().meta({ description: '`ETag` of the answer before' }),
      'If-Modified-Since': z.string().optional().meta({ description: '`Last-Modified` of the answer before' }),
    }),
    answers: {
      200: {
        description: 'The feed.',
        type,
        headers: {
          ETag: 'What to ask by next time.',
          'Last-Modified': 'The same as a time; missing where no story is listed.',
        },
      },
      304: { description: 'Nothing changed since.' },
    },
    problems: [],
  } as const satisfies Operation;
}

/** Raised when the same stories are written in another way: what readers keep is out of date then. */
const RENDERING = 1;
/**
 * No transaction is open for so long. A story is given its time before it is committed: so a time that is younger than this does not
 * say that nothing older is still to come.
 */
const COMMITTED_AFTER_MS = 60_000;

/** Any list of stories as Atom, RSS and JSON Feed. */
export function storyFeedEndpoints(store: FeedStore, now: () => Date): Endpoint[] {
  return FORMATS.map((format) => endpoint(sending(format), sendFeed(store, now, format)));
}

function sendFeed(store: FeedStore, now: () => Date, format: Format) {
  return async ({ request, query, response }: Asked<ReturnType<typeof sending>>) => {
    const page = await store.storyHeads(storyQuery(query, FEED_STORIES_DEFAULT));
    const address = addressOf(request);
    const etag = etagOf(page, `${address}${format.path}`);
    const modifiedAt = lastChange(page);
    response.set({ 'Cache-Control': 'no-cache', ETag: etag });
    if (modifiedAt !== null) response.set('Last-Modified', surely(modifiedAt, now()).toUTCString());
    if (isUnchanged(request.headers, { etag, modifiedAt })) {
      response.status(304).end();
      return;
    }
    const items = await store.feedItems(page.heads.map(({ id }) => id));
    const feed = {
      ...addressesOf(address, format.path, query, page.nextCursor),
      title: titleOf(query),
      items,
      address,
    };
    response.set('Content-Type', `${format.type}; charset=utf-8`).send(format.render(feed));
  };
}

/** Weak: the same stories in the same state, under the same address. */
function etagOf({ heads, nextCursor }: StoryHeads, address: string): string {
  const state = [RENDERING, address, nextCursor, heads.map(({ id, version, editedAt }) => [id, version, editedAt])];
  return `W/"${createHash('sha256').update(JSON.stringify(state)).digest('base64url').slice(0, 27)}"`;
}

/** The last change of any story of the page; null where there is none. */
function lastChange({ heads }: StoryHeads): Date | null {
  if (heads.length === 0) return null;
  return new Date(Math.max(...heads.map(({ updatedAt }) => Date.parse(updatedAt))));
}

/** The time that a client may ask by: one up to which no change is still to come, so that it asks for a little too much instead. */
function surely(changedAt: Date, now: Date): Date {
  return new Date(Math.min(changedAt.getTime(), now.getTime() - COMMITTED_AFTER_MS));
}

/** Where this service was asked for; a name that no URL can hold is left away. */
function addressOf(request: Request): string {
  const address = `${request.protocol}://${request.host}`;
  return URL.canParse(address) ? new URL(address).origin : 'http://localhost';
}

function addressesOf(address: string, path: string, query: Query, nextCursor: string | null) {
  const { cursor, ...first } = query;
  const url = (at: string, parameters: Partial<Query>) => {
    const search = new URLSearchParams(
      Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]),
    );
    return `${address}${at}${search.size === 0 ? '' : `?${search}`}`;
  };
  const { limit: _, since: __, ...shown } = first;
  return {
    homeUrl: url('/', shown),
    firstUrl: url(path, first),
    selfUrl: url(path, cursor === undefined ? first : { ...first, cursor }),
    nextUrl: nextCursor === null ? null : url(path, { ...first, cursor: nextCursor }),
  };
}

function titleOf({ q, source, lang }: Query): string {
  const what = q === undefined ? 'latest stories' : `stories for “${q}”`;
  const from = source === undefined ? '' : `, from ${source}`;
  return `Wirefold: ${what}${from}${lang === undefined ? '' : `, in ${lang.toLowerCase()}`}`;
}
