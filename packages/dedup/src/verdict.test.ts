import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PARAMS } from './params.ts';
import { sign } from './signature.ts';
import { judge, mirrored, RULES } from './verdict.ts';

const words = (seed: string, count: number) => Array.from({ length: count }, (_, i) => `${seed}${i}`).join(' ');
const ruling = (a: string, b: string) => judge(sign(a), sign(b));

/** A report of 115 words with room for facts, as a template fills them in. */
function report(facts: { town: string; name: string; sum: string; day: string; votes: string }): string {
  const { town, name, sum, day, votes } = facts;
  return `The council of ${town} voted on ${day} to spend ${sum} million on a new harbour wall after a long night of argument.
    ${name}, who leads the harbour board, told members that the old wall would not last another winter, and that every storm
    takes a little more of the stone. The plan passed by ${votes} votes. Fishing families filled the public seats and clapped
    when the count was read out. Opponents had asked for a cheaper fence of steel, which they said could be standing by the
    spring. Work begins as soon as the tenders are in, and the board expects the first boats behind the new wall within two
    years of that day.`;
}

const HARBOUR = report({ town: 'Brackwater', name: 'Ines Dahl', sum: '14', day: 'Tuesday', votes: '21 to 8' });
const OTHER = report({ town: 'Sandholm', name: 'Per Olsen', sum: '9', day: 'Friday', votes: '17 to 12' });

describe('copies of one text', () => {
  it('are the same text when only case, quotes and accents differ', () => {
    expect(ruling(HARBOUR, HARBOUR.toUpperCase())).toMatchObject({ kind: 'same text', rule: 'equal', jaccard: 1 });
  });

  it('are linked when one is cut, and the verdict says which contains which', () => {
    const verdict = ruling(HARBOUR, HARBOUR.slice(0, 420));
    expect(verdict).toMatchObject({ kind: 'contains', rule: 'containment', linked: true, facts: { changes: 0 } });
    expect(verdict.bInA).toBeGreaterThan(0.95);
    expect(verdict.aInB).toBeLessThan(0.7);
  });

  it('are linked when a site puts its own text around one of them', () => {
    expect(ruling(HARBOUR, `${words('menu', 40)}. ${HARBOUR} ${words('footer', 90)}`).linked).toBe(true);
  });

  it('are linked when house style differs: spelled numbers, dotted initials, British spelling, new quotes', () => {
    const british = `${HARBOUR} The U.S. Labour minister praised nine centres near the theatre in October.`;
    const american = `${HARBOUR} The US Labor minister praised 9 centers near the theater in Oct.`;
    expect(ruling(british, american)).toMatchObject({ linked: true, facts: { changes: 0 } });
  });

  it('are linked when one prints its numbers in the digits of another script', () => {
    expect(ruling(HARBOUR, HARBOUR.replace('14', '١٤').replace('21', '２１')).linked).toBe(true);
    expect(ruling(HARBOUR, HARBOUR.replace('14', '١٥')).rule).toBe('facts-differ');
  });

  it('are linked when a page prints the body twice', () => {
    expect(ruling(HARBOUR, `${HARBOUR} ${HARBOUR}`).linked).toBe(true);
  });

  it('are linked when a scanner misread letters', () => {
    const misread = HARBOUR.replace('harbour', 'harbonr').replace('argument', 'argurnent').replace('winter', 'wlnter');
    expect(ruling(HARBOUR, misread).linked).toBe(true);
  });
});

/** Every 17th letter misread as scanners do, in every word alike: short words and names, too. */
function scanned(text: string): string {
  const misread: Record<string, string> = { e: 'c', o: '0', l: '1', h: 'b', n: 'u', t: 'f', s: '5', a: 'o', i: 'l' };
  let letters = 0;
  return text.replace(/[a-z]/g, (letter) => (++letters % 17 === 0 ? (misread[letter] ?? letter) : letter));
}

describe('a text that a machine read from paper', () => {
  it('is linked to the clean one though names of few letters are misread, too', () => {
    const verdict = ruling(HARBOUR, scanned(HARBOUR));
    expect(verdict.linked).toBe(true);
    expect(verdict.comparing?.alignedWords).toBeGreaterThan(100);
  });

  it('is apart from the same template with other facts', () => {
    expect(ruling(OTHER, scanned(HARBOUR)).rule).toBe('facts-differ');
  });
});

describe('a short text', () => {
  const brief =
    'The night train to Sandholm was late by an hour on Monday because of snow on the bridge, the railway said.';

  it('is linked to a longer one that begins with it', () => {
    expect(ruling(brief, `${brief} ${words('further', 60)}`)).toMatchObject({ linked: true, facts: { changes: 0 } });
  });

  it('is apart from one that names another place', () => {
    const verdict = ruling(brief, `${brief.replace('Sandholm', 'Brackwater')} ${words('further', 60)}`);
    expect(verdict).toMatchObject({ linked: false, rule: 'facts-differ', facts: { changes: 1 } });
  });

  it('is apart from one that says as much in other words', () => {
    const reworded = brief.replace('was late by an hour on Monday', 'came late');
    expect(ruling(brief, reworded).linked).toBe(false);
  });
});

