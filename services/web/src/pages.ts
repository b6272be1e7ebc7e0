import { canonicalUrl } from '@wirefold/article';
import type { Outlet, Store } from '@wirefold/store';
import express, { type RequestHandler, type Response } from 'express';
import { renderArticle } from './article.ts';
import { createAssets } from './assets.ts';
import { addDecisionForms, type DecisionPages } from './decision-forms.ts';
import { type DiffAnswer, renderDiff } from './diff.ts';
import { type ExplainAnswer, renderExplanation } from './explain.ts';
import { renderFeed } from './feed.ts';
import type { FeedQuery } from './feed-query.ts';
import {
  type FormOptions,
  RETRIED_MAX,
  type RetryPages,
  refetchArticle,
  retryArticle,
  retryFailures,
  submitForm,
} from './forms.ts';
import { type MonitorFigures, renderMonitor } from './monitor.ts';
import { createMonitorAssets } from './monitor-assets.ts';
import { parameter, parameterNumber, parameterTime, refuseOtherSites, route, sendMessage, sendPage } from './page.ts';
import type { RelatedStory } from './related.ts';
import { renderRevisions } from './revisions.ts';
import { renderStory } from './story.ts';

/** Rows on one page of the feed: about three screens. */
const FEED_ROWS = 20;
/** The form holds one URL of at most 2,048 characters, each up to nine bytes when it is encoded. */
const FORM_BYTES_MAX = 32 * 1024;
/** A page of an article that is on its way loads again after this time, until the article is this old. */
const ARTICLE_REFRESH_SECONDS = 3;
const ARTICLE_REFRESH_AGE_MAX_MS = 2 * 60 * 1000;
/** Cards that an article's page names; each is one more question to the store. */
const CARDS_NAMED_MAX = 12;
/** Bounds for the refresh that a reader of the monitor asks for. */
const MONITOR_REFRESH_SECONDS_MIN = 2;
const MONITOR_REFRESH_SECONDS_MAX = 3600;
/** More texts than any article has. */
const REVISION_NUMBER_MAX = 999_999_999;
/** More mirrors than this no story shows; a larger number in a form is a slip. */
const MIN_MIRRORS_MAX = 1_000_000;
const MIN_ORIGINS_MAX = 1_000;
/** Outlets that the filter offers: those with the most articles, asked for anew after this time. */
const OUTLETS_OFFERED_MAX = 300;
const OUTLETS_KEPT_MS = 10_000;

export interface PagesOptions extends FormOptions {
  store: Pick<
    Store,
    | 'stories'
    | 'story'
    | 'storyEndedAt'
    | 'decisionsOf'
    | 'outlets'
    | 'article'
    | 'articleByUrl'
    | 'revisions'
    | 'revision'
  >;
  figures(): Promise<MonitorFigures>;
  retry: RetryPages;
  /** Compares the texts of two articles, each named by its id or its URL. */
  explain(a: string, b: string): Promise<ExplainAnswer>;
  /** Compares two copies of a story word by word; each is named by its article's id. */
  diff(storyId: string, a: string, b: string): Promise<DiffAnswer>;
  byHand: DecisionPages;
  /** The other stories of the event of a story. */
  related(storyId: string): Promise<{ related: RelatedStory[] } | null>;
  now(): Date;
}

/** The pages that readers see, and their assets. Errors are passed on to the application's error handler. */
export function createPages(options: PagesOptions): express.Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  router.use(createAssets());
  router.use(createMonitorAssets());
  route(router, 'get', '/', feedPage(options));
  route(router, 'get', '/stories/:id', storyPage(options));
  route(router, 'get', '/stories/:id/diff', diffPage(options));
  route(router, 'get', '/articles', findArticle(options));
  route(router, 'get', '/articles/:id', articlePage(options));
  route(router, 'get', '/articles/:id/revisions', revisionsPage(options));
  route(router, 'post', '/articles/:id/refetch', refuseOtherSites, refetchArticle(options));
  route(router, 'get', '/explain', explainPage(options));
  route(router, 'get', '/monitor', monitorPage(options));
  const form = express.urlencoded({ extended: false, limit: FORM_BYTES_MAX, parameterLimit: 10 });
  route(router, 'post', '/submit', refuseOtherSites, form, submitForm(options));
  route(router, 'post', '/failures/retry', refuseOtherSites, form, retryFailures(options.retry));
  addDecisionForms(router, options.byHand);
  route(router, 'post', '/articles/:id/retry', refuseOtherSites, retryArticle(options.retry));
  return router;
}

