import type { Article } from '@wirefold/article';
import type { SignedText } from '@wirefold/dedup';
import { storable, toBytes, toJson } from '../encoding.ts';
import type { Receipt, SignedArticle } from '../store.ts';
import { type Runner, rowsOf } from '../transaction.ts';
import { submitWithin } from './submit.ts';
import { raiseTally } from './tally.ts';

const LOCK_CURRENT = {
  name: 'sign_lock_current',
  text: `
    select a.id from article a join unnest($1::text[], $2::bigint[]) as s (id, token) on s.id = a.id and s.token = a.token
    where a.state = 'submitted'
    order by a.id for no key update of a`,
};

const INSERT_TEXTS = {
  name: 'sign_insert_texts',
  text: `
    insert into text (version, hash, words, comparison, shingles, keys)
    select * from unnest($1::integer[], $2::text[], $3::integer[], $4::text[], $5::bytea[], $6::bytea[]) as signed (version, hash)
    order by signed.version, signed.hash
    on conflict do nothing
    returning id, version, hash`,
};

const IDS_OF_TEXTS = {
  name: 'sign_ids_of_texts',
  text: `
    select t.id, t.version, t.hash from text t
    join unnest($1::integer[], $2::text[]) as s (version, hash) on s.version = t.version and s.hash = t.hash`,
};

const INSERT_COMPONENTS = {
  name: 'sign_insert_components',
  text: 'insert into component (text_id, label) select id, id from unnest($1::bigint[]) as signed (id)',
};

const INSERT_SAMPLES = {
  name: 'sign_insert_samples',
  text: 'insert into sample (version, key, text_id) select * from unnest($1::integer[], $2::integer[], $3::bigint[])',
};

const KEEP_CONTENT = {
  name: 'sign_keep_content',
  text: `
    insert into content (article_id, text_id, read_url, title, body, byline, published, language, source_key, source_name,
      declared_canonical_url, image, credit, boilerplate, boilerplate_words)
    select * from json_to_recordset($1::json) as c (article_id text, text_id bigint, read_url text, title text, body text,
      byline text, published jsonb, language text, source_key text, source_name text, declared_canonical_url text, image text,
      credit jsonb, boilerplate jsonb, boilerplate_words integer)
    on conflict (article_id) do update set
      text_id = excluded.text_id, signed_at = now(), read_url = excluded.read_url, title = excluded.title, body = excluded.body,
      byline = excluded.byline, published = excluded.published, language = excluded.language, source_key = excluded.source_key,
      source_name = excluded.source_name, declared_canonical_url = excluded.declared_canonical_url, image = excluded.image,
      credit = excluded.credit, boilerplate = excluded.boilerplate, boilerplate_words = excluded.boilerplate_words`,
};

// handed_at is now, because ingest hands over to cluster right after.
const TO_SIGNED = {
  name: 'sign_to_signed',
  text: `
    update article
    set state = 'signed', reason = null, detail = null, token = token + 1, lease_until = null, attempts = 0, claims = 0,
        next_at = now(), handed_at = now(), stage_since = now()
    where id = any($1)`,
};

const DROP_PUSHED = { name: 'sign_drop_pushed', text: 'delete from pushed where article_id = any($1)' };

const keyOf = (version: number, hash: string) => `${version}:${hash}`;

/** Number of words of the body that are the site's own. Words are runs without white space. */
function boilerplateWordsOf({ body, boilerplate }: Article): number {
  let words = 0;
  for (const { start, end } of boilerplate) words += body.slice(start, end).match(/\S+/g)?.length ?? 0;
  return words;
}

function contentOf({ articleId, article, text }: SignedArticle, textIds: Map<string, number>) {
  return {
    article_id: articleId,
    text_id: textIds.get(keyOf(text.version, text.hash)),
    read_url: article.url,
    title: article.title,
    body: article.body,
    byline: article.byline,
    published: article.published,
    language: article.language,
    source_key: article.source.key,
    source_name: article.source.name,
    declared_canonical_url: article.declaredCanonicalUrl,
    image: article.image,
    credit: article.credit,
    boilerplate: article.boilerplate,
    boilerplate_words: boilerplateWordsOf(article),
  };
}

/** Puts new texts into the candidate index, each as a component of its own. */
async function indexTexts(runner: Runner, texts: { id: number; text: SignedText }[]): Promise<void> {
  if (texts.length === 0) return;
  await rowsOf(runner, INSERT_COMPONENTS, [texts.map(({ id }) => id)]);
  const versions: number[] = [];
  const keys: number[] = [];
  const ids: number[] = [];
  for (const { id, text } of texts) {
    for (const key of text.keys) {
      versions.push(text.version);
      keys.push(key | 0);
      ids.push(id);
    }
  }
  await rowsOf(runner, INSERT_SAMPLES, [versions, keys, ids]);
}

/** Saves the texts that are new; the id of each text by version and hash. */
async function saveTexts(runner: Runner, texts: SignedText[]): Promise<Map<string, number>> {
  const distinct = new Map(texts.map((text) => [keyOf(text.version, text.hash), text]));
  const list = [...distinct.values()];
  const versions = list.map(({ version }) => version);
  const hashes = list.map(({ hash }) => hash);
  interface Row {
    id: string;
    version: number;
    hash: string;
  }
  const inserted = await rowsOf<Row>(runner, INSERT_TEXTS, [
    versions,
    hashes,
    list.map(({ words }) => words),
    list.map(({ comparison }) => storable(comparison)),
    list.map(({ shingles }) => toBytes(shingles)),
    list.map(({ keys }) => toBytes(keys)),
  ]);
  await indexTexts(
    runner,
    inserted.flatMap(({ id, version, hash }) => {
      const text = distinct.get(keyOf(version, hash));
      return text === undefined ? [] : [{ id: Number(id), text }];
    }),
  );
  // A text that another worker saved first is seen only by a statement that begins after that worker's commit.
  const rows = inserted.length === list.length ? inserted : await rowsOf<Row>(runner, IDS_OF_TEXTS, [versions, hashes]);
  return new Map(rows.map(({ id, version, hash }) => [keyOf(version, hash), Number(id)]));
}

export async function saveSigned(
  runner: Runner,
  signed: SignedArticle[],
): Promise<{ saved: string[]; cards: Receipt[] }> {
  const current = await rowsOf<{ id: string }>(runner, LOCK_CURRENT, [
    signed.map(({ articleId }) => articleId),
    signed.map(({ token }) => token),
  ]);
  const saved = current.map(({ id }) => id);
  if (saved.length === 0) return { saved, cards: [] };
  const wins = new Set(saved);
  const kept = signed.filter(({ articleId }) => wins.delete(articleId));
  const textIds = await saveTexts(
    runner,
    kept.map(({ text }) => text),
  );
  await rowsOf(runner, KEEP_CONTENT, [toJson(kept.map((each) => contentOf(each, textIds)))]);
  await rowsOf(runner, TO_SIGNED, [saved]);
  await rowsOf(runner, DROP_PUSHED, [saved]);
  const { receipts, tallies } = await submitWithin(
    runner,
    kept.flatMap(({ cards }) => cards),
  );
  await raiseTally(runner, [
    { stage: 'ingest', outcome: 'done', reason: '', count: saved.length },
    { stage: 'cluster', outcome: 'entered', reason: '', count: saved.length },
    ...tallies,
  ]);
  return { saved, cards: receipts };
}
