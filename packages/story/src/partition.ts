import { createCandidateIndex, type SignedText, type Verdict } from '@wirefold/dedup';
import type { Group } from './story.ts';

/** Says whether two texts are copies of one. Pure and symmetric, and never links two texts that share no key. */
export type Link = (a: SignedText, b: SignedText) => Pick<Verdict, 'linked'>;

/**
 * A component is looked at whole while its texts have at most this many candidates inside it each, on average: copies of a story
 * have tens. Beyond (5,000 near-identical pages have 12 million pairs) links are counted against the `SAMPLE_TEXTS` smallest hashes
 * of the component, which is as free of order as counting them all.
 */
const CANDIDATES_MEAN_MAX = 400;
const SAMPLE_TEXTS = 32;

/** A text joins a star when more than this part of its other links lead into the star, too. */
const SUPPORT_MIN = 0.5;

/**
 * Divides texts into stories by star clustering (Aslam, Pelekhov and Rus 2004): the text with the most links is a centre and takes
 * the texts linked to it, then the next that is left, ties by text hash. So that one text with pieces of two stories joins neither
 * by chance, a text is taken only when most of its other links lead into the star, too.
 * A pure function of the set of texts: neither order nor repeats matter, and linked sets that do not touch do not influence each other.
 * @returns groups sorted by centre; every text is in exactly one
 */
export function partition(texts: SignedText[], link: Link): Group[] {
  const unique = [...new Map(texts.map((text) => [text.hash, text])).values()].sort(byHash);
  const isLinked = (a: number, b: number) => link(unique[a] as SignedText, unique[b] as SignedText).linked;
  const index = createCandidateIndex();
  const candidates = unique.map((text) => index.add(text));
  const groups = componentsOf(candidates, isLinked).flatMap(({ places, pairs }) => {
    const isWhole = pairs * 2 <= places.length * CANDIDATES_MEAN_MAX;
    return starsOf(places, isWhole ? exact(places, candidates, isLinked) : sampled(places, isLinked), unique);
  });
  return groups.sort((a, b) => (a.centre < b.centre ? -1 : 1));
}

function byHash(a: SignedText, b: SignedText): number {
  return a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0;
}

/** Texts by their places in the order of hashes: `candidates[i]` are those before `i` that share enough keys with it. */
type IsLinked = (a: number, b: number) => boolean;

/** Linked texts, directly or not, in the order of hashes; and how many pairs of candidates there are among them. */
interface Component {
  places: number[];
  pairs: number;
}

/** Only pairs that are not yet connected are compared here: that is enough to find what is connected. */
function componentsOf(candidates: number[][], isLinked: IsLinked): Component[] {
  const roots = createRoots(candidates.length);
  candidates.forEach((before, i) => {
    for (const j of before) if (roots.find(i) !== roots.find(j) && isLinked(i, j)) roots.join(i, j);
  });
  const components = new Map<number, Component>();
  candidates.forEach((before, i) => {
    const root = roots.find(i);
    const component = components.get(root) ?? { places: [], pairs: 0 };
    component.places.push(i);
    for (const j of before) if (roots.find(j) === root) component.pairs++;
    components.set(root, component);
  });
  return [...components.values()];
}

/** Union-find with path halving. */
function createRoots(count: number) {
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
    join(a: number, b: number): void {
      const [x, y] = [find(a), find(b)];
      if (x === y) return;
      const [large, small] = (sizes[x] as number) >= (sizes[y] as number) ? [x, y] : [y, x];
      parent[small] = large;
      sizes[large] = (sizes[large] as number) + (sizes[small] as number);
    },
  };
}

/** What the stars ask of the links of a component. */
interface Neighbourhood {
  isLinked: IsLinked;
  /** The linked texts that are counted: for the degree, and for whether they lead into a star. */
  witnesses: Map<number, Set<number>>;
}

function exact(places: number[], candidates: number[][], isLinked: IsLinked): Neighbourhood {
  const witnesses = new Map(places.map((at): [number, Set<number>] => [at, new Set()]));
  for (const i of places) {
    for (const j of candidates[i] as number[]) {
      if (!witnesses.has(j) || !isLinked(i, j)) continue;
      witnesses.get(i)?.add(j);
      witnesses.get(j)?.add(i);
    }
  }
  return { isLinked: (a, b) => witnesses.get(a)?.has(b) === true, witnesses };
}

function sampled(places: number[], isLinked: IsLinked): Neighbourhood {
  const sample = places.slice(0, SAMPLE_TEXTS);
  const witnesses = places.map((at): [number, Set<number>] => [
    at,
    new Set(sample.filter((other) => other !== at && isLinked(at, other))),
  ]);
  return { isLinked, witnesses: new Map(witnesses) };
}

function starsOf(places: number[], near: Neighbourhood, texts: SignedText[]): Group[] {
  const degree = (at: number) => near.witnesses.get(at)?.size ?? 0;
  let left = [...places].sort((a, b) => degree(b) - degree(a) || a - b);
  const stars: Group[] = [];
  while (left.length > 0) {
    const centre = left[0] as number;
    const star = new Set(
      left.filter((at) => at === centre || (near.isLinked(centre, at) && isSupported(at, centre, near))),
    );
    left = left.filter((at) => !star.has(at));
    const hashes = [...star].sort((a, b) => a - b).map((at) => (texts[at] as SignedText).hash);
    stars.push({ centre: (texts[centre] as SignedText).hash, texts: hashes });
  }
  return stars;
}

/** Whether most of the other texts that `at` is linked to are linked to the centre. */
function isSupported(at: number, centre: number, near: Neighbourhood): boolean {
  let others = 0;
  let inside = 0;
  for (const witness of near.witnesses.get(at) ?? []) {
    if (witness === centre) continue;
    others++;
    if (near.isLinked(centre, witness)) inside++;
  }
  return others === 0 || inside > SUPPORT_MIN * others;
}
