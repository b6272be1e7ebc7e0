import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figureText } from './checks.ts';
import { explain } from './explain.ts';
import { PASSAGE_CHARS_MAX, PASSAGES_SHOWN_MAX, PLACES_SHOWN_MAX } from './passages.ts';
import { sign } from './signature.ts';
import type { SignedText } from './text.ts';
import { judge, RULES, type Rule } from './verdict.ts';

const words = (seed: string, count: number) => Array.from({ length: count }, (_, i) => `${seed}${i}`).join(' ');

function report(town: string, name: string, sum: number, votes: string): string {
  return `The council of ${town} voted on Tuesday to spend ${sum} million on a new harbour wall after a long night of argument.
    ${name}, who leads the harbour board, told members that the old wall would not last another winter, and that every storm
    takes a little more of the stone. The plan passed by ${votes} votes. Fishing families filled the public seats and clapped
    when the count was read out. Opponents had asked for a cheaper fence of steel, which they said could be standing by the
    spring. Work begins as soon as the tenders are in, and the board expects the first boats behind the new wall within two
    years of that day.`;
}

const HARBOUR = report('Brackwater', 'Ines Dahl', 14, '21 to 8');
const BRIEF =
  'The night train to Sandholm was late by an hour on Monday because of snow on the bridge, the railway said.';
/** With every eighth word changed enough stands in the same order, but a third of the shingles are others. */
const REWORDED = HARBOUR.split(/\s+/)
  .map((word, i) => (i % 8 === 5 ? 'elsewise' : word))
  .join(' ');

/** A pair for each rule, with what its sentence has to say. */
const DECIDED: Record<Rule, [a: SignedText, b: SignedText, sentence: string]> = {
  version: [sign(HARBOUR), { ...sign(HARBOUR), version: 1 }, 'different versions of the parameters'],
  thin: [sign('Please log in.'), sign(HARBOUR), 'The shorter text has 3 words; fewer than 8 are nobody’s text'],
  equal: [sign(HARBOUR), sign(HARBOUR.toUpperCase()), 'Both have the same 117 words in the same order'],
  short: [sign(BRIEF.slice(0, 60)), sign(BRIEF), 'The shorter text has 13 words; below 16 only an equal text'],
  'no-shared-key': [sign(words('x', 50)), sign(words('y', 50)), 'Both have 0 keys in common; at least 5 must be.'],
  'little-in-common': [
    sign(`${words('x', 40)} ${words('y', 90)}`),
    sign(`${words('x', 40)} ${words('z', 150)}`),
    '40 words stand in both in the same order; of the 130 of the shorter text at least 80.1 must.',
  ],
  'passages-differ': [
    sign(`${words('p', 60)} ${words('x', 60)} ${words('q', 60)}`),
    sign(`${words('p', 60)} ${words('y', 60)} ${words('q', 60)}`),
    '60 words stand against other words beside 120 aligned words; at most 30 may.',
  ],
  'part-of-another': [
    sign(words('p', 90)),
    sign(`${words('x', 150)} ${words('p', 90)} ${words('y', 150)}`),
    'The longer text has 150 words before the first of 90 aligned words',
  ],
  'facts-differ': [
    sign(HARBOUR),
    sign(report('Sandholm', 'Per Olsen', 9, '17 to 12')),
    'numbers or names stand against others in 1',
  ],
  jaccard: [sign(HARBOUR), sign(`${HARBOUR} ${words('x', 12)}`), 'from 0.700 on the two are the same text.'],
  containment: [sign(HARBOUR), sign(`${HARBOUR} ${words('x', 90)}`), 'the other has a share of 1.000; from 0.800 on'],
  alignment: [sign(HARBOUR), sign(REWORDED), 'words stand in both in the same order, and'],
};

