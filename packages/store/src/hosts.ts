import type { Sweep, SweepOptions } from './store.ts';

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

/** What a turn came to. */
export interface HostVisit {
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
  fetchedAt: string | null;
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
  /** The hosts where most articles wait, then those in trouble; at most `limit`. */
  hosts(limit: number): Promise<HostFigures[]>;
  /** What the robots.txt of an origin (`https://host:port`) said when any process read it last. */
  robots(origin: string): Promise<KnownRobots | null>;
  keepRobots(origin: string, known: KnownRobots): Promise<void>;
}
