import { PARAMS } from './params.ts';
import { keysNeeded, reachOf, sharedKeys } from './signature.ts';
import type { Comparing, SignedText, Verdict } from './text.ts';
import { alignedNeeded, beforeMax, changesMax, RULES, type Rule, replacedMax } from './verdict.ts';

/** One figure of a comparison beside the limit that it was held against; null for both where the verdict was decided before. */
export interface Check {
  /** The rule that decides by it: one of `different` where the figure is beyond its limit, any other where it is within. */
  rule: Rule;
  figure: string;
  value: number | null;
  bound: 'at least' | 'at most';
  limit: number | null;
  /** Whether both are parts of a whole, from 0 to 1; else they count. */
  isShare: boolean;
  /** Whether the figure is within its limit. */
  isMet: boolean | null;
  /** Whether the verdict follows from it. */
  decides: boolean;
}

/** What is measured, and what it says where it decides. */
interface Measure extends Pick<Check, 'rule' | 'figure' | 'bound'> {
  isShare?: true;
  /** The figure and its limit. */
  read(): [value: number, limit: number];
  /** The reason of the verdict, of the printed figure and limit. */
  sentence(value: string, limit: string): string;
}

/** The figures of one comparison. */
interface Compared {
  a: SignedText;
  b: SignedText;
  verdict: Verdict;
  comparing: Comparing;
  /** Words of each text. */
  shorter: number;
  longer: number;
  /** Whether one of them was read by a machine from paper. */
  isNoisy: boolean;
}

const NOTHING: Comparing = { alignedWords: 0, replacedWords: 0, wordsBefore: 0 };

/**
 * Every figure that can decide, in the order in which they do, and why the verdict is what it is, in words. A pure function of the
 * two texts, the same with their sides exchanged.
 * @param verdict what `judge` says of them
 * @param isNoisy whether one of them was read by a machine from paper
 */
export function checksOf(
  a: SignedText,
  b: SignedText,
  verdict: Verdict,
  isNoisy: boolean,
): { checks: Check[]; sentence: string } {
  const comparing = verdict.comparing ?? NOTHING;
  const [shorter, longer] = a.words <= b.words ? [a.words, b.words] : [b.words, a.words];
  const compared: Compared = { a, b, verdict, comparing, shorter, longer, isNoisy };
  const measures = [...bySize(compared), ...byShingles(compared), ...byOrder(compared), ...kinds(compared)];
  let reason: string | null = null;
  const checks = measures.map((measure): Check => {
    const { rule, figure, bound, isShare = false } = measure;
    const check = { rule, figure, bound, isShare };
    if (reason !== null) return { ...check, value: null, limit: null, isMet: null, decides: false };
    const [value, limit] = measure.read();
    const isMet = bound === 'at least' ? value >= limit : value <= limit;
    const decides = isMet !== (RULES[rule] === 'different');
    if (decides) reason = measure.sentence(figureText(check, 'value', value), figureText(check, 'limit', limit));
    return { ...check, value, limit, isMet, decides };
  });
  return { checks, sentence: reason ?? '' };
}

function bySize({ a, b, shorter }: Compared): Measure[] {
  const figure = 'words of the shorter text';
  const has = (value: string) => `The shorter text has ${counted(value, 'word', 'words')}`;
  return [
    {
      rule: 'version',
      figure: 'versions of the parameters that the texts were signed with',
      bound: 'at most',
      read: () => [a.version === b.version ? 1 : 2, 1],
      sentence: () => 'The texts were signed with different versions of the parameters, so they were not compared.',
    },
    {
      rule: 'thin',
      figure,
      bound: 'at least',
      read: () => [shorter, PARAMS.thinWords],
      sentence: (value, limit) => `${has(value)}; fewer than ${limit} are nobody’s text, so that it has no copies.`,
    },
    {
      rule: 'equal',
      figure: 'different texts, after folding',
      bound: 'at most',
      read: () => [a.hash === b.hash ? 1 : 2, 1],
      sentence: () =>
        `Both have the same ${shorter} words in the same order, once case, accents and punctuation are folded.`,
    },
    {
      rule: 'short',
      figure,
      bound: 'at least',
      read: () => [shorter, PARAMS.briefWords],
      sentence: (value, limit) => `${has(value)}; below ${limit} only an equal text is its copy.`,
    },
  ];
}

