/** A piece of a text: UTF-16 offsets, end exclusive. */
export interface Span {
  start: number;
  end: number;
}

/**
 * Words that end in a dot inside a sentence, in lower case without it. Months and titles of English and a few of German,
 * French and Spanish: wire copy is full of them. Single letters (`J.`, the `S.` of `U.S.`) never end a sentence either.
 */
const ABBREVIATIONS = new Set(
  (
    'adm al approx apr aug ave av bros bzw ca capt cf cie cmdr co col corp dec dept dr dra est etc feb fig fr gen gov hon inc jan jr jul jun ' +
    'lt ltd maj mar messrs mme mlle mr mrs ms mt nov nr no nos oct op pp prof pvt rep rev reps sen sens sept sep sgt sr sra st ste str ' +
    'supt tel usw vgl vol vs'
  ).split(' '),
);
const ENDING = /[.!?…]+["'”’)\]»]*|[。！？]+[」』”）]*/gu;
const ABBREVIATION_CHARS_MAX = 8;
const BLANK = 0x20;
const DELETE = 0x7f;

/**
 * Splits a text into sentences and keeps where each stands. A line break always ends a sentence: it separates paragraphs.
 * Written here because the tokenizers of `natural` lose the offsets and need time that grows with the square of the text.
 * @returns spans in order, disjoint, without the white space around them
 */
export function splitSentences(text: string): Span[] {
  const spans: Span[] = [];
  for (const line of splitLines(text)) {
    let start = line.start;
    const content = text.slice(line.start, line.end);
    // Not `matchAll`, which copies the pattern for each line. The last search of a line sets `lastIndex` back to its start.
    for (let match = ENDING.exec(content); match !== null; match = ENDING.exec(content)) {
      const end = line.start + match.index + match[0].length;
      if (!endsSentence(text, line.start + match.index, end, line.end)) continue;
      pushTrimmed(spans, text, start, end);
      start = end;
    }
    pushTrimmed(spans, text, start, line.end);
  }
  return spans;
}

/** The lines that hold more than white space, without the white space around them. */
export function splitLines(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  while (start < text.length) {
    const next = text.indexOf('\n', start);
    const end = next === -1 ? text.length : next;
    pushTrimmed(spans, text, start, end);
    start = end + 1;
  }
  return spans;
}

function pushTrimmed(spans: Span[], text: string, start: number, end: number): void {
  if (start < end && isMark(text.charCodeAt(start)) && isMark(text.charCodeAt(end - 1))) {
    spans.push({ start, end });
    return;
  }
  const piece = text.slice(start, end);
  const trimmed = piece.trimStart();
  const from = start + (piece.length - trimmed.length);
  const length = trimmed.trimEnd().length;
  if (length > 0) spans.push({ start: from, end: from + length });
}

/** A letter, digit or sign of ASCII: nothing to trim. */
function isMark(unit: number): boolean {
  return unit > BLANK && unit < DELETE;
}

function endsSentence(text: string, mark: number, end: number, lineEnd: number): boolean {
  if (end >= lineEnd || '。！？'.includes(text.charAt(mark))) return true;
  if (!/\s/u.test(text.charAt(end))) return false;
  const after = text.slice(end, end + 4).trimStart();
  if (/^\p{Ll}/u.test(after)) return false;
  return text.charAt(mark) !== '.' || end - mark > 1 || !isAbbreviation(text, mark);
}

function isAbbreviation(text: string, dot: number): boolean {
  const before = text.slice(Math.max(0, dot - ABBREVIATION_CHARS_MAX), dot);
  const word = /\p{L}+$/u.exec(before)?.[0];
  if (word === undefined) return false;
  return (word.length === 1 && /\p{Lu}/u.test(word)) || ABBREVIATIONS.has(word.toLowerCase());
}
