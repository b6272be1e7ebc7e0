/** A part of a buffer. */
export interface Block {
  buffer: ArrayBuffer;
  from: number;
}

/** Blocks of working memory and what is written there, by name. */
export interface Halves<Kept> {
  /**
   * A block of `bytes`, a multiple of 4, with anything in it. It stays untouched until as many bytes were taken since as half of the
   * memory has, and what does not fit into half of it has a buffer of its own.
   */
  take(bytes: number): Block;
  keep(name: string, kept: Kept): void;
  /** What was kept and is in no danger yet, and what has to be taken again to stay. */
  young(name: string): Kept | undefined;
  old(name: string): Kept | undefined;
}

interface Half<Kept> {
  buffer: ArrayBuffer;
  used: number;
  kept: Map<string, Kept>;
}

/** Memory that is filled in two halves in turn: allocating it for each text, and giving it back, costs more than reading most texts. */
export function createHalves<Kept>(bytesMax: number): Halves<Kept> {
  const bytesOfHalf = bytesMax / 2;
  const emptyHalf = (): Half<Kept> => ({ buffer: new ArrayBuffer(bytesOfHalf), used: 0, kept: new Map() });
  let [young, old] = [emptyHalf(), emptyHalf()];
  return {
    take(bytes) {
      if (bytes > bytesOfHalf) return { buffer: new ArrayBuffer(bytes), from: 0 };
      if (young.used + bytes > bytesOfHalf) {
        [young, old] = [old, young];
        young.used = 0;
        young.kept.clear();
      }
      const from = young.used;
      young.used += bytes;
      return { buffer: young.buffer, from };
    },
    keep: (name, kept) => void young.kept.set(name, kept),
    young: (name) => young.kept.get(name),
    old: (name) => old.kept.get(name),
  };
}
