import { containmentByKeys, PARAMS, type SignedText, sign } from '@wirefold/dedup';
import { Minhash } from 'minhash';
import { describe, expect, it } from 'vitest';
import { seededRandom } from './support/seeded-random.ts';

/** The sample of keys as an estimator, held against its theory and against npm `minhash` on the same pairs. */

const HASHES = 2 ** 32;

/** The hash below which a text's sample is complete. */
function reachOf({ keys }: SignedText): number {
  if (keys.length < PARAMS.keysMin) return HASHES;
  return Math.max(PARAMS.keyFraction * HASHES, (keys.at(-1) as number) + 1);
}

/**
 * Below the smaller reach both samples are complete, and what is there of the two sets is a random sample of them. Its n members
 * estimate a share p with a standard error of sqrt(p (1 - p) / n): Broder 1997 for the lowest k hashes, Irber et al. 2022 for a
 * fraction of the range. n is the size of the sampled union for Jaccard, and of the sampled set for a containment.
 */
function estimate(a: SignedText, b: SignedText) {
  const reach = Math.min(reachOf(a), reachOf(b));
  const x = a.keys.filter((key) => key < reach);
  const y = new Set(b.keys.filter((key) => key < reach));
  const shared = x.filter((key) => y.has(key)).length;
  return {
    jaccard: { share: shared / (x.length + y.size - shared), of: x.length + y.size - shared },
    aInB: { share: containmentByKeys(a, b), of: x.length },
    bInA: { share: containmentByKeys(b, a), of: y.size },
  };
}

function shinglesOf(words: string[]): Set<string> {
  return new Set(words.slice(2).map((_, i) => words.slice(i, i + 3).join(' ')));
}

interface Pair {
  a: SignedText;
  b: SignedText;
  aSet: Set<string>;
  bSet: Set<string>;
  exact: { jaccard: number; aInB: number; bInA: number };
}

function pairOf(aWords: string[], bWords: string[]): Pair {
  const [aSet, bSet] = [shinglesOf(aWords), shinglesOf(bWords)];
  const shared = [...aSet].filter((shingle) => bSet.has(shingle)).length;
  return {
    a: sign(aWords.join(' ')),
    b: sign(bWords.join(' ')),
    aSet,
    bSet,
    exact: {
      jaccard: shared / (aSet.size + bSet.size - shared),
      aInB: shared / aSet.size,
      bInA: shared / bSet.size,
    },
  };
}

/** Two texts without a repeated word that share a part of any size: their shingles are random sets. */
function randomPairs(count: number): Pair[] {
  const random = seededRandom(1);
  return Array.from({ length: count }, (_, at) => {
    const part = (name: string, most: number) =>
      Array.from({ length: 20 + Math.floor(random() * most) }, (_, i) => `${name}${at}x${i}`);
    const common = part('c', 1500);
    return pairOf([...common, ...part('a', 1000)], [...common, ...part('b', 1000)]);
  });
}

/** Texts whose words are as frequent as those of a language, and copies of them: cut, edited, with site text around. */
function copyPairs(count: number): Pair[] {
  const random = seededRandom(2);
  const word = () => `w${Math.floor(3000 ** random())}`;
  const text = (size: number) => Array.from({ length: size }, word);
  return Array.from({ length: count }, () => {
    const original = text(80 + Math.floor(random() * 1200));
    const edits = random() * 0.2;
    const kept = original.slice(0, Math.ceil(original.length * (0.3 + 0.7 * random())));
    const copy = kept.map((each) => (random() < edits ? word() : each));
    return pairOf(original, [...text(Math.floor(random() * 60)), ...copy, ...text(Math.floor(random() * 60))]);
  });
}

const measures = ['jaccard', 'aInB', 'bInA'] as const;
const pairs = { 'random sets': randomPairs(600), 'copies of texts': copyPairs(600) };

/** The errors of a measure, in standard errors of the theory. */
function errorsOf(given: Pair[], measure: (typeof measures)[number]): number[] {
  return given.flatMap(({ a, b, exact }) => {
    const { share, of } = estimate(a, b)[measure];
    const p = exact[measure];
    return p > 0 && p < 1 ? [(share - p) / Math.sqrt((p * (1 - p)) / of)] : [];
  });
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const SIGMAS = 4;
/** npm `minhash` takes 20 ms a pair. */
const MINHASH_PAIRS = 100;
/** Of a normal distribution within two standard errors. */
const WITHIN_TWO = 0.9545;

describe('the keys of two texts', () => {
  for (const [kind, given] of Object.entries(pairs)) {
    it.each(measures)(`estimate the %s of ${kind} without bias, and within the error of the theory`, (measure) => {
      const errors = errorsOf(given, measure);
      const { length } = errors;
      expect(length).toBeGreaterThan(500);
      expect(Math.abs(mean(errors))).toBeLessThan(SIGMAS / Math.sqrt(length));
      // The variance of a squared normal error is 2.
      expect(Math.abs(mean(errors.map((error) => error ** 2)) - 1)).toBeLessThan(SIGMAS * Math.sqrt(2 / length));
      const within = errors.filter((error) => Math.abs(error) <= 2).length / length;
      expect(Math.abs(within - WITHIN_TWO)).toBeLessThan(SIGMAS * Math.sqrt((WITHIN_TWO * (1 - WITHIN_TWO)) / length));
    });

    it(`estimate the Jaccard of ${kind} no worse than npm minhash does with as many bytes`, () => {
      const squares = given.slice(0, MINHASH_PAIRS).map((pair) => {
        const numPerm = Math.ceil((pair.a.keys.length + pair.b.keys.length) / 2);
        const [x, y] = [new Minhash({ numPerm }), new Minhash({ numPerm })];
        for (const shingle of pair.aSet) x.update(shingle);
        for (const shingle of pair.bSet) y.update(shingle);
        const { jaccard } = pair.exact;
        return [(estimate(pair.a, pair.b).jaccard.share - jaccard) ** 2, (x.jaccard(y) - jaccard) ** 2] as const;
      });
      const [ours, theirs] = [mean(squares.map(([own]) => own)), mean(squares.map(([, other]) => other))];
      expect(Math.sqrt(ours)).toBeLessThanOrEqual(Math.sqrt(theirs));
    });
  }
});