describe('an explanation', () => {
  it.each(Object.keys(RULES) as Rule[])('of %s has its sentence, with the figures that decided', (rule) => {
    const [a, b, sentence] = DECIDED[rule];
    const explanation = explain(a, b);
    expect(explanation.verdict.rule).toBe(rule);
    expect(explanation.sentence).toContain(sentence);
  });

  it('says how many facts may differ, and which do, before all other places', () => {
    const changed = HARBOUR.replace('14', '17').replace('21 to 8', '17 to 12').replace('a long night', 'some hours');
    const { verdict, sentence, replaced } = explain(sign(HARBOUR), sign(changed));
    expect(verdict.rule).toBe('facts-differ');
    expect(sentence).toBe('3 numbers or names stand against others in 111 aligned words; at most 0.8 may.');
    expect(replaced).toMatchObject({ count: 4, facts: 3, wording: 1, spelling: 0 });
    expect(replaced.shown.map(({ kind }) => kind)).toEqual(['facts', 'facts', 'facts', 'wording']);
    expect(replaced.shown).toContainEqual({ kind: 'facts', words: 1, a: '14', b: '17' });
    expect(replaced.shown).toContainEqual({ kind: 'wording', words: 3, a: 'a long night', b: 'some hours' });
  });

  it('shows what both have, and what stands in one only, the longest first', () => {
    const [first = '', second = '', ...rest] = HARBOUR.split('. ');
    const cut = [first, ...rest].join('. ');
    const { common, onlyA, onlyB } = explain(sign(HARBOUR), sign(`${cut} Read more in the Gazette.`));
    expect(onlyA.shown[0]?.text).toBe(second.replace(/\s+/g, ' '));
    expect(onlyB).toEqual({ count: 1, words: 5, shown: [{ words: 5, text: 'Read more in the Gazette' }] });
    expect(common.shown.map(({ words: size }) => size)).toEqual(
      common.shown.map(({ words: size }) => size).toSorted((x, y) => y - x),
    );
    expect(common.shown.every(({ a, b }) => a === b)).toBe(true);
    expect(common.words + onlyA.words).toBe(sign(HARBOUR).words);
  });

  it('shows another spelling of the same words as that', () => {
    const { replaced } = explain(sign(HARBOUR), sign(HARBOUR.replaceAll('harbour', 'harbor')));
    expect(replaced).toMatchObject({ facts: 0, wording: 0, spelling: 2 });
    expect(replaced.shown[0]).toEqual({ kind: 'spelling', words: 1, a: 'harbour', b: 'harbor' });
  });

  it('shows a number as a whole, of which one word differs', () => {
    const { replaced } = explain(
      sign(`${HARBOUR} It costs 4,100.50 crowns.`),
      sign(`${HARBOUR} It costs 4,200.50 crowns.`),
    );
    expect(replaced.shown).toEqual([{ kind: 'facts', words: 1, a: '4,100.50', b: '4,200.50' }]);
  });

  it('shows nothing of texts that may not be compared', () => {
    const { common, onlyA, replaced } = explain(...(DECIDED.version.slice(0, 2) as [SignedText, SignedText]));
    expect([common.count, onlyA.count, replaced.count]).toEqual([0, 0, 0]);
  });

  it('is bounded, however long and unlike the texts are', () => {
    const long = (seed: string) =>
      Array.from({ length: 400 }, (_, i) => `${words(`both${i}x`, 9)} ${seed.repeat(300)}${i} ${words(seed, i)}`).join(
        ' ',
      );
    const explanation = explain(sign(long('u')), sign(long('v')));
    const { common, onlyA, onlyB, replaced } = explanation;
    expect(common.count).toBeGreaterThan(PASSAGES_SHOWN_MAX);
    for (const list of [common, onlyA, onlyB]) expect(list.shown.length).toBeLessThanOrEqual(PASSAGES_SHOWN_MAX);
    expect(replaced.shown).toHaveLength(PLACES_SHOWN_MAX);
    const texts = [...onlyA.shown, ...onlyB.shown].map(({ text }) => text);
    const sides = [...common.shown, ...replaced.shown].flatMap(({ a, b }) => [a, b]);
    for (const text of [...texts, ...sides]) expect(text.length).toBeLessThanOrEqual(PASSAGE_CHARS_MAX);
    expect(JSON.stringify(explanation).length).toBeLessThan(25_000);
  });

  it('never parts a letter in two', () => {
    const letters = '𐐨'.repeat(PASSAGE_CHARS_MAX);
    for (const start of ['', 'a']) {
      const [shown] = explain(sign(`${HARBOUR} ${start}${letters}`), sign(HARBOUR)).onlyA.shown;
      expect(shown?.text).toMatch(/^a?𐐨+…$/u);
    }
  });
});

