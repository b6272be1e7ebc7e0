import type { SignedText } from '@wirefold/dedup';
import type { SourceFurniture } from './upkeep.ts';

/** What an entry costs beside its numbers and its text: strings, map slots, object headers. */
const ENTRY_BYTES = 400;

/** Texts by id. Never stale, because a text does not change. */
export type TextCache = RecentCache<number, SignedText>;

/** What is known of a source, with when that was learned. */
interface KnownFurniture {
  learnedAt: string;
  source: SourceFurniture;
}

/** Furniture by the key of its source. */
export type FurnitureCache = RecentCache<string, KnownFurniture>;

export function textBytes({ keys, comparison }: SignedText): number {
  return ENTRY_BYTES + keys.byteLength + 2 * comparison.length;
}

export function furnitureBytes({ source }: KnownFurniture): number {
  const { lines, shingles } = source.furniture;
  return ENTRY_BYTES + lines.byteLength + shingles.byteLength;
}

/** The values that were used last, bounded by their size. */
export class RecentCache<Key, Value> {
  readonly #bytesMax: number;
  readonly #bytesOf: (value: Value) => number;
  readonly #values = new Map<Key, Value>();
  #bytes = 0;

  constructor(bytesMax: number, bytesOf: (value: Value) => number) {
    this.#bytesMax = bytesMax;
    this.#bytesOf = bytesOf;
  }

  get(key: Key): Value | undefined {
    const value = this.#values.get(key);
    if (value !== undefined) {
      // A Map keeps the order of insertion: what was used last moves to its end.
      this.#values.delete(key);
      this.#values.set(key, value);
    }
    return value;
  }

  /** Keeps a value, instead of the one that was kept under its key. */
  put(key: Key, value: Value): void {
    const before = this.#values.get(key);
    if (before !== undefined) this.#bytes -= this.#bytesOf(before);
    this.#values.delete(key);
    this.#values.set(key, value);
    this.#bytes += this.#bytesOf(value);
    for (const [oldest, old] of this.#values) {
      if (this.#bytes <= this.#bytesMax) return;
      this.#values.delete(oldest);
      this.#bytes -= this.#bytesOf(old);
    }
  }
}
