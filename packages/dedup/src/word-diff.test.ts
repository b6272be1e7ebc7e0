import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIFF_EDITS_MAX, DIFF_PIECES_MAX, type DiffOperation, diffWords } from './word-diff.ts';

const shown = (operations: DiffOperation[]) =>
  operations
    .map(({ kind, text }) => (kind === 'kept' ? text : kind === 'removed' ? `[-${text}-]` : `{+${text}+}`))
    .join('');
const sideOf = (operations: DiffOperation[], other: DiffOperation['kind']) =>
  operations
    .filter(({ kind }) => kind !== other)
    .map(({ text }) => text)
    .join('');

describe('a word diff', () => {
  it('shows the words that were replaced, added and removed', () => {
    const before = 'The ferry carried 4,100 islanders.\n\nIt sails on Sunday.';
    const after = 'The old ferry carried 4,200 islanders.\n\nIt sails.';
    expect(shown(diffWords(before, after))).toBe(
      'The {+old +}ferry carried [-4,100-]{+4,200+} islanders.\n\nIt sails[- on Sunday-].',
    );
  });

  it('of equal texts is one run, and of nothing none', () => {
    expect(diffWords('Quiet night.', 'Quiet night.')).toEqual([{ kind: 'kept', text: 'Quiet night.' }]);
    expect(diffWords('', '')).toEqual([]);
    expect(diffWords('', 'New.')).toEqual([{ kind: 'added', text: 'New.' }]);
  });

  it('keeps a paragraph that moved behind a new one whole', () => {
    expect(shown(diffWords('One stays.\n\nTwo stays.', 'One stays.\n\nBetween them.\n\nTwo stays.'))).toBe(
      'One stays.\n\n{+Between them.\n\n+}Two stays.',
    );
  });

  it('shows a paragraph that was put before or after the others as just that', () => {
    expect(shown(diffWords('One stays.', 'New.\n\nOne stays.'))).toBe('{+New.\n\n+}One stays.');
    expect(shown(diffWords('One stays.', 'One stays.\n\nNew.'))).toBe('One stays.{+\n\nNew.+}');
    expect(shown(diffWords('One.\n\nTwo.', 'One.'))).toBe('One.[-\n\nTwo.-]');
  });

  it('takes words that were replaced one after another as one replacement', () => {
    expect(shown(diffWords('He saw a red boat leave.', 'He saw the blue boat leave.'))).toBe(
      'He saw [-a red-]{+the blue+} boat leave.',
    );
  });

  it('goes letter by letter where a script has no spaces', () => {
    expect(shown(diffWords('橋は三月に開く', '橋は四月に開く'))).toBe('橋は[-三-]{+四+}月に開く');
  });

  it('gives both texts back to the letter', () => {
    const words = fc
      .array(
        fc.constantFrom('sea', 'Sea', 'tide', '4.2', '港', '\n\n', '\n', ' ', '  ', '“', 'e\u0301', '\ud800', '😀'),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(words, fc.string()), fc.oneof(words, fc.string({ unit: 'binary' })), (before, after) => {
        const operations = diffWords(before, after);
        expect(sideOf(operations, 'added')).toBe(before);
        expect(sideOf(operations, 'removed')).toBe(after);
        expect(operations.every(({ kind, text }, at) => text !== '' && operations[at - 1]?.kind !== kind)).toBe(true);
      }),
    );
  });
});

describe('a word diff of much text', () => {
  const numbered = (name: string, count: number) => Array.from({ length: count }, (_, at) => `${name}${at}`);

  it('replaces as a whole what differs in more words than it looks for', () => {
    const [before, after] = [numbered('a', DIFF_EDITS_MAX).join(' '), numbered('b', DIFF_EDITS_MAX).join(' ')];
    expect(diffWords(`${before}\n\nEnd.`, `${after}\n\nEnd.`).map(({ kind }) => kind)).toEqual([
      'removed',
      'added',
      'kept',
    ]);
  });

  it('goes by paragraphs alone above its limit of pieces', () => {
    const text = (word: string, count: number) => `${numbered('w', count).join(' ')} ${word}\n\nEnd.`;
    const under = DIFF_PIECES_MAX / 4 - 10;
    expect(diffWords(text('old', under), text('new', under))[0]?.kind).toBe('kept');
    const operations = diffWords(text('old', DIFF_PIECES_MAX), text('new', DIFF_PIECES_MAX));
    expect(operations.map(({ kind }) => kind)).toEqual(['removed', 'added', 'kept']);
  });

  it('of hostile texts gives both back', () => {
    const hostile = [
      ["'".repeat(200_000), '’'.repeat(200_000)],
      ['a.'.repeat(100_000), 'a,'.repeat(100_000)],
      ['\n'.repeat(200_000), ' \n'.repeat(100_000)],
      ['x\n\n'.repeat(60_000), 'y\n\nx\n\n'.repeat(30_000)],
      ['\u0301'.repeat(100_000), '字\u0301'.repeat(50_000)],
    ];
    for (const [before = '', after = ''] of hostile) {
      const operations = diffWords(before, after);
      expect(sideOf(operations, 'added')).toBe(before);
      expect(sideOf(operations, 'removed')).toBe(after);
    }
  });
});
