import { type Furniture, NO_FURNITURE } from '@wirefold/dedup';
import { furnitureFromBytes, storable } from '../encoding.ts';
import type { FurnitureCache } from '../recent-cache.ts';
import { type Runner, rowsOf } from '../transaction.ts';
import type { SourceFurniture } from '../upkeep.ts';

/** What one article of a source means for it. */
export interface SourceTouch {
  key: string;
  name: string;
  /** By how many its articles grow. */
  articles: number;
  /** Articles that came, changed or went. */
  changes: number;
  /** What an article was signed with. */
  furnitureVersion: number;
  signatureVersion: number;
}

/** Of a touch that comes with no signed article: later than anything. */
const NEVER_STALE = 2 ** 31 - 1;
export const NO_SIGNING = { furnitureVersion: NEVER_STALE, signatureVersion: NEVER_STALE };

/** Signed with older parameters than the source asks for: less than any furniture, so that it is signed again. */
const OUTDATED = -1;

// Sorted, so that two batches do not wait for each other in a circle.
const TOUCH = {
  name: 'sources_touch',
  text: `
    insert into source (key, name, articles, changes, signed_version, signature_version)
    select key, min(name), sum(articles), sum(changes), min(furniture_version), min(signature_version)
    from unnest($1::text[], $2::text[], $3::integer[], $4::integer[], $5::integer[], $6::integer[])
      as touched (key, name, articles, changes, furniture_version, signature_version)
    group by key
    order by key
    on conflict (key) do update set
      name = excluded.name, articles = source.articles + excluded.articles, changes = source.changes + excluded.changes,
      changed_at = case when excluded.changes > 0 then clock_timestamp() else source.changed_at end,
      signed_version = least(source.signed_version, case when excluded.signature_version < source.signature_version
        then ${OUTDATED} else excluded.signed_version end)
    returning key, signature_version`,
};

const VERSIONS = {
  name: 'sources_versions',
  text: 'select key, learned_at::text as learned_at from source where key = any($1) and learned_at is not null',
};

const FURNITURE = {
  name: 'sources_furniture',
  text: `
    select s.key, s.learned_at::text as learned_at, s.furniture_version, f.learned
    from source s left join furniture f on f.source_key = s.key
    where s.key = any($1)`,
};

/**
 * Tells sources of articles that were saved. From then on they are locked.
 * @returns the furniture version to note with an article of a source
 */
export async function touchSources(
  runner: Runner,
  touches: SourceTouch[],
): Promise<(key: string, signatureVersion: number, furnitureVersion: number) => number> {
  const rows = await rowsOf<{ key: string; signature_version: number }>(runner, TOUCH, [
    touches.map(({ key }) => key),
    touches.map(({ name }) => name),
    touches.map(({ articles }) => articles),
    touches.map(({ changes }) => changes),
    touches.map(({ furnitureVersion }) => furnitureVersion),
    touches.map(({ signatureVersion }) => signatureVersion),
  ]);
  const asked = new Map(rows.map(({ key, signature_version }) => [key, signature_version]));
  return (key, signatureVersion, furnitureVersion) =>
    signatureVersion < (asked.get(key) ?? 0) ? OUTDATED : furnitureVersion;
}

/** What the articles of these sources are signed with now; a source that is not known has no furniture. */
export async function furniture(
  runner: Runner,
  cache: FurnitureCache,
  sourceKeys: string[],
): Promise<Map<string, SourceFurniture>> {
  const found = await knownFurniture(runner, cache, [...new Set(sourceKeys.map(storable))]);
  return new Map(sourceKeys.map((key) => [key, found.get(storable(key)) ?? { version: 0, furniture: NO_FURNITURE }]));
}

async function knownFurniture(
  runner: Runner,
  cache: FurnitureCache,
  sourceKeys: string[],
): Promise<Map<string, SourceFurniture>> {
  const found = new Map<string, SourceFurniture>();
  const missing: string[] = [];
  interface Version {
    key: string;
    learned_at: string;
  }
  for (const { key, learned_at } of await rowsOf<Version & Record<string, unknown>>(runner, VERSIONS, [sourceKeys])) {
    const known = cache.get(key);
    if (known?.learnedAt === learned_at) found.set(key, known.source);
    else missing.push(key);
  }
  if (missing.length === 0) return found;
  interface Learned extends Version {
    furniture_version: number;
    learned: Buffer | null;
  }
  for (const row of await rowsOf<Learned & Record<string, unknown>>(runner, FURNITURE, [missing])) {
    const learned: Furniture = row.learned === null ? NO_FURNITURE : furnitureFromBytes(row.learned);
    const source = { version: row.furniture_version, furniture: learned };
    cache.put(row.key, { learnedAt: row.learned_at, source });
    found.set(row.key, source);
  }
  return found;
}
