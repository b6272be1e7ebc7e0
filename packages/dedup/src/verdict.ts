import { align } from './align.ts';
import { commonShingles } from './common.ts';
import { PARAMS, type Params } from './params.ts';
import { shareKey } from './signature.ts';
import { similarityFrom } from './similarity.ts';
import type { Comparing, SignedText, Similarity, Verdict, VerdictKind } from './text.ts';
import { bestCase, type Comparison, type Weighed, weigh } from './weigh.ts';
import { wordsOf } from './words.ts';

/** Every word that a verdict's `rule` can be. */
export const RULES = {
  version: 'different',
  thin: 'different',
  equal: 'same text',
  short: 'different',
  'no-shared-key': 'different',
  'little-in-common': 'different',
  'passages-differ': 'different',
  'part-of-another': 'different',
  'facts-differ': 'different',
  jaccard: 'same text',
  containment: 'contains',
  alignment: 'revision',
} as const satisfies Record<string, VerdictKind>;

export type Rule = keyof typeof RULES;

/**
 * Whether two texts are copies of one. A pure function of the two texts: `judge(b, a)` is `judge(a, b)` with its sides exchanged.
 */
export function judge(a: SignedText, b: SignedText, params: Params = PARAMS): Verdict {
  return a.hash <= b.hash ? judgeOrdered(a, b, params) : mirrored(judgeOrdered(b, a, params));
}

/** The same verdict, seen from the other text. */
export function mirrored(verdict: Verdict): Verdict {
  const { facts } = verdict;
  return {
    ...verdict,
    aInB: verdict.bInA,
    bInA: verdict.aInB,
    facts: facts && { ...facts, examples: facts.examples.map(({ a, b }) => ({ a: b, b: a })) },
  };
}

function judgeOrdered(a: SignedText, b: SignedText, params: Params): Verdict {
  const early = ruleBefore(a, b, params);
  const found =
    early === null ? compare(a, b, params) : { rule: early, facts: null, similarity: null, comparing: null };
  const similarity = found.similarity ?? (a.version === b.version ? similarityIn(a, b) : NOTHING);
  const kind = RULES[found.rule];
  const { rule, facts, comparing } = found;
  return { kind, linked: kind !== 'different', rule, ...similarity, comparing, facts };
}

const NOTHING: Similarity = { shared: 0, jaccard: 0, aInB: 0, bInA: 0 };

/** The rule that decides before the shingles are compared, if one does. */
function ruleBefore(a: SignedText, b: SignedText, params: Params): Rule | null {
  const rule = ruleOfSize(a, b, params);
  if (rule !== null) return rule;
  return shareKey(a, b, params) ? null : 'no-shared-key';
}

export function ruleOfSize(a: SignedText, b: SignedText, params: Params): Rule | null {
  if (a.version !== b.version) return 'version';
  const words = Math.min(a.words, b.words);
  if (words < params.thinWords) return 'thin';
  if (a.hash === b.hash) return 'equal';
  return words < params.briefWords ? 'short' : null;
}

function similarityIn(a: SignedText, b: SignedText): Similarity {
  const [aWords, bWords] = [wordsOf(a), wordsOf(b)];
  return similarityFrom(commonShingles(aWords, bWords).shared, aWords.distinct, bWords.distinct);
}

interface Found {
  rule: Rule;
  similarity: Similarity;
  facts: Verdict['facts'];
  comparing: Comparing | null;
}

/** Shared shingles below which two texts of so many distinct ones have little in common, rounded down. */
export function sharedNeeded(aDistinct: number, bDistinct: number, params: Params): number {
  return Math.max(params.sharedMin, Math.floor(params.containmentMin * Math.min(aDistinct, bDistinct)));
}

/** The rule that decides by what the two texts share, and in which order. */
function compare(a: SignedText, b: SignedText, params: Params): Found {
  const aWords = wordsOf(a);
  const bWords = wordsOf(b);
  const common = commonShingles(aWords, bWords);
  const similarity = similarityFrom(common.shared, aWords.distinct, bWords.distinct);
  const containment = Math.max(similarity.aInB, similarity.bInA);
  if (common.shared < params.sharedMin || containment < params.containmentMin)
    return { rule: 'little-in-common', similarity, facts: null, comparing: null };
  const alignment = align(aWords, bWords, common, params);
  const best = bestCase(aWords, bWords, alignment, params);
  const hopeless = failing(a.words, b.words, best, params);
  if (hopeless !== null) return { rule: hopeless, similarity, facts: null, comparing: comparingOf(best) };
  const found = weigh(aWords, bWords, alignment, params);
  const comparing = comparingOf(found);
  const failed = failing(a.words, b.words, found, params);
  if (failed !== null) return { rule: failed, similarity, facts: null, comparing };
  const facts = { changes: found.changes, alignedWords: found.aligned, examples: found.examples };
  if (found.changes > changesMax(Math.min(a.words, b.words), found, params))
    return { rule: 'facts-differ', similarity, facts, comparing };
  const rule = similarity.jaccard >= params.sameTextJaccard ? 'jaccard' : null;
  return {
    rule: rule ?? (containment >= params.containsMin ? 'containment' : 'alignment'),
    similarity,
    facts,
    comparing,
  };
}

function comparingOf({ aligned, replaced, before }: Comparison): Comparing {
  return { alignedWords: aligned, replacedWords: replaced, wordsBefore: before };
}

/** Words that must be aligned: the smaller the aligned part of the longer text, the more of the shorter one. */
export function alignedNeeded(aWords: number, bWords: number, aligned: number, params: Params): number {
  if (Math.min(aWords, bWords) < params.shortWords) return params.alignedMinOfShort * Math.min(aWords, bWords);
  const wholeness = Math.min(1, aligned / (Math.max(aWords, bWords) * params.wholeMin));
  const share = params.alignedMinOfPart - (params.alignedMinOfPart - params.alignedMin) * wholeness;
  return share * Math.min(aWords, bWords);
}

/** The rule that a comparison breaks, if any. */
export function failing(aWords: number, bWords: number, found: Comparison, params: Params): Rule | null {
  const shorter = Math.min(aWords, bWords);
  const longer = Math.max(aWords, bWords);
  if (found.aligned < alignedNeeded(shorter, longer, found.aligned, params))
    return shorter < params.shortWords ? 'short' : 'little-in-common';
  if (found.before > beforeMax(longer, found.aligned, params)) return 'part-of-another';
  return found.replaced > replacedMax(shorter, found.aligned, params) ? 'passages-differ' : null;
}

/** Words of the longer text that may stand before the first aligned one: all of them, where the aligned words are no mere part of it. */
export function beforeMax(longer: number, aligned: number, params: Params): number {
  if (aligned >= params.wholeMin * longer) return longer;
  return Math.max(params.beforeWordsMax, params.beforeShareMax * longer);
}

/** Words that may stand against others. */
export function replacedMax(shorter: number, aligned: number, params: Params): number {
  return (shorter < params.shortWords ? params.replacedMaxOfShort : params.replacedMax) * aligned;
}

/** How many facts may stand against others: none in a short text, where a template is all there is. */
export function changesMax(shorter: number, found: Pick<Weighed, 'aligned' | 'isNoisy'>, params: Params): number {
  if (shorter < params.shortWords) return 0;
  const per100Words = found.isNoisy ? params.noisyChangesPer100WordsMax : params.changesPer100WordsMax;
  return (per100Words * found.aligned) / 100;
}
