import pg from 'pg';
import type { FeedStore } from './feeds.ts';
import type { HostStore } from './hosts.ts';
import { startMaintenance } from './maintenance.ts';
import { migrate } from './migrate.ts';
import type { MonitorStore } from './monitor.ts';
import { openPglite } from './pglite/open.ts';
import { accessOn } from './queries/access.ts';
import { adminLog, logAct } from './queries/admin-log.ts';
import { article, articleByUrl } from './queries/articles.ts';
import { assign } from './queries/assign.ts';
import { audit } from './queries/audit.ts';
import { changes, pruneChanges } from './queries/change-log.ts';
import { decisionsBetween, decisionsOf } from './queries/decision-rows.ts';
import { decideByHand, withdrawDecision } from './queries/decisions.ts';
import { claimWebhook, dueWebhooks, leaveWebhook, settleDelivery } from './queries/deliveries.ts';
import { exportRows } from './queries/export.ts';
import { failureGroups, failuresOf } from './queries/failures.ts';
import { claimFeed, putOffFeed, recordPoll } from './queries/feed-polls.ts';
import { changeFeed, entriesOf, feed, feeds, pollNow, subscribe, unsubscribe } from './queries/feeds.ts';
import { stageFigures } from './queries/figures.ts';
import { frontier } from './queries/frontier.ts';
import { history } from './queries/history.ts';
import { hostDetail, hostFigures } from './queries/host-figures.ts';
import { enterHost, giveUpHost, leaveHost, moveTo } from './queries/hosts.ts';
import { repetitionsOn } from './queries/idempotency.ts';
import { indexFigures } from './queries/index-figures.ts';
import { keepHistory } from './queries/keep-history.ts';
import { dueSources, learn, makeSourcesDue, upkeepFigures } from './queries/learn.ts';
import { claim, release, settle } from './queries/ledger.ts';
import { dropLooseTexts, expireTexts } from './queries/loose-texts.ts';
import { printsOf, textsNear } from './queries/matching.ts';
import { outlets } from './queries/outlets.ts';
import { namedAlike, nameStories } from './queries/related.ts';
import { remove } from './queries/remove.ts';
import { replay, replayOne } from './queries/replay.ts';
import { markGone, readBefore, saveUnchanged } from './queries/reread.ts';
import { revision, revisions } from './queries/revisions.ts';
import { keepRobots, robots } from './queries/robots.ts';
import { saveSigned } from './queries/sign.ts';
import { source } from './queries/source.ts';
import { furniture } from './queries/sources.ts';
import { resign, staleArticles } from './queries/stale.ts';
import { stories, story, storyEndedAt } from './queries/stories.ts';
import { feedItems, storyHeads } from './queries/story-feed.ts';
import { submit } from './queries/submit.ts';
import { sweep } from './queries/sweep.ts';
import { candidates, loadTexts, spansOf, textsOf } from './queries/texts.ts';
import {
  addWebhook,
  enableWebhook,
  pauseWebhook,
  removeWebhook,
  replayChange,
  webhook,
  webhooks,
} from './queries/webhooks.ts';
import { type FurnitureCache, furnitureBytes, RecentCache, type TextCache, textBytes } from './recent-cache.ts';
import type { RevisionStore } from './revisions.ts';
import type { Store } from './store.ts';
import { inTransaction, readOnly } from './transaction.ts';
import type { UpkeepStore } from './upkeep.ts';
import type { WebhookStore } from './webhooks.ts';

/** Connections of one process to a server, unless told. */
const POOL_CONNECTIONS_MAX = 10;
/** A statement or an idle transaction holds locks that others wait for: a worker that is stopped in one must not hold them for ever. */
const STATEMENT_TIMEOUT_MS = 30_000;
const IDLE_TRANSACTION_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** Texts kept in memory: some ten thousand articles of usual length. */
const TEXT_CACHE_BYTES_MAX = 64 * 1024 * 1024;
/** Learned furniture kept in memory: that of a thousand sources. */
const FURNITURE_CACHE_BYTES_MAX = 16 * 1024 * 1024;

export interface StoreOptions {
  /** A Postgres URL; null for PGlite. */
  databaseUrl: string | null;
  /** PGlite's folder; null for PGlite in memory. Without effect where there is a `databaseUrl`. */
  dataDir: string | null;
  /** Version of the parameters that texts are signed with: the one in which `links` and `loadTexts` name texts by hash. */
  signatureVersion: number;
  /** Most connections to Postgres; PGlite has its own fixed number. */
  poolSize?: number;
  textCacheBytesMax?: number;
}

export interface OpenedStore {
  store: Store;
  /** The store's own pool, for a queue in the same database. Whoever uses it stops before `store.close()`. */
  pool: pg.Pool;
  engine: 'pglite' | 'postgres';
}

