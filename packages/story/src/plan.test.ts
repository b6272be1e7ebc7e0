import { judge } from '@wirefold/dedup';
import { describe, expect, it } from 'vitest';
import { planStories } from './plan.ts';
import { rememberVerdicts } from './remember.ts';
import { AP, creditLine, member, signed, words } from './testing/members.ts';

const whole = signed(words('a', 60), words('b', 60));
const cut = signed(words('a', 60), words('b', 20));
const other = signed(words('z', 80));

describe('planned stories', () => {
  it('hold each member once, with the verdict of each mirror against the canonical', () => {
    const members = [
      member('a1', { textHash: cut.hash }),
      member('a2', { textHash: whole.hash, source: { key: 'apnews.com', name: 'AP' }, credit: creditLine(AP) }),
      member('a3', { textHash: whole.hash }),
      member('a4', { textHash: other.hash }),
    ];
    const plans = planStories([other, whole, cut], members, judge);
    expect(plans).toHaveLength(2);
    const story = plans.find(({ canonical }) => canonical === 'a2');
    expect(story?.mirrors.map(({ articleId, verdict }) => [articleId, verdict.linked]).sort()).toEqual([
      ['a1', true],
      ['a3', true],
    ]);
    expect(story?.mirrors.find(({ articleId }) => articleId === 'a1')?.verdict).toEqual(judge(whole, cut));
    expect(story).toMatchObject({ outlets: 3, origins: [{ key: 'ap' }], texts: [whole.hash, cut.hash].sort() });
  });

  it('leave out texts that nobody prints, and do not let them connect others', () => {
    const plans = planStories([whole, other], [member('a', { textHash: other.hash })], judge);
    expect(plans.map(({ texts }) => texts)).toEqual([[other.hash]]);
  });

  it('name the text that holds a mirror in the story where the canonical itself does not', () => {
    const long = signed(words('h', 60), words('m', 60), words('t', 60));
    const head = signed(words('h', 60), words('m', 20));
    const tail = signed(words('m', 20), words('t', 60));
    expect(judge(head, tail).linked, 'the two ends are no copies of each other').toBe(false);
    const early = { at: '2026-01-01T00:00:00Z', uncertaintyMs: 0, evidence: '' };
    const members = [
      member('head', { textHash: head.hash, published: early }),
      member('long', { textHash: long.hash }),
      member('tail', { textHash: tail.hash }),
    ];
    const [story, ...others] = planStories([long, head, tail], members, judge);
    expect(others).toEqual([]);
    expect(story?.canonical).toBe('head');
    const mirror = story?.mirrors.find(({ articleId }) => articleId === 'tail');
    expect(mirror?.verdict.linked).toBe(false);
    expect(mirror?.via).toEqual({ textHash: long.hash, verdict: judge(long, tail) });
  });

  it('refuse a member whose text is not given', () => {
    expect(() => planStories([], [member('a', { textHash: whole.hash })], judge)).toThrow(/text that is not given/);
  });
});

describe('a judge with a memory', () => {
  it('gives the verdicts of the judge from both sides, asks once for a pair, and forgets when it is full', () => {
    let asked = 0;
    const remembering = rememberVerdicts((a, b) => {
      asked++;
      return judge(a, b);
    }, 4);
    for (let round = 0; round < 3; round++) {
      expect(remembering(whole, cut)).toEqual(judge(whole, cut));
      expect(remembering(cut, whole)).toEqual(judge(cut, whole));
    }
    expect(asked).toBe(1);
    const many = Array.from({ length: 8 }, (_, at) => signed(words(`n${at}x`, 20)));
    for (const text of many) remembering(whole, text);
    remembering(whole, cut);
    expect(asked).toBe(1 + many.length + 1);
  });
});
