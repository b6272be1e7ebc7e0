import type { AskedStory, NamedStory, NameWord } from '@wirefold/story';
import type { StorySummary } from './stories.ts';

/** How far a question for stories with the same names goes. */
export interface NamedAlikeBounds {
  /** Days between the days on which they were printed. */
  days: number;
  /** Stories that name a word are counted up to here, and those of a word that reaches it are not looked at. */
  holdersMax: number;
  /** Stories of these days are counted up to here. */
  countedMax: number;
  candidatesMax: number;
}

/** A story that names some of the same words, as a list shows it. */
export interface NamedAlike extends NamedStory {
  summary: StorySummary;
}

/** The questions about what stories name. Part of the store. */
export interface RelatedStore {
  /** Reads the names of at most `limit` stories whose canonical is new by the pure `read`, and keeps them; returns how many. */
  nameStories(limit: number, read: (title: string, text: string) => NameWord[]): Promise<number>;
  /**
   * A story by its names, and those that share the most of them; null for one that is unknown or has ended. Follows the redirects of merged
   * ids. Without names, and so without others, as long as they were not read.
   */
  namedAlike(
    storyId: string,
    bounds: NamedAlikeBounds,
  ): Promise<{ asked: AskedStory; others: NamedAlike[]; redirectedFrom: string | null } | null>;
}
