import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planStories } from './plan.ts';
import { member, signed, words } from './testing/members.ts';
import { isWithinWindow, publishedDay, type Span, spansOf } from './window.ts';

const WINDOW_DAYS = 30;
const on = (day: number) => ({
  at: new Date(Date.UTC(2026, 0, 1 + day)).toISOString(),
  uncertaintyMs: 0,
  evidence: '',
});
const FIRST = publishedDay(on(0)) ?? 0;
const span = (first: number, last: number): Span => ({ first: FIRST + first, last: FIRST + last });

describe('the window', () => {
  it.each([
    ['the last and the first day are as far apart as the window is long', span(0, 5), span(35, 80), true],
    ['they are a day further apart', span(0, 5), span(36, 80), false],
    ['the spans overlap', span(0, 50), span(20, 90), true],
    ['one of them has no date', null, span(900, 900), true],
  ])('says of two texts where %s: %s', (_where, a, b, expected) => {
    expect([isWithinWindow(a, b, WINDOW_DAYS), isWithinWindow(b, a, WINDOW_DAYS)]).toEqual([expected, expected]);
  });

  it('of 0 days has no limit', () => {
    expect(isWithinWindow(span(0, 0), span(9_000, 9_000), 0)).toBe(true);
  });

  it('counts a time of a strange year, or none, as no date', () => {
    for (const at of ['+012026-01-01T00:00:00.000Z', 'yesterday', '2026-99-01T00:00:00Z'])
      expect(publishedDay({ at, uncertaintyMs: 0, evidence: at })).toBeNull();
    expect(publishedDay(null)).toBeNull();
  });

  it('has a text printed from the first to the last day of its articles, in whatever order these come', () => {
    const members = [on(9), on(2), on(40)].map((published) => ({ textHash: 't', published }));
    expect(spansOf(members)).toEqual(new Map([['t', span(2, 40)]]));
    expect(spansOf(members.toReversed())).toEqual(spansOf(members));
    expect(spansOf([...members, { textHash: 't', published: null }]).get('t')).toBeNull();
  });
});

describe('stories with a window', () => {
  const own = words('own', 200);
  const [early, late] = [signed(own), signed(own, words('more', 20))];
  const linked = { kind: 'contains', linked: true, rule: 'containment', comparing: null, facts: null } as const;
  const judge = () => ({ ...linked, shared: 190, jaccard: 0.9, aInB: 1, bInA: 0.9 });
  const printed = (id: string, text: { hash: string }, day: number | null) =>
    member(id, { textHash: text.hash, published: day === null ? null : on(day) });
  const storiesOf = (members: ReturnType<typeof member>[]) =>
    planStories([early, late], members, judge, judge, WINDOW_DAYS)
      .map(({ canonical, mirrors }) => [canonical, ...mirrors.map(({ articleId }) => articleId)].sort().join(' '))
      .sort();

  it('are apart where two texts were printed further apart, and one where an article between joins them', () => {
    const apart = [printed('a', early, 0), printed('b', late, 50)];
    expect(storiesOf(apart)).toEqual(['a', 'b']);
    expect(storiesOf([...apart, printed('c', early, 25)])).toEqual(['a b c']);
    expect(storiesOf([printed('a', early, null), printed('b', late, 50)])).toEqual(['a b']);
  });

  it('do not depend on the order of their articles', () => {
    const days = fc.array(fc.tuple(fc.boolean(), fc.option(fc.nat(120))), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(days, fc.infiniteStream(fc.nat()), (given, keys) => {
        const members = given.map(([isEarly, day], at) => printed(`a${at}`, isEarly ? early : late, day));
        const shuffled = members
          .map((each) => ({ each, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        expect(storiesOf(shuffled)).toEqual(storiesOf(members));
      }),
    );
  });
});
