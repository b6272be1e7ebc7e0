import { LOG_LEVELS } from './logger.ts';
import {
  oneOf,
  type Setting,
  setting,
  type TestHost,
  testHosts,
  text,
  urlOf,
  wholeNumber,
  yesOrNo,
} from './setting.ts';

/** `DATA_DIR` for a service that keeps nothing when it ends. */
const MEMORY = 'memory:';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MIB = 2 ** 20;

/** Every setting, in the order of docs/operating.md, which has a row for each. */
export const SETTINGS = {
  port: setting('PORT', wholeNumber(0, 65_535), '8080', 'Port of the API and the pages; 0 takes a free one.'),
  host: setting(
    'HOST',
    text,
    '127.0.0.1',
    'Address to listen on. 0.0.0.0 opens the service to the network: it then needs a key.',
  ),
  openAccess: setting(
    'OPEN_ACCESS',
    yesOrNo,
    'false',
    'Whether a service that listens beyond loopback may start without a key, open to all who reach it.',
  ),
  requestsAMinuteMax: setting(
    'REQUESTS_A_MINUTE_MAX',
    wholeNumber(0, 10_000_000),
    '6000',
    'Requests of one key, or of one address without a key, to one process; 100 times that while it is open on loopback; 0 for no limit.',
  ),
  trustedProxies: setting(
    'TRUSTED_PROXIES',
    wholeNumber(0, 10),
    '0',
    'Proxies in front of the service, each of which adds to X-Forwarded-For: so many of its addresses are believed.',
  ),
  wirefoldKey: setting('WIREFOLD_KEY', text, null, 'Key that the command line shows to a running service.'),
  dataDir: setting('DATA_DIR', text, './data', `Folder of the embedded engine; ${MEMORY} keeps nothing on disk.`),
  databaseUrl: setting(
    'DATABASE_URL',
    urlOf('postgres:', 'postgresql:'),
    null,
    'Postgres for the articles and stories, instead of the embedded engine.',
  ),
  redisUrl: setting(
    'REDIS_URL',
    urlOf('redis:', 'rediss:'),
    null,
    "Redis for the queue, instead of the store's engine.",
  ),
  databasePoolMax: setting(
    'DATABASE_POOL_MAX',
    // Three consumers each keep a connection that listens, and a sweep, a claim and a request must not wait for each other.
    wholeNumber(5, 200),
    '16',
    'Connections of one process to Postgres.',
  ),
  logLevel: setting('LOG_LEVEL', oneOf(LOG_LEVELS), 'info', 'Least severe lines that are written to standard error.'),
  metricsPort: setting(
    'METRICS_PORT',
    wholeNumber(0, 65_535),
    null,
    'Port where an ingest or cluster process of its own answers /metrics and /health; 0 takes a free one, which the log names.',
  ),
  metricsHost: setting('METRICS_HOST', text, '127.0.0.1', 'Address of that port, which asks for no key.'),
  userAgentContact: setting(
    'USER_AGENT_CONTACT',
    text,
    null,
    'URL or e-mail address in the User-Agent, for the people whose sites are read.',
  ),
  fetchDeadlineMs: setting(
    'FETCH_DEADLINE_MS',
    wholeNumber(100, 10 * MINUTE_MS),
    '30000',
    'Time for one page from the first redirect to the last byte.',
  ),
  fetchBytesMax: setting(
    'FETCH_BYTES_MAX',
    wholeNumber(1024, 256 * MIB),
    String(8 * MIB),
    'Size of a page after decompression; a larger one is rejected.',
  ),
  fetchProxy: setting(
    'FETCH_PROXY',
    urlOf('http:', 'https:'),
    null,
    'Proxy that every fetch goes through, by CONNECT to an address that was checked here.',
  ),
  fetchTestHosts: setting(
    'FETCH_TEST_HOSTS',
    testHosts,
    null,
    'For tests only: host names that lead to loopback, as host=127.0.0.1:port, separated by commas.',
  ),
  hostDelayMinMs: setting(
    'HOST_DELAY_MIN_MS',
    wholeNumber(0, HOUR_MS),
    '1000',
    'Shortest pause between two fetches of one host.',
  ),
  hostDelayMaxMs: setting(
    'HOST_DELAY_MAX_MS',
    wholeNumber(0, HOUR_MS),
    '30000',
    'Longest such pause, whatever its robots.txt asks for; not for Retry-After, nor for a host that fails.',
  ),
  hostsEveryMs: setting(
    'HOSTS_EVERY_MS',
    wholeNumber(10, MINUTE_MS),
    '250',
    'Pause between two looks for hosts whose turn has come.',
  ),
  feedIntervalMinMs: setting(
    'FEED_INTERVAL_MIN_MS',
    wholeNumber(10, DAY_MS),
    String(5 * MINUTE_MS),
    'Shortest time between two polls of a feed that changes often.',
  ),
  feedIntervalMaxMs: setting(
    'FEED_INTERVAL_MAX_MS',
    wholeNumber(10, 30 * DAY_MS),
    String(DAY_MS),
    'Longest time between two polls of a feed, however seldom it changes, and whatever its site asks for.',
  ),
  feedsEveryMs: setting(
    'FEEDS_EVERY_MS',
    wholeNumber(50, HOUR_MS),
    '5000',
    'Pause between two looks for feeds that are due.',
  ),
  ingestConcurrency: setting(
    'INGEST_CONCURRENCY',
    wholeNumber(1, 256),
    '16',
    'Ingest jobs at once in one process; most of their time is waiting for sites.',
  ),
  clusterConcurrency: setting(
    'CLUSTER_CONCURRENCY',
    wholeNumber(1, 64),
    '2',
    'Cluster jobs at once in one process; they compute, so more than cores gains nothing.',
  ),
  leaseMs: setting(
    'LEASE_MS',
    wholeNumber(1_000, HOUR_MS),
    '60000',
    'How long a worker may hold an article before another may take it; longer than FETCH_DEADLINE_MS.',
  ),
  sweepEveryMs: setting(
    'SWEEP_EVERY_MS',
    wholeNumber(50, 10 * MINUTE_MS),
    '2000',
    'Pause between two sweeps of the ledger.',
  ),
  resendAfterMs: setting(
    'RESEND_AFTER_MS',
    wholeNumber(100, HOUR_MS),
    '30000',
    'An article that was handed out this long ago and is held by nobody is handed out again.',
  ),
  claimsMax: setting(
    'CLAIMS_MAX',
    wholeNumber(1, 100),
    '5',
    'Times that an article may be lost with its worker before it fails as worker-lost.',
  ),
  articleDeadlineMs: setting(
    'ARTICLE_DEADLINE_MS',
    wholeNumber(1_000, 30 * DAY_MS),
    // Six retries of an hour each, the longest that a site can ask for, and as much again for a backlog.
    String(DAY_MS),
    'An article that is unfinished for longer breaks an invariant, and the health check says so.',
  ),
  windowDays: setting(
    'WINDOW_DAYS',
    wholeNumber(0, 36_500),
    '30',
    'Texts that were published more days apart are not one story, whatever they say; 0 for no limit.',
  ),
  upkeepEveryMs: setting(
    'UPKEEP_EVERY_MS',
    wholeNumber(10, HOUR_MS),
    '1000',
    'Pause between two rounds of upkeep: learning what sources repeat, and signing their articles again.',
  ),
  furnitureQuietMs: setting(
    'FURNITURE_QUIET_MS',
    wholeNumber(0, HOUR_MS),
    '2000',
    'A source is learned again once it grew by a quarter, or changed and then was quiet for this long.',
  ),
  webhooksEveryMs: setting(
    'WEBHOOKS_EVERY_MS',
    wholeNumber(10, MINUTE_MS),
    '1000',
    'Pause between two looks for webhooks that have something to be told.',
  ),
  changesKeepDays: setting(
    'CHANGES_KEEP_DAYS',
    wholeNumber(0, 36_500),
    '90',
    'Age up to which what happened to stories is given out by /v1/changes; 0 for no limit.',
  ),
  retryBaseMs: setting(
    'RETRY_BASE_MS',
    wholeNumber(1, HOUR_MS),
    '5000',
    'Wait before the second attempt; it doubles with each.',
  ),
  retryMaxMs: setting('RETRY_MAX_MS', wholeNumber(1, DAY_MS), String(HOUR_MS), 'No wait between attempts is longer.'),
  shutdownMs: setting(
    'SHUTDOWN_MS',
    wholeNumber(500, 10 * MINUTE_MS),
    '30000',
    'Time to finish what is in hand when the process is asked to stop.',
  ),
} as const;

