import { type HostStore, type KnownRobots, RecentCache, type RobotsRules } from '@wirefold/store';
import type { Fetcher } from './fetcher.ts';
import { type Failed, type FetchResult, failed } from './result.ts';
import { ROBOTS_BYTES_MAX, readRobots, robotsAllow } from './robots.ts';

/** RFC 9309 2.4: what was read is not used for longer than a day. */
const FRESH_MS = 86_400_000;

/** How long an older copy serves while the site cannot say what holds now. */
const STALE_MS = 600_000;

/** Letters of rules that a process keeps at hand: those of some ten thousand sites of usual length. */
const KEPT_CHARS_MAX = 16_000_000;

/** What an object weighs beside its letters, in the same unit. */
const RULE_WEIGHT = 32;

/** What a failure of robots.txt says of the whole site, and so of the page: the page would fail alike. */
const FAILURES_OF_HOST = new Set([
  'url-not-allowed',
  'address-not-public',
  'host-not-found',
  'connection-failed',
  'deadline-exceeded',
]);

/** What says that there is none. */
const NONE_TO_READ = new Set([
  'http-not-found',
  'http-gone',
  'http-unavailable-legally',
  'http-forbidden',
  'http-client-error',
  'too-many-redirects',
]);

export interface RobotsDeskOptions {
  store: Pick<HostStore, 'robots' | 'keepRobots'>;
  fetcher: Pick<Fetcher, 'fetchRobots'>;
  /** Milliseconds from any start. */
  now: () => number;
}

export type RobotsAnswer = { ok: true; crawlDelayMs: number | null } | Failed;

export interface RobotsDesk {
  /** Whether the site lets us fetch the URL. Rejects only when `signal` aborts, or on a bug. */
  ask(url: URL, signal: AbortSignal): Promise<RobotsAnswer>;
}

/** Reads the robots.txt of each origin once for all processes, keeps it in the store, and what was used lately at hand. */
export function createRobotsDesk(options: RobotsDeskOptions): RobotsDesk {
  const kept = keepAtHand(options.now);
  return {
    async ask(url, signal) {
      const known = kept.get(url.origin) ?? (await options.store.robots(url.origin));
      if (known !== null && known.freshMs > 0) {
        kept.set(url.origin, known);
        return answerFor(known.rules, url);
      }
      const found = await readSite(options.fetcher, url.origin, known?.rules ?? null, signal);
      if (!('rules' in found)) return found;
      await options.store.keepRobots(url.origin, found);
      kept.set(url.origin, found);
      return answerFor(found.rules, url);
    },
  };
}

function answerFor(rules: RobotsRules, url: URL): RobotsAnswer {
  // The file itself is always allowed (RFC 9309 2.2.2).
  if (url.pathname === '/robots.txt' || robotsAllow(rules, url.href)) {
    return { ok: true, crawlDelayMs: rules.crawlDelayMs };
  }
  return failed('robots-forbidden', `by ${url.host}`);
}

/** RFC 9309 2.3.1: none there allows everything, none to be had forbids everything, an older copy serves meanwhile. */
async function readSite(
  fetcher: RobotsDeskOptions['fetcher'],
  origin: string,
  older: RobotsRules | null,
  signal: AbortSignal,
): Promise<KnownRobots | Failed> {
  const result = await fetcher.fetchRobots(`${origin}/robots.txt`, signal);
  if (result.ok) return { rules: readRobots(textOf(result.page.bytes)), freshMs: FRESH_MS };
  if (isUnavailable(result)) return { rules: { rules: [], crawlDelayMs: null }, freshMs: FRESH_MS };
  if (older !== null) return { rules: older, freshMs: STALE_MS };
  const { reason, detail, retryAfterMs } = result;
  if (FAILURES_OF_HOST.has(reason)) return failed(reason, `${detail}, for robots.txt`, retryAfterMs);
  return failed('robots-unreachable', `${reason}: ${detail}`, retryAfterMs);
}

/**
 * The site answered that it has none: any 4xx, or redirects without an end. Not 429, which says nothing of the file, but that the site
 * has enough of us; Google's crawler reads it so, too.
 */
function isUnavailable({ reason }: Extract<FetchResult, { ok: false }>): boolean {
  return NONE_TO_READ.has(reason);
}

/** UTF-8, whatever the header says (RFC 9309 2.3); of a compressed one the beginning, too. */
function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, ROBOTS_BYTES_MAX));
}

interface Kept {
  rules: RobotsRules;
  until: number;
  weight: number;
}

/** What was used lately, for as long as it is fresh. */
function keepAtHand(now: () => number) {
  const kept = new RecentCache<string, Kept>(KEPT_CHARS_MAX, ({ weight }) => weight);
  return {
    get(origin: string): KnownRobots | null {
      const found = kept.get(origin);
      return found === undefined || found.until <= now() ? null : { rules: found.rules, freshMs: found.until - now() };
    },
    set(origin: string, { rules, freshMs }: KnownRobots): void {
      const weight = rules.rules.reduce(
        (sum, { pattern }) => sum + pattern.length + RULE_WEIGHT,
        origin.length + RULE_WEIGHT,
      );
      kept.put(origin, { rules, until: now() + freshMs, weight });
    },
  };
}
