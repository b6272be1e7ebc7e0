import { describe, expect, it } from 'vitest';
import { originsOf } from './origin.ts';
import { AP, creditLine, declaredAt, member } from './testing/members.ts';

describe('the origins of a story', () => {
  it('are the agency that its copies credit, once, however many outlets print it', () => {
    const members = ['a', 'b', 'c'].map((id) => member(id, { credit: creditLine(AP) }));
    expect(originsOf(members, 'b')).toEqual([
      {
        key: 'ap',
        name: 'Associated Press',
        isAgency: true,
        evidence: 'credit line “Copyright Associated Press” in b',
      },
    ]);
  });

  it('are the agency even where only a mirror credits it', () => {
    const members = [member('a'), member('b', { credit: creditLine(AP) })];
    expect(originsOf(members, 'a').map(({ key }) => key)).toEqual(['ap']);
  });

  it('are the site that the canonical declares as the original, where that is not among the copies', () => {
    const members = [member('a', { credit: declaredAt('https://elsewhere.example/x') }), member('b')];
    expect(originsOf(members, 'a')).toMatchObject([{ key: 'elsewhere.example', isAgency: false }]);
  });

  it("are the canonical's own source where nobody is credited: copies invent no independence", () => {
    expect(originsOf([member('a'), member('b'), member('c')], 'b')).toMatchObject([{ key: 'b.example', name: 'b' }]);
  });

  it('do not come from a photo credit', () => {
    const photo = {
      ...member('a').credit,
      evidence: [{ kind: 'photo-credit' as const, agency: AP, text: 'AP Photo/X' }],
    };
    expect(originsOf([member('a', { credit: photo })], 'a').map(({ key }) => key)).toEqual(['a.example']);
  });
});