function byShingles({ a, b, verdict }: Compared): Measure[] {
  const rule = 'little-in-common';
  const bound = 'at least';
  return [
    {
      rule: 'no-shared-key',
      figure: 'keys that both have',
      bound,
      read: () => [sharedKeys(a, b), keysNeeded(reachOf(a), reachOf(b))],
      sentence: (value, limit) => `Both have ${counted(value, 'key', 'keys')} in common; at least ${limit} must be.`,
    },
    {
      rule,
      figure: 'shingles that both have',
      bound,
      read: () => [verdict.shared, PARAMS.sharedMin],
      sentence: (value, limit) =>
        `Both have ${counted(value, 'shingle', 'shingles')} in common; at least ${limit} must be.`,
    },
    {
      rule,
      figure: CONTAINMENT,
      isShare: true,
      bound,
      read: () => [containmentOf(verdict), PARAMS.containmentMin],
      sentence: (value, limit) =>
        `Of the shingles of the one text, the other has a share of ${value}; at least ${limit} must be in both.`,
    },
  ];
}

const CONTAINMENT = 'containment of one in the other';
const containmentOf = ({ aInB, bInA }: Verdict) => Math.max(aInB, bInA);

/** The figures of the aligned words. */
function byOrder({ verdict, comparing, shorter, longer, isNoisy }: Compared): Measure[] {
  const { alignedWords: aligned, replacedWords, wordsBefore } = comparing;
  const beside = `${counted(String(aligned), 'aligned word', 'aligned words')}`;
  return [
    {
      ...alignment(comparing, shorter, longer),
      rule: shorter < PARAMS.shortWords ? 'short' : 'little-in-common',
      sentence: (value, limit) =>
        `${counted(value, 'word stands', 'words stand')} in both in the same order; of the ${shorter} of the shorter text at least ${limit} must.`,
    },
    {
      rule: 'part-of-another',
      figure: 'words of the longer text before the first aligned one',
      bound: 'at most',
      read: () => [wordsBefore, beforeMax(longer, aligned, PARAMS)],
      sentence: (value, limit) =>
        `The longer text has ${counted(value, 'word', 'words')} before the first of ${beside}, and holds the other as a part only; at most ${limit} may stand there.`,
    },
    {
      rule: 'passages-differ',
      figure: 'words that stand against other words',
      bound: 'at most',
      read: () => [replacedWords, replacedMax(shorter, aligned, PARAMS)],
      sentence: (value, limit) =>
        `${counted(value, 'word stands', 'words stand')} against other words beside ${beside}; at most ${limit} may.`,
    },
    {
      rule: 'facts-differ',
      figure: 'numbers and names that stand against others',
      bound: 'at most',
      read: () => [verdict.facts?.changes ?? 0, changesMax(shorter, { aligned, isNoisy }, PARAMS)],
      sentence: (value, limit) =>
        `${counted(value, 'number or name stands', 'numbers or names stand')} against others in ${beside}; at most ${limit} may.`,
    },
  ];
}

/** The figures that tell apart the kinds of a copy; the last one has been met before. */
function kinds({ verdict, comparing, shorter, longer }: Compared): Measure[] {
  return [
    {
      rule: 'jaccard',
      figure: 'Jaccard',
      isShare: true,
      bound: 'at least',
      read: () => [verdict.jaccard, PARAMS.sameTextJaccard],
      sentence: (value, limit) =>
        `Of all their shingles, both have a share of ${value}; from ${limit} on the two are the same text.`,
    },
    {
      rule: 'containment',
      figure: CONTAINMENT,
      isShare: true,
      bound: 'at least',
      read: () => [containmentOf(verdict), PARAMS.containsMin],
      sentence: (value, limit) =>
        `Of the shingles of the one text, the other has a share of ${value}; from ${limit} on it contains the text.`,
    },
    {
      ...alignment(comparing, shorter, longer),
      rule: 'alignment',
      sentence: (value, limit) =>
        `${counted(value, 'word stands', 'words stand')} in both in the same order, and ${limit} are enough; but too many are changed for the same text.`,
    },
  ];
}

function alignment(
  { alignedWords }: Comparing,
  shorter: number,
  longer: number,
): Pick<Measure, 'figure' | 'bound' | 'read'> {
  return {
    figure: 'aligned words',
    bound: 'at least',
    read: () => [alignedWords, alignedNeeded(shorter, longer, alignedWords, PARAMS)],
  };
}

const counted = (value: string, one: string, many: string) => `${value} ${value === '1' ? one : many}`;

/** The figure of a check, or its limit, as it is printed: cut on its own side of the other, so that the printed ones compare alike. */
export function figureText(
  { isShare, bound }: Pick<Check, 'isShare' | 'bound'>,
  of: 'value' | 'limit',
  figure: number,
): string {
  const scale = isShare ? 1000 : 10;
  // A limit is multiplied out and may be off by its last bit.
  const isRaised = of === 'limit' && bound === 'at least';
  const cut = isRaised ? Math.ceil(figure * scale - 1e-6) : Math.floor(figure * scale + 1e-6);
  return isShare ? (cut / scale).toFixed(3) : String(cut / scale);
}
