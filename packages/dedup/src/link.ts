import { type Alignment, align, type Gap } from './align.ts';
import { commonShingles, sharedAtMost } from './common.ts';
import { changesAtMost, isSpelledAlike, type Tolerance, weighPlace } from './facts.ts';
import { PARAMS, type Params } from './params.ts';
import { shareKey } from './signature.ts';
import type { SignedText, Verdict } from './text.ts';
import { changesMax, failing, RULES, ruleOfSize, sharedNeeded } from './verdict.ts';
import { bestCase, isSmall, noiseNeeded, toleranceOf, wordsAgainst, wordsBefore } from './weigh.ts';
import { type Words, wordsOf, woven } from './words.ts';

const LINKED = { linked: true } as const;
const UNLINKED = { linked: false } as const;

/**
 * What `judge` says in `linked`, without the figures, and with no more work than it takes to know that. Keys are asked for last: most
 * candidates share few shingles, and to see that takes less time than to compare keys.
 */
export function judgeLink(a: SignedText, b: SignedText, params: Params = PARAMS): Pick<Verdict, 'linked'> {
  if (a.hash > b.hash) return judgeLink(b, a, params);
  const rule = ruleOfSize(a, b, params);
  const isCopy = rule === null ? areCopies(wordsOf(a), wordsOf(b), params) : RULES[rule] !== 'different';
  return isCopy && shareKey(a, b, params) ? LINKED : UNLINKED;
}

/** Bits that are set are at most as many as there are shingles: from them no more is asked for than from these. */
function mayBeCopies(a: Words, b: Words, params: Params): boolean {
  return sharedAtMost(a, b) >= sharedNeeded(a.bitsSet, b.bitsSet, params);
}

function areCopies(a: Words, b: Words, params: Params): boolean {
  if (!mayBeCopies(a, b, params)) return false;
  const [aDistinct, bDistinct] = [woven(a).distinct, woven(b).distinct];
  const common = commonShingles(a, b, sharedNeeded(aDistinct, bDistinct, params));
  const isFew = common.shared / Math.min(aDistinct, bDistinct) < params.containmentMin;
  if (isFew || common.shared < params.sharedMin) return false;
  const alignment = align(a, b, common, params);
  if (failing(a.count, b.count, bestCase(a, b, alignment, params), params) !== null) return false;
  return doPlacesAllow(a, b, alignment, params);
}

/** What is known of two texts while their replaced places are read: what was read, and what the others may come to. */
interface Reading {
  before: number;
  aligned: number;
  replaced: number;
  changes: number;
  /** Of the places that were not read: what they add where they are mere spelling, and where each of their words is another fact. */
  openAligned: number;
  openReplaced: number;
  openChanges: number;
}

/**
 * Whether the places where words stand against words allow a link: what `weigh` finds, without reading places that cannot change the
 * answer. Mere spelling never speaks against a link, and a changed fact never for it.
 */
function doPlacesAllow(a: Words, b: Words, alignment: Alignment, params: Params): boolean {
  const { aligned, gaps } = alignment;
  const before = wordsBefore(a, b, gaps);
  const start: Reading = { before, aligned, replaced: 0, changes: 0, openAligned: 0, openReplaced: 0, openChanges: 0 };
  const places: Gap[] = [];
  for (const gap of gaps) {
    const against = wordsAgainst(gap);
    if (against === 0) continue;
    if (isSmall(gap, params)) {
      places.push(gap);
      start.openAligned += against;
      start.openChanges += changesAtMost(a, b, gap, params);
      if (gap.where !== 'tail') start.openReplaced += against;
    } else if (gap.where !== 'tail') start.replaced += against;
  }
  const noise = noiseNeeded(aligned, params);
  const mayBeNoisy = places.length >= noise;
  if (isSure(a, b, start, false, params) && (!mayBeNoisy || isSure(a, b, start, true, params))) return true;
  const isNoisy = mayBeNoisy && areMisread(a, b, places, noise, params);
  return readPlaces(a, b, start, places, isNoisy, params);
}

/** Whether at least `noise` of the places are mere spelling. */
function areMisread(a: Words, b: Words, places: readonly Gap[], noise: number, params: Params): boolean {
  const tolerance = toleranceOf(false, params);
  let misread = 0;
  for (let i = 0; i < places.length && misread < noise && misread + places.length - i >= noise; i++)
    if (isSpelledAlike(a, b, places[i] as Gap, tolerance, params)) misread++;
  return misread >= noise;
}

/** Reads places until the answer is known: first those that may hold a fact, which mostly decide. */
function readPlaces(
  a: Words,
  b: Words,
  known: Reading,
  places: readonly Gap[],
  isNoisy: boolean,
  params: Params,
): boolean {
  const tolerance = toleranceOf(isNoisy, params);
  for (const mayHoldFacts of [true, false]) {
    for (const gap of places) {
      const most = changesAtMost(a, b, gap, params);
      if (most > 0 !== mayHoldFacts) continue;
      if (isSure(a, b, known, isNoisy, params)) return true;
      if (isHopeless(a, b, known, isNoisy, params)) return false;
      readPlace(a, b, known, gap, most, tolerance, params);
    }
  }
  return isSure(a, b, known, isNoisy, params);
}

function readPlace(
  a: Words,
  b: Words,
  known: Reading,
  gap: Gap,
  changesMost: number,
  tolerance: Tolerance,
  params: Params,
): void {
  const against = wordsAgainst(gap);
  const counted = gap.where === 'tail' ? 0 : against;
  known.openAligned -= against;
  known.openReplaced -= counted;
  known.openChanges -= changesMost;
  if (changesMost === 0) {
    if (isSpelledAlike(a, b, gap, tolerance, params)) known.aligned += against;
    else known.replaced += counted;
    return;
  }
  const place = weighPlace(a, b, gap, tolerance, params);
  if (place.kind === 'spelling') known.aligned += against;
  else known.replaced += counted;
  if (place.kind === 'facts') known.changes += place.changes;
}

/** Whether two texts are linked whatever the open places hold. */
function isSure(a: Words, b: Words, known: Reading, isNoisy: boolean, params: Params): boolean {
  const { aligned, before } = known;
  const worst = { aligned, before, replaced: known.replaced + known.openReplaced };
  return (
    known.changes + known.openChanges <= changesMax(Math.min(a.count, b.count), { aligned, isNoisy }, params) &&
    failing(a.count, b.count, worst, params) === null
  );
}

/** Whether they are not, whatever these hold. */
function isHopeless(a: Words, b: Words, known: Reading, isNoisy: boolean, params: Params): boolean {
  const aligned = known.aligned + known.openAligned;
  const best = { aligned, before: known.before, replaced: known.replaced };
  return (
    known.changes > changesMax(Math.min(a.count, b.count), { aligned, isNoisy }, params) ||
    failing(a.count, b.count, best, params) !== null
  );
}
