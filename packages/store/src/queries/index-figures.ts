import type { IndexFigures } from '../monitor.ts';
import { type Runner, rowsOf } from '../transaction.ts';

// The statistics of the planner know the most frequent key without a look at millions of rows. No frequent key: all differ.
const BUCKET = {
  name: 'index_figures_bucket',
  text: `
    select round(coalesce((s.most_common_freqs)[1] * c.reltuples, least(c.reltuples, 1))) as texts
    from pg_stats s join pg_class c on c.oid = 'sample'::regclass
    where s.schemaname = current_schema() and s.tablename = 'sample' and s.attname = 'key' and c.reltuples >= 0`,
};

// By the index of large stories; where there is none, every story is small.
const STORY = {
  name: 'index_figures_story',
  text: 'select id, copies from story where merged_into is null and copies >= 8 order by copies desc limit 1',
};

export async function indexFigures(runner: Runner): Promise<IndexFigures> {
  const [bucket] = await rowsOf<{ texts: string }>(runner, BUCKET, []);
  const [largest] = await rowsOf<{ id: string; copies: number }>(runner, STORY, []);
  return { largestBucket: bucket === undefined ? null : Number(bucket.texts), largestStory: largest ?? null };
}
