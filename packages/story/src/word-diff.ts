import { diffArrays } from 'diff';

/** Where a piece stands in its text: UTF-16 offsets, end exclusive. */
export interface TextSpan {
  start: number;
  end: number;
}

/**
 * One step from text `a` to text `b`. The spans of all operations cover both texts without a gap, so that kept and added texts together
 * are `b`; what is removed has an empty span in `b`, where it is missing, and what is added one in `a`.
 */
export interface WordOperation {
  kind: 'kept' | 'removed' | 'added';
  /** As it was printed; of what is kept, as `b` prints it. */
  text: string;
  a: TextSpan;
  b: TextSpan;
}

/** Beyond so many changed words the search for the shortest way is given up: its time grows with their square. */
const EDITS_MAX = 1_000;
/** The search looks at each word at most once for each edit; so many looks took 0.7 s at most on hostile texts of 2 MB. */
const LOOKS_MAX = 20_000_000;
/** How far a change is moved so that it starts with a sentence. */
const SLIDE_WORDS_MAX = 30;
/** Tokens that are counted to tell how large a gap is: a longer one is large whatever it holds. */
const COUNTED_MAX = 400;

// Scripts without spaces count by characters. Quotes within a word and marks within a number belong to it.
const LONE = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}';
const LETTERS = `(?:(?![${LONE}])[\\p{L}\\p{N}\\p{M}])+`;
const TOKEN = new RegExp(
  `[${LONE}]\\p{M}*|${LETTERS}(?:(?:['’‐-]|(?<=\\p{N})[.,:](?=\\p{N}))${LETTERS})*|[^\\s]`,
  'gu',
);
const WORD = /[\p{L}\p{N}]/u;
const SENTENCE_END = /^[.!?…。！？։؟۔।]$/u;

/** A text in tokens. `ids` are equal for tokens that read alike; a token reaches to the start of the next one. */
interface Tokens {
  text: string;
  starts: number[];
  ids: Int32Array;
  isWord: boolean[];
  /** Whether a sentence starts here. */
  isOpening: boolean[];
}

/** Tokens that stand in both texts, from `a` and `b` on. */
interface Block {
  a: number;
  b: number;
  length: number;
}

/**
 * What became of `a` in `b`, word by word: the shortest way by Myers' algorithm (1986), as the library `diff` has it. The kind of quotes,
 * dashes and spaces is no change. Where the texts differ in more than a thousand words, whole sentences are compared first and their
 * words after; what differs even then counts as replaced. Bounded in time whatever the texts are.
 */
export function wordDiff(a: string, b: string): WordOperation[] {
  const whole = { start: 0, end: a.length };
  if (a === b) return a === '' ? [] : [{ kind: 'kept', text: b, a: whole, b: whole }];
  const known = new Map<string, number>();
  const [from, to] = [tokensOf(a, known), tokensOf(b, known)];
  const blocks = withoutSplinters(matched(from, to), from, to);
  const operations: WordOperation[] = [];
  let [atA, atB] = [0, 0];
  const push = (kind: WordOperation['kind'], endA: number, endB: number) => {
    const spans = { a: spanOf(from, atA, endA), b: spanOf(to, atB, endB) };
    const { start, end } = kind === 'removed' ? spans.a : spans.b;
    if (endA > atA || endB > atB)
      operations.push({ kind, text: (kind === 'removed' ? a : b).slice(start, end), ...spans });
    [atA, atB] = [endA, endB];
  };
  for (const block of [...slid(blocks, from, to), { a: from.starts.length, b: to.starts.length, length: 0 }]) {
    push('removed', block.a, atB);
    push('added', atA, block.b);
    push('kept', block.a + block.length, block.b + block.length);
  }
  return operations;
}

/** Words of a text, as `wordDiff` counts them: without punctuation. */
export function countWords(text: string): number {
  let words = 0;
  for (const [token] of text.matchAll(TOKEN)) if (WORD.test(token)) words++;
  return words;
}

function tokensOf(text: string, known: Map<string, number>): Tokens {
  const starts: number[] = [];
  const ids: number[] = [];
  const isWord: boolean[] = [];
  const isOpening: boolean[] = [];
  let isAfterEnd = true;
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const token = foldedToken(match[0]);
    const id = known.get(token) ?? known.size;
    known.set(token, id);
    ids.push(id);
    isWord.push(WORD.test(token));
    isOpening.push(isAfterEnd || text.slice(end, match.index).includes('\n'));
    starts.push(starts.length === 0 ? 0 : match.index);
    end = match.index + match[0].length;
    isAfterEnd = SENTENCE_END.test(token);
  }
  return { text, starts, ids: Int32Array.from(ids), isWord, isOpening };
}

