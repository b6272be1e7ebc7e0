/** What in a body is the site's and not the article's, and what is left to compare. */
import type { BoilerplateSpan } from './article.ts';
import { BOILERPLATE_RULES, type BoilerplateRule } from './boilerplate-rules.ts';
import { datelineOf } from './dateline.ts';
import { foldMarks } from './fold.ts';
import { type Span, splitLines, splitSentences } from './sentences.ts';
import { wordCount } from './stubs.ts';

/** Longer sentences are prose, whatever they begin with; it also bounds what the patterns see. */
export const SENTENCE_CHARS_MAX = 320;
/** Without a sure sentence, this many in a row, of at least two kinds, are a form or a menu and no prose. */
const UNSURE_RUN_MIN = 3;

/** The rules of one unit, and one pattern that matches what any of them does: most sentences end there, at a third of the cost. */
interface RuleSet {
  rules: readonly BoilerplateRule[];
  any: RegExp;
}

const LINE_RULES = ruleSet('line');
const SENTENCE_RULES = ruleSet('sentence');

function ruleSet(unit: BoilerplateRule['unit']): RuleSet {
  const rules = BOILERPLATE_RULES.filter((rule) => rule.unit === unit);
  return { rules, any: new RegExp(rules.map((rule) => `(?:${rule.pattern.source})`).join('|')) };
}

/** A line or sentence in order of the text, with the rule that names it, if any. */
interface Piece extends Span {
  rule: BoilerplateRule | null;
}

/**
 * Finds the furniture of news sites in a body, by sentences and lines and with the name of the rule. Careful by design: a
 * sentence counts alone only where its words are distinctive, others in a run with such a one.
 * @returns spans sorted, disjoint, inside the body
 */
export function findBoilerplate(body: string): BoilerplateSpan[] {
  const spans: BoilerplateSpan[] = [];
  let run: Piece[] = [];
  for (const piece of piecesOf(body)) {
    if (piece.rule !== null) {
      run.push(piece);
      continue;
    }
    pushRun(spans, run);
    run = [];
  }
  pushRun(spans, run);
  return spans;
}

function piecesOf(body: string): Piece[] {
  return splitLines(body).flatMap((line): Piece[] => {
    const text = body.slice(line.start, line.end);
    const folded = foldForRules(text);
    const rule = ruleOf(folded, LINE_RULES);
    if (rule !== null) return [{ ...line, rule }];
    return splitSentences(text).map(({ start, end }) => ({
      start: line.start + start,
      end: line.start + end,
      rule: ruleOf(end - start === text.length ? folded : foldForRules(text.slice(start, end)), SENTENCE_RULES),
    }));
  });
}

function ruleOf(folded: string | null, { rules, any }: RuleSet): BoilerplateRule | null {
  if (folded === null) return null;
  return any.test(folded) ? (rules.find((rule) => rule.pattern.test(folded)) ?? null) : null;
}

const IRREGULAR = /[^\x20-\x7e]| [ .,!?:;]|^[*>|_ ]/;

/** The text as the patterns want it, null where it is too long to be furniture. */
function foldForRules(text: string): string | null {
  if (text.length > SENTENCE_CHARS_MAX) return null;
  const lower = text.toLowerCase();
  if (!IRREGULAR.test(lower)) return lower;
  return foldMarks(lower)
    .replace(/\s+/gu, ' ')
    .replace(/ (?=[.,!?:;])/g, '')
    .replace(/^[*•·>|_ ]{1,5}/, '');
}

function pushRun(spans: BoilerplateSpan[], run: readonly Piece[]): void {
  const names = new Set(run.map((piece) => piece.rule?.name));
  const counts = run.some((piece) => piece.rule?.isSure) || (run.length >= UNSURE_RUN_MIN && names.size > 1);
  if (!counts) return;
  for (const { start, end, rule } of run) spans.push({ start, end, rule: rule?.name ?? '' });
}

/** The body without the spans: paragraphs that become empty go, and white space that a cut leaves behind. */
export function ownText(body: string, spans: readonly BoilerplateSpan[]): string {
  let text = '';
  let from = 0;
  for (const { start, end } of spans) {
    text += body.slice(from, start);
    from = end;
  }
  text += body.slice(from);
  return spans.length === 0 ? body : tidy(text);
}

function tidy(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/[ \t]{2,}/g, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/**
 * What is compared of a body: without boilerplate, and without the dateline that opens it. Outlets drop, shorten or rewrite
 * the dateline more than any other words, and two reports that differ by it alone are one text; who wrote it is the credit's.
 * @param boilerplate the body's boilerplate, where it is known already
 * @returns `boilerplateWords`: the words of the body that are not compared for being boilerplate
 */
export function comparisonText(
  body: string,
  boilerplate: BoilerplateSpan[] = findBoilerplate(body),
): { text: string; boilerplate: BoilerplateSpan[]; boilerplateWords: number } {
  const found = datelineOf(body);
  const cuts: BoilerplateSpan[] = boilerplate.map((span) => ({ ...span }));
  if (found !== null && !boilerplate.some((span) => span.start < found.end && span.end > found.start)) {
    cuts.push({ start: found.start, end: found.end, rule: 'dateline' });
    cuts.sort((a, b) => a.start - b.start);
  }
  const boilerplateWords = boilerplate.reduce((sum, span) => sum + wordCount(body.slice(span.start, span.end)), 0);
  return { text: ownText(body, cuts), boilerplate, boilerplateWords };
}
