import type { Published } from '@wirefold/article';
import type { SignedText } from '@wirefold/dedup';

/** An article that prints a text, as a match shows it. */
export interface Printed {
  articleId: string;
  url: string | null;
  title: string;
  source: { key: string; name: string };
  published: Published | null;
  /** Null while it waits to be placed. */
  story: string | null;
  isCanonical: boolean;
}

/** The questions of somebody who has a text and asks where else it stands. */
export interface MatchingStore {
  /**
   * The texts that share the most keys with this one, the most first, and the equal one before all; only those that an article prints
   * which may be shown.
   */
  textsNear(text: SignedText, limit: number): Promise<SignedText[]>;
  /** By hash of the text, who prints it: canonicals first, then by time and id, at most `limit` of each, beside how many there are. */
  printsOf(hashes: string[], limit: number): Promise<Map<string, { count: number; articles: Printed[] }>>;
}
