import type { FurnitureExample } from '@wirefold/story';
import { furnitureFromBytes, storable } from '../encoding.ts';
import { type Runner, rowsOf } from '../transaction.ts';
import type { SourceRecord } from '../upkeep.ts';

const SOURCE = {
  name: 'source_record',
  text: `
    select s.key, s.name, s.articles, s.furniture_version, s.learned_at, f.articles as learned_from, f.learned, f.examples,
      (select count(*) from story where sources @> array[s.key] and merged_into is null and ended_at is null) as stories
    from source s left join furniture f on f.source_key = s.key
    where s.key = $1`,
};

interface Row {
  key: string;
  name: string;
  articles: number;
  stories: string;
  furniture_version: number;
  learned_at: Date | null;
  learned_from: number | null;
  learned: Buffer | null;
  examples: FurnitureExample[] | null;
}

export async function source(runner: Runner, key: string): Promise<SourceRecord | null> {
  const [row] = await rowsOf<Row & Record<string, unknown>>(runner, SOURCE, [storable(key)]);
  if (row === undefined) return null;
  const learned = row.learned === null ? null : furnitureFromBytes(row.learned);
  return {
    key: row.key,
    name: row.name,
    articles: row.articles,
    stories: Number(row.stories),
    furniture: {
      version: row.furniture_version,
      learnedAt: row.learned_at?.toISOString() ?? null,
      learnedFrom: row.learned_from ?? 0,
      lines: learned?.lines.length ?? 0,
      shingles: learned?.shingles.length ?? 0,
      examples: row.examples ?? [],
    },
  };
}
