import { PARAMS } from './params.ts';
import { linesOf, type ReadBody, readBody } from './read-body.ts';
import { shingleSize, shinglesOf } from './shingle.ts';
import { tokenise } from './tokens.ts';

/** An article of a source as it was printed. */
export interface PrintedText {
  title: string;
  /** Paragraphs are lines. */
  body: string;
}

/** What a source prints around its articles: whole lines and runs of words, by their hashes. */
export interface Furniture {
  /** Version of the parameters that it was learned with; texts of another version hold none of it. */
  version: number;
  /** How many articles it was learned from. */
  articles: number;
  /** Hashes of lines, and of shingles, each sorted and unique. */
  lines: Uint32Array;
  shingles: Uint32Array;
}

/** UTF-16 offsets into a body, end exclusive. */
export interface FurnitureSpan {
  start: number;
  end: number;
}

export const NO_FURNITURE: Furniture = {
  version: PARAMS.version,
  articles: 0,
  lines: new Uint32Array(0),
  shingles: new Uint32Array(0),
};

/** Articles of a source that its furniture is learned from: enough to see a tenth, and few enough to compare each with each. */
export const FURNITURE_SAMPLE_ARTICLES = 200;
/** Hashes kept of each kind; of more, those in the most stories stay. A page of menus has some hundreds. */
const HASHES_MAX = 20_000;
/** Room for the number of an article beside a hash in one float: 2^21 of them are exact. */
const ARTICLES_MAX = 2 ** 20;

/** Each hash with the number of an article that holds it, in one float, ascending. */
function sortedHolders(articles: ArrayLike<number>[]): Float64Array {
  const entries = new Float64Array(articles.reduce((sum, { length }) => sum + length, 0));
  let size = 0;
  articles.forEach((hashes, article) => {
    for (let at = 0; at < hashes.length; at++) entries[size++] = (hashes[at] as number) * ARTICLES_MAX + article;
  });
  return entries.sort();
}

/** For each hash that at least two articles hold: the hash, and the articles in ascending order. */
function eachShared(sorted: Float64Array, visit: (hash: number, holders: number[]) => void): void {
  for (let from = 0, to = 1; from < sorted.length; from = to++) {
    const hash = Math.floor((sorted[from] as number) / ARTICLES_MAX);
    const [first, end] = [hash * ARTICLES_MAX, (hash + 1) * ARTICLES_MAX];
    while (to < sorted.length && (sorted[to] as number) < end) to++;
    if (sorted[from] === sorted[to - 1]) continue;
    const holders: number[] = [];
    for (let at = from; at < to; at++)
      if (at === from || sorted[at] !== sorted[at - 1]) holders.push((sorted[at] as number) - first);
    visit(hash, holders);
  }
}

/**
 * Learns what a source prints around its articles: lines and shingles that stand in at least two of its stories, and in a tenth of
 * them. Stories are counted, not articles, or an update would take its own text for furniture: articles that share half of their
 * words are one story here, where words that stand under five headlines of the source, and under a tenth of all, are its furniture
 * in any case and do not count. A pure function of the set: neither order nor repeats of an article matter.
 * @param printed a sample of the source's articles; the work grows with the square of their number
 */
export function learnFurniture(printed: readonly PrintedText[]): Furniture {
  const bodies = distinct(printed);
  const { reads } = bodies;
  const shingles = sortedHolders(reads.map((read) => read.shingles));
  const lines = sortedHolders(reads.map((read) => read.lines.map(({ hash }) => hash)));
  const storyOf = storiesOf(bodies, shingles);
  const stories = new Set(storyOf).size;
  const needed = Math.max(PARAMS.furnitureStoriesMin, PARAMS.furnitureShareMin * stories);
  const inEnough = (sorted: Float64Array): Uint32Array => {
    const found: { hash: number; stories: number }[] = [];
    eachShared(sorted, (hash, holders) => {
      const count = holders.length < needed ? 0 : new Set(holders.map((article) => storyOf[article])).size;
      if (count >= needed) found.push({ hash, stories: count });
    });
    found.sort((a, b) => b.stories - a.stories || a.hash - b.hash);
    return Uint32Array.from(found.slice(0, HASHES_MAX), ({ hash }) => hash).sort();
  };
  return {
    version: PARAMS.version,
    articles: reads.length,
    lines: inEnough(lines),
    shingles: inEnough(shingles),
  };
}

interface Bodies {
  reads: ReadBody[];
  /** Hash of each article's headline; of its text where it has none. */
  headlines: number[];
}

/** Each headline with a body once, in an order of their own. */
function distinct(printed: readonly PrintedText[]): Bodies {
  const byIdentity = new Map<string, { read: ReadBody; headline: number }>();
  for (const { title, body } of printed) {
    const headline = readBody(title);
    const read = readBody(body);
    const identity = `${headline.hash} ${read.hash} ${read.count}`;
    byIdentity.set(identity, { read, headline: headline.count > 0 ? headline.hash : read.hash });
  }
  const all = [...byIdentity.values()];
  return { reads: all.map(({ read }) => read), headlines: all.map(({ headline }) => headline) };
}