describe('texts in a script without capitals', () => {
  const weather = (town: string, high: string, wind: string) =>
    `${town}今天天气晴朗，最高气温${high}度，${wind}风三到四级。气象台提醒市民外出注意防晒，早晚温差较大，请适当增减衣物。预计未来三天${town}仍以晴天为主，空气质量良好，适合户外活动和晾晒衣物，夜间有薄雾。`;

  it('are apart when a template was filled in with other places', () => {
    const verdict = ruling(weather('北京', '三十', '东北'), weather('广州', '三十', '西南'));
    expect(verdict).toMatchObject({ linked: false, rule: 'facts-differ' });
  });

  it('are linked when one is cut, or a wording was changed', () => {
    const text = weather('北京', '三十', '东北');
    expect(ruling(text, text.slice(0, 90)).linked).toBe(true);
    expect(ruling(text, text.replace('提醒', '建议')).linked).toBe(true);
  });
});

describe('texts that only look alike', () => {
  it('are apart when a template was filled in with other facts, and the verdict shows some of them', () => {
    const verdict = ruling(HARBOUR, OTHER);
    expect(verdict).toMatchObject({ kind: 'different', rule: 'facts-differ' });
    expect(Math.max(verdict.aInB, verdict.bInA)).toBeGreaterThan(0.6);
    expect(verdict.facts?.changes).toBeGreaterThanOrEqual(5);
    expect(verdict.facts?.examples).toContainEqual({ a: 'Brackwater', b: 'Sandholm' });
  });

  it('are apart when one name stands for another in an otherwise equal text, at one change in 115 words', () => {
    expect(ruling(HARBOUR, HARBOUR.replace('Brackwater', 'Sandholm')).rule).toBe('facts-differ');
  });

  it('are apart when the same site text stands around two bodies', () => {
    const around = (body: string) => `${words('menu', 60)} ${body} ${words('footer', 90)}`;
    const verdict = ruling(around(words('one', 70)), around(words('two', 70)));
    expect(verdict).toMatchObject({ linked: false, rule: 'passages-differ' });
  });

  it('are apart when a digest holds the opening of one among others', () => {
    const digest = [HARBOUR.slice(0, 160), words('second', 120), words('third', 120)].join(' ');
    expect(ruling(HARBOUR, digest).linked).toBe(false);
  });

  it('are apart when the whole of one stands far down in a longer other', () => {
    const digest = [words('first', 150), HARBOUR, words('third', 200)].join(' ');
    expect(ruling(HARBOUR, digest)).toMatchObject({ linked: false, rule: 'part-of-another' });
    expect(ruling(HARBOUR, [HARBOUR, words('first', 150), words('third', 200)].join(' ')).linked).toBe(true);
  });

  it('are apart when they are brief and not equal, or too thin to be anybody’s', () => {
    const brief = words('w', PARAMS.briefWords - 1);
    expect(ruling(brief, `${brief} more`).rule).toBe('short');
    expect(ruling(brief, brief).rule).toBe('equal');
    expect(ruling('Page not found', 'Page not found').rule).toBe('thin');
  });

  it('are apart when different parameters signed them', () => {
    expect(judge(sign(HARBOUR), { ...sign(HARBOUR), version: PARAMS.version + 1 }).rule).toBe('version');
  });
});

/** Texts made of pieces that repeat among them, with names and numbers, so that every rule is met. */
const piece = fc.constantFrom(
  HARBOUR,
  OTHER,
  HARBOUR.slice(0, 300),
  HARBOUR.slice(300),
  words('menu', 30),
  words('footer', 45),
  'Oslo 5',
  'Bergen 7',
  'a quiet evening by the sea',
);
const anyText = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(' '));

describe('a verdict', () => {
  it('is the same from the other side, with its sides exchanged', () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        const [a, b] = [sign(one), sign(other)];
        expect(judge(b, a)).toEqual(mirrored(judge(a, b)));
      }),
    );
  });

  it('links exactly the kinds other than different, by a rule of the list', () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        const [a, b] = [sign(one), sign(other)];
        const verdict = judge(a, b);
        expect(RULES[verdict.rule as keyof typeof RULES]).toBe(verdict.kind);
        expect(verdict.linked).toBe(verdict.kind !== 'different');
      }),
    );
  });

  it('does not depend on what was compared before', () => {
    const [a, b, c] = [sign(HARBOUR), sign(OTHER), sign(words('z', 3000))];
    const first = judge(a, b);
    judge(a, c);
    expect(judge(a, b)).toEqual(first);
    expect(judge(sign(HARBOUR), sign(OTHER))).toEqual(first);
  });
});
