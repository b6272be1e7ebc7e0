import { type Alignment, align, commonShingles, type Gap } from './align.ts';
import { type Place, weighPlace } from './facts.ts';
import { PARAMS, type Params } from './params.ts';
import { shareKey } from './signature.ts';
import { countBelow, countShared, similarityFrom, similarityOf } from './similarity.ts';
import type { FactChange, SignedText, Similarity, Verdict, VerdictKind } from './text.ts';
import { passage, type Words, wordsOf } from './words.ts';

/** Every word that a verdict's `rule` can be. */
export const RULES = {
  version: 'different',
  thin: 'different',
  equal: 'same text',
  short: 'different',
  'no-shared-key': 'different',
  'little-in-common': 'different',
  'passages-differ': 'different',
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

/** What `judge` says in `linked`, several times as fast where the answer is no: for comparing each of a great many candidates. */
export function judgeLink(a: SignedText, b: SignedText, params: Params = PARAMS): Pick<Verdict, 'linked'> {
  if (a.hash > b.hash) return judgeLink(b, a, params);
  const rule = ruleOfSize(a, b, params) ?? ruleOfShingles(a, b, params);
  return RULES[rule] === 'different' ? UNLINKED : LINKED;
}

/** The sample goes first: candidates were found by their keys, so that looking at these again would turn none of them away. */
function ruleOfShingles(a: SignedText, b: SignedText, params: Params): Rule {
  if (isSampleFar(a.shingles, b.shingles, params)) return 'little-in-common';
  return shareKey(a, b, params) ? compare(a, b, params).rule : 'no-shared-key';
}

const LINKED = { linked: true } as const;
const UNLINKED = { linked: false } as const;

function judgeOrdered(a: SignedText, b: SignedText, params: Params): Verdict {
  const early = ruleBefore(a, b, params);
  const found = early === null ? compare(a, b, params) : { rule: early, facts: null, similarity: null };
  const similarity = found.similarity ?? (a.version === b.version ? similarityOf(a.shingles, b.shingles) : NOTHING);
  const kind = RULES[found.rule];
  return { kind, linked: kind !== 'different', rule: found.rule, ...similarity, facts: found.facts };
}

const NOTHING: Similarity = { shared: 0, jaccard: 0, aInB: 0, bInA: 0 };

/** The rule that decides before the shingles are compared, if one does. */
function ruleBefore(a: SignedText, b: SignedText, params: Params): Rule | null {
  const rule = ruleOfSize(a, b, params);
  if (rule !== null) return rule;
  if (!shareKey(a, b, params)) return 'no-shared-key';
  return isSampleFar(a.shingles, b.shingles, params) ? 'little-in-common' : null;
}

function ruleOfSize(a: SignedText, b: SignedText, params: Params): Rule | null {
  if (a.version !== b.version) return 'version';
  const words = Math.min(a.words, b.words);
  if (words < params.thinWords) return 'thin';
  if (a.hash === b.hash) return 'equal';
  return words < params.shortWords ? 'short' : null;
}

/** Whether the lowest hashes already show that the texts are far apart: hashes are random, so they are a fair sample. */
function isSampleFar(a: Uint32Array, b: Uint32Array, params: Params): boolean {
  const [small, large] = a.length <= b.length ? [a, b] : [b, a];
  const size = Math.min(small.length, Math.max(params.sampleMin, Math.floor(small.length * params.sampleFraction)));
  if (size === 0) return true;
  const needed = params.sampleContainmentMin * size;
  const reach = countBelow(large, (small[size - 1] as number) + 1);
  return countShared(small, large, size, reach, needed) < needed;
}

interface Found {
  rule: Rule;
  similarity: Similarity;
  facts: Verdict['facts'];
}

/** The rule that decides by what the two texts share, and in which order. */
function compare(a: SignedText, b: SignedText, params: Params): Found {
  const aWords = wordsOf(a, params.shingleWords);
  const bWords = wordsOf(b, params.shingleWords);
  const common = commonShingles(aWords, bWords);
  const similarity = similarityFrom(common.shared, a.shingles.length, b.shingles.length);
  const containment = Math.max(similarity.aInB, similarity.bInA);
  if (common.shared < params.sharedMin || containment < params.containmentMin)
    return { rule: 'little-in-common', similarity, facts: null };
  const alignment = align(aWords, bWords, common, params);
  const hopeless = failing(a, b, bestCase(alignment, params), params);
  if (hopeless !== null) return { rule: hopeless, similarity, facts: null };
  const found = weighGaps(aWords, bWords, alignment, params);
  const failed = failing(a, b, found, params);
  if (failed !== null) return { rule: failed, similarity, facts: null };
  const facts = { changes: found.changes, alignedWords: found.aligned, examples: found.examples };
  if (found.changes * 100 > params.changesPer100WordsMax * found.aligned)
    return { rule: 'facts-differ', similarity, facts };
  if (similarity.jaccard >= params.sameTextJaccard) return { rule: 'jaccard', similarity, facts };
  return { rule: containment >= params.containsMin ? 'containment' : 'alignment', similarity, facts };
}

/** Words that must be aligned: the smaller the aligned part of the longer text, the more of the shorter one. */
function alignedNeeded(aWords: number, bWords: number, aligned: number, params: Params): number {
  const wholeness = Math.min(1, aligned / (Math.max(aWords, bWords) * params.wholeMin));
  const share = params.alignedMinOfPart - (params.alignedMinOfPart - params.alignedMin) * wholeness;
  return share * Math.min(aWords, bWords);
}

/** What an alignment says of two texts, counted in words. */
interface Comparison {
  /** Equal words in the same order, and words that are only spelled in another way. */
  aligned: number;
  /** Words that stand against other words, in the lead or between aligned words. What the two texts end with does not count. */
  replaced: number;
}

/** The rule that a comparison breaks, if any. */
function failing(a: SignedText, b: SignedText, found: Comparison, params: Params): Rule | null {
  if (found.aligned < alignedNeeded(a.words, b.words, found.aligned, params)) return 'little-in-common';
  return found.replaced > params.replacedMax * found.aligned ? 'passages-differ' : null;
}

/** The comparison as it would be if all that stands at small places were mere spelling: when that fails, nothing has to be read. */
function bestCase({ aligned, gaps }: Alignment, params: Params): Comparison {
  const best: Comparison = { aligned, replaced: 0 };
  for (const gap of gaps) {
    const against = Math.min(gap.aTo - gap.aFrom, gap.bTo - gap.bFrom);
    if (isSmall(gap, params)) best.aligned += against;
    else if (gap.where !== 'tail') best.replaced += against;
  }
  return best;
}

const isSmall = (gap: Gap, params: Params) =>
  Math.max(gap.aTo - gap.aFrom, gap.bTo - gap.bFrom) <= params.spellingWordsMax;

function weighGaps(
  a: Words,
  b: Words,
  { aligned, gaps }: Alignment,
  params: Params,
): Comparison & { changes: number; examples: FactChange[] } {
  const found = { aligned, replaced: 0, changes: 0, examples: [] as FactChange[] };
  for (const gap of gaps) {
    const against = Math.min(gap.aTo - gap.aFrom, gap.bTo - gap.bFrom);
    if (against === 0) continue;
    const place: Place = isSmall(gap, params) ? weighPlace(a, b, gap, params) : { kind: 'wording' };
    if (place.kind === 'spelling') found.aligned += against;
    else if (gap.where !== 'tail') found.replaced += against;
    if (place.kind !== 'facts') continue;
    found.changes += place.changes;
    if (found.examples.length < params.examplesMax)
      found.examples.push({ a: passage(a, gap.aFrom, gap.aTo), b: passage(b, gap.bFrom, gap.bTo) });
  }
  return found;
}