function foldedToken(token: string): string {
  return token
    .normalize('NFC')
    .replace(/[‘’‚ʼ]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .replace(/[‐‑–—]/g, '-');
}

function spanOf({ text, starts }: Tokens, from: number, to: number): TextSpan {
  return { start: starts[from] ?? text.length, end: starts[to] ?? text.length };
}

/** What both texts have in the same order: their common ends, and the shortest way between them. */
function matched(from: Tokens, to: Tokens): Block[] {
  const [a, b] = [from.ids, to.ids];
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const middle = { a: head, b: head, endA: a.length - tail, endB: b.length - tail };
  return [
    { a: 0, b: 0, length: head },
    ...between(from, to, middle),
    { a: a.length - tail, b: b.length - tail, length: tail },
  ].filter(({ length }) => length > 0);
}

interface Range {
  a: number;
  b: number;
  endA: number;
  endB: number;
}

function between(from: Tokens, to: Tokens, range: Range): Block[] {
  const editsMax = Math.min(EDITS_MAX, LOOKS_MAX / (1 + range.endA - range.a + range.endB - range.b));
  const exact = shortestWay(from, to, range, editsMax);
  if (exact !== null) return exact;
  const known = new Map<string, number>();
  const [sentencesA, sentencesB] = [
    sentencesOf(from, range.a, range.endA, known),
    sentencesOf(to, range.b, range.endB, known),
  ];
  const alike = diffArrays(sentencesA.ids, sentencesB.ids, { maxEditLength: editsMax });
  if (alike === undefined) return [];
  const gaps: Range[] = [];
  const blocks: Block[] = [];
  let [atA, atB, last] = [0, 0, { a: range.a, b: range.b }];
  for (const { added, removed, count } of [...alike, { added: false, removed: false, count: 0 }]) {
    const [a, b] = [sentencesA.starts[atA] ?? range.endA, sentencesB.starts[atB] ?? range.endB];
    if (!added) atA += count;
    if (!removed) atB += count;
    if (added || removed) continue;
    gaps.push({ a: last.a, b: last.b, endA: a, endB: b });
    const length = (sentencesA.starts[atA] ?? range.endA) - a;
    blocks.push({ a, b, length });
    last = { a: a + length, b: b + length };
  }
  // Each gap has its share, so that all of them together cost no more than one search.
  const share = editsMax / Math.sqrt(gaps.length);
  const found = gaps.flatMap((gap) => shortestWay(from, to, gap, share) ?? []);
  return [...blocks, ...found].filter(({ length }) => length > 0).sort((one, other) => one.a - other.a);
}

function shortestWay(from: Tokens, to: Tokens, range: Range, editsMax: number): Block[] | null {
  const a = [...from.ids.subarray(range.a, range.endA)];
  const b = [...to.ids.subarray(range.b, range.endB)];
  const changes = diffArrays(a, b, { maxEditLength: Math.floor(editsMax) });
  if (changes === undefined) return null;
  const blocks: Block[] = [];
  let { a: atA, b: atB } = range;
  for (const { added, removed, count } of changes) {
    if (!added && !removed) blocks.push({ a: atA, b: atB, length: count });
    if (!added) atA += count;
    if (!removed) atB += count;
  }
  return blocks;
}

function sentencesOf({ ids, isOpening }: Tokens, from: number, to: number, known: Map<string, number>) {
  const starts: number[] = [];
  for (let at = from; at < to; at++) if (at === from || isOpening[at]) starts.push(at);
  const sentenceIds = starts.map((start, index) => {
    const key = ids.subarray(start, starts[index + 1] ?? to).join(' ');
    const id = known.get(key) ?? known.size;
    known.set(key, id);
    return id;
  });
  return { starts, ids: sentenceIds };
}

/** Without kept words so few, between changes so large, that they only happen to stand in both: nobody could read such a change. */
function withoutSplinters(blocks: Block[], from: Tokens, to: Tokens): Block[] {
  const left: Block[] = [];
  blocks.forEach((block, index) => {
    const before = left.at(-1) ?? { a: 0, b: 0, length: 0 };
    const after = blocks[index + 1] ?? { a: from.starts.length, b: to.starts.length };
    const words = wordsIn(to, block.b, block.b + block.length);
    const gapBefore = gapWords(from, to, before, block);
    const gapAfter = gapWords(from, to, block, after);
    if (words >= Math.min(gapBefore, gapAfter)) left.push(block);
  });
  return left;
}

function gapWords(from: Tokens, to: Tokens, before: Block, after: { a: number; b: number }): number {
  const removed = wordsIn(from, before.a + before.length, after.a);
  return Math.max(removed, wordsIn(to, before.b + before.length, after.b));
}

function wordsIn({ isWord }: Tokens, start: number, end: number): number {
  let words = 0;
  for (let at = start; at < end && at < start + COUNTED_MAX; at++) if (isWord[at]) words++;
  return words;
}

/** What is only added or only removed can often stand at several places with one result: a reader expects it to start a sentence. */
function slid(blocks: Block[], from: Tokens, to: Tokens): Block[] {
  const moved = blocks.map((block) => ({ ...block }));
  moved.forEach((block, index) => {
    const before = moved[index - 1];
    if (before === undefined) return;
    const isAdded = block.a === before.a + before.length;
    if (!isAdded && block.b !== before.b + before.length) return;
    const steps = slideLength(isAdded ? to : from, before, block, isAdded);
    before.length -= steps;
    block.a -= steps;
    block.b -= steps;
    block.length += steps;
  });
  return moved.filter(({ length }) => length > 0);
}

/** By how many tokens to move a gap towards the start of the text; less than 0 is towards its end. */
function slideLength({ ids, isOpening }: Tokens, before: Block, block: Block, isAdded: boolean): number {
  const start = isAdded ? before.b + before.length : before.a + before.length;
  const end = isAdded ? block.b : block.a;
  for (let steps = 0; steps <= Math.min(SLIDE_WORDS_MAX, before.length); steps++) {
    if (isOpening[start - steps]) return steps;
    if (ids[start - 1 - steps] !== ids[end - 1 - steps]) break;
  }
  for (let steps = 0; steps <= Math.min(SLIDE_WORDS_MAX, block.length); steps++) {
    if (isOpening[start + steps]) return -steps;
    if (ids[start + steps] !== ids[end + steps]) break;
  }
  return 0;
}
