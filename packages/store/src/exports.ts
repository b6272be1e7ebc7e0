import type { StoryQuery } from './stories.ts';

/** One copy of one story, without its text. */
export interface ExportRow {
  storyId: string;
  storyTitle: string;
  articleId: string;
  url: string | null;
  source: { key: string; name: string };
  title: string;
  byline: string | null;
  /** ISO time, and how far off it may be. */
  publishedAt: string | null;
  publishedUncertaintyMs: number | null;
  language: string | null;
  isCanonical: boolean;
  /** How it compares with the canonical, `a` being that one; null for the canonical itself. */
  verdict: { kind: string; jaccard: number; aInB: number; bInA: number } | null;
  /** Of the story, as the rest is. */
  copies: number;
  outlets: number;
  /** Names. */
  origins: string[];
  createdAt: string;
  updatedAt: string;
}

export interface ExportQuery extends Omit<StoryQuery, 'cursor'> {
  /** The last row of the page before; null at the beginning. `limit` counts rows. */
  after: Pick<ExportRow, 'storyId' | 'createdAt' | 'articleId'> | null;
}

/** The question that exports ask. Part of the store. */
export interface ExportStore {
  /** The copies of the stories that `stories` lists, in that order and then by article id. Fewer than `limit` rows: they are the last. */
  exportRows(query: ExportQuery): Promise<ExportRow[]>;
}
