import type { ExportRow } from '@wirefold/store';

export type Cell = string | number | boolean | string[] | null;

/** One column, the same in every format. */
export interface Column {
  name: string;
  type: 'text' | 'time' | 'integer' | 'share' | 'flag' | 'texts';
  /** Times are ISO times. */
  cellOf: (row: ExportRow) => Cell;
}

/** What an export has of each copy, in this order. Snake case, because that is what tables and data frames are asked by. */
export const COLUMNS: Column[] = [
  { name: 'story_id', type: 'text', cellOf: ({ storyId }) => storyId },
  { name: 'story_title', type: 'text', cellOf: ({ storyTitle }) => storyTitle },
  { name: 'article_id', type: 'text', cellOf: ({ articleId }) => articleId },
  { name: 'url', type: 'text', cellOf: ({ url }) => url },
  { name: 'source_key', type: 'text', cellOf: ({ source }) => source.key },
  { name: 'source_name', type: 'text', cellOf: ({ source }) => source.name },
  { name: 'title', type: 'text', cellOf: ({ title }) => title },
  { name: 'byline', type: 'text', cellOf: ({ byline }) => byline },
  { name: 'published_at', type: 'time', cellOf: ({ publishedAt }) => publishedAt },
  { name: 'published_uncertainty_ms', type: 'integer', cellOf: ({ publishedUncertaintyMs }) => publishedUncertaintyMs },
  { name: 'language', type: 'text', cellOf: ({ language }) => language },
  { name: 'is_canonical', type: 'flag', cellOf: ({ isCanonical }) => isCanonical },
  { name: 'verdict', type: 'text', cellOf: ({ verdict }) => verdict?.kind ?? null },
  { name: 'jaccard', type: 'share', cellOf: ({ verdict }) => verdict?.jaccard ?? null },
  { name: 'a_in_b', type: 'share', cellOf: ({ verdict }) => verdict?.aInB ?? null },
  { name: 'b_in_a', type: 'share', cellOf: ({ verdict }) => verdict?.bInA ?? null },
  { name: 'copies', type: 'integer', cellOf: ({ copies }) => copies },
  { name: 'outlets', type: 'integer', cellOf: ({ outlets }) => outlets },
  { name: 'origins', type: 'texts', cellOf: ({ origins }) => origins },
  { name: 'created_at', type: 'time', cellOf: ({ createdAt }) => createdAt },
  { name: 'updated_at', type: 'time', cellOf: ({ updatedAt }) => updatedAt },
];
