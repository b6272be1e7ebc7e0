import pg from 'pg';
import { startMaintenance } from './maintenance.ts';
import { migrate } from './migrate.ts';
import { openPglite } from './pglite/open.ts';
import { article, articleByUrl } from './queries/articles.ts';
import { assign } from './queries/assign.ts';
import { audit } from './queries/audit.ts';
import { stageFigures } from './queries/figures.ts';
import { claim, markHanded, release, settle } from './queries/ledger.ts';
import { saveSigned } from './queries/sign.ts';
import { stories, story } from './queries/stories.ts';
import { submit } from './queries/submit.ts';
import { sweep } from './queries/sweep.ts';
import { candidates, loadTexts, textsOf } from './queries/texts.ts';
import type { Store } from './store.ts';
import { TextCache } from './text-cache.ts';
import { inTransaction, readOnly } from './transaction.ts';

/** Connections of one process to a server, unless told. */
const POOL_CONNECTIONS_MAX = 10;
/** A statement or an idle transaction holds locks that others wait for: a worker that is stopped in one must not hold them for ever. */
const STATEMENT_TIMEOUT_MS = 30_000;
const IDLE_TRANSACTION_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** Texts kept in memory: some ten thousand articles of usual length. */
const TEXT_CACHE_BYTES_MAX = 64 * 1024 * 1024;

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

function storeOn(pool: pg.Pool, cache: TextCache, signatureVersion: number, close: () => Promise<void>): Store {
  let closing: Promise<void> | null = null;
  return {
    submit: (submissions) => inTransaction(pool, (client) => submit(client, submissions)),
    claim: (stage, articleIds, leaseMs) => claim(pool, stage, articleIds, leaseMs),
    release: (claims) => release(pool, claims),
    saveSigned: (signed) => inTransaction(pool, (client) => saveSigned(client, signed)),
    settle: (stage, endings) => inTransaction(pool, (client) => settle(client, stage, endings)),
    sweep: (options) => inTransaction(pool, (client) => sweep(client, options)),
    markHanded: (articleIds) => markHanded(pool, articleIds),
    textsOf: (articleIds) => textsOf(pool, cache, articleIds),
    candidates: (texts) => candidates(pool, texts),
    loadTexts: (hashes) => loadTexts(pool, cache, signatureVersion, hashes),
    assign: (claims, links, decide) => assign(pool, cache, signatureVersion, { claims, links, decide }),
    article: (id) => article(pool, id),
    articleByUrl: (canonicalUrl) => articleByUrl(pool, canonicalUrl),
    stories: (query) => stories(pool, query),
    story: (id) => readOnly(pool, (client) => story(client, id)),
    stageFigures: () => readOnly(pool, stageFigures),
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
  const cache = new TextCache(options.textCacheBytesMax ?? TEXT_CACHE_BYTES_MAX);
  return {
    store: storeOn(pool, cache, signatureVersion, close),
    pool,
    engine: embedded === null ? 'postgres' : 'pglite',
  };
}