/** How many different hashes each of `count` articles holds. */
function distinctOf(sorted: Float64Array, count: number): Uint32Array {
  const own = new Uint32Array(count);
  for (let at = 0; at < sorted.length; at++) {
    const entry = sorted[at] as number;
    if (entry === sorted[at - 1]) continue;
    const article = entry - Math.floor(entry / ARTICLES_MAX) * ARTICLES_MAX;
    own[article] = (own[article] as number) + 1;
  }
  return own;
}

/** For each article a number that stands for its story. */
function storiesOf({ reads, headlines }: Bodies, holdersOfShingles: Float64Array): number[] {
  const size = reads.length;
  const sureMin = Math.max(PARAMS.furnitureHeadlinesMin, PARAMS.furnitureShareMin * size);
  const own = distinctOf(holdersOfShingles, size);
  const shared = new Uint32Array(size * size);
  eachShared(holdersOfShingles, (_hash, holders) => {
    if (holders.length >= sureMin && new Set(holders.map((article) => headlines[article])).size >= sureMin) {
      for (const article of holders) own[article] = (own[article] as number) - 1;
      return;
    }
    for (const [at, article] of holders.entries())
      for (let i = 0; i < at; i++) {
        const pair = article * size + (holders[i] as number);
        shared[pair] = (shared[pair] as number) + 1;
      }
  });
  const roots = reads.map((_, article) => article);
  const rootOf = (article: number): number => {
    let root = article;
    while (roots[root] !== root) root = roots[root] as number;
    return root;
  };
  for (let a = 0; a < size; a++)
    for (let b = 0; b < a; b++) {
      const common = shared[a * size + b] as number;
      const smaller = Math.min(own[a] as number, own[b] as number);
      if (common >= PARAMS.sharedMin && common >= PARAMS.furnitureSameStoryMin * smaller) roots[rootOf(a)] = rootOf(b);
    }
  return roots.map((_, article) => rootOf(article));
}

/**
 * Where furniture of its source stands in a body: lines that are furniture as a whole, and runs of at least `furnitureRunWords` words
 * in which every word belongs to a furniture shingle; a shorter run inside a sentence is a turn of phrase.
 * @returns sorted, disjoint
 */
export function furnitureIn(body: string, furniture: Furniture): FurnitureSpan[] {
  if (furniture.version !== PARAMS.version || (furniture.lines.length === 0 && furniture.shingles.length === 0))
    return [];
  const { lines, shingles } = lookupOf(furniture);
  const tokens = tokenise(body);
  const { count, text, flags, starts, ends } = tokens;
  const covered = new Uint8Array(count);
  const own = shinglesOf(tokens, PARAMS);
  for (let i = 0; i < own.length; i++)
    if (shingles.has((own[i] as number) | 0)) covered.fill(SHINGLE, i, i + shingleSize(flags[i] as number, PARAMS));
  for (const { from, to, hash } of linesOf(text, tokens.hashes.subarray(0, count), starts, 1))
    if (lines.has(hash | 0)) covered.fill(LINE, from, to);
  const spans: FurnitureSpan[] = [];
  for (let i = 0; i < count; i++) {
    if (covered[i] === 0) continue;
    const from = i;
    let isLine = false;
    for (; i < count && covered[i] !== 0; i++) if (covered[i] === LINE) isLine = true;
    if (isLine || i - from >= PARAMS.furnitureRunWords)
      spans.push(withMarks(text, starts[from] as number, ends[i - 1] as number));
  }
  return text.length === body.length ? spans : inOriginal(spans, text, body);
}

const MARK = /[^\p{L}\p{N}\p{M}\s\p{Cs}]/u;

/** The span with the punctuation that touches it. */
function withMarks(text: string, from: number, to: number): FurnitureSpan {
  let [start, end] = [from, to];
  while (start > 0 && MARK.test(text[start - 1] as string)) start--;
  while (end < text.length && MARK.test(text[end] as string)) end++;
  return { start, end };
}

const SHINGLE = 1;
const LINE = 2;

const lookups = new WeakMap<Furniture, { lines: Set<number>; shingles: Set<number> }>();

function lookupOf(furniture: Furniture): { lines: Set<number>; shingles: Set<number> } {
  const known = lookups.get(furniture);
  if (known !== undefined) return known;
  // Signed, because a set finds a number of 31 bits and a sign faster than a larger one.
  const made = {
    lines: new Set(Int32Array.from(furniture.lines)),
    shingles: new Set(Int32Array.from(furniture.shingles)),
  };
  lookups.set(furniture, made);
  return made;
}

/** Spans of the composed text as spans of the body: composing keeps the lines, and in a line that it makes longer or shorter only the whole line can be told. */
function inOriginal(spans: FurnitureSpan[], composed: string, body: string): FurnitureSpan[] {
  const found: FurnitureSpan[] = [];
  const originals = body.split('\n');
  let shift = 0;
  let start = 0;
  for (const [at, line] of composed.split('\n').entries()) {
    const original = originals[at] ?? '';
    const end = start + line.length;
    for (const span of spans) {
      const [from, to] = [Math.max(span.start, start), Math.min(span.end, end)];
      if (from >= to) continue;
      if (original.length === line.length) found.push({ start: from + shift, end: to + shift });
      else if (to - from >= line.trim().length)
        found.push({ start: start + shift, end: start + shift + original.length });
    }
    shift += original.length - line.length;
    start = end + 1;
  }
  return found;
}
