import { diffArrays } from 'diff';

/** One run of a diff. All runs without `added` are the first text, all without `removed` the second, to the letter. */
export interface DiffOperation {
  kind: 'kept' | 'removed' | 'added';
  text: string;
}

/** Where the paragraphs that differ have more words, spaces and signs together than this, they are not gone through. */
export const DIFF_PIECES_MAX = 20_000;
/** Such pieces, or paragraphs, that differ in one place; where more do, one is shown as replaced by the other as a whole. */
export const DIFF_EDITS_MAX = 1_000;

/** A paragraph, or the empty lines between two. */
const PARAGRAPH = /[^\n]+|\n+/g;

// Scripts without spaces have a word for each letter with its marks. A number keeps its points and commas.
const SPACELESS =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
const WORD = new RegExp(
  `(?:[${SPACELESS}]\\p{M}*|(?:(?![${SPACELESS}])[\\p{L}\\p{N}\\p{M}]|(?<=[\\p{L}\\p{N}])[.,'’-](?=[\\p{L}\\p{N}]))+)|\\s+|\\S`,
  'gu',
);

/**
 * What became of a text, word by word: first the paragraphs are aligned, then the words of those that were replaced (Myers 1986, by
 * jsdiff). Time is linear in the texts whatever they hold, because each search ends after `DIFF_EDITS_MAX` edits. A pure function.
 */
export function diffWords(before: string, after: string): DiffOperation[] {
  const paragraphs = replacements(pieces(before, PARAGRAPH), pieces(after, PARAGRAPH));
  const pieced = paragraphs.map(({ removed, added }) => [pieces(removed, WORD), pieces(added, WORD)] as const);
  const isShort = pieced.reduce((sum, [a, b]) => sum + a.length + b.length, 0) <= DIFF_PIECES_MAX;
  const operations: DiffOperation[] = [];
  paragraphs.forEach(({ kept, removed, added }, at) => {
    push(operations, 'kept', kept);
    const [from, to] = pieced[at] ?? [[], []];
    if (removed === '' || added === '' || !isShort) {
      push(operations, 'removed', removed);
      push(operations, 'added', added);
      return;
    }
    for (const change of joined(replacements(from, to))) {
      push(operations, 'kept', change.kept);
      push(operations, 'removed', change.removed);
      push(operations, 'added', change.added);
    }
  });
  return operations;
}

/** What both texts go on with, and then what stands in one where the other has something else. */
interface Replacement {
  kept: string;
  removed: string;
  added: string;
}

function replacements(before: string[], after: string[]): Replacement[] {
  const numbers = new Map<string, number>();
  const numberOf = (piece: string) => {
    const number = numbers.get(piece) ?? numbers.size;
    numbers.set(piece, number);
    return number;
  };
  // As numbers, so that one comparison costs the same however long and alike the pieces are.
  const changes = diffArrays(before.map(numberOf), after.map(numberOf), { maxEditLength: DIFF_EDITS_MAX });
  if (changes === undefined) return [{ kept: '', removed: before.join(''), added: after.join('') }];
  const found: Replacement[] = [];
  let last: Replacement | undefined;
  let [a, b] = [0, 0];
  for (const { added, removed, count } of changes) {
    if (last === undefined || !(added || removed)) {
      last = { kept: '', removed: '', added: '' };
      found.push(last);
    }
    if (added) last.added += after.slice(b, b + count).join('');
    else if (removed) last.removed += before.slice(a, a + count).join('');
    else last.kept = before.slice(a, a + count).join('');
    if (!added) a += count;
    if (!removed) b += count;
  }
  return found;
}

/** Words that were replaced one after another are one replacement: the space between them was not what anybody kept. */
function joined(changes: Replacement[]): Replacement[] {
  const found: Replacement[] = [];
  const isReplaced = ({ removed, added }: Replacement) => removed !== '' && added !== '';
  for (const change of changes) {
    const last = found.at(-1);
    if (last !== undefined && isReplaced(last) && isReplaced(change) && change.kept.trim() === '') {
      last.removed += change.kept + change.removed;
      last.added += change.kept + change.added;
    } else found.push({ ...change });
  }
  return found;
}

function pieces(text: string, piece: RegExp): string[] {
  return text.match(piece) ?? [];
}

function push(operations: DiffOperation[], kind: DiffOperation['kind'], text: string): void {
  if (text === '') return;
  const last = operations.at(-1);
  if (last?.kind === kind) last.text += text;
  else operations.push({ kind, text });
}
