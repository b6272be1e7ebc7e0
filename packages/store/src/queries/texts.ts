import type { SignedText } from '@wirefold/dedup';
import type { Span } from '@wirefold/story';
import { fromBytes } from '../encoding.ts';
import type { TextCache } from '../recent-cache.ts';
import { type Runner, rowsOf } from '../transaction.ts';

const LOAD = {
  name: 'texts_load',
  text: 'select id, version, hash, words, comparison, keys from text where id = any($1)',
};

const IDS_OF_HASHES = {
  name: 'texts_ids_of_hashes',
  text: 'select id, hash from text where version = $1 and hash = any($2)',
};

const IDS_OF_ARTICLES = {
  name: 'texts_ids_of_articles',
  text: 'select article_id, text_id from content where article_id = any($1)',
};

const CANDIDATES = {
  name: 'texts_candidates',
  text: `
    with found as (
      select distinct asked.place, s.text_id
      from unnest($2::integer[], $3::integer[]) as asked (place, key) join sample s on s.version = $1 and s.key = asked.key
    )
    select found.place, array_agg(t.hash) as hashes
    from found join text t on t.id = found.text_id
    group by found.place`,
};

const SPANS = {
  name: 'texts_spans',
  text: `
    select t.hash, min(c.published_on) - date '1970-01-01' as first, max(c.published_on) - date '1970-01-01' as last,
      bool_or(c.published_on is null) as is_open
    from text t join content c on c.text_id = t.id
    where t.version = $1 and t.hash = any($2)
    group by t.hash`,
};

interface TextRow {
  id: string;
  version: number;
  hash: string;
  words: number;
  comparison: string;
  keys: Buffer;
}

/** Texts by their id in the store, from memory where they are. */
export async function textsById(runner: Runner, cache: TextCache, ids: number[]): Promise<Map<number, SignedText>> {
  const found = new Map<number, SignedText>();
  const missing: number[] = [];
  for (const id of ids) {
    const text = cache.get(id);
    if (text === undefined) missing.push(id);
    else found.set(id, text);
  }
  if (missing.length === 0) return found;
  for (const row of await rowsOf<TextRow>(runner, LOAD, [missing])) {
    const { version, hash, words, comparison } = row;
    const text = { version, hash, words, comparison, keys: fromBytes(row.keys) };
    cache.put(Number(row.id), text);
    found.set(Number(row.id), text);
  }
  return found;
}

export async function idsOfHashes(runner: Runner, version: number, hashes: string[]): Promise<Map<string, number>> {
  if (hashes.length === 0) return new Map();
  const rows = await rowsOf<{ id: string; hash: string }>(runner, IDS_OF_HASHES, [version, hashes]);
  return new Map(rows.map(({ id, hash }) => [hash, Number(id)]));
}

export async function loadTexts(
  runner: Runner,
  cache: TextCache,
  version: number,
  hashes: string[],
): Promise<Map<string, SignedText>> {
  const ids = await idsOfHashes(runner, version, hashes);
  const texts = await textsById(runner, cache, [...ids.values()]);
  return new Map([...texts.values()].map((text) => [text.hash, text]));
}

export async function textsOf(
  runner: Runner,
  cache: TextCache,
  articleIds: string[],
): Promise<Map<string, SignedText>> {
  const rows = await rowsOf<{ article_id: string; text_id: string }>(runner, IDS_OF_ARTICLES, [articleIds]);
  const texts = await textsById(runner, cache, [...new Set(rows.map(({ text_id }) => Number(text_id)))]);
  const printed = new Map<string, SignedText>();
  for (const { article_id, text_id } of rows) {
    const text = texts.get(Number(text_id));
    if (text !== undefined) printed.set(article_id, text);
  }
  return printed;
}

/** Keys of texts of one version, flat: which of the texts, and the key as the signed integer that Postgres has. */
function flatKeys(texts: SignedText[]): { places: number[]; keys: number[] } {
  const places: number[] = [];
  const keys: number[] = [];
  texts.forEach((text, place) => {
    for (const key of text.keys) {
      places.push(place);
      keys.push(key | 0);
    }
  });
  return { places, keys };
}

async function candidatesOfVersion(
  runner: Runner,
  version: number,
  texts: SignedText[],
  into: Map<string, string[]>,
): Promise<void> {
  const { places, keys } = flatKeys(texts);
  const rows = await rowsOf<{ place: number; hashes: string[] }>(runner, CANDIDATES, [version, places, keys]);
  for (const { place, hashes } of rows) {
    const own = texts[place]?.hash;
    if (own !== undefined)
      into.set(
        own,
        hashes.filter((hash) => hash !== own),
      );
  }
}

export async function candidates(runner: Runner, texts: SignedText[]): Promise<Map<string, string[]>> {
  const found = new Map(texts.map(({ hash }): [string, string[]] => [hash, []]));
  for (const version of new Set(texts.map((text) => text.version))) {
    await candidatesOfVersion(
      runner,
      version,
      texts.filter((text) => text.version === version),
      found,
    );
  }
  return found;
}

/** When texts were printed, by hash; a text that nobody prints is missing. */
export async function spansOf(runner: Runner, version: number, hashes: string[]): Promise<Map<string, Span>> {
  interface Row {
    hash: string;
    first: number | null;
    last: number | null;
    is_open: boolean;
  }
  const rows = await rowsOf<Row & Record<string, unknown>>(runner, SPANS, [version, hashes]);
  return new Map(
    rows.map(({ hash, first, last, is_open }) => [
      hash,
      is_open || first === null || last === null ? null : { first, last },
    ]),
  );
}
