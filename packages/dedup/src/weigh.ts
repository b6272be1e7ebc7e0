import type { Alignment, Gap } from './align.ts';
import { type Place, type Tolerance, weighPlace } from './facts.ts';
import type { Params } from './params.ts';
import { passage } from './spell.ts';
import type { FactChange } from './text.ts';
import type { Words } from './words.ts';

/** What an alignment says of two texts, counted in words. */
export interface Comparison {
  /** Equal words in the same order, and words that are only spelled in another way. */
  aligned: number;
  /** Words that stand against other words, in the lead or between aligned words. What the two texts end with does not count. */
  replaced: number;
  /** Words of the longer text before the first aligned one. */
  before: number;
}

/** The same with every small place read. */
export interface Weighed extends Comparison {
  /** Numbers and names that stand against others. */
  changes: number;
  /** The first of them. */
  examples: FactChange[];
  /** Places that hold the same words, spelled in another way. */
  misread: number;
  /** Whether so many are misread that one of the texts was read by a machine from paper. */
  isNoisy: boolean;
}

/** The comparison as it would be if all that stands at small places were mere spelling: when that fails, nothing has to be read. */
export function bestCase(a: Words, b: Words, { aligned, gaps }: Alignment, params: Params): Comparison {
  const best: Comparison = { aligned, replaced: 0, before: wordsBefore(a, b, gaps) };
  for (const gap of gaps) {
    const against = wordsAgainst(gap);
    if (isSmall(gap, params)) best.aligned += against;
    else if (gap.where !== 'tail') best.replaced += against;
  }
  return best;
}

/**
 * Reads every place where words stand against words. A text with misread words everywhere is read a second time, with more
 * patience: there a short word that differs by a letter is another misreading, elsewhere it is another name.
 */
export function weigh(a: Words, b: Words, alignment: Alignment, params: Params): Weighed {
  const found = weighGaps(a, b, alignment, toleranceOf(false, params), params);
  if (found.misread < noiseNeeded(alignment.aligned, params)) return found;
  return { ...weighGaps(a, b, alignment, toleranceOf(true, params), params), isNoisy: true };
}

/** Misread places from which on a text was read by a machine from paper. */
export function noiseNeeded(aligned: number, params: Params): number {
  return Math.max(params.noiseMin, params.noiseShareMin * aligned);
}

/** How far spellings may be apart, in clean texts and where one of them is full of misread words. */
export function toleranceOf(isNoisy: boolean, params: Params): Tolerance {
  return isNoisy
    ? { lettersMin: params.noisyLettersMin, shareMax: params.noisyShareMax }
    : { lettersMin: params.spellingLettersMin, shareMax: params.spellingShareMax };
}

/** What stands at a gap with words on both sides. */
export function placeAt(a: Words, b: Words, gap: Gap, tolerance: Tolerance, params: Params): Place {
  return isSmall(gap, params) ? weighPlace(a, b, gap, tolerance, params) : { kind: 'wording' };
}

function weighGaps(a: Words, b: Words, { aligned, gaps }: Alignment, tolerance: Tolerance, params: Params): Weighed {
  const before = wordsBefore(a, b, gaps);
  const found: Weighed = { aligned, replaced: 0, before, changes: 0, examples: [], misread: 0, isNoisy: false };
  for (const gap of gaps) {
    const against = wordsAgainst(gap);
    if (against === 0) continue;
    const place = placeAt(a, b, gap, tolerance, params);
    if (place.kind === 'spelling') {
      found.misread++;
      found.aligned += against;
    } else if (gap.where !== 'tail') found.replaced += against;
    if (place.kind !== 'facts') continue;
    found.changes += place.changes;
    if (found.examples.length < params.examplesMax)
      found.examples.push({ a: passage(a, gap.aFrom, gap.aTo), b: passage(b, gap.bFrom, gap.bTo) });
  }
  return found;
}

/** Words that stand against others: those of the shorter side. */
export function wordsAgainst(gap: Gap): number {
  return Math.min(gap.aTo - gap.aFrom, gap.bTo - gap.bFrom);
}

/** Words of the longer text before the first aligned one. */
export function wordsBefore(a: Words, b: Words, gaps: readonly Gap[]): number {
  let before = 0;
  for (const gap of gaps) {
    if (gap.where !== 'lead') break;
    // A lead that was divided holds aligned words from its second part on.
    if (gap.aFrom > 0 && gap.bFrom > 0) break;
    before = a.count >= b.count ? gap.aTo : gap.bTo;
  }
  return before;
}

/** Whether a gap is a place that is read. */
export function isSmall(gap: Gap, params: Params): boolean {
  return Math.max(gap.aTo - gap.aFrom, gap.bTo - gap.bFrom) <= params.spellingWordsMax;
}