type Value<S> = S extends Setting<infer V> & { default: infer D } ? (D extends null ? V | null : V) : never;

/** What a process was told, parsed. Times are milliseconds, sizes bytes; `dataDir` is null for an engine in memory. */
export type Config = Readonly<
  { [Key in Exclude<keyof typeof SETTINGS, 'dataDir' | 'fetchTestHosts'>]: Value<(typeof SETTINGS)[Key]> } & {
    dataDir: string | null;
    fetchTestHosts: ReadonlyMap<string, TestHost>;
  }
>;

export type ConfigReading = { ok: true; config: Config } | { ok: false; problems: string[] };

/** Reads the environment, for everybody. Each problem names its variable and says what to do. */
export function readConfig(env: Record<string, string | undefined>): ConfigReading {
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [key, { name, schema, default: defaultText }] of Object.entries<Setting<unknown>>(SETTINGS)) {
    const given = env[name]?.trim() || defaultText;
    const parsed = given === null ? null : schema.safeParse(given);
    if (parsed?.success === false) problems.push(`${name} ${parsed.error.issues[0]?.message}.`);
    else values[key] = parsed?.data ?? null;
  }
  if (problems.length > 0) return { ok: false, problems };
  const config = {
    ...values,
    dataDir: values.dataDir === MEMORY ? null : values.dataDir,
    fetchTestHosts: values.fetchTestHosts ?? new Map(),
  } as Config;
  const conflicts = conflictsIn(config);
  return conflicts.length > 0 ? { ok: false, problems: conflicts } : { ok: true, config };
}

