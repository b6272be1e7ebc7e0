import { copyChanges } from '@wirefold/story';
import { describe, expect, test } from 'vitest';
import { renderDiff } from './diff.ts';
import { rowsOf } from './diff-rows.ts';
import { render } from './html.ts';
import { DIFF } from './testing/pairs.ts';
import { HARBOUR_DETAIL, NO_CREDIT } from './testing/samples.ts';
import { wordsOf as text } from './testing/words-of.ts';

describe('a word diff', () => {
  const page = render(renderDiff(DIFF));

  test('says in figures what changed, and names each change in words', () => {
    const words = text(page);
    expect(words).toContain('What Isles Radio changed');
    expect(words).toContain('Changed 1 word in 1 editorial place; boilerplate in 1 place; credit in 1 place.');
    expect(words).toContain('The headline differs.');
    expect(words).toMatch(/\(removed: 4,100\)[\s\S]*\(added: 4,200\)/);
    expect(words).toMatch(/\(removed: KELDMOUTH \(AP\) —\) credit/);
    expect(words).toMatch(/\(added: Sign up for our letter\.\) boilerplate/);
  });

  test('folds what is alike for longer, and leaves nothing out', () => {
    const same = Array.from({ length: 9 }, (_, n) => `Line ${n} of the harbour log says nothing new.`);
    const print = { boilerplate: [], byline: null, credit: NO_CREDIT };
    const [a, b] = [
      `One ship.\n\n${same.join('\n\n')}\n\nTwo boats.`,
      `No ship.\n\n${same.join('\n\n')}\n\nTen boats.`,
    ];
    const changes = copyChanges({ ...print, body: a }, { ...print, body: b });
    const words = text(render(renderDiff({ ...DIFF, before: a, changes })));
    expect(words).toContain('7 paragraphs alike');
    for (const line of same) expect(words.split(line)).toHaveLength(2);
    for (const paragraph of HARBOUR_DETAIL.body.split('\n\n').slice(2)) expect(text(page)).toContain(paragraph);
  });

  test('of two copies of one outlet tells them apart', () => {
    expect(text(render(renderDiff({ ...DIFF, b: { ...DIFF.b, source: DIFF.a.source } })))).toMatch(
      /Associated Press, before[\s\S]*Associated Press, after/,
    );
  });
});

describe('the rows of a diff', () => {
  const rowsFrom = (a: string, b: string) => {
    const print = { boilerplate: [], byline: null, credit: NO_CREDIT };
    return rowsOf(copyChanges({ ...print, body: a }, { ...print, body: b }).operations, a).map((row) =>
      row.kind === 'same'
        ? row.text
        : [row.a, row.b].map((side) =>
            side
              .map(({ text: words }) => words)
              .join('')
              .trim(),
          ),
    );
  };

  test('are paragraphs: those alike once, the others as each copy has them', () => {
    const [one, two, three] = ['The tide fell early.', 'Nobody saw the buoy.', 'The pilot slept.'];
    expect(rowsFrom([one, two, three].join('\n\n'), [one, 'Nobody saw the lamp.', three].join('\n\n'))).toEqual([
      one,
      [two, 'Nobody saw the lamp.'],
      three,
    ]);
    expect(rowsFrom([one, three].join('\n\n'), [one, two, three].join('\n\n'))).toEqual([one, ['', two], three]);
    expect(rowsFrom([one, two].join('\n\n'), one)).toEqual([one, [two, '']]);
  });
});
