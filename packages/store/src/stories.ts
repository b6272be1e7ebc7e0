import type { Article, Paragraph, Published } from '@wirefold/article';
import type { CanonicalReason, Mirror, Origin } from '@wirefold/story';
import type { Gone } from './revisions.ts';

/** A copy as it is listed in a story or a feed. */
export interface Copy {
  articleId: string;
  url: string | null;
  title: string;
  source: { key: string; name: string };
  byline: string | null;
  published: Published | null;
  language: string | null;
  image: string | null;
  /** Null where the page named none, or an earlier release read it. */
  section: string | null;
  modified: Published | null;
  /** Number of its text; missing in what an earlier release wrote, as `gone` is. */
  revision?: number;
  gone?: Gone | null;
}

export interface StorySummary {
  id: string;
  title: string;
  /** The opening of the canonical's body, at most 400 characters. */
  lead: string;
  canonical: Copy;
  /** All articles of the story, the canonical included. */
  copies: number;
  mirrors: number;
  /** Distinct sources. */
  outlets: number;
  origins: Origin[];
  createdAt: string;
  updatedAt: string;
}

export interface StoryLogEntry {
  at: string;
  kind: string;
  articleId: string | null;
  detail: Record<string, unknown>;
}

export interface StoryDetail extends StorySummary {
  body: string;
  /** What each paragraph of the body is. */
  paragraphs: Paragraph[];
  reasons: CanonicalReason[];
  /** At most `MIRRORS_SHOWN_MAX`, by time and then id; `mirrors` has the full count. */
  mirrorList: (Copy & {
    match: Mirror;
    body: string;
    boilerplate: Article['boilerplate'];
    credit: Article['credit'];
  })[];
  log: StoryLogEntry[];
}

/** What was asked for, after redirects: `redirectedFrom` is the merged id that led here. */
export type StoryAnswer = { story: StoryDetail; redirectedFrom: string | null } | null;

export interface StoryQuery {
  /** Keyset cursor as `stories` gave it. */
  cursor: string | null;
  limit: number;
  /** Stories that changed at or after this ISO time. */
  since: string | null;
  source: string | null;
  language: string | null;
  minMirrors: number;
  /** 0 where left out. */
  minOrigins?: number;
  /** Full text, in web search syntax. */
  q: string | null;
}

export interface StoryPage {
  stories: StorySummary[];
  /** Where the next page starts; null on the last one. */
  nextCursor: string | null;
}

/** The questions that readers ask of stories. Part of the store. */
export interface StoryStore {
  stories(query: StoryQuery): Promise<StoryPage>;
  /** Follows the redirects of merged ids; null for a story that has ended, too. */
  story(id: string): Promise<StoryAnswer>;
  /** ISO time at which the story of this id, or the one that it leads to, lost its last article; null where it did not. */
  storyEndedAt(id: string): Promise<string | null>;
}
