import type { BoilerplateSpan, Paragraph } from '@wirefold/article';
import type { Copy, StoryQuery, StorySummary } from './stories.ts';

/** What says whether a story is as it was, without its text. */
export interface StoryHead {
  id: string;
  createdAt: string;
  updatedAt: string;
  /** ISO time at which the title or the text of the canonical last became another one. */
  editedAt: string;
  /** Another one whenever anything that can be seen of the story is. */
  version: string;
}

export interface StoryHeads {
  heads: StoryHead[];
  /** Where the next page starts; null on the last one. */
  nextCursor: string | null;
}

/** A story as it stands in a feed. */
export interface FeedItem extends Omit<StorySummary, 'updatedAt' | 'mirrors'>, Pick<StoryHead, 'editedAt'> {
  /** The beginning of the canonical's body, up to 20,000 characters. */
  body: string;
  isCut: boolean;
  /** What each paragraph of it is. */
  paragraphs: Paragraph[];
  boilerplate: BoilerplateSpan[];
  /** At most 20, by time and then id. */
  mirrorList: Pick<Copy, 'url' | 'title' | 'source'>[];
}

/** The questions that feeds ask. Part of the store. */
export interface StoryFeedStore {
  /** The same stories in the same order as `stories`, without what they say. */
  storyHeads(query: StoryQuery): Promise<StoryHeads>;
  /** Live stories by id, in this order; others are missing. */
  feedItems(ids: string[]): Promise<FeedItem[]>;
}
