import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeLink } from './link.ts';
import { sign } from './signature.ts';
import { judge } from './verdict.ts';

/** A story of the length that the guard against changed facts is made for, with numbers, names and accents. */
const STORY = `The café on Harbour Street in Brackwater will close on 14 March after 31 years, its owner Ines Dahl said on Monday.
  Seven people work there, and two of them, the cook and his daughter, have found places on the ferry. "We never raised the price of a
  soup above nine crowns," said Dahl, who turned 66 in October. The town offered to buy the house in 2019, but the council voted 8 to 5
  against it. A baker from Sandholm wants to rent the ground floor until the summer. Neighbours remember the flood of 1995, when the U.S.
  consul and the O’Brien brothers rowed to the door and asked for coffee. The brewery across the river, which owns three other houses in
  the street, has said that it is not interested, and that it hopes someone will keep the old sign with the blue heron above the door.`;

/** What stands instead of a word: names, numbers and their spelled forms, marks of copy, other scripts, invisible letters. */
const OTHERS = [
  'Iran',
  'Iraq',
  'seven',
  '7',
  '1,200',
  '½',
  'the',
  'harbour',
  'Москва',
  '東京',
  'ไทย',
  'US',
  'AP',
  'updated',
  'naïve',
];
const LETTERS = 'abcdeornu01';

const edit = fc.record({
  at: fc.nat(150),
  kind: fc.constantFrom('replace', 'drop', 'add', 'misread', 'misread', 'swap'),
  word: fc.constantFrom(...OTHERS),
  letter: fc.constantFrom(...LETTERS),
});

type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never;

function edited(text: string, edits: readonly Edit[]): string {
  const words = text.split(/\s+/);
  for (const { at, kind, word, letter } of edits) {
    const place = at % words.length;
    const old = words[place] ?? '';
    if (kind === 'replace') words[place] = word;
    else if (kind === 'drop') words.splice(place, 1);
    else if (kind === 'add') words.splice(place, 0, word);
    else if (kind === 'misread') words[place] = old.slice(0, at % 7) + letter + old.slice((at % 7) + 1);
    else words.splice(place, 2, words[place + 1] ?? '', old);
  }
  return words.join(' ');
}

function expectSame(one: string, other: string): boolean {
  const [a, b] = [sign(one), sign(other)];
  const { linked } = judgeLink(a, b);
  expect({ linked }).toEqual({ linked: judge(a, b).linked });
  return linked;
}

const RUNS = 1000;

describe('the fast verdict', () => {
  it('is the whole one, whatever was edited, from one word to every second', () => {
    const links = { yes: 0, no: 0 };
    const edits = fc.oneof(
      fc.array(edit, { maxLength: 4 }),
      fc.array(edit, { maxLength: 25 }),
      fc.array(edit, { minLength: 20, maxLength: 90 }),
    );
    fc.assert(
      fc.property(edits, fc.nat(STORY.length), fc.boolean(), (given, cut, isCut) => {
        const copy = edited(STORY, given);
        const isLinked = expectSame(STORY, isCut ? copy.slice(0, cut) : copy);
        links[isLinked ? 'yes' : 'no']++;
      }),
      { numRuns: RUNS },
    );
    expect(Math.min(links.yes, links.no), 'both answers are met').toBeGreaterThan(RUNS / 10);
  });

  it('is the whole one where a machine misread words everywhere, and some facts are changed besides', () => {
    const misread = edit.map((given) => ({ ...given, kind: 'misread' as const }));
    fc.assert(
      fc.property(
        fc.array(misread, { minLength: 5, maxLength: 60 }),
        fc.array(edit, { maxLength: 6 }),
        (noise, changes) => void expectSame(STORY, edited(STORY, [...noise, ...changes])),
      ),
      { numRuns: RUNS / 4 },
    );
  });

  it('is the whole one for templates that were filled in with other facts, and for short texts', () => {
    const filled = (town: string, number: string) => STORY.replaceAll('Brackwater', town).replace('31', number);
    const town = fc.constantFrom('Brackwater', 'Sandholm', 'brackwater', 'Brackwaten', 'St. Ives');
    const number = fc.constantFrom('31', '32', 'thirty', '031', 'nine', '9');
    fc.assert(
      fc.property(town, number, town, number, fc.integer({ min: 60, max: 900 }), (one, two, three, four, size) => {
        expectSame(filled(one, two).slice(0, size), filled(three, four).slice(0, size));
      }),
    );
  });
});
