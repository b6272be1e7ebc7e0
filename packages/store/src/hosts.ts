import type { StoreStage } from './store.ts';

export interface SweepOptions {
  /** An article that was handed out longer ago than this, and is not held by a worker, is handed out again. */
  resendAfterMs: number;
  /** An article claimed this often in one stage without any outcome fails with `worker-lost`. */
  claimsMax: number;
  limit: number;
  /** False where the queue takes none: then articles that wait for a host are left to a later look. True where left out. */
  withHosts?: boolean;
}

/** Ids to hand to the queue, by stage. `suspects` were lost with a worker before: each goes into a job of its own. */
export interface Sweep {
  ingest: string[];
  cluster: string[];
  suspects: { stage: StoreStage; articleId: string }[];
  lost: string[];
}

/** One line of a robots.txt that holds for us. */
export interface RobotsRule {
  allows: boolean;
  /** A path that may hold `*`, and end with `$`; percent-encoded as a URL's path is. */
  pattern: string;
}

/** The rules of an origin's robots.txt for us. Without a rule everything is allowed. */
export interface RobotsRules {
  rules: RobotsRule[];
  crawlDelayMs: number | null;
}

export interface KnownRobots {
  rules: RobotsRules;
  /** How long they hold from now on, in milliseconds; 0 for rules that have to be read again. */
  freshMs: number;
}

/** The right to ask one host, for as long as `token` is current. All processes share one turn a host. */
export interface HostTurn {
  host: string;
  token: number;
  /** Failures in a row before this turn. */
  failures: number;
}

/**
 * How a host answered, where that says how welcome we are: the page is what it was (304), it refused (401, 403), it asked for fewer requests
 * (429), its robots.txt forbade. Everything else is `other`.
 */
export type HostAnswer = 'other' | 'unchanged' | 'refused' | 'too-many' | 'robots';

/** What a turn came to. */
export interface HostVisit {
  answer: HostAnswer;
  /** The pause before the next turn. */
  delayMs: number;
  /** Failures in a row, this turn included; 0 after one that did not fail. */
  failures: number;
  /** Why it failed; null where it did not. */
  reason: string | null;
}

/** An article that a redirect leads to another host, whose turn was not to be had. */
export interface Move {
  articleId: string;
  token: number;
  url: string;
  host: string;
}

/** How a host answered of late: fetches, and those of them that ended so. */
export interface HostDay {
  fetches: number;
  unchanged: number;
  refused: number;
  tooMany: number;
  robots: number;
}

/** A host as people see it. */
export interface HostFigures {
  host: string;
  /** Articles that wait to be fetched from it. */
  waiting: number;
  /** ISO time from which it may be asked again. */
  nextAt: string;
  /** The pause after the last fetch. */
  delayMs: number;
  failuresInARow: number;
  lastReason: string | null;
  fetches: number;
  failed: number;
  /** Of the fetches, from 0 to 1; null where there was none. */
  failedShare: number | null;
  /** Since the full hour of 23 hours ago: the last day, as it is counted by the hour. */
  lastDay: HostDay;
  /** Fetches an hour, since the beginning of the hour before this one. */
  fetchesAnHour: number;
  fetchedAt: string | null;
}

/** Which hosts: by a part of their name; where it is left out, those where articles wait and those in trouble. */
export interface HostsQuery {
  limit: number;
  name?: string | null | undefined;
}

/** The questions about the hosts that articles are fetched from. Part of the store. */
export interface HostStore {
  /** Takes the turn of a host; null while another holds it, or its pause lasts. */
  enterHost(host: string, leaseMs: number): Promise<HostTurn | null>;
  /** Ends a turn, where it is still current. */
  leaveHost(turn: HostTurn, visit: HostVisit): Promise<void>;
  /** Gives a claim back to wait at another host. */
  moveTo(move: Move): Promise<void>;
  /** Fails articles that wait for a host that does not answer; 500 at most. Gives their ids. */
  giveUpHost(host: string, reason: string, detail: string): Promise<string[]>;
  /** Of each host whose turn has come the article that has waited longest, marked as handed out now. */
  frontier(options: SweepOptions): Promise<Sweep>;
  /** Hosts, first those where most articles wait, then those in trouble. */
  hosts(query: HostsQuery): Promise<HostFigures[]>;
  /** What the robots.txt of an origin (`https://host:port`) said when any process read it last. */
  robots(origin: string): Promise<KnownRobots | null>;
  keepRobots(origin: string, known: KnownRobots): Promise<void>;
}
