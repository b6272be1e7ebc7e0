import { describe, expect, test } from 'vitest';
import { type AskedStory, EVENT, type NamedStory, relatedStories } from './event.ts';
import type { NameWord } from './names.ts';

const name = (word: string, run = word, weight = 4, isHead = true): NameWord => ({
  word: word.toLowerCase(),
  weight,
  isHead,
  run: run.split(' '),
});

const story = (id: string, ...names: NameWord[]): NamedStory => ({ id, names });

/** A story whose words nobody else names, but for those whose counts are given. */
function asked(names: NameWord[], counts: Record<string, number> = {}, stories = 400): AskedStory {
  const all = new Map(names.map(({ word }) => [word, counts[word] ?? 2]));
  return { id: 's0', names, stories, counts: all };
}

const AGROUND = [name('Morven'), name('Skarvik'), name('Finch', 'Orla Finch'), name('Orla', 'Orla Finch')];

describe('two stories are one event', () => {
  test('where both name the same rare names in prominent places', () => {
    const other = story('s1', name('Skarvik'), name('Morven'), name('Finch'), name('Tarn'));
    const [found, ...rest] = relatedStories(asked(AGROUND), [other]);
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ id: 's1', names: ['Morven', 'Skarvik', 'Finch'], heads: 3 });
    expect(found?.agreement).toBeCloseTo(0.75, 6);
  });

  test('and the name is told as it is printed, as far as both have it', () => {
    const other = story('s1', name('Skarvik'), name('Morven'), name('Orla', 'Captain Orla Finch'), name('Finch'));
    expect(relatedStories(asked(AGROUND), [other])[0]?.names).toContain('Orla Finch');
  });

  test('the nearest first, and at most ten', () => {
    const others = Array.from({ length: 12 }, (_, at) =>
      story(`t${at}`, ...AGROUND.slice(0, 3), ...Array.from({ length: at }, (__, i) => name(`Other${at}x${i}`))),
    );
    const found = relatedStories(asked(AGROUND), others.toReversed());
    expect(found.map(({ id }) => id)).toEqual(Array.from({ length: EVENT.shownMax }, (_, at) => `t${at}`));
  });
});

describe('two stories are not taken for one event', () => {
  const none = (ours: AskedStory, theirs: NameWord[]) =>
    expect(relatedStories(ours, [story('s1', ...theirs)])).toEqual([]);

  test('for a person alone, however many words the name has', () => {
    none(asked(AGROUND), [name('Orla', 'Orla Finch'), name('Finch', 'Orla Finch'), name('Morven')]);
  });

  test('for a country and its people', () => {
    const theirs = [name('Egypt'), name('Egyptian'), name('Cairo')];
    none(asked(theirs), theirs);
  });

  test('for names that many stories of these days have', () => {
    none(asked(AGROUND, { morven: 4 }), AGROUND);
    expect(relatedStories(asked(AGROUND, { morven: 4 }, 1_000), [story('s1', ...AGROUND)])).toHaveLength(1);
    none(asked(AGROUND, { morven: EVENT.rareStoriesMax + 1 }, EVENT.countedMax), AGROUND);
  });

  test('for names that stand far below in one of them', () => {
    none(
      asked(AGROUND),
      AGROUND.map((each) => ({ ...each, isHead: false })),
    );
  });

  test('where most of what they name differs', () => {
    const others = Array.from({ length: 13 }, (_, at) => name(`Other${at}`, undefined, 6));
    none(asked(AGROUND), [...AGROUND.slice(0, 3).map((each) => ({ ...each, weight: 3 })), ...others]);
  });

  test('where nothing is known of what they name', () => {
    none(asked([]), AGROUND);
    none(asked(AGROUND), []);
  });
});
