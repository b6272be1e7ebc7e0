/** What the first look at a whole page adds to the second look at a block: how likely its neighbours and its like are. */
import type { PageNode } from '../scanned.ts';
import type { PageView } from './page-view.ts';

const REACH = [-5, -4, -3, -2, -1, 1, 2, 3, 4, 5];
/** Weight that a block keeps for the one after the next, in the running means to both sides. */
const DECAY = 0.7;
const LIKELY_MIN = 0.5;
const LIKELY_WORDS_MIN = 5;
const CONTAINER_LEVELS = 3;

export const CONTEXT_NAMES: readonly string[] = [
  ...REACH.map((at) => `likely${at}`),
  'likely', 'likelyBefore', 'likelyAfter', 'likelyWords', 'fromFirstLikely', 'toLastLikely',
  'meanBefore', 'meanAfter', 'alike:likely',
  ...Array.from({ length: CONTAINER_LEVELS }, (_, level) => `around${level + 1}:likely`),
]; // biome-ignore format: names stand as their values do

/** A row for each block, from the likelihoods of the first look. */
export function contextOf({ views }: PageView, likelihoods: readonly number[]): Float32Array[] {
  const likely = (at: number): number => likelihoods[at] ?? -1;
  const total = views.reduce((sum, { words }, at) => sum + words * likely(at), 1e-6);
  const strong = views.flatMap(({ words }, at) => (likely(at) > LIKELY_MIN && words >= LIKELY_WORDS_MIN ? [at] : []));
  const first = strong[0];
  const last = strong.at(-1);
  const before = runningMeans(views, likelihoods, 1);
  const after = runningMeans(views, likelihoods, -1);
  const alike = means(views, likelihoods, ({ signature }) => [signature]);
  const around = means(views, likelihoods, ({ node }) => ancestorsOf(node));
  let passed = 0;
  return views.map(({ words, signature, node }, at) => {
    const own = likely(at);
    const row = REACH.map((reach) => likely(at + reach));
    row.push(own, passed / total);
    passed += words * own;
    row.push(
      (total - passed) / total,
      total,
      first === undefined ? 0 : at - first,
      last === undefined ? 0 : last - at,
      before[at] ?? -1,
      after[at] ?? -1,
      alike(signature),
      ...ancestorsOf(node).map(around),
    );
    while (row.length < CONTEXT_NAMES.length) row.push(-1);
    return Float32Array.from(row);
  });
}

type Views = PageView['views'];

const massOf = (words: number): number => Math.min(words, 40) + 2;

function runningMeans(views: Views, likelihoods: readonly number[], step: 1 | -1): Float64Array {
  const result = new Float64Array(views.length);
  let sum = 0;
  let mass = 0;
  for (let at = step === 1 ? 0 : views.length - 1; at >= 0 && at < views.length; at += step) {
    result[at] = mass > 0 ? sum / mass : -1;
    const own = massOf(views[at]?.words ?? 0);
    sum = sum * DECAY + (likelihoods[at] ?? 0) * own;
    mass = mass * DECAY + own;
  }
  return result;
}

function ancestorsOf(node: PageNode): PageNode[] {
  const found: PageNode[] = [];
  for (let at = node.parent; at !== null && found.length < CONTAINER_LEVELS; at = at.parent) found.push(at);
  return found;
}

/** Mean likelihood of the blocks that share a key, each by its words. */
function means<Key>(views: Views, likelihoods: readonly number[], keysOf: (view: Views[number]) => readonly Key[]) {
  const sums = new Map<Key, { sum: number; mass: number }>();
  views.forEach((view, at) => {
    const mass = massOf(view.words);
    for (const key of keysOf(view)) {
      const known = sums.get(key) ?? { sum: 0, mass: 0 };
      known.sum += (likelihoods[at] ?? 0) * mass;
      known.mass += mass;
      sums.set(key, known);
    }
  });
  return (key: Key): number => {
    const known = sums.get(key);
    return known === undefined ? -1 : known.sum / known.mass;
  };
}