function feedPage({ store, now }: PagesOptions): RequestHandler {
  const outlets = offeredOutlets(store, now);
  return async (request, response) => {
    const query: FeedQuery = {
      cursor: parameter(request, 'cursor'),
      since: parameterTime(request, 'since'),
      source: parameter(request, 'source'),
      language: parameter(request, 'lang')?.toLowerCase() ?? null,
      minMirrors: parameterNumber(request, 'min_mirrors', MIN_MIRRORS_MAX),
      minOrigins: parameterNumber(request, 'min_origins', MIN_ORIGINS_MAX),
      q: parameter(request, 'q'),
    };
    const address = `${request.protocol}://${request.host}`;
    const [page, offered] = await Promise.all([store.stories({ ...query, limit: FEED_ROWS }), outlets()]);
    sendPage(response, renderFeed({ page, query, outlets: offered, address }));
  };
}

/** A day or an instant as the API takes it; anything else is as good as nothing. */

/** Asks the store at most every few seconds: the list is the same for all readers, and changes slowly. */
function offeredOutlets(store: PagesOptions['store'], now: PagesOptions['now']): () => Promise<readonly Outlet[]> {
  let kept: readonly Outlet[] = [];
  let keptUntilMs = 0;
  return async () => {
    if (now().getTime() < keptUntilMs) return kept;
    kept = await store.outlets(OUTLETS_OFFERED_MAX);
    keptUntilMs = now().getTime() + OUTLETS_KEPT_MS;
    return kept;
  };
}

function storyPage({ store, byHand, related }: PagesOptions): RequestHandler {
  return async (request, response) => {
    const id = String(request.params.id);
    const answer = await store.story(id);
    if (answer === null) return sendNoStory(response, await store.storyEndedAt(id));
    // A merge is for good, but the story it leads to may merge too: the redirect is asked for again each time.
    if (answer.redirectedFrom !== null) {
      return response.set('Cache-Control', 'no-cache').redirect(301, `/stories/${encodeURIComponent(answer.story.id)}`);
    }
    const { story } = answer;
    const [canonical, decisions, mayDecide, event] = await Promise.all([
      store.article(story.canonical.articleId),
      store.decisionsOf(id),
      byHand.mayDecide(request),
      related(id),
    ]);
    const people = { decisions, mayDecide };
    sendPage(response, renderStory(story, canonical?.article ?? null, people, event?.related ?? []));
  };
}

function diffPage({ store, diff }: PagesOptions): RequestHandler {
  return async (request, response) => {
    const id = String(request.params.id);
    const [a, b] = [parameter(request, 'a'), parameter(request, 'b')];
    if (a === null || b === null) {
      const text = 'Choose two copies at the foot of the story’s page.';
      return sendMessage(response, 400, 'Two copies are needed', text);
    }
    const answer = await diff(id, a, b);
    if (answer.ok) return sendPage(response, renderDiff(answer));
    if (answer.problem === 'merged') {
      const path = `/stories/${encodeURIComponent(answer.into)}/diff?${new URLSearchParams({ a, b })}`;
      return response.set('Cache-Control', 'no-cache').redirect(301, path);
    }
    if (answer.problem === 'not-a-copy') {
      const which = answer.side === 'a' ? 'The first' : 'The second';
      return sendMessage(response, 404, 'No such copy', `${which} of the two is not a copy of this story any more.`);
    }
    return sendNoStory(response, await store.storyEndedAt(id));
  };
}

