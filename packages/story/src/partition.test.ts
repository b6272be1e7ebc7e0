import { judge, judgeLink, type SignedText, shareKey } from '@wirefold/dedup';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { componentsOf, type IsLinked } from './components.ts';
import { partition } from './partition.ts';
import { family, signed, words } from './testing/members.ts';

const groupsOf = (texts: SignedText[]) => partition(texts, judge);

const CORPUS = [...family('ferry'), ...family('budget'), ...family('library'), signed(words('alone', 90))];

/** Two words without a digit, other ones for each number: a number would be a fact that differs. */
function lettered(number: number): string {
  const letters = String(number).replace(/\d/g, (digit) => 'bdfghklmnr'[Number(digit)] as string);
  return `aside ${letters}a ${letters}o`;
}

describe('the partition', () => {
  it('puts the copies of a text into one group and keeps other texts apart', () => {
    const sizes = groupsOf(CORPUS).map(({ texts }) => texts.length);
    expect(sizes.sort()).toEqual([1, 4, 4, 4]);
  });

  it('holds every text of a group by a link to the centre or to another of its texts, and no chain is long', () => {
    const byHash = new Map(CORPUS.map((text) => [text.hash, text]));
    for (const { centre, texts, holders } of groupsOf(CORPUS)) {
      expect([...holders.keys(), centre].sort()).toEqual(texts);
      for (const hash of holders.keys()) {
        const [text, holder] = [byHash.get(hash), byHash.get(holders.get(hash) ?? '')];
        expect(text !== undefined && holder !== undefined && judge(text, holder).linked).toBe(true);
        let steps = 0;
        for (let at = hash; at !== centre; at = holders.get(at) as string) expect(++steps).toBeLessThanOrEqual(7);
      }
    }
  });

  it('takes a text that the centre does not reach when two of its nearest members hold it, and no other', () => {
    const own = ['b', 'c', 'd', 'e'].map((name) => words(`${name}own`, 40));
    // The centre holds all the others.
    const centre = signed(words('w', 60), ...own);
    const [near, nearer, far, single] = own.map((rest) => signed(words('w', 60), rest)) as [
      SignedText,
      SignedText,
      SignedText,
      SignedText,
    ];
    const pairs = [
      [centre, near],
      [centre, nearer],
      [near, far],
      [nearer, far],
      [near, single],
    ] as const;
    const link = (a: SignedText, b: SignedText) => ({
      linked: pairs.some(([x, y]) => (x === a && y === b) || (x === b && y === a)),
    });
    const groups = partition([centre, near, nearer, far, single], link);
    const alone = groups.find(({ texts }) => texts.includes(single.hash));
    const together = groups.find(({ texts }) => texts.includes(centre.hash));
    expect(alone?.texts).toEqual([single.hash]);
    expect(together?.texts).toHaveLength(4);
    expect([near.hash, nearer.hash]).toContain(together?.holders.get(far.hash));
  });

  it('is the same for every order of the texts, and with repeats', () => {
    const expected = groupsOf(CORPUS);
    const places = [...CORPUS.keys()];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(places, { minLength: places.length }),
        fc.array(fc.constantFrom(...places), { maxLength: 5 }),
        (order, repeats) => {
          const texts = [...order, ...repeats].map((at) => CORPUS[at] as SignedText);
          expect(groupsOf(texts)).toEqual(expected);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('of texts that do not touch is the partitions of their parts together', () => {
    const parts = [family('one'), family('two')];
    const together = groupsOf(parts.flat()).map(({ texts }) => texts);
    const apart = parts.flatMap((part) => groupsOf(part).map(({ texts }) => texts));
    expect(together.sort()).toEqual(apart.sort());
  });
});

describe('a large component', () => {
  it('of near-identical texts asks for a few links of each', () => {
    const body = words('body', 90);
    const texts = Array.from({ length: 1000 }, (_, at) => signed(body, lettered(at)));
    let asked = 0;
    const groups = partition(texts, (a, b) => {
      asked++;
      return judgeLink(a, b);
    });
    expect(groups.map((group) => group.texts.length)).toEqual([1000]);
    expect(asked).toBeLessThan(40 * texts.length);
  });

  it('whose links make a long chain is divided, and no text is far from its centre', () => {
    const links = 4;
    const texts = Array.from({ length: 600 }, (_, at) => signed(words('w', 60), words(`own${at}x`, 60)));
    const order = new Map(texts.map(({ hash }, at) => [hash, at]));
    const isNear = (a: SignedText, b: SignedText) =>
      Math.abs((order.get(a.hash) as number) - (order.get(b.hash) as number)) <= links;
    const groups = partition(texts, (a, b) => ({ linked: isNear(a, b) }));
    expect(groups.flatMap((group) => group.texts).sort()).toEqual([...order.keys()].sort());
    for (const { centre, texts: members } of groups)
      for (const hash of members)
        expect(Math.abs((order.get(centre) as number) - (order.get(hash) as number))).toBeLessThanOrEqual(7 * links);
  });
});

/** Components by comparing every text with every other until nothing changes: the smallest place stands for each. */
function bruteComponents(texts: SignedText[], isLinked: IsLinked): number[] {
  const roots = texts.map((_, at) => at);
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (let a = 0; a < texts.length; a++)
      for (let b = 0; b < a; b++) {
        if (roots[a] === roots[b] || !isLinked(a, b) || !shareKey(texts[a] as SignedText, texts[b] as SignedText))
          continue;
        roots[a] = roots[b] = Math.min(roots[a] as number, roots[b] as number);
        isChanged = true;
      }
  }
  return roots;
}

describe('components', () => {
  it('are what all links between texts that share keys connect, whether their keys are rare or common', () => {
    const keys = fc.uniqueArray(fc.nat({ max: 60 }), { minLength: 1, maxLength: 6 });
    const manyKeys = fc.array(keys, { minLength: 2, maxLength: 300, size: 'max' });
    fc.assert(
      fc.property(manyKeys, fc.nat(), fc.constantFrom(2, 12, 1000), (samples, salt, commonHoldersMin) => {
        const base = signed('a text');
        const texts = samples.map((sample, at) => ({
          ...base,
          hash: String(at),
          keys: Uint32Array.from(sample).sort(),
        }));
        // An arbitrary symmetric relation, sparse enough for several components.
        const isLinked = (a: number, b: number) => (Math.min(a, b) * 7919 + Math.max(a, b) * 104729 + salt) % 97 < 2;
        const expected = bruteComponents(texts, isLinked);
        const found = componentsOf(texts, isLinked, commonHoldersMin);
        for (const component of found) expect(new Set(component.map((at) => expected[at])).size).toBe(1);
        expect(found).toHaveLength(new Set(expected).size);
      }),
      { numRuns: 60 },
    );
  });
});
