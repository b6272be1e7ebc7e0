import { describe, expect, test } from 'vitest';
import { labelBlocks } from './label.ts';

const A = 'The water mill of Ek was opened again on Sunday by its new owner';
const B = 'Nine years ago the wheel had broken in the spring flood of the river';
const C = 'It sounds as it did when I was a child said a neighbour';

describe('labels', () => {
  test('blocks of the gold text are the article, others are not', () => {
    const blocks = ['Home', A, B, 'Sign up for the letter of the coast here', C];
    expect(labelBlocks(blocks, [A, B, C].join('\n'), '')).toEqual([0, 1, 1, 0, 1]);
  });

  test('of a text that stands twice the one in order is the article', () => {
    expect(labelBlocks([B, A, B, C], [A, B, C].join('\n'), '')).toEqual([0, 1, 1, 1]);
  });

  test('a text that stands twice in the gold text, too, is the article twice', () => {
    expect(labelBlocks([A, B, A, C], [A, B, A, C].join('\n'), '')).toEqual([1, 1, 1, 1]);
  });

  test('blocks out of order are the article when no other block is that text', () => {
    expect(labelBlocks([B, A, C], [A, B, C].join('\n'), '').filter((label) => label === 1)).toHaveLength(3);
  });

  test('a short block is the article only beside its neighbours of the gold text', () => {
    const gold = [A, 'Why now', B].join('\n');
    expect(labelBlocks([A, 'Why now', B, 'Why now'], gold, '')).toEqual([1, 1, 1, 0]);
  });

  test('the title, and a block that is half in the gold text, are undecided', () => {
    const half = `${A.split(' ').slice(0, 7).join(' ')} and nothing else that was said in the whole of it`;
    expect(labelBlocks(['The mill of Ek turns', half, A], `${A}`, 'The mill of Ek turns')).toEqual([-1, -1, 1]);
  });
});