function postgresPool(connectionString: string, max: number): pg.Pool {
  return new pg.Pool({
    connectionString,
    max,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_TRANSACTION_TIMEOUT_MS,
    application_name: 'wirefold',
  });
}

interface Caches {
  texts: TextCache;
  furniture: FurnitureCache;
}

function storeOn(pool: pg.Pool, caches: Caches, signatureVersion: number, close: () => Promise<void>): Store {
  const cache = caches.texts;
  let closing: Promise<void> | null = null;
  return {
    submit: (submissions) => inTransaction(pool, (client) => submit(client, submissions)),
    claim: (stage, articleIds, leaseMs) => claim(pool, stage, articleIds, leaseMs),
    release: (claims) => inTransaction(pool, (client) => release(client, claims)),
    saveSigned: (signed) => inTransaction(pool, (client) => saveSigned(client, signed)),
    settle: (stage, endings) => inTransaction(pool, (client) => settle(client, stage, endings)),
    sweep: (options) => inTransaction(pool, (client) => sweep(client, options)),
    textsOf: (articleIds) => textsOf(pool, cache, articleIds),
    candidates: (texts) => candidates(pool, texts),
    spansOf: (hashes) => spansOf(pool, signatureVersion, hashes),
    loadTexts: (hashes) => loadTexts(pool, cache, signatureVersion, hashes),
    assign: (claims, links, decide, looked = []) =>
      assign(pool, cache, signatureVersion, { claims, links, decide, looked }),
    remove: (articleId, decide) => remove(pool, cache, articleId, decide),
    decideByHand: (asked, decide) => decideByHand(pool, cache, asked, decide),
    withdrawDecision: (id, by, decide) => withdrawDecision(pool, cache, id, by, decide),
    decisionsBetween: (a, b) => decisionsBetween(pool, a, b),
    decisionsOf: (storyId) => decisionsOf(pool, storyId),
    ...hostsOn(pool),
    ...monitorOn(pool),
    ...accessOn(pool),
    ...repetitionsOn(pool),
    changes: (query) => changes(pool, query),
    pruneChanges: (options) => pruneChanges(pool, options),
    storyHeads: (query) => storyHeads(pool, query),
    feedItems: (ids) => feedItems(pool, ids),
    exportRows: (query) => exportRows(pool, query),
    ...webhooksOn(pool),
    ...feedsOn(pool),
    ...upkeepOn(pool, caches, signatureVersion),
    ...revisionsOn(pool, cache),
    outlets: (limit) => outlets(pool, limit),
    textsNear: (text, limit) => textsNear(pool, cache, text, limit),
    printsOf: (hashes, limit) => printsOf(pool, signatureVersion, hashes, limit),
    logAct: (act) => logAct(pool, act),
    adminLog: (query) => adminLog(pool, query),
    nameStories: (limit, read) => inTransaction(pool, (client) => nameStories(client, limit, read)),
    namedAlike: (id, bounds) => readOnly(pool, (client) => namedAlike(client, id, bounds)),
    article: (id) => article(pool, id),
    articleByUrl: (canonicalUrl) => articleByUrl(pool, canonicalUrl),
    stories: (query) => stories(pool, query),
    story: (id) => readOnly(pool, (client) => story(client, id)),
    storyEndedAt: (id) => storyEndedAt(pool, id),
    stageFigures: () => readOnly(pool, stageFigures),
    figures: () =>
      readOnly(pool, async (client) => ({
        stages: await stageFigures(client),
        upkeep: await upkeepFigures(client, signatureVersion),
      })),
    audit: ({ deadlineMs }) => audit(pool, deadlineMs),
    ping: async () => {
      await pool.query('select 1');
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

function hostsOn(pool: pg.Pool): HostStore {
  return {
    enterHost: (host, leaseMs) => enterHost(pool, host, leaseMs),
    leaveHost: (turn, visit) => leaveHost(pool, turn, visit),
    moveTo: (move) => inTransaction(pool, (client) => moveTo(client, move)),
    giveUpHost: (host, reason, detail) => inTransaction(pool, (client) => giveUpHost(client, host, reason, detail)),
    frontier: (options) => inTransaction(pool, (client) => frontier(client, options)),
    hosts: (query) => hostFigures(pool, query),
    robots: (origin) => robots(pool, origin),
    keepRobots: (origin, known) => keepRobots(pool, origin, known),
  };
}

function monitorOn(pool: pg.Pool): MonitorStore {
  return {
    host: (name) => readOnly(pool, (client) => hostDetail(client, name)),
    replay: (query) => inTransaction(pool, (client) => replay(client, query)),
    failureGroups: (limit) => failureGroups(pool, limit),
    failuresOf: (query) => failuresOf(pool, query),
    indexFigures: () => readOnly(pool, indexFigures),
    history: (query) => readOnly(pool, (client) => history(client, query)),
    keepHistory: () => inTransaction(pool, keepHistory),
    replayOne: (articleId) => inTransaction(pool, (client) => replayOne(client, articleId)),
  };
}

function revisionsOn(pool: pg.Pool, cache: TextCache): RevisionStore {
  return {
    readBefore: (articleIds) => readOnly(pool, (client) => readBefore(client, cache, articleIds)),
    saveUnchanged: (unchanged) => inTransaction(pool, (client) => saveUnchanged(client, unchanged)),
    markGone: (endings) => inTransaction(pool, (client) => markGone(client, endings)),
    revisions: (articleId) => readOnly(pool, (client) => revisions(client, articleId)),
    revision: (articleId, number) => readOnly(pool, (client) => revision(client, articleId, number)),
  };
}

function webhooksOn(pool: pg.Pool): WebhookStore {
  return {
    addWebhook: (added) => addWebhook(pool, added),
    webhooks: () => webhooks(pool),
    webhook: (id) => webhook(pool, id),
    removeWebhook: (id) => removeWebhook(pool, id),
    enableWebhook: (id) => enableWebhook(pool, id),
    pauseWebhook: (id) => pauseWebhook(pool, id),
    replayChange: (id, cursor) => replayChange(pool, id, cursor),
    dueWebhooks: (limit) => dueWebhooks(pool, limit),
    claimWebhook: (id, options) => inTransaction(pool, (client) => claimWebhook(client, id, options)),
    settleDelivery: (result) => inTransaction(pool, (client) => settleDelivery(client, result)),
    leaveWebhook: (work) => leaveWebhook(pool, work),
  };
}

function feedsOn(pool: pg.Pool): FeedStore {
  return {
    subscribe: (subscriptions) => inTransaction(pool, (client) => subscribe(client, subscriptions)),
    feeds: (query) => feeds(pool, query),
    feed: (id) => feed(pool, id),
    changeFeed: (id, change) => changeFeed(pool, id, change),
    pollNow: (id) => pollNow(pool, id),
    unsubscribe: (id) => unsubscribe(pool, id),
    claimFeed: (leaseMs) => claimFeed(pool, leaseMs),
    putOffFeed: (claim, afterMs) => putOffFeed(pool, claim, afterMs),
    recordPoll: (claim, poll, decide) => inTransaction(pool, (client) => recordPoll(client, claim, poll, decide)),
    entriesOf: (articleId) => entriesOf(pool, articleId),
  };
}

function upkeepOn(pool: pg.Pool, caches: Caches, signatureVersion: number): UpkeepStore {
  return {
    furniture: (sourceKeys) => furniture(pool, caches.furniture, sourceKeys),
    dueSources: (options) => dueSources(pool, signatureVersion, options),
    learn: (sourceKey, decide) => learn(pool, signatureVersion, sourceKey, decide),
    staleArticles: (limit) => inTransaction(pool, (client) => staleArticles(client, signatureVersion, limit)),
    resign: (sourceKey, resigned) => inTransaction(pool, (client) => resign(client, sourceKey, resigned)),
    dropLooseTexts: (limit) => inTransaction(pool, (client) => dropLooseTexts(client, limit)),
    expireTexts: (options) => inTransaction(pool, (client) => expireTexts(client, options)),
    makeSourcesDue: () => makeSourcesDue(pool),
    source: (key) => source(pool, key),
    upkeepFigures: () => upkeepFigures(pool, signatureVersion),
  };
}

/** Opens the store and brings its schema up to date. Throws `DataFolderInUse` or `SchemaTooNew`. */
export async function openStore(options: StoreOptions): Promise<OpenedStore> {
  const { databaseUrl, dataDir, signatureVersion, poolSize = POOL_CONNECTIONS_MAX } = options;
  const embedded = databaseUrl === null ? await openPglite(dataDir) : null;
  const pool = embedded?.pool ?? postgresPool(databaseUrl ?? '', poolSize);
  // A connection that breaks, idle or between two statements, is replaced at the next use, and the statement in hand fails by
  // itself; without a listener it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const end = async () => {
    await pool.end();
    await embedded?.close();
  };
  try {
    await migrate(pool);
  } catch (error) {
    await end();
    throw error;
  }
  const maintenance = embedded === null ? null : startMaintenance(pool);
  const close = async () => {
    await maintenance?.stop();
    await end();
  };
  const caches: Caches = {
    texts: new RecentCache(options.textCacheBytesMax ?? TEXT_CACHE_BYTES_MAX, textBytes),
    furniture: new RecentCache(FURNITURE_CACHE_BYTES_MAX, furnitureBytes),
  };
  return {
    store: storeOn(pool, caches, signatureVersion, close),
    pool,
    engine: embedded === null ? 'postgres' : 'pglite',
  };
}
