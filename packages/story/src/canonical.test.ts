import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseCanonical } from './canonical.ts';
import type { Member } from './story.ts';
import { AP, creditLine, declaredAt, member } from './testing/members.ts';

const at = (time: string, uncertaintyMs = 0) => ({ published: { at: time, uncertaintyMs, evidence: time } });
const apSource = { key: 'apnews.com', name: 'Associated Press' };
const codes = (members: Member[]) => chooseCanonical(members).reasons.map(({ code }) => code);

describe('the canonical', () => {
  it('is the copy that another site declares as the original, even where that was published later', () => {
    const original = member('m', {
      source: { key: 'original.example', name: 'The Original' },
      ...at('2026-01-01T10:00:00Z'),
    });
    const copy = member('a', {
      credit: declaredAt('https://www.original.example/story'),
      ...at('2026-01-01T09:00:00Z'),
    });
    const { articleId, reasons } = chooseCanonical([copy, original]);
    expect(articleId).toBe('m');
    expect(reasons[0]).toEqual({ code: 'declared-original', text: 'declared as the original by a' });
  });

  it("is the agency's own copy where somebody credits the agency, whenever it came and however short it is", () => {
    const own = member('z', { source: apSource, credit: creditLine(AP), ...at('2026-01-01T12:00:00Z') });
    const copy = member('a', { credit: creditLine(AP), ...at('2026-01-01T08:00:00Z') });
    const { articleId, reasons } = chooseCanonical([copy, own]);
    expect(articleId).toBe('z');
    expect(reasons[0]).toEqual({
      code: 'agency-own',
      text: 'credit line names Associated Press, and the source is Associated Press',
    });
  });

  it('is not a copy by its own words where another member is none', () => {
    expect(chooseCanonical([member('a', { credit: creditLine(AP) }), member('b')]).articleId).toBe('b');
    expect(codes([member('a', { credit: creditLine(AP) }), member('b')])).toContain('not-a-declared-copy');
  });
});

describe('a copy that is gone', () => {
  const gone = { isGone: true };

  it('is no canonical where a living copy is in the story, whatever else speaks for it', () => {
    const own = member('a', { source: apSource, credit: creditLine(AP), ...at('2026-01-01T08:00:00Z'), ...gone });
    const copy = member('z', { credit: creditLine(AP), ...at('2026-01-01T12:00:00Z') });
    const { articleId, reasons } = chooseCanonical([own, copy]);
    expect(articleId).toBe('z');
    expect(reasons[0]).toEqual({ code: 'not-gone', text: 'still there, where the copy of Associated Press is gone' });
  });

  it('leads by the other evidence where all copies are gone, and no reason says that it is there', () => {
    const members = [member('a', { ...at('2026-01-01T09:00:00Z'), ...gone }), member('b', gone)];
    expect(chooseCanonical(members).articleId).toBe('a');
    expect(codes(members)).not.toContain('not-gone');
  });

  it('among living ones changes nothing but the reasons', () => {
    const living = [member('b'), member('c', at('2026-01-01T09:00:00Z'))];
    expect(chooseCanonical([...living, member('a', gone)]).articleId).toBe(chooseCanonical(living).articleId);
  });
});

describe('where nobody names an author, the canonical', () => {
  it('is not kept out of Google News where nothing stronger tells the copies apart', () => {
    const sign = { kind: 'hidden-from-news' as const, agency: null, text: 'Googlebot-News: noindex' };
    const hidden = { ...creditLine(AP), agency: null, evidence: [sign] };
    const { articleId, reasons } = chooseCanonical([member('a', { credit: hidden }), member('b')]);
    expect(articleId).toBe('b');
    expect(reasons[0]).toEqual({
      code: 'not-a-declared-copy',
      text: 'not kept out of Google News, as copies are asked to be',
    });
    const early = member('a', { credit: hidden, ...at('2026-01-01T09:00:00Z') });
    expect(chooseCanonical([early, member('b', at('2026-01-01T10:00:00Z'))]).articleId).toBe('a');
  });

  it('is the earliest, and the reason says by how much', () => {
    const { articleId, reasons } = chooseCanonical([
      member('a', at('2026-01-01T09:58:00Z')),
      member('b', at('2026-01-01T09:00:00Z')),
    ]);
    expect(articleId).toBe('b');
    expect(reasons).toEqual([{ code: 'earliest', text: 'earliest by 58 minutes' }]);
  });

  it('takes an uncertain time at its latest: "2 hours ago" does not beat a stated time within that hour', () => {
    const vague = member('a', at('2026-01-01T09:00:00Z', 3_600_000));
    expect(chooseCanonical([vague, member('b', at('2026-01-01T09:30:00Z'))]).articleId).toBe('b');
    expect(chooseCanonical([vague, member('b', at('2026-01-01T10:30:00Z'))]).articleId).toBe('a');
  });

  it('is a copy with a time before one without', () => {
    expect(chooseCanonical([member('a'), member('b', at('2026-01-01T09:00:00Z'))]).articleId).toBe('b');
  });

  it("is the one with the least of its site's own text where all else is equal", () => {
    const { articleId, reasons } = chooseCanonical([member('a', { boilerplateWords: 69 }), member('b')]);
    expect(articleId).toBe('b');
    expect(reasons).toEqual([{ code: 'no-foreign-text', text: 'no text of the site in it' }]);
  });

  it('is chosen by article id where nothing speaks for either, and says so', () => {
    expect(chooseCanonical([member('b'), member('a')]).articleId).toBe('a');
    expect(codes([member('b'), member('a')])).toEqual(['tie']);
  });
});

describe('the choice', () => {
  it('does not depend on the order of the members', () => {
    const anyMember = fc
      .record({
        hour: fc.option(fc.integer({ min: 0, max: 5 })),
        uncertaintyMs: fc.constantFrom(0, 3_600_000),
        boilerplateWords: fc.integer({ min: 0, max: 2 }),
        isAgency: fc.boolean(),
        isGone: fc.boolean(),
        credit: fc.constantFrom(creditLine(AP), declaredAt('https://1.example/x'), member('x').credit),
      })
      .map(({ hour, uncertaintyMs, boilerplateWords, isAgency, isGone, credit }) => ({
        boilerplateWords,
        isGone,
        credit,
        ...(isAgency ? { source: apSource } : {}),
        ...(hour === null ? {} : at(`2026-01-01T0${hour}:00:00Z`, uncertaintyMs)),
      }));
    fc.assert(
      fc.property(fc.array(anyMember, { minLength: 1, maxLength: 6 }), fc.infiniteStream(fc.nat()), (given, random) => {
        const members = given.map((each, id) => member(String(id), each));
        const shuffled = members
          .map((each) => ({ each, rank: random.next().value as number }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ each }) => each);
        expect(chooseCanonical(shuffled)).toEqual(chooseCanonical(members));
      }),
    );
  });
});
