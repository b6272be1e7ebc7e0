import type { FeedRecord, Store } from '@wirefold/store';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import { itemsOf, JSON_TYPE, readBody } from '../body.ts';
import { fieldErrorsOf } from '../field-errors.ts';
import {
  CURSOR_CHARS_MAX,
  FEEDS_IMPORTED_MAX,
  OPML_BYTES_MAX,
  PAGE_FEEDS_DEFAULT,
  PAGE_FEEDS_MAX,
  SOURCE_CHARS_MAX,
} from '../limits.ts';
import { OPML_END, opmlOutline, opmlStart } from '../opml.ts';
import { type FieldError, type ProblemWord, sendProblem } from '../problem.ts';
import { feedPageSchema, feedSchema, importedSchema } from '../schemas/feed.ts';
import { type Subscribe, subscriptionSchema } from '../subscribe.ts';
import { type Asked, type Endpoint, endpoint, type Operation } from './operation.ts';
import { parameterNumber, parameterText } from './query.ts';

const OPML_TYPES = ['text/x-opml', 'text/x-opml+xml', 'application/xml', 'text/xml', 'application/opml+xml'];

const listSchema = z.strictObject({
  cursor: parameterText(CURSOR_CHARS_MAX).optional(),
  limit: parameterNumber(1, PAGE_FEEDS_MAX).optional(),
  state: z.enum(['active', 'paused'], 'must be active or paused').optional(),
  source: parameterText(SOURCE_CHARS_MAX).optional(),
});

