import type { SignedText } from '@wirefold/dedup';

/** What an entry costs beside its arrays and its comparison text: strings, map slots, object headers. */
const ENTRY_BYTES = 400;

function bytesOf(text: SignedText): number {
  return ENTRY_BYTES + text.shingles.byteLength + text.keys.byteLength + 2 * text.comparison.length;
}

/** The texts that were used last, by id, bounded by their size. Never stale, because a text does not change. */
export class TextCache {
  readonly #bytesMax: number;
  readonly #byId = new Map<number, SignedText>();
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get(id: number): SignedText | undefined {
    const text = this.#byId.get(id);
    if (text !== undefined) {
      // A Map keeps the order of insertion: what was used last moves to its end.
      this.#byId.delete(id);
      this.#byId.set(id, text);
    }
    return text;
  }

  put(id: number, text: SignedText): void {
    if (this.#byId.has(id)) return;
    this.#byId.set(id, text);
    this.#bytes += bytesOf(text);
    for (const [oldest, value] of this.#byId) {
      if (this.#bytes <= this.#bytesMax) return;
      this.#byId.delete(oldest);
      this.#bytes -= bytesOf(value);
    }
  }
}
