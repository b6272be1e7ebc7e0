/** From plain text to paragraphs. */
import { findBoilerplate, SENTENCE_CHARS_MAX } from './boilerplate.ts';
import { splitLines } from './sentences.ts';

/** Mail and old wire copy wrap at 65 to 80 columns. */
const WRAPPED_CHARS_MAX = 100;
/** A block is wrapped when fewer than this share of its lines, the last aside, end as a sentence does. */
const CLOSED_LINES_SHARE_MAX = 0.5;
const CLOSED = /[.!?…:"”’')\]。！？]$/u;
/** A block needs this many lines to tell wrapping from a list. */
const WRAPPED_LINES_MIN = 3;

/** A body: paragraphs with an empty line between them. */
export function bodyOfLines(lines: readonly string[]): string {
  return lines.join('\n\n');
}

/**
 * The paragraphs of a clean text: each line is one, unless the text is wrapped, that is, empty lines part blocks of short
 * lines most of which break off within a sentence.
 */
export function paragraphsOf(text: string): string[] {
  return blocksOf(text).flatMap((lines) => (isWrapped(lines) ? [lines.join(' ')] : lines));
}

/** Line ends as `\n`, no control characters, and no lone surrogates, which the last pattern finds alone: they are no text and break JSON, XML and databases downstream. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, '\n')
    .replace(/[\u0000-\u0008\u000e-\u001f\u007f\ufeff\u200b]/g, '')
    .replace(/[\ud800-\udfff]/gu, '\ufffd');
}

function blocksOf(text: string): string[][] {
  const blocks: string[][] = [];
  let end = -1;
  for (const line of splitLines(text)) {
    // More than one line break between two lines: an empty line parts them.
    const isNext = end >= 0 && text.slice(end, line.start).split('\n').length <= 2;
    const content = text.slice(line.start, line.end);
    if (isNext) blocks.at(-1)?.push(content);
    else blocks.push([content]);
    end = line.end;
  }
  return blocks;
}

function isWrapped(lines: readonly string[]): boolean {
  if (lines.length < WRAPPED_LINES_MIN || lines.some((line) => line.length > WRAPPED_CHARS_MAX)) return false;
  const closed = lines.slice(0, -1).filter((line) => CLOSED.test(line)).length;
  return closed < (lines.length - 1) * CLOSED_LINES_SHARE_MAX;
}

/** The lines without those at the end that are the site's, such as `Comments`. */
export function dropFurnitureLines(lines: readonly string[]): string[] {
  const kept = [...lines];
  while (kept.length > 0 && isFurniture(kept.at(-1) ?? '')) kept.pop();
  return kept;
}

/** Whether a line is the site's as a whole. */
export function isFurniture(line: string): boolean {
  if (line.length > SENTENCE_CHARS_MAX) return false;
  const [span, ...more] = findBoilerplate(line);
  return span !== undefined && more.length === 0 && span.start === 0 && span.end === line.length;
}
