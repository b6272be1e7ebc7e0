import type { Alignment, Gap } from './align.ts';
import type { Tolerance } from './facts.ts';
import { PARAMS } from './params.ts';
import { createSpeller, passage } from './spell.ts';
import { HAS_DIGIT } from './tokens.ts';
import { placeAt } from './weigh.ts';
import type { Words } from './words.ts';

/** Passages of each kind that are listed; what more there is, is counted. */
export const PASSAGES_SHOWN_MAX = 5;
/** Replaced places that are listed: they are short, and they decide. */
export const PLACES_SHOWN_MAX = 12;
/** Characters of a passage that are shown, about 70 words. */
export const PASSAGE_CHARS_MAX = 400;

/** Passages of one kind: how many there are, their words, and the longest of them. */
export interface Listed<Shown> {
  count: number;
  words: number;
  shown: Shown[];
}

/** Words that stand in one text only. */
export interface OwnPassage {
  words: number;
  text: string;
}

/** A run of words that both texts have, as each prints it. */
export interface CommonPassage {
  words: number;
  a: string;
  b: string;
}

/** A place where words stand against words, with what differs there. */
export interface ReplacedPlace {
  kind: PlaceKind;
  /** Of the longer side. */
  words: number;
  a: string;
  b: string;
}

export type PlaceKind = 'facts' | 'wording' | 'spelling';

/** What two texts hold together and apart. */
export interface Passages {
  common: Listed<CommonPassage>;
  onlyA: Listed<OwnPassage>;
  onlyB: Listed<OwnPassage>;
  /** Places of each kind; facts are listed first, then wording and spelling, each the longest first. */
  replaced: Listed<ReplacedPlace> & Record<PlaceKind, number>;
}

/** Words `from` to `to` of each text, ends exclusive. */
type Span = Omit<Gap, 'where'>;
type Replaced = Span & { kind: PlaceKind };

const KINDS: readonly PlaceKind[] = ['facts', 'wording', 'spelling'];
const aSize = ({ aFrom, aTo }: Span) => aTo - aFrom;
const bSize = ({ bFrom, bTo }: Span) => bTo - bFrom;
const longerSize = (span: Span) => Math.max(aSize(span), bSize(span));

/** Nothing to show, for texts that may not be compared. */
export const NO_PASSAGES: Passages = {
  common: { count: 0, words: 0, shown: [] },
  onlyA: { count: 0, words: 0, shown: [] },
  onlyB: { count: 0, words: 0, shown: [] },
  replaced: { count: 0, words: 0, shown: [], facts: 0, wording: 0, spelling: 0 },
};

/** The passages of an alignment, bounded in number and length. */
export function passagesOf(a: Words, b: Words, alignment: Alignment, tolerance: Tolerance): Passages {
  const apart = alignment.gaps.map((gap) => ({ gap, kind: kindOf(a, b, gap, alignment, tolerance) }));
  const replaced = apart.flatMap(({ gap, kind }): Replaced[] => (kind === null ? [] : [{ ...gap, kind }]));
  const own = apart.flatMap(({ gap, kind }) => (kind === null ? [gap] : []));
  const places = replaced.toSorted(
    (x, y) => KINDS.indexOf(x.kind) - KINDS.indexOf(y.kind) || longerSize(y) - longerSize(x),
  );
  return {
    common: listed(runsBetween(a, b, alignment.gaps), aSize, PASSAGES_SHOWN_MAX, (span) => ({
      words: aSize(span),
      a: shownOf(a, span.aFrom, span.aTo),
      b: shownOf(b, span.bFrom, span.bTo),
    })),
    onlyA: listed(own, aSize, PASSAGES_SHOWN_MAX, (span) => ({
      words: aSize(span),
      text: shownOf(a, span.aFrom, span.aTo),
    })),
    onlyB: listed(own, bSize, PASSAGES_SHOWN_MAX, (span) => ({
      words: bSize(span),
      text: shownOf(b, span.bFrom, span.bTo),
    })),
    replaced: {
      count: places.length,
      words: places.reduce((sum, place) => sum + longerSize(place), 0),
      facts: places.filter(({ kind }) => kind === 'facts').length,
      wording: places.filter(({ kind }) => kind === 'wording').length,
      spelling: places.filter(({ kind }) => kind === 'spelling').length,
      shown: places.slice(0, PLACES_SHOWN_MAX).map((place) => ({
        kind: place.kind,
        words: longerSize(place),
        a: shownOf(a, ...wholeNumbers(a, place.aFrom, place.aTo)),
        b: shownOf(b, ...wholeNumbers(b, place.bFrom, place.bTo)),
      })),
    },
  };
}

/** What differs at a gap, or null where each side stands for itself: against nothing, or in furniture after the last common word. */
function kindOf(a: Words, b: Words, gap: Gap, { aligned }: Alignment, tolerance: Tolerance): PlaceKind | null {
  if (aSize(gap) === 0 || bSize(gap) === 0 || aligned === 0) return null;
  const { kind } = placeAt(a, b, gap, tolerance, PARAMS);
  return kind === 'wording' && gap.where === 'tail' ? null : kind;
}

/** What stands between the gaps: the same words on both sides. */
function runsBetween(a: Words, b: Words, gaps: readonly Gap[]): Span[] {
  const runs: Span[] = [];
  let [aFrom, bFrom] = [0, 0];
  for (const gap of [...gaps, { aFrom: a.count, aTo: a.count, bFrom: b.count, bTo: b.count }]) {
    if (gap.aFrom > aFrom) runs.push({ aFrom, aTo: gap.aFrom, bFrom, bTo: gap.bFrom });
    [aFrom, bFrom] = [gap.aTo, gap.bTo];
  }
  return runs;
}

function listed<Shown>(
  spans: Span[],
  sizeOf: (span: Span) => number,
  max: number,
  show: (span: Span) => Shown,
): Listed<Shown> {
  const sized = spans.filter((span) => sizeOf(span) > 0).sort((x, y) => sizeOf(y) - sizeOf(x));
  return {
    count: sized.length,
    words: sized.reduce((sum, span) => sum + sizeOf(span), 0),
    shown: sized.slice(0, max).map(show),
  };
}

/** With the rest of a number that is more words than one: of 4,100 and 4,200 the second words differ, but nobody reads them alone. */
function wholeNumbers(words: Words, from: number, to: number): [from: number, to: number] {
  let [first, end] = [from, to];
  while (first > 0 && isInsideNumber(words, first)) first--;
  while (end < words.count && isInsideNumber(words, end)) end++;
  return [first, end];
}

const spellTwo = createSpeller();

/** Whether word `at` goes on with the number of the word before it. */
function isInsideNumber(words: Words, at: number): boolean {
  const { text, starts, ends, flags } = spellTwo(words, at - 1, at + 1);
  const isNumber = ((flags[0] as number) & (flags[1] as number) & HAS_DIGIT) !== 0;
  return isNumber && /^[.,:]$/.test(text.slice(ends[0], starts[1]));
}

/** The words of a passage in one line, cut where they are many. */
function shownOf(words: Words, from: number, to: number): string {
  const text = passage(words, from, to).replace(/\s+/g, ' ');
  // The cut may part a surrogate pair.
  return text.length <= PASSAGE_CHARS_MAX
    ? text
    : `${text.slice(0, PASSAGE_CHARS_MAX - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
