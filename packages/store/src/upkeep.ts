import type { Furniture, PrintedText } from '@wirefold/dedup';
import type { FurnitureExample, LearnedSource, SignableBody, SignedBody } from '@wirefold/story';

/** What the articles of a source are signed with. `version` is a counter of this store. */
export interface SourceFurniture {
  version: number;
  furniture: Furniture;
}

/** An article that was signed with an earlier furniture of its source, or with earlier parameters. */
export interface StaleArticle extends SignableBody {
  articleId: string;
  /** Fencing: who signs it again must have seen how often it was signed. */
  signings: number;
}

/** Stale articles of one source, held for the caller for a while. */
export interface StalePage {
  sourceKey: string;
  articles: StaleArticle[];
}

/** An article signed again, with the furniture of this version. */
export interface ResignedArticle extends SignedBody, Pick<StaleArticle, 'articleId' | 'signings'> {
  furnitureVersion: number;
}

export interface Resigned {
  /** Articles whose text stays as it was, and those that have another one now. */
  unchanged: number;
  changed: number;
  /** Ids to hand to cluster. */
  toPlace: string[];
}

/** A source as the API shows it. */
export interface SourceRecord {
  key: string;
  name: string;
  articles: number;
  /** Live stories that hold one of them. */
  stories: number;
  furniture: {
    version: number;
    /** ISO time; null where nothing was learned yet. */
    learnedAt: string | null;
    /** Articles in the sample that it was learned from. */
    learnedFrom: number;
    /** Numbers of lines and of runs of words that are known. */
    lines: number;
    shingles: number;
    examples: FurnitureExample[];
  };
}

/** What is still to be done before the stories are what all articles together make them, beside the backlogs of the stages. */
export interface UpkeepFigures {
  /** Sources with articles that came, changed or went since their furniture was learned. */
  sourcesDue: number;
  /** Articles that have to be signed again. */
  articlesStale: number;
}

/** What the store is asked to keep up: what is learned of the sources, and what follows from it. Every method is one transaction. */
export interface UpkeepStore {
  /** What the articles of these sources are signed with now; for an unknown source, nothing. */
  furniture(sourceKeys: string[]): Promise<Map<string, SourceFurniture>>;
  /** Sources whose furniture is to be learned now: grown by a quarter, or changed and then quiet for `quietMs`. */
  dueSources(options: { quietMs: number; limit: number }): Promise<string[]>;
  /**
   * Learns the furniture of a source: the pure `decide` gets a bounded sample of its articles that does not depend on their order.
   * @returns whether the articles of the source have to be signed again
   */
  learn(sourceKey: string, decide: (sample: PrintedText[]) => LearnedSource): Promise<boolean>;
  /** At most `limit` stale articles of a source that nobody else signs again just now; null where there is none. */
  staleArticles(limit: number): Promise<StalePage | null>;
  /**
   * Saves what was signed again, unless somebody else has signed it meanwhile. An article with another text waits for cluster from
   * then on, and stands in its story until it is placed again.
   */
  resign(sourceKey: string, resigned: ResignedArticle[]): Promise<Resigned>;
  /** Deletes at most `limit` of the texts that no article prints any more. */
  dropLooseTexts(limit: number): Promise<{ seen: number; dropped: number }>;
  /**
   * Takes at most `limit` texts out of the candidate index that no article brought for more than `days` days; they come back with the
   * next one that does.
   */
  expireTexts(options: { days: number; limit: number }): Promise<number>;
  /** Makes every source due, as if all its articles were new. Returns how many there are. */
  makeSourcesDue(): Promise<number>;
  source(key: string): Promise<SourceRecord | null>;
  upkeepFigures(): Promise<UpkeepFigures>;
}