function conflictsIn({ leaseMs, fetchDeadlineMs, retryBaseMs, retryMaxMs, ...hosts }: Config): string[] {
  const conflicts: string[] = [];
  if (hosts.hostDelayMaxMs < hosts.hostDelayMinMs)
    conflicts.push(
      `HOST_DELAY_MAX_MS (${hosts.hostDelayMaxMs}) must not be less than HOST_DELAY_MIN_MS (${hosts.hostDelayMinMs}): raise it.`,
    );
  if (leaseMs <= fetchDeadlineMs)
    conflicts.push(
      `LEASE_MS (${leaseMs}) must be longer than FETCH_DEADLINE_MS (${fetchDeadlineMs}): raise it, or no slow page would ever count.`,
    );
  if (hosts.feedIntervalMaxMs < hosts.feedIntervalMinMs)
    conflicts.push(
      `FEED_INTERVAL_MAX_MS (${hosts.feedIntervalMaxMs}) must not be less than FEED_INTERVAL_MIN_MS (${hosts.feedIntervalMinMs}): raise it.`,
    );
  if (retryMaxMs < retryBaseMs)
    conflicts.push(`RETRY_MAX_MS (${retryMaxMs}) must not be less than RETRY_BASE_MS (${retryBaseMs}): raise it.`);
  return conflicts;
}

/**
 * Why a process that is only one part of Wirefold cannot run so: its engines must be ones that other processes reach too. All parts
 * in one process may have either URL, both or none.
 */
export function problemsAlone(part: 'api' | 'ingest' | 'cluster', config: Config): string[] {
  const missing = [
    config.databaseUrl === null ? 'DATABASE_URL' : null,
    config.redisUrl === null ? 'REDIS_URL' : null,
  ].filter((name) => name !== null);
  return missing.map(
    (name) =>
      `${name} must be set to run ${part} on its own, so that it shares its engines with the other processes. ` +
      'To run everything in one process with nothing to install, use npm start.',
  );
}