const changeSchema = z
  .strictObject({
    paused: z.boolean('must be true or false').optional(),
    fullText: z.boolean('must be true or false').optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'is empty; send paused, fullText or both');

const idSchema = z.strictObject({ id: z.string().meta({ description: 'Id of a feed' }) });
const shown = { 200: { description: 'The feed.', schema: feedSchema } } as const;
const common = { topic: 'Feeds', scope: 'admin' as const, problems: [] as ProblemWord[] };

const adding = {
  ...common,
  id: 'addSource',
  method: 'post',
  path: '/v1/sources',
  summary: 'Subscribes a feed, or the one that a page names',
  description: 'The answer comes before anything is fetched: the first poll finds out what is at the address.',
  body: { [JSON_TYPE]: subscriptionSchema },
  answers: {
    200: { description: 'It was subscribed before.', schema: feedSchema },
    202: { description: 'Subscribed.', schema: feedSchema, headers: { Location: 'Where the feed is asked for.' } },
  },
  problems: ['invalid-feed'],
} as const satisfies Operation;

const listing = {
  ...common,
  id: 'listFeeds',
  method: 'get',
  path: '/v1/feeds',
  summary: 'Lists the subscribed feeds, the oldest first',
  scope: 'read',
  query: listSchema,
  answers: { 200: { description: 'A page of feeds.', schema: feedPageSchema } },
} as const satisfies Operation;

const importing = {
  ...common,
  method: 'post',
  summary: 'Subscribes the feeds of an OPML list',
  body: { 'text/x-opml': z.string().meta({ description: 'OPML, of at most 5,000 feeds' }) },
  answers: { 202: { description: 'What became of each.', schema: importedSchema } },
  problems: ['invalid-feed'],
} as const satisfies Omit<Operation, 'id' | 'path'>;
const importingHere = { ...importing, id: 'importFeedsHere', path: '/v1/feeds' } as const satisfies Operation;
const importingOpml = { ...importing, id: 'importFeeds', path: '/v1/feeds.opml' } as const satisfies Operation;

const exporting = {
  ...common,
  id: 'exportFeeds',
  method: 'get',
  path: '/v1/feeds.opml',
  summary: 'Gives the subscribed feeds as OPML',
  scope: 'read',
  answers: { 200: { description: 'The list.', type: 'text/x-opml' } },
} as const satisfies Operation;

const ofOne = { ...common, path: '/v1/feeds/:id' as const, parameters: idSchema };
const showing = {
  ...ofOne,
  id: 'showFeed',
  method: 'get',
  summary: 'Shows a feed: how its last poll ended, when the next one is',
  scope: 'read',
  answers: shown,
} as const satisfies Operation;
const changing = {
  ...ofOne,
  id: 'changeFeed',
  method: 'patch',
  summary: 'Pauses or resumes a feed, or says whether its entries hold whole texts',
  body: { [JSON_TYPE]: changeSchema },
  answers: shown,
  problems: ['invalid-feed'],
} as const satisfies Operation;
const removing = {
  ...ofOne,
  id: 'removeFeed',
  method: 'delete',
  summary: 'Ends a subscription; its articles stay',
  answers: { 204: { description: 'Removed.' } },
} as const satisfies Operation;
const polling = {
  ...ofOne,
  id: 'pollFeed',
  method: 'post',
  path: '/v1/feeds/:id/poll',
  summary: 'Has a feed polled at once',
  answers: { 202: { description: 'The feed, which is due now.', schema: feedSchema } },
  problems: ['feed-paused'],
} as const satisfies Operation;

/** Subscribing feeds and looking after them. Nothing is fetched here: a feed is a row that ingest polls. */
export function feedEndpoints(store: Store, subscribe: Subscribe, now: () => Date): Endpoint[] {
  const readOpml = [takeOpml, express.raw({ type: () => true, limit: OPML_BYTES_MAX })];
  const handle = (handler: RequestHandler) => (asked: Asked<Operation>) =>
    handler(asked.request, asked.response, () => undefined);
  return [
    endpoint(adding, handle(addSource(subscribe)), readBody()),
    endpoint(listing, ({ query, response }) => listFeeds(store, query, response)),
    endpoint(importingHere, handle(importFeeds(subscribe)), readOpml),
    endpoint(importingOpml, handle(importFeeds(subscribe)), readOpml),
    endpoint(exporting, handle(exportFeeds(store, now))),
    endpoint(showing, handle(showFeed(store))),
    endpoint(changing, handle(changeFeed(store)), readBody()),
    endpoint(removing, handle(removeFeed(store))),
    endpoint(polling, handle(pollFeed(store))),
  ];
}

function feedView({ sourceKey, isFullText, ...feed }: FeedRecord) {
  return { ...feed, source: sourceKey, fullText: isFullText };
}

function sendFeed(response: Response, feed: FeedRecord | null, status = 200): void {
  if (feed === null) sendProblem(response, 'not-found', 'There is no feed with this id.');
  else response.status(status).set('Cache-Control', 'no-cache').json(feedView(feed));
}

function refuse(response: Response, errors: FieldError[]): void {
  const detail = errors.map((error) => `${error.pointer?.slice(1) || 'the body'} ${error.detail}`).join('; ');
  sendProblem(response, 'invalid-feed', detail, { errors });
}

/** The one value of a JSON body; where there is none, answers so and gives null. */
function bodyOf(request: Request, response: Response): { value: unknown } | null {
  const body = itemsOf(request);
  const [item] = body.ok ? body.items : [];
  if (body.ok && body.isSingle && item?.ok) return { value: item.value };
  if (!body.ok) sendProblem(response, body.word, body.detail);
  else refuse(response, [{ pointer: '', detail: 'must be one JSON object' }]);
  return null;
}

function addSource(subscribe: Subscribe): RequestHandler {
  return async (request, response) => {
    const body = bodyOf(request, response);
    if (body === null) return;
    const subscribed = await subscribe.one(body.value);
    if (!subscribed.ok) return refuse(response, subscribed.errors);
    response.location(`/v1/feeds/${subscribed.feed.id}`);
    sendFeed(response, subscribed.feed, subscribed.isNew ? 202 : 200);
  };
}

async function listFeeds(store: Store, query: z.infer<typeof listSchema>, response: Response): Promise<void> {
  const { cursor = null, limit = PAGE_FEEDS_DEFAULT, state = null, source = null } = query;
  const { feeds, nextCursor } = await store.feeds({ cursor, limit, state, source });
  response.set('Cache-Control', 'no-cache').json({ feeds: feeds.map(feedView), nextCursor });
}

function showFeed(store: Store): RequestHandler {
  return async (request, response) => sendFeed(response, await store.feed(String(request.params.id)));
}

function changeFeed(store: Store): RequestHandler {
  return async (request, response) => {
    const body = bodyOf(request, response);
    if (body === null) return;
    const parsed = changeSchema.safeParse(body.value);
    if (!parsed.success) return refuse(response, fieldErrorsOf(parsed.error));
    const { paused, fullText } = parsed.data;
    const change = {
      ...(paused !== undefined && { isPaused: paused }),
      ...(fullText !== undefined && { isFullText: fullText }),
    };
    sendFeed(response, await store.changeFeed(String(request.params.id), change));
  };
}

function removeFeed(store: Store): RequestHandler {
  return async (request, response) => {
    if (!(await store.unsubscribe(String(request.params.id)))) return sendFeed(response, null);
    response.status(204).set('Cache-Control', 'no-store').end();
  };
}

function pollFeed(store: Store): RequestHandler {
  return async (request, response) => {
    const feed = await store.pollNow(String(request.params.id));
    if (feed?.state === 'paused') {
      return sendProblem(response, 'feed-paused', 'The feed is paused.', { reason: feed.reason });
    }
    sendFeed(response, feed, 202);
  };
}

/** By its type, so that no form of another site can send one: see `readBody`. */
const takeOpml: RequestHandler = (request, response, next) => {
  if (request.is(OPML_TYPES)) return next();
  sendProblem(response, 'unsupported-media-type', `Send OPML as ${OPML_TYPES[0]}; a single feed goes to /v1/sources.`);
};

function importFeeds(subscribe: Subscribe): RequestHandler {
  return async (request, response) => {
    const bytes: unknown = request.body;
    const imported = await subscribe.opml(Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0));
    if (imported.ok) {
      const feeds = imported.feeds.map(({ feed, isNew }) => ({ ...feedView(feed), isNew }));
      response.status(202).set('Cache-Control', 'no-store').json({ feeds, refused: imported.refused });
    } else if (imported.problem === 'too-many') {
      const detail = `The list has more than ${FEEDS_IMPORTED_MAX} feeds.`;
      sendProblem(response, 'body-too-large', detail, { limit: FEEDS_IMPORTED_MAX });
    } else refuse(response, [{ pointer: '', detail: 'is no OPML document' }]);
  };
}

/** Page by page, so that a long list is never in memory whole. */
function exportFeeds(store: Store, now: () => Date): RequestHandler {
  return async (_request, response) => {
    let cursor: string | null = null;
    let isBegun = false;
    do {
      const page = await store.feeds({ cursor, limit: PAGE_FEEDS_MAX, state: null, source: null });
      if (!isBegun) {
        response.set('Cache-Control', 'no-cache').set('Content-Disposition', 'attachment; filename="wirefold.opml"');
        response.type('text/x-opml').write(opmlStart(now()));
        isBegun = true;
      }
      response.write(page.feeds.map(opmlOutline).join(''));
      cursor = page.nextCursor;
    } while (cursor !== null);
    response.end(OPML_END);
  };
}
