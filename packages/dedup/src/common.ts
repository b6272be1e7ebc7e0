import type { Common, RunColumns } from './align.ts';
import { answers, kernel, kernelRuns } from './kernel.ts';
import { isInKernel, type Words, woven } from './words.ts';

const BYTES = 4;

/**
 * The shingles that two texts share. Shingles that are repeated in a text say little of its order and make no runs, unless they are most
 * of what is shared: then the body is printed twice, and their first places count.
 * @param sharedMin with fewer nothing is done: looking up ends, with some of those that are shared, once they cannot be as many
 */
export function commonShingles(a: Words, b: Words, sharedMin = 0): Common {
  if (!isInKernel(a) || !isInKernel(b)) return plainCommonShingles(woven(a), woven(b));
  woven(a);
  woven(b);
  const shared = share(a, b, b.distinct - sharedMin, false);
  if ((answers[1] as number) * 2 < shared) share(a, b, b.distinct, true);
  return { shared, runs: answers[0] as number, columns: kernelRuns };
}

function share(a: Words, b: Words, missesMax: number, isRepeated: boolean): number {
  return kernel.share(
    a.shingles,
    a.shinglesAt * BYTES,
    a.standsAt * BYTES,
    b.shingles,
    b.shinglesAt * BYTES,
    b.standsAt * BYTES,
    a.tableAt * BYTES,
    a.lastSlot,
    a.bitsAt * BYTES,
    missesMax,
    isRepeated ? 1 : 0,
  );
}

/**
 * No fewer than the shingles that two texts share: as many as there are bits that stand for one in both, and those that hide behind
 * another one of their own text.
 */
export function sharedAtMost(a: Words, b: Words): number {
  if (!isInKernel(a) || !isInKernel(b)) return Math.min(a.shingles, b.shingles);
  const hidden = Math.min(a.shingles - a.bitsSet, b.shingles - b.bitsSet);
  return kernel.sameBits(a.bitsAt * BYTES, b.bitsAt * BYTES) + hidden;
}

/** `commonShingles` without the kernel, for texts that do not fit into its memory. */
export function plainCommonShingles(a: Words, b: Words): Common {
  const [own, others] = [placesOf(a), placesOf(b)];
  const pairs: { a: number; b: number; isOnce: boolean }[] = [];
  for (const [shingle, { first, isOnce }] of others) {
    const found = own.get(shingle);
    if (found !== undefined) pairs.push({ a: found.first, b: first, isOnce: isOnce && found.isOnce });
  }
  const once = pairs.filter(({ isOnce }) => isOnce);
  return { shared: pairs.length, ...runsOf(once.length * 2 < pairs.length ? pairs : once) };
}

/** Where each shingle stands first, in the order of the text, and whether it stands nowhere else. */
function placesOf({ memory, shinglesAt, shingles }: Words): Map<number, { first: number; isOnce: boolean }> {
  const places = new Map<number, { first: number; isOnce: boolean }>();
  for (let place = 0; place < shingles; place++) {
    const shingle = memory[shinglesAt + place] as number;
    const known = places.get(shingle);
    if (known === undefined) places.set(shingle, { first: place, isOnce: true });
    else known.isOnce = false;
  }
  return places;
}

function runsOf(pairs: readonly { a: number; b: number }[]): { runs: number; columns: RunColumns } {
  const column = () => new Int32Array(pairs.length);
  const columns: RunColumns = { a: column(), b: column(), lengths: column() };
  let runs = 0;
  pairs.forEach((pair, at) => {
    const before = pairs[at - 1];
    if (before?.a !== pair.a - 1 || before.b !== pair.b - 1) {
      columns.a[runs] = pair.a;
      columns.b[runs++] = pair.b;
    }
    columns.lengths[runs - 1] = (columns.lengths[runs - 1] as number) + 1;
  });
  return { runs, columns };
}
