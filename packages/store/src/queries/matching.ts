import type { Published } from '@wirefold/article';
import type { SignedText } from '@wirefold/dedup';
import type { Printed } from '../matching.ts';
import type { TextCache } from '../recent-cache.ts';
import { WITHDRAWN } from '../revisions.ts';
import { type Runner, rowsOf } from '../transaction.ts';
import { textsById } from './texts.ts';

// A text that is withdrawn everywhere is neither shown nor told of.
const NEAR = {
  name: 'matching_near',
  text: `
    with found as (select text_id, count(*) as shared from sample where version = $1 and key = any($2::integer[]) group by text_id)
    select t.id
    from found join text t on t.id = found.text_id
    where exists (
      select from content c join article a on a.id = c.article_id
      where c.text_id = t.id and a.gone_reason is distinct from '${WITHDRAWN}')
    order by t.hash = $3 desc, found.shared desc, t.id
    limit $4`,
};

const PRINTS = {
  name: 'matching_prints',
  text: `
    with printed as (
      select t.hash, c.article_id, c.read_url, a.url, c.title, c.source_key, c.source_name, c.published, p.story_id,
        coalesce(p.is_canonical, false) as is_canonical,
        count(*) over (partition by t.hash)::integer as count,
        row_number() over (
          partition by t.hash order by p.is_canonical desc nulls last, c.published->>'at' nulls last, c.article_id) as place
      from text t join content c on c.text_id = t.id join article a on a.id = c.article_id
        left join placement p on p.article_id = c.article_id
      where t.version = $1 and t.hash = any($2) and a.gone_reason is distinct from '${WITHDRAWN}')
    select * from printed where place <= $3 order by hash, place`,
};

export async function textsNear(
  runner: Runner,
  cache: TextCache,
  text: SignedText,
  limit: number,
): Promise<SignedText[]> {
  const { version, hash } = text;
  const keys = [...text.keys].map((key) => key | 0);
  const rows = await rowsOf<{ id: string }>(runner, NEAR, [version, keys, hash, limit]);
  const ids = rows.map(({ id }) => Number(id));
  const texts = await textsById(runner, cache, ids);
  return ids.flatMap((id) => texts.get(id) ?? []);
}

interface PrintRow extends Record<string, unknown> {
  hash: string;
  article_id: string;
  read_url: string | null;
  url: string | null;
  title: string;
  source_key: string;
  source_name: string;
  published: Published | null;
  story_id: string | null;
  is_canonical: boolean;
  count: number;
}

export async function printsOf(
  runner: Runner,
  version: number,
  hashes: string[],
  limit: number,
): Promise<Map<string, { count: number; articles: Printed[] }>> {
  const prints = new Map<string, { count: number; articles: Printed[] }>();
  for (const row of await rowsOf<PrintRow>(runner, PRINTS, [version, hashes, limit])) {
    const { hash, count } = row;
    const print = prints.get(hash) ?? { count, articles: [] };
    print.articles.push(printedOf(row));
    prints.set(hash, print);
  }
  return prints;
}

function printedOf(row: PrintRow): Printed {
  return {
    articleId: row.article_id,
    url: row.read_url ?? row.url,
    title: row.title,
    source: { key: row.source_key, name: row.source_name },
    published: row.published,
    story: row.story_id,
    isCanonical: row.is_canonical,
  };
}
