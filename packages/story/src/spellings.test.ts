import type { SpellingClaim, SpellingSign } from '@wirefold/article';
import { judge, type SignedText } from '@wirefold/dedup';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideStories } from './decide.ts';
import { findSpellings, withoutSpellings } from './spellings.ts';
import type { Member } from './story.ts';
import { member, signed, words } from './testing/members.ts';

const claim = (articleId: string, sign: SpellingSign = 'canonical', isKin = true): SpellingClaim => ({
  url: `https://paper.example/${articleId}`,
  articleId,
  sign,
  isKin,
});

const FERRY = signed(words('ferry', 200));
/** The same with a paragraph more: linked, and not the same text. */
const LONGER = signed(words('ferry', 200), words('more', 120));
const LIBRARY = signed(words('library', 200));
const TEXTS = [FERRY, LONGER, LIBRARY];

const at = (articleId: string, text: SignedText, ...claims: SpellingClaim[]): Member =>
  member(articleId, { textHash: text.hash, claims });

/** Who ends, and where. */
function ends(...members: Member[]): Record<string, string> {
  const found = findSpellings(TEXTS, members, judge);
  return Object.fromEntries(found.map(({ articleId, into, sign }) => [articleId, `${into} ${sign}`]));
}

describe('findSpellings', () => {
  it('the article at the claimed URL stays', () => {
    expect(ends(at('a', FERRY, claim('b')), at('b', FERRY))).toEqual({ a: 'b canonical' });
    expect(ends(at('b', FERRY, claim('a', 'redirect')), at('a', FERRY))).toEqual({ b: 'a redirect' });
  });

  it('the page stays that names another as its AMP page', () => {
    expect(ends(at('page', FERRY, claim('amp', 'amp')), at('amp', FERRY))).toEqual({ amp: 'page amp' });
    expect(ends(at('page', FERRY, claim('amp', 'amp')), at('amp', FERRY, claim('page')))).toEqual({
      amp: 'page canonical',
    });
  });

  it('nothing ends without a claim, whatever the texts', () => {
    expect(ends(at('a', FERRY), at('b', FERRY))).toEqual({});
    expect(ends(at('a', FERRY, claim('elsewhere')), at('b', FERRY))).toEqual({});
  });

  it('a site whose every page declares one canonical keeps all its articles', () => {
    expect(ends(at('a', FERRY, claim('c')), at('b', LIBRARY, claim('c')))).toEqual({});
    expect(ends(at('a', FERRY, claim('b')), at('b', LIBRARY))).toEqual({});
    // Two prints of one text, at addresses that share no name with the one that all pages declare.
    expect(
      ends(at('a', FERRY, claim('c', 'canonical', false)), at('b', FERRY, claim('c', 'canonical', false))),
    ).toEqual({});
  });

  it('linked texts are enough for kin, and only the same text for others', () => {
    expect(judge(FERRY, LONGER)).toMatchObject({ linked: true, kind: 'contains' });
    expect(ends(at('a', FERRY, claim('b')), at('b', LONGER))).toEqual({ a: 'b canonical' });
    expect(ends(at('a', FERRY, claim('b', 'canonical', false)), at('b', LONGER))).toEqual({});
    expect(ends(at('a', FERRY, claim('b', 'canonical', false)), at('b', FERRY))).toEqual({ a: 'b canonical' });
  });

  it('kin of one URL that nobody has are one article, and that one ends when the URL has its own', () => {
    const kin = [at('amp', FERRY, claim('www')), at('m', FERRY, claim('www', 'redirect'))];
    expect(ends(...kin)).toEqual({ m: 'amp redirect' });
    expect(ends(...kin, at('www', FERRY))).toEqual({ amp: 'www canonical', m: 'www redirect' });
  });

  it('leads are followed to their end, and a circle ends at its smallest id', () => {
    expect(ends(at('a', FERRY, claim('b')), at('b', FERRY, claim('c')), at('c', FERRY))).toEqual({
      a: 'c canonical',
      b: 'c canonical',
    });
    expect(ends(at('z', FERRY, claim('x')), at('x', FERRY, claim('y')), at('y', FERRY, claim('x')))).toEqual({
      y: 'x canonical',
      z: 'x canonical',
    });
  });

  it('what waits to be read again does not end', () => {
    const waits = member('amp', { textHash: FERRY.hash, claims: null });
    expect(ends(at('page', FERRY, claim('amp', 'amp')), waits)).toEqual({});
    expect(ends(at('a', FERRY, claim('amp')), waits)).toEqual({ a: 'amp canonical' });
  });

  it('one article is left whatever the order in which the others came', () => {
    const all = [
      at('amp', FERRY, claim('www')),
      at('m', FERRY, claim('www')),
      at('short', FERRY, claim('amp', 'redirect'), claim('www')),
      at('www', FERRY, claim('amp', 'amp')),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: 4, maxLength: 4 }), (order) => {
        let standing: Member[] = [];
        for (const next of order) {
          const spellings = findSpellings(TEXTS, [...standing, next], judge);
          standing = withoutSpellings([...standing, next], [], spellings).members;
        }
        expect(standing.map(({ articleId }) => articleId)).toEqual(['www']);
      }),
    );
  });
});

describe('decideStories', () => {
  const decide = decideStories({ judge, windowDays: 0, newStoryId: () => 'new' });
  const story = (id: string, createdAt: string, ...articleIds: string[]) => ({
    id,
    createdAt,
    canonical: articleIds[0] ?? '',
    articleIds,
  });

  it('the story of an article that ends goes on with the one that stays, without a break', () => {
    const stories = [story('s1', '2026-01-01T00:00:00.000Z', 'a')];
    const changes = decide({ texts: TEXTS, members: [at('a', FERRY, claim('b')), at('b', FERRY)], stories });
    expect(changes).toMatchObject({ ended: [], merged: [] });
    const detail = { ended: 'a', sign: 'canonical' };
    expect(changes.events).toEqual([{ storyId: 's1', kind: 'spelling-found', articleId: 'b', detail }]);
    expect(changes.spellings).toEqual([{ articleId: 'a', into: 'b', sign: 'canonical' }]);
    expect(changes.stories).toMatchObject([{ id: 's1', plan: { canonical: 'b', mirrors: [] } }]);
  });

  it('of an article that never stood in a story, nothing is told', () => {
    const changes = decide({
      texts: TEXTS,
      members: [at('a', FERRY, claim('b')), at('b', FERRY)],
      stories: [story('s1', '2026-01-01T00:00:00.000Z', 'b')],
    });
    expect(changes.spellings).toHaveLength(1);
    expect(changes.events).toEqual([]);
  });

  it('two stories of one article become the older one', () => {
    const stories = [
      story('young', '2026-01-02T00:00:00.000Z', 'b'),
      story('old', '2026-01-01T00:00:00.000Z', 'a', 'mirror'),
    ];
    const members = [at('a', FERRY, claim('b')), at('b', FERRY), at('mirror', FERRY)];
    const changes = decide({ texts: TEXTS, members, stories });
    expect(changes.merged).toEqual([{ from: 'young', into: 'old' }]);
    expect(changes.stories.map(({ id, plan }) => [id, 1 + plan.mirrors.length])).toEqual([['old', 2]]);
  });
});
