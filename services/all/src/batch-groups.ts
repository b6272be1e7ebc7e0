import { UNKNOWN_SOURCE_KEY } from '@wirefold/article';
import { FURNITURE_SAMPLE_ARTICLES, PARAMS } from '@wirefold/dedup';
import type { Components } from './batch-plan.ts';
import { DIGEST_PARTS, IDENTITY_PARTS } from './batch-read.ts';
import type { Rows } from './batch-rows.ts';
import { NOWHERE, type SignedRows, sharedUint32 } from './batch-shared.ts';
import { HASH_PARTS, type SourceSample } from './batch-sign.ts';

/**
 * The rows that the furniture of each known source is learned from (what articles of no known source share is no site's): those of the articles with the smallest ids, which is free of order. Lines
 * that say the same count once.
 */
export function* samplesOf({
  count,
  sources,
  sourceKeys,
  readingLengths,
  identities,
  digests,
}: Rows): Generator<SourceSample> {
  const { members, ends } = bucketed(
    count,
    sourceKeys.length,
    (row) => sources[row] as number,
    (row) => readingLengths[row] !== 0,
  );
  const order = (a: number, b: number) =>
    difference(identities, IDENTITY_PARTS, a, b) || difference(digests, DIGEST_PARTS, a, b);
  for (let source = 0, from = 0; source < sourceKeys.length; source++) {
    const own = members.subarray(from, ends[source]);
    from = ends[source] as number;
    if (own.length < 2 || sourceKeys[source] === UNKNOWN_SOURCE_KEY) continue;
    own.sort((a, b) => order(a, b) || a - b);
    const distinct = own.filter((row, at) => at === 0 || order(row, own[at - 1] as number) !== 0);
    if (distinct.length > 1) yield { source, rows: distinct.slice(0, FURNITURE_SAMPLE_ARTICLES) };
  }
}

function difference(values: Uint32Array, parts: number, a: number, b: number): number {
  for (let part = 0; part < parts; part++) {
    const by = (values[a * parts + part] as number) - (values[b * parts + part] as number);
    if (by !== 0) return by;
  }
  return 0;
}

/** Which row stands for which, free of the order of rows wherever the rows differ. */
export interface Standing {
  /** Of lines that say the same of the same article, the row that stands for them. A text that is too thin to be anybody's is no article. */
  articleOf: Uint32Array;
  /** Of articles that print one text, the row that stands for it; `NOWHERE` where the row stands for no article. */
  textOf: Uint32Array;
}

export function standingOf(rows: Rows, { hashes, words }: SignedRows): Standing {
  const { count, identities, digests } = rows;
  const isThin = (row: number) => (words[row] as number) < PARAMS.thinWords;
  const byIdentity = (a: number, b: number) => difference(identities, IDENTITY_PARTS, a, b);
  const byHash = (a: number, b: number) => difference(hashes, HASH_PARTS, a, b);
  const articleOf = leaders(count, {
    isIn: () => true,
    start: (row) => identities[row * IDENTITY_PARTS] as number,
    isSame: (a, b) => byIdentity(a, b) === 0 && isThin(a) === isThin(b) && (isThin(a) || byHash(a, b) === 0),
    order: (a, b) => (isThin(a) ? 0 : difference(digests, DIGEST_PARTS, a, b)),
  });
  const textOf = leaders(count, {
    isIn: (row) => articleOf[row] === row && !isThin(row),
    start: (row) => hashes[row * HASH_PARTS] as number,
    isSame: (a, b) => byHash(a, b) === 0,
    order: byIdentity,
  });
  return { articleOf, textOf };
}

interface Grouping {
  isIn(row: number): boolean;
  /** A 32-bit number that is equal for rows of one group. */
  start(row: number): number;
  isSame(a: number, b: number): boolean;
  /** Negative where `a` leads before `b`; of equals the earlier row leads. */
  order(a: number, b: number): number;
}

/** For each row the one that leads its group. */
function leaders(count: number, { isIn, start, isSame, order }: Grouping): Uint32Array {
  const mask = 2 ** Math.ceil(Math.log2(count * 2 + 2)) - 1;
  const firsts = new Uint32Array(mask + 1).fill(NOWHERE);
  const groups = sharedUint32(count).fill(NOWHERE);
  const bests = new Uint32Array(count);
  for (let row = 0; row < count; row++) {
    if (!isIn(row)) continue;
    let at = start(row) & mask;
    while (firsts[at] !== NOWHERE && !isSame(firsts[at] as number, row)) at = (at + 1) & mask;
    if (firsts[at] === NOWHERE) {
      firsts[at] = row;
      bests[row] = row;
    }
    const first = firsts[at] as number;
    groups[row] = first;
    if (order(row, bests[first] as number) < 0) bests[first] = row;
  }
  for (let row = 0; row < count; row++)
    if (groups[row] !== NOWHERE) groups[row] = bests[groups[row] as number] as number;
  return groups;
}

/** Rows of articles by the root of their text; a component of one article alone needs no planning and is left out. */
export function* componentsOf(
  { articleOf, textOf }: Standing,
  rootOf: (row: number) => number,
  rowsAtOnce: number,
): Generator<Components> {
  const count = articleOf.length;
  const { members, ends } = bucketed(
    count,
    count,
    (row) => rootOf(textOf[row] as number),
    (row) => textOf[row] !== NOWHERE,
  );
  let [rows, pieceEnds]: [number[], number[]] = [[], []];
  for (let root = 0, from = 0; root < count; root++) {
    const to = ends[root] as number;
    if (to - from > 1) {
      for (let at = from; at < to; at++) rows.push(members[at] as number);
      pieceEnds.push(rows.length);
    }
    from = to;
    if (rows.length < rowsAtOnce && root < count - 1) continue;
    if (rows.length > 0) yield { rows: Uint32Array.from(rows), ends: Uint32Array.from(pieceEnds) };
    [rows, pieceEnds] = [[], []];
  }
}

/** Counting sort: the rows of each bucket, ascending, one bucket after the other. */
function bucketed(
  count: number,
  buckets: number,
  bucketOf: (row: number) => number,
  isIn: (row: number) => boolean,
): { members: Uint32Array; ends: Uint32Array } {
  const ends = new Uint32Array(buckets + 1);
  for (let row = 0; row < count; row++) {
    if (!isIn(row)) continue;
    const next = bucketOf(row) + 1;
    ends[next] = (ends[next] as number) + 1;
  }
  for (let bucket = 0; bucket < buckets; bucket++)
    ends[bucket + 1] = (ends[bucket + 1] as number) + (ends[bucket] as number);
  const members = new Uint32Array(ends[buckets] as number);
  for (let row = 0; row < count; row++) {
    if (!isIn(row)) continue;
    const bucket = bucketOf(row);
    members[ends[bucket] as number] = row;
    ends[bucket] = (ends[bucket] as number) + 1;
  }
  return { members, ends };
}
