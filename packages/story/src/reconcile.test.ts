import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reconcile } from './reconcile.ts';
import type { ExistingStory, StoryPlan } from './story.ts';
import { plan, standing } from './testing/members.ts';

function newIds(): () => string {
  let count = 0;
  return () => `new${++count}`;
}

const kinds = (plans: StoryPlan[], existing: ExistingStory[]) =>
  reconcile(plans, existing, newIds()).events.map(({ storyId, kind, articleId }) => [storyId, kind, articleId]);

describe('ids of stories', () => {
  it('are new where no story stood, and the log says that it was created', () => {
    const changes = reconcile([plan('t1', 'a', 'b')], [], newIds());
    expect(changes).toMatchObject({
      stories: [{ id: 'new1' }],
      merged: [],
      events: [{ kind: 'created', articleId: 'a' }],
    });
  });

  it('stay where a mirror joins, and the log names it', () => {
    expect(kinds([plan('t1', 'a', 'b', 'c')], [standing('s1', 0, 'a', 'b')])).toEqual([['s1', 'mirror-joined', 'c']]);
  });

  it('say nothing where nothing changed', () => {
    expect(kinds([plan('t1', 'a', 'b')], [standing('s1', 0, 'a', 'b')])).toEqual([]);
  });

  it('of the oldest story stay in a merge, and the others lead to it', () => {
    const changes = reconcile(
      [plan('t1', 'c', 'a', 'b')],
      [standing('s2', 5, 'b', 'c'), standing('s1', 0, 'a')],
      newIds(),
    );
    expect(changes.stories.map(({ id }) => id)).toEqual(['s1']);
    expect(changes.merged).toEqual([{ from: 's2', into: 's1' }]);
    expect(changes.events.map(({ storyId, kind }) => [storyId, kind])).toEqual([
      ['s1', 'merged'],
      ['s2', 'merged'],
      ['s1', 'canonical-changed'],
    ]);
  });

  it('of a divided story stay with most of its articles; the rest becomes a new story', () => {
    const plans = [plan('t1', 'a'), plan('t2', 'b', 'c')];
    const changes = reconcile(plans, [standing('s1', 0, 'a', 'b', 'c')], newIds());
    expect(changes.stories.map(({ id, plan: { canonical } }) => [id, canonical])).toEqual([
      ['new1', 'a'],
      ['s1', 'b'],
    ]);
    expect(kinds(plans, [standing('s1', 0, 'a', 'b', 'c')])).toEqual([
      ['new1', 'split', 'a'],
      ['s1', 'mirror-left', 'a'],
      ['s1', 'canonical-changed', 'b'],
    ]);
  });

  it('of a story divided in halves stay with its canonical', () => {
    const changes = reconcile([plan('t1', 'a'), plan('t2', 'b')], [standing('s1', 0, 'b', 'a')], newIds());
    expect(changes.stories.map(({ id, plan: { canonical } }) => [id, canonical])).toEqual([
      ['new1', 'a'],
      ['s1', 'b'],
    ]);
  });

  it('never end without a living story: each standing one goes on or leads to one, and no id is given twice', () => {
    const articles = fc.shuffledSubarray([...'abcdefghij'], { minLength: 1 });
    const division = fc.array(fc.nat(3), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(articles, division, division, (ids, before, after) => {
        const groups = (by: number[]) =>
          [0, 1, 2, 3].map((at) => ids.filter((_, i) => by[i] === at)).filter((group) => group.length > 0);
        const existing = groups(before).map(([first, ...rest], at) =>
          standing(`s${at}`, at % 2, first as string, ...rest),
        );
        const plans = groups(after).map(([first, ...rest], at) => plan(`t${at}`, first as string, ...rest));
        const { stories, merged } = reconcile(plans, existing, newIds());
        const living = new Set(stories.map(({ id }) => id));
        expect(living.size).toBe(plans.length);
        for (const { id } of existing) {
          const target = merged.find(({ from }) => from === id)?.into ?? id;
          expect(living.has(target)).toBe(true);
        }
        for (const { from } of merged) expect(living.has(from)).toBe(false);
      }),
    );
  });
});

describe('stories without an article', () => {
  it('end with their last article, and the log says both', () => {
    const changes = reconcile([], [standing('s1', 0, 'a')], newIds());
    expect(changes.ended).toEqual(['s1']);
    expect(kinds([], [standing('s1', 0, 'a')])).toEqual([
      ['s1', 'removed', 'a'],
      ['s1', 'ended', null],
    ]);
  });
});
