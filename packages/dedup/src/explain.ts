import { align } from './align.ts';
import { type Check, checksOf } from './checks.ts';
import { commonShingles } from './common.ts';
import { PARAMS } from './params.ts';
import { type Listed, NO_PASSAGES, type Passages, passagesOf, type ReplacedPlace } from './passages.ts';
import type { SignedText, Verdict } from './text.ts';
import { judge, mirrored } from './verdict.ts';
import { toleranceOf, weigh } from './weigh.ts';
import { wordsOf } from './words.ts';

/** A verdict with everything that a person needs to see why it is so. */
export interface Explanation extends Passages {
  /** What `judge` says of the two. */
  verdict: Verdict;
  /** Why, in words. */
  sentence: string;
  /** Every figure that can decide beside its limit, in the order in which they do; the first that decides is the last that was compared. */
  checks: Check[];
}

/**
 * Why two texts are copies of one, or are not. A pure function: `explain(b, a)` is `explain(a, b)` with its sides exchanged. It does
 * more work than `judge`, and says nothing else than it: what is shown is at most some 20,000 characters, whatever the texts.
 */
export function explain(a: SignedText, b: SignedText): Explanation {
  const isOrdered = a.hash < b.hash || (a.hash === b.hash && a.comparison <= b.comparison);
  return isOrdered ? explainOrdered(a, b) : exchanged(explainOrdered(b, a));
}

function explainOrdered(a: SignedText, b: SignedText): Explanation {
  const verdict = judge(a, b);
  const { passages, isNoisy } = a.version === b.version ? compared(a, b) : { passages: NO_PASSAGES, isNoisy: false };
  return { verdict, ...checksOf(a, b, verdict, isNoisy), ...passages };
}

function compared(a: SignedText, b: SignedText): { passages: Passages; isNoisy: boolean } {
  const aWords = wordsOf(a);
  const bWords = wordsOf(b);
  const alignment = align(aWords, bWords, commonShingles(aWords, bWords), PARAMS);
  const { isNoisy } = weigh(aWords, bWords, alignment, PARAMS);
  return { passages: passagesOf(aWords, bWords, alignment, toleranceOf(isNoisy, PARAMS)), isNoisy };
}

function exchanged(explanation: Explanation): Explanation {
  const { verdict, common, onlyA, onlyB, replaced } = explanation;
  return {
    ...explanation,
    verdict: mirrored(verdict),
    common: exchangedSides(common),
    onlyA: onlyB,
    onlyB: onlyA,
    replaced: { ...replaced, ...exchangedSides<ReplacedPlace>(replaced) },
  };
}

function exchangedSides<Sides extends { a: string; b: string }>(list: Listed<Sides>): Listed<Sides> {
  return { ...list, shown: list.shown.map((sides) => ({ ...sides, a: sides.b, b: sides.a })) };
}