/** Two texts of which the second is the first with some words dropped, added and changed: names and numbers among them. */
const pairs = fc
  .tuple(
    fc.array(fc.constantFrom('the', 'wall', 'Ines', '14', 'spring', 'told', 'Oslo', 'harbour', '21'), {
      maxLength: 30,
    }),
    fc.array(
      fc.tuple(fc.nat(200), fc.nat(30), fc.constantFrom('', 'Sandholm', '99', 'new words here', words('x', 40))),
      {
        maxLength: 12,
      },
    ),
    fc.nat(140),
  )
  .map(([start, edits, size]): [string, string] => {
    const a = [...start, ...HARBOUR.split(/\s+/), ...words('k', 60).split(' ')].slice(0, size + 5);
    const b = [...a];
    for (const [at, drop, add] of edits) b.splice(at % (b.length + 1), drop, ...(add === '' ? [] : add.split(' ')));
    return [a.join(' '), b.join(' ')];
  });

describe('for any two texts', () => {
  it('the verdict is the one that is judged, and follows from the first figure that decides', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const [x, y] = [sign(a), sign(b)];
        const { verdict, checks, sentence } = explain(x, y);
        expect(verdict).toEqual(judge(x, y));
        const at = checks.findIndex(({ decides }) => decides);
        expect(checks[at]?.rule).toBe(verdict.rule);
        expect(sentence).not.toBe('');
        for (const { value, limit, isMet } of checks.slice(0, at + 1))
          expect([value, limit, isMet]).not.toContain(null);
        for (const { value, limit, isMet } of checks.slice(at + 1))
          expect([value, limit, isMet]).toEqual([null, null, null]);
      }),
      { numRuns: 500 },
    );
  });

  it('an explanation is the same with its sides exchanged', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const there = explain(sign(a), sign(b));
        const back = explain(sign(b), sign(a));
        expect({ ...back, verdict: judge(sign(a), sign(b)) }).toEqual({
          ...there,
          onlyA: there.onlyB,
          onlyB: there.onlyA,
          common: { ...there.common, shown: there.common.shown.map((run) => ({ ...run, a: run.b, b: run.a })) },
          replaced: {
            ...there.replaced,
            shown: there.replaced.shown.map((place) => ({ ...place, a: place.b, b: place.a })),
          },
        });
      }),
      { numRuns: 500 },
    );
  });
});

describe('a printed figure', () => {
  it('is on the same side of its printed limit as it is of its limit', () => {
    const counts = fc.tuple(
      fc.nat(2000),
      fc.nat(2_000_000).map((thousandths) => thousandths / 1000),
      fc.constantFrom('at least', 'at most'),
    );
    fc.assert(
      fc.property(counts, ([value, limit, bound]) => {
        const check = { isShare: false, bound: bound as 'at least' | 'at most' };
        const printed = [Number(figureText(check, 'value', value)), Number(figureText(check, 'limit', limit))] as const;
        const isMet = (x: number, y: number) => (bound === 'at least' ? x >= y : x <= y);
        expect(isMet(...printed)).toBe(isMet(value, limit));
      }),
    );
  });

  it('of a share has three digits, and no share but the whole is called 1', () => {
    const share = { isShare: true, bound: 'at least' } as const;
    expect([0, 0.2, 0.99999, 1].map((figure) => figureText(share, 'value', figure))).toEqual([
      '0.000',
      '0.200',
      '0.999',
      '1.000',
    ]);
    expect(figureText({ isShare: false, bound: 'at most' }, 'limit', 0.944)).toBe('0.9');
    expect(figureText({ isShare: false, bound: 'at least' }, 'limit', 0.45 * 118)).toBe('53.1');
  });
});
