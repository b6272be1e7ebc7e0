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

/** The questions about the hosts that articles are fetched from. Part of the store. */
export interface HostStore {
  /** What the robots.txt of an origin (`https://host:port`) said when any process read it last. */
  robots(origin: string): Promise<KnownRobots | null>;
  keepRobots(origin: string, known: KnownRobots): Promise<void>;
}
