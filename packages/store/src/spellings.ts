import type { SpellingSign } from '@wirefold/article';

/** Another URL of an article, and what says so. */
export interface KnownSpelling {
  /** After the URL rules. */
  url: string;
  /** As it was submitted; null for one that was not, where a redirect led. */
  submittedUrl: string | null;
  sign: SpellingSign;
  /** ISO time since when it leads to the article; null where an article that is submitted at it is read for itself first. */
  seenAt: string | null;
}
