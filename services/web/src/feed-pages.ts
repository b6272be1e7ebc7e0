import type { FeedRecord, Store } from '@wirefold/store';
import express, { type RequestHandler } from 'express';
import { renderFeeds, renderImported } from './feed-list.ts';
import { formField, parameter, refuseOtherSites, route, sendMessage, sendPage } from './page.ts';

const FEEDS_SHOWN = 50;
/** A list of feeds of at most 2 MiB, each byte up to three when it is encoded. */
const LIST_BYTES_MAX = 6 * 2 ** 20;
const FORM_BYTES_MAX = 32 * 1024;
/** Addresses of a list that are named as refused. */
const REFUSED_SHOWN_MAX = 100;

type Refused = { url: string; detail: string }[];

export interface FeedPagesOptions {
  store: Pick<Store, 'feeds' | 'changeFeed' | 'pollNow' | 'unsubscribe'>;
  subscribe: {
    one(value: unknown): Promise<{ ok: true; feed: FeedRecord } | { ok: false; errors: { detail: string }[] }>;
    opml(
      bytes: Uint8Array,
    ): Promise<
      { ok: true; feeds: { isNew: boolean }[]; refused: Refused } | { ok: false; problem: 'no-opml' | 'too-many' }
    >;
  };
}

/** The page of the subscribed feeds, and its forms. */
export function createFeedPages(options: FeedPagesOptions): express.Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  const form = (limit: number) => [
    refuseOtherSites,
    express.urlencoded({ extended: false, limit, parameterLimit: 10 }),
  ];
  const show: RequestHandler = async (request, response) => {
    const cursor = parameter(request, 'cursor');
    const page = await options.store.feeds({ cursor, limit: FEEDS_SHOWN, state: null, source: null });
    sendPage(response, renderFeeds(page, cursor));
  };
  router.post('/feeds', ...form(FORM_BYTES_MAX), addFeed(options));
  route(router, 'get', '/feeds', show);
  route(router, 'post', '/feeds/import', ...form(LIST_BYTES_MAX), importList(options));
  route(router, 'post', '/feeds/:id', ...form(FORM_BYTES_MAX), changeFeed(options));
  return router;
}

function addFeed({ subscribe }: FeedPagesOptions): RequestHandler {
  return async (request, response) => {
    const url = formField(request.body, 'url').trim();
    if (url === '') return sendMessage(response, 400, 'No address', 'Fill in the address of a feed or of a home page.');
    const subscribed = await subscribe.one({ url, fullText: formField(request.body, 'full_text') === 'yes' });
    if (!subscribed.ok) {
      const problem = `It ${subscribed.errors.map(({ detail }) => detail).join('; ')}.`;
      return sendMessage(response, 422, 'Not an address of a feed', problem);
    }
    response.redirect(303, `/feeds#${subscribed.feed.id}`);
  };
}

function importList({ subscribe }: FeedPagesOptions): RequestHandler {
  return async (request, response) => {
    const imported = await subscribe.opml(Buffer.from(formField(request.body, 'opml')));
    if (imported.ok) {
      const isNew = imported.feeds.filter((feed) => feed.isNew).length;
      const refused = imported.refused.slice(0, REFUSED_SHOWN_MAX);
      return sendPage(response, renderImported({ isNew, known: imported.feeds.length - isNew, refused }));
    }
    if (imported.problem === 'too-many')
      return sendMessage(response, 413, 'Too many feeds', 'Import the list in parts.');
    sendMessage(response, 422, 'Not a list of feeds', 'Paste the whole text of an OPML file.');
  };
}

function changeFeed({ store }: FeedPagesOptions): RequestHandler {
  const actions: Record<string, (id: string) => Promise<FeedRecord | boolean | null>> = {
    poll: (id) => store.pollNow(id),
    pause: (id) => store.changeFeed(id, { isPaused: true }),
    resume: (id) => store.changeFeed(id, { isPaused: false }),
    remove: (id) => store.unsubscribe(id),
  };
  return async (request, response) => {
    const id = String(request.params.id);
    const wanted = formField(request.body, 'do');
    const action = Object.hasOwn(actions, wanted) ? actions[wanted] : undefined;
    if (action === undefined) return sendMessage(response, 400, 'Nothing to do', 'The form does not say what to do.');
    if (!(await action(id))) return sendMessage(response, 404, 'No such feed', 'There is no feed with this id.');
    response.redirect(303, wanted === 'remove' ? '/feeds' : `/feeds#${encodeURIComponent(id)}`);
  };
}
