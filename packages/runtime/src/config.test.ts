import { expect, test } from 'vitest';
import { problemsAlone, readConfig, SETTINGS } from './config.ts';

const read = (env: Record<string, string>) => {
  const reading = readConfig(env);
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  return reading.config;
};

const problemsOf = (env: Record<string, string>) => {
  const reading = readConfig(env);
  return reading.ok ? [] : reading.problems;
};

test('an empty environment is a whole configuration: embedded, on loopback, no test hosts', () => {
  expect(read({})).toEqual({
    port: 8080,
    host: '127.0.0.1',
    openAccess: false,
    requestsAMinuteMax: 6_000,
    trustedProxies: 0,
    wirefoldKey: null,
    dataDir: './data',
    databaseUrl: null,
    redisUrl: null,
    databasePoolMax: 16,
    logLevel: 'info',
    metricsPort: null,
    metricsHost: '127.0.0.1',
    userAgentContact: null,
    fetchDeadlineMs: 30_000,
    fetchBytesMax: 8_388_608,
    fetchProxy: null,
    fetchTestHosts: new Map(),
    hostDelayMinMs: 1_000,
    hostDelayMaxMs: 30_000,
    hostsEveryMs: 250,
    feedIntervalMinMs: 300_000,
    feedIntervalMaxMs: 86_400_000,
    feedsEveryMs: 5_000,
    ingestConcurrency: 16,
    clusterConcurrency: 2,
    leaseMs: 60_000,
    sweepEveryMs: 2_000,
    resendAfterMs: 30_000,
    claimsMax: 5,
    articleDeadlineMs: 86_400_000,
    windowDays: 30,
    upkeepEveryMs: 1000,
    furnitureQuietMs: 2000,
    webhooksEveryMs: 1000,
    changesKeepDays: 90,
    retryBaseMs: 5_000,
    retryMaxMs: 3_600_000,
    shutdownMs: 30_000,
  });
});

test('a variable that is set to nothing counts as not set', () => {
  expect(read({ PORT: '', REDIS_URL: '  ' })).toEqual(read({}));
});

test('every setting has its own name with its unit, a meaning, and a default that it accepts', () => {
  const settings = Object.entries(SETTINGS);
  expect(new Set(settings.map(([, { name }]) => name)).size).toBe(settings.length);
  for (const [key, setting] of settings) {
    expect(setting.name.toLowerCase().replaceAll('_', '')).toBe(key.toLowerCase());
    expect(setting.meaning).toMatch(/^[A-Z].+\.$/);
    if (setting.default !== null) expect(setting.schema.safeParse(setting.default).success).toBe(true);
  }
});

test('every problem is told at once, with the variable and what it must be', () => {
  expect(problemsOf({ PORT: '80a', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://x', CLAIMS_MAX: '0' })).toEqual([
    'PORT must be a whole number from 0 to 65535.',
    'DATABASE_URL must be a URL that begins with postgres:// or postgresql://.',
    'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent.',
    'CLAIMS_MAX must be a whole number from 1 to 100.',
  ]);
});

test.each(['-1', '1.5', '1e3', '65536', '99999999999999999999', 'NaN'])('%s is not a port', (port) => {
  expect(problemsOf({ PORT: port })).toEqual(['PORT must be a whole number from 0 to 65535.']);
});

test('a problem never repeats a URL, which may hold a password', () => {
  const problems = problemsOf({ REDIS_URL: 'http://user:secret@host', DATABASE_URL: 'secret' });
  expect(problems).toHaveLength(2);
  expect(problems.join()).not.toContain('secret');
});

test('settings that contradict each other are refused with what to change', () => {
  expect(problemsOf({ LEASE_MS: '30000' })).toEqual([
    'LEASE_MS (30000) must be longer than FETCH_DEADLINE_MS (30000): raise it, or no slow page would ever count.',
  ]);
  expect(problemsOf({ RETRY_MAX_MS: '4999' })).toEqual([
    'RETRY_MAX_MS (4999) must not be less than RETRY_BASE_MS (5000): raise it.',
  ]);
});

test('DATA_DIR=memory: is an engine without a folder', () => {
  expect(read({ DATA_DIR: 'memory:' }).dataDir).toBeNull();
});

test('test hosts are read as a list of loopback addresses', () => {
  expect(read({ FETCH_TEST_HOSTS: 'News.test=127.0.0.1:8081, ap.test=[::1]:9' }).fetchTestHosts).toEqual(
    new Map([
      ['news.test', { address: '127.0.0.1', port: 8081 }],
      ['ap.test', { address: '::1', port: 9 }],
    ]),
  );
});

test.each([
  'news.test=10.0.0.1:80',
  'news.test=127.0.0.1',
  'news.test',
  '=127.0.0.1:1',
  'a=127.0.0.1:70000',
  'a=127.evil:1',
  'a=127.0.0.1:1,',
])('%s is no list of test hosts', (hosts) => {
  expect(problemsOf({ FETCH_TEST_HOSTS: hosts })).toHaveLength(1);
});

test('a part on its own needs both shared engines, and all parts together need none', () => {
  const shared = { DATABASE_URL: 'postgres://localhost/wirefold', REDIS_URL: 'redis://localhost' };
  expect(problemsAlone('ingest', read(shared))).toEqual([]);
  expect(problemsAlone('api', read({ REDIS_URL: shared.REDIS_URL }))).toEqual([
    expect.stringMatching(/^DATABASE_URL must be set to run api on its own/),
  ]);
  expect(problemsAlone('cluster', read({}))).toHaveLength(2);
});
