import type { Article } from '@wirefold/article';
import { countWords, type TextSpan, type WordOperation, wordDiff } from './word-diff.ts';

/** What of two printed copies is compared. */
export type PrintedCopy = Pick<Article, 'body' | 'boilerplate' | 'byline' | 'credit'>;

/** Whose hand a change shows: that of an editor, of the site's own furniture, or of whoever wrote down where the text is from. */
export type ChangeNature = 'editorial' | 'boilerplate' | 'credit';

/** One step from copy `a` to copy `b`; what is changed has a nature, and a change that has several is cut where they meet. */
export interface CopyOperation extends WordOperation {
  nature: ChangeNature | null;
}

/** Changes of one nature: in how many places, and how many words, where a replaced passage counts as the longer of its two sides. */
export interface ChangeCount {
  places: number;
  words: number;
}

export interface CopyChanges {
  operations: CopyOperation[];
  editorial: ChangeCount;
  boilerplate: ChangeCount;
  credit: ChangeCount;
}

/** A piece of a body that belongs to the site or says where the text is from. */
interface Zone extends TextSpan {
  nature: ChangeNature;
}

/** A byline is sought so many characters from either end of a body: in the middle of it the same words are prose. */
const BYLINE_REACH_CHARS = 600;
/** Shorter evidence would be found by chance. */
const EVIDENCE_CHARS_MIN = 3;
/** Signs of who wrote the text that are sought in the body; a body holds a few. */
const EVIDENCE_SOUGHT_MAX = 20;

/**
 * What copy `b` changed of copy `a`. A change within a boilerplate span of its own copy is boilerplate; one within the dateline, the
 * byline, or a line of the body that credits somebody is credit; every other one is editorial.
 */
export function copyChanges(a: PrintedCopy, b: PrintedCopy): CopyChanges {
  const [zonesA, zonesB] = [zonesOf(a), zonesOf(b)];
  const operations = wordDiff(a.body, b.body).flatMap((operation): CopyOperation[] => {
    if (operation.kind === 'kept') return [{ ...operation, nature: null }];
    return cut(operation, operation.kind === 'removed' ? zonesA : zonesB);
  });
  return { operations, ...countsOf(operations) };
}

/** The zones of a body, in order and apart from each other; what is boilerplate is not credit, too. */
function zonesOf({ body, boilerplate, byline, credit }: PrintedCopy): Zone[] {
  const site = boilerplate.map(({ start, end }): Zone => ({ start, end, nature: 'boilerplate' }));
  const credits = [...creditTexts(credit).flatMap((text) => spanIn(body, text, 0)), ...bylineSpans(body, byline ?? '')];
  const zones: Zone[] = [];
  for (const { start, end } of credits.sort(byStart)) {
    // From where on this span is neither an earlier credit's nor the site's.
    let at = Math.max(start, zones.at(-1)?.end ?? 0);
    for (const own of site.filter((span) => span.end > start && span.start < end)) {
      if (own.start > at) zones.push({ start: at, end: own.start, nature: 'credit' });
      at = Math.max(at, own.end);
    }
    if (end > at) zones.push({ start: at, end, nature: 'credit' });
  }
  return [...zones, ...site].sort(byStart).map((zone, index, all) => withItsMarks(body, zone, all[index + 1]));
}

const byStart = (one: TextSpan, other: TextSpan) => one.start - other.start;

/** The mark and the space after a zone are no change of their own. */
function withItsMarks(body: string, zone: Zone, next: Zone | undefined): Zone {
  const marks = /[^\p{L}\p{N}]{0,20}/uy;
  marks.lastIndex = zone.end;
  const end = zone.end + (marks.exec(body)?.[0].length ?? 0);
  return { ...zone, end: Math.min(end, Math.max(zone.end, next?.start ?? body.length)) };
}

function creditTexts({ dateline, evidence }: PrintedCopy['credit']): string[] {
  const inBody = evidence.filter(({ where }) => where === undefined || where === 'body' || where === 'byline');
  const texts = [dateline?.text ?? '', ...inBody.slice(0, EVIDENCE_SOUGHT_MAX).map(({ text }) => text)];
  return [...new Set(texts.map((text) => text.trim()))].filter((text) => text.length >= EVIDENCE_CHARS_MIN);
}

function spanIn(body: string, text: string, from: number): TextSpan[] {
  const start = body.indexOf(text, from);
  return start < 0 ? [] : [{ start, end: start + text.length }];
}

function bylineSpans(body: string, byline: string): TextSpan[] {
  const text = byline.trim();
  if (text.length < EVIDENCE_CHARS_MIN) return [];
  const atFoot = Math.max(0, body.length - BYLINE_REACH_CHARS);
  const isByline = ({ start, end }: TextSpan) =>
    (start < BYLINE_REACH_CHARS || start >= atFoot) && !isLetter(body[start - 1]) && !isLetter(body[end]);
  return [...spanIn(body, text, 0), ...spanIn(body, text, atFoot)].filter(isByline);
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /\p{L}/u.test(character);
}

/** A changed passage, cut where the zones of its copy begin and end. */
function cut(operation: WordOperation, zones: readonly Zone[]): CopyOperation[] {
  const side = operation.kind === 'removed' ? 'a' : 'b';
  const pieces: CopyOperation[] = [];
  let at = operation[side].start;
  const push = (end: number, nature: ChangeNature) => {
    if (end <= at) return;
    const offset = operation[side].start;
    const text = operation.text.slice(at - offset, end - offset);
    pieces.push({ ...operation, text, [side]: { start: at, end }, nature });
    at = end;
  };
  const { end } = operation[side];
  for (let index = firstEndingAfter(zones, at); at < end; index++) {
    const zone = zones[index];
    push(Math.min(end, zone?.start ?? end), 'editorial');
    if (zone !== undefined) push(Math.min(end, zone.end), zone.nature);
  }
  return pieces;
}

function firstEndingAfter(zones: readonly Zone[], offset: number): number {
  let [low, high] = [0, zones.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((zones[middle]?.end ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** What lies between two kept passages is one place for each nature that it has. */
function countsOf(operations: readonly CopyOperation[]): Record<ChangeNature, ChangeCount> {
  const counts = { editorial: noChange(), boilerplate: noChange(), credit: noChange() };
  let place = new Map<ChangeNature, { removed: number; added: number }>();
  const close = () => {
    for (const [nature, { removed, added }] of place) {
      counts[nature].places++;
      counts[nature].words += Math.max(removed, added);
    }
    place = new Map();
  };
  for (const { kind, nature, text } of operations) {
    if (kind === 'kept' || nature === null) {
      close();
      continue;
    }
    const words = place.get(nature) ?? { removed: 0, added: 0 };
    words[kind] += countWords(text);
    place.set(nature, words);
  }
  close();
  return counts;
}

function noChange(): ChangeCount {
  return { places: 0, words: 0 };
}