function sendNoStory(response: Response, endedAt: string | null): void {
  if (endedAt === null) sendMessage(response, 404, 'No such story', 'There is no story with this id.');
  else sendMessage(response, 410, 'This story is gone', 'The last article of this story was removed.');
}

function articlePage({ store, now }: PagesOptions): RequestHandler {
  return async (request, response) => {
    const asked = String(request.params.id);
    const record = await store.article(asked);
    if (record === null) return sendMessage(response, 404, 'No such article', 'There is no article with this id.');
    if (record.id !== asked)
      return response.set('Cache-Control', 'no-cache').redirect(301, `/articles/${encodeURIComponent(record.id)}`);
    const isOnItsWay = record.state === 'submitted' || record.state === 'signed';
    const ageMs = now().getTime() - Date.parse(record.receivedAt);
    if (isOnItsWay && ageMs < ARTICLE_REFRESH_AGE_MAX_MS) response.set('Refresh', String(ARTICLE_REFRESH_SECONDS));
    const cards = await Promise.all(record.cards.slice(0, CARDS_NAMED_MAX).map((id) => store.article(id)));
    sendPage(
      response,
      renderArticle(
        record,
        cards.filter((card) => card !== null),
      ),
    );
  };
}

function revisionsPage({ store }: PagesOptions): RequestHandler {
  return async (request, response) => {
    const id = String(request.params.id);
    const history = await store.revisions(id);
    if (history === null) return sendMessage(response, 404, 'No such article', 'No article with this id was read.');
    // Unless told, the newest change is shown.
    const asked = parameterNumber(request, 'number', REVISION_NUMBER_MAX) || history.revisions.at(-2)?.number;
    sendPage(response, renderRevisions(history, asked === undefined ? null : await store.revision(id, asked)));
  };
}

function findArticle({ store }: PagesOptions): RequestHandler {
  return async (request, response) => {
    const value = request.query.url;
    const canonical = canonicalUrl(typeof value === 'string' ? value : '');
    if (!canonical.ok) return sendMessage(response, 400, 'Not an address of an article', canonical.problem);
    const record = await store.articleByUrl(canonical.url);
    if (record === null) {
      return sendMessage(response, 404, 'Not here', `${canonical.url} has not been submitted to Wirefold.`);
    }
    response.redirect(303, `/articles/${encodeURIComponent(record.id)}`);
  };
}

const EXPLAIN_PROBLEMS = {
  invalid: { status: 400, title: 'Not an article' },
  unknown: { status: 404, title: 'No such article' },
  withdrawn: { status: 451, title: 'This text was withdrawn' },
  'not-signed': { status: 409, title: 'Not read yet' },
} as const;

function explainPage({ explain }: PagesOptions): RequestHandler {
  return async (request, response) => {
    const { a, b } = request.query;
    if (typeof a !== 'string' || typeof b !== 'string')
      return sendMessage(
        response,
        400,
        'Two articles are needed',
        'Ask for /explain?a=…&b=…, with an id or a URL of each.',
      );
    const answer = await explain(a, b);
    if (answer.ok) return sendPage(response, renderExplanation(answer));
    const { status, title } = EXPLAIN_PROBLEMS[answer.problem];
    sendMessage(response, status, title, `${answer.side.toUpperCase()}: ${answer.detail}`);
  };
}

function monitorPage({ figures, now }: PagesOptions): RequestHandler {
  return async (request, response) => {
    const asked = parameterNumber(request, 'refresh', MONITOR_REFRESH_SECONDS_MAX);
    const refreshSeconds = asked === 0 ? null : Math.max(asked, MONITOR_REFRESH_SECONDS_MIN);
    if (refreshSeconds !== null) response.set('Refresh', String(refreshSeconds));
    const retried = parameter(request, 'retried') === null ? null : parameterNumber(request, 'retried', RETRIED_MAX);
    sendPage(response, renderMonitor(await figures(), now(), { refreshSeconds, retried }));
  };
}
