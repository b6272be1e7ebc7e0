/** Looks up the metadata of a page's head. */
import { textOfMarkup } from './markup-text.ts';
import type { ScannedPage } from './scanned.ts';

/** Longer values are no title, name, date or address. */
const VALUE_CHARS_MAX = 2000;

export type Metas = ReadonlyMap<string, readonly string[]>;

export function readMetas(page: ScannedPage): Metas {
  const metas = new Map<string, string[]>();
  for (const { key, content } of page.metas) {
    const known = metas.get(key);
    if (known === undefined) metas.set(key, [content]);
    else known.push(content);
  }
  return metas;
}

/** The first value of the first key that has one, as plain text. */
export function firstMeta(metas: Metas, keys: readonly string[]): string | null {
  return metaNamed(metas, keys)?.text ?? null;
}

/** The same, with the key. */
export function metaNamed(metas: Metas, keys: readonly string[]): { field: string; text: string } | null {
  for (const field of keys) {
    for (const value of metas.get(field) ?? []) {
      const text = textOfMarkup(value.slice(0, VALUE_CHARS_MAX));
      if (text !== '') return { field, text };
    }
  }
  return null;
}
