import {
  type KeyedPlaces,
  keysNeeded,
  reachOf,
  type SampleReach,
  type SignedText,
  shareKey,
  sortKeys,
} from '@wirefold/dedup';

/** Says whether two texts, by their places, are linked. */
export type IsLinked = (a: number, b: number) => boolean;

/**
 * A key that as many texts hold is common: of thousands of near-identical texts most keys are, and counting pairs would be their
 * square. Up to here counting costs less than comparing keys pair by pair.
 */
const COMMON_HOLDERS_MIN = 512;

/** Which texts hold which keys. A list holds the places of the texts that hold one key, ascending; lists lie one behind the other. */
interface Postings {
  places: Uint32Array;
  /** Text `i` has rare keys whose lists begin at `lists[starts[i]]` to `lists[ends[i] - 1]`. */
  starts: Uint32Array;
  ends: Uint32Array;
  lists: Uint32Array;
  /** The lists of common keys. */
  common: { from: number; to: number }[];
  /** For each text with common keys the numbers of their lists, ascending. */
  commonOf: Map<number, number[]>;
}

/**
 * The connected components of the links between texts: places, ascending in each. Only texts that share enough keys are compared, and
 * only while they are not connected yet: thousands of near-identical texts cost about one comparison each.
 */
export function componentsOf(
  texts: readonly SignedText[],
  isLinked: IsLinked,
  commonHoldersMin = COMMON_HOLDERS_MIN,
): number[][] {
  const roots = createRoots(texts.length);
  const postings = postingsOf(texts, commonHoldersMin);
  connectByRareKeys(texts, postings, isLinked, roots);
  connectByCommonKeys(texts, postings, isLinked, roots);
  const components = new Map<number, number[]>();
  for (let place = 0; place < texts.length; place++) {
    const root = roots.find(place);
    const component = components.get(root);
    if (component === undefined) components.set(root, [place]);
    else component.push(place);
  }
  return [...components.values()];
}

function postingsOf(texts: readonly SignedText[], commonHoldersMin: number): Postings {
  const { keys, places } = sortedPostings(texts);
  const starts = new Uint32Array(texts.length);
  for (let place = 0, start = 0; place < texts.length; place++) {
    starts[place] = start;
    start += (texts[place] as SignedText).keys.length;
  }
  const ends = starts.slice();
  const lists = new Uint32Array(keys.length);
  const common: Postings['common'] = [];
  const commonOf: Postings['commonOf'] = new Map();
  for (let from = 0, to = 0; from < keys.length; from = to) {
    while (to < keys.length && keys[to] === keys[from]) to++;
    if (to - from < 2) continue;
    const isCommon = to - from >= commonHoldersMin;
    if (isCommon) common.push({ from, to });
    for (let at = from; at < to; at++) {
      const place = places[at] as number;
      const end = ends[place] as number;
      if (isCommon) commonOf.set(place, [...(commonOf.get(place) ?? []), common.length - 1]);
      else {
        lists[end] = from;
        ends[place] = end + 1;
      }
    }
  }
  return { places, starts, ends, lists, common, commonOf };
}

/** A component has few keys: passes over few counts cost less than fewer passes. */
const DIGIT_BITS = 11;

/** All keys of all texts, ascending, each with the place of its text, ascending for one key. */
function sortedPostings(texts: readonly SignedText[]): KeyedPlaces {
  const size = texts.reduce((sum, { keys }) => sum + keys.length, 0);
  const postings: KeyedPlaces = { keys: new Uint32Array(size), places: new Uint32Array(size) };
  let filled = 0;
  texts.forEach((text, place) => {
    postings.keys.set(text.keys, filled);
    postings.places.fill(place, filled, filled + text.keys.length);
    filled += text.keys.length;
  });
  return sortKeys(postings, DIGIT_BITS);
}

/** Counts, for each text, the rare keys that it shares with each text before it. */
function connectByRareKeys(
  texts: readonly SignedText[],
  { places, starts, ends, lists }: Postings,
  isLinked: IsLinked,
  roots: Roots,
): void {
  const reaches = texts.map((text) => reachOf(text));
  const shared = new Uint16Array(texts.length);
  const met = new Uint32Array(texts.length);
  for (let place = 0; place < texts.length; place++) {
    let count = 0;
    for (let list = starts[place] as number; list < (ends[place] as number); list++) {
      for (let at = lists[list] as number; (places[at] as number) < place; at++) {
        const other = places[at] as number;
        if (shared[other] === 0) met[count++] = other;
        shared[other] = (shared[other] as number) + 1;
      }
    }
    for (let at = 0; at < count; at++) {
      const other = met[at] as number;
      const needed = keysNeeded(reaches[place] as SampleReach, reaches[other] as SampleReach);
      const isEnough = (shared[other] as number) >= needed;
      shared[other] = 0;
      if (isEnough && roots.find(other) !== roots.find(place) && isLinked(other, place)) roots.join(other, place);
    }
  }
}

/** Compares, at each common key, every text with those that it is not connected to; near-identical texts are connected by then. */
function connectByCommonKeys(
  texts: readonly SignedText[],
  { places, common, commonOf }: Postings,
  isLinked: IsLinked,
  roots: Roots,
): void {
  for (const [list, { from, to }] of common.entries()) {
    const groups: { root: number; members: number[] }[] = [];
    for (const place of places.subarray(from, to)) {
      for (const { root, members } of groups) {
        if (roots.find(root) === roots.find(place)) continue;
        const link = members.find(
          (other) =>
            isFirstCommon(list, commonOf.get(other) ?? [], commonOf.get(place) ?? []) &&
            shareKey(texts[other] as SignedText, texts[place] as SignedText) &&
            isLinked(other, place),
        );
        if (link !== undefined) roots.join(link, place);
      }
      const home = groups.find(({ root }) => roots.find(root) === roots.find(place));
      if (home === undefined) groups.push({ root: place, members: [place] });
      else home.members.push(place);
    }
  }
}

/** A pair meets at every common key that it shares; it is looked at where it meets first. Both lists are ascending. */
function isFirstCommon(list: number, a: readonly number[], b: readonly number[]): boolean {
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) return a[i] === list;
    if ((a[i] as number) < (b[j] as number)) i++;
    else j++;
  }
  return false;
}

interface Roots {
  find(place: number): number;
  join(a: number, b: number): void;
}

/** Union-find with path halving. */
function createRoots(count: number): Roots {
  const parent = Int32Array.from({ length: count }, (_, i) => i);
  const sizes = new Int32Array(count).fill(1);
  const find = (start: number): number => {
    let at = start;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number;
      at = parent[at] as number;
    }
    return at;
  };
  return {
    find,
    join(a, b) {
      const [x, y] = [find(a), find(b)];
      if (x === y) return;
      const [large, small] = (sizes[x] as number) >= (sizes[y] as number) ? [x, y] : [y, x];
      parent[small] = large;
      sizes[large] = (sizes[large] as number) + (sizes[small] as number);
    },
  };
}
