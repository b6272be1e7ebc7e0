import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { furnitureIn, learnFurniture, NO_FURNITURE, type PrintedText } from './furniture.ts';
import { PARAMS } from './params.ts';

const words = (seed: string, count: number) => Array.from({ length: count }, (_, i) => `${seed}${i}`).join(' ');
const article = (seed: string, ...around: string[]): PrintedText => ({
  title: `About ${seed}`,
  body: [words(seed, 80), ...around].join('\n\n'),
});

const PITCH =
  'Get the Shore Letter in your inbox each morning, free of charge, and never miss what the harbour is talking about.';
const TICKER = 'Sections Weather Tides Ferries Letters Markets Obituaries Crossword Puzzles Archive Contact Imprint';

/** What is left of a body without its furniture. */
function own({ body }: PrintedText, furniture = NO_FURNITURE): string {
  let text = '';
  let from = 0;
  for (const { start, end } of furnitureIn(body, furniture)) {
    text += body.slice(from, start);
    from = end;
  }
  return `${text}${body.slice(from)}`.trim();
}

describe('furniture of a source', () => {
  it('is what stands in a second story', () => {
    const first = article('one', PITCH);
    expect(learnFurniture([first]).lines).toHaveLength(0);
    const furniture = learnFurniture([first, article('two', PITCH)]);
    expect(own(first, furniture)).toBe(words('one', 80));
  });

  it('is found inside a line, where a page was flattened', () => {
    const flat = (seed: string): PrintedText => ({ title: seed, body: `${TICKER} ${words(seed, 80)} ${PITCH}` });
    const furniture = learnFurniture([flat('one'), flat('two'), flat('three')]);
    expect(own(flat('one'), furniture)).toBe(words('one', 80));
  });

  it('is not a turn of phrase inside two sentences', () => {
    const said = 'the minister said on Monday in the capital';
    const articles = ['one', 'two'].map((seed) => ({
      title: seed,
      body: `${words(seed, 40)} ${said} ${words(seed, 40)}`,
    }));
    expect(articles.flatMap(({ body }) => furnitureIn(body, learnFurniture(articles)))).toEqual([]);
  });

  it('is not the text of a story that was printed again with a new headline and a paragraph more', () => {
    const text = words('story', 120);
    const printings = [text, `${text}\n\n${words('update', 30)}`, `${words('lead', 12)}\n\n${text}`].map(
      (body, at) => ({
        title: `Headline ${at}`,
        body,
      }),
    );
    const furniture = learnFurniture([...printings, article('other')]);
    expect(own(printings[0] as PrintedText, furniture)).toBe(text);
  });

  it('is what stands under five headlines, even where it is most of every page', () => {
    const wall = words('wall', 60);
    const walls = Array.from({ length: 5 }, (_, at) => ({ title: `Headline ${at}`, body: wall }));
    expect(own(walls[0] as PrintedText, learnFurniture(walls.slice(1)))).toBe(wall);
    expect(own(walls[0] as PrintedText, learnFurniture([...walls, article('other')]))).toBe('');
    const menus = Array.from({ length: 6 }, (_, at) => ({
      title: `Headline ${at}`,
      body: `${wall} ${words(`own${at}`, 20)}`,
    }));
    expect(own(menus[0] as PrintedText, learnFurniture(menus))).toBe(words('own0', 20));
  });

  it('is, on a large source, only what stands in a tenth of its stories', () => {
    const articles = Array.from({ length: 50 }, (_, at) => article(`s${at}`, at < 3 ? PITCH : ''));
    expect(own(articles[0] as PrintedText, learnFurniture(articles))).toContain('Shore Letter');
    expect(own(articles[0] as PrintedText, learnFurniture(articles.slice(0, 10)))).not.toContain('Shore Letter');
  });

  it('means nothing under other parameters', () => {
    const furniture = learnFurniture([article('one', PITCH), article('two', PITCH)]);
    const older = { ...furniture, version: PARAMS.version - 1 };
    expect(furnitureIn(article('one', PITCH).body, older)).toEqual([]);
  });

  it('is told in the offsets of the body, also where composing changes lengths', () => {
    const pitch =
      'Abonnez-vous ﷺ à la lettre du port, gratuite, chaque matin, avant tous les autres lecteurs de la côte';
    const [first, second] = [article('eins', pitch), article('zwei', pitch)] as const;
    const furniture = learnFurniture([first, second]);
    expect(own(first, furniture)).toBe(words('eins', 80));
  });
});

const piece = fc.constantFrom(
  PITCH,
  TICKER,
  words('story', 40),
  words('other', 40),
  'Read more',
  '北京的港口今天早上关闭了',
);
const printed = fc.record({
  title: fc.constantFrom('', 'One', 'Two', 'Three'),
  body: fc.array(piece, { maxLength: 5 }).map((all) => all.join('\n')),
});

describe('learning', () => {
  it('depends neither on the order nor on repeats of the articles', () => {
    fc.assert(
      fc.property(
        fc
          .array(printed, { maxLength: 10 })
          .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          const once = learnFurniture(all);
          expect(learnFurniture(shuffled)).toEqual(once);
          expect(learnFurniture([...all, ...shuffled.slice(0, 2)])).toEqual(once);
        },
      ),
    );
  });

  it('finds spans that are sorted, disjoint and inside the body', () => {
    fc.assert(
      fc.property(fc.array(printed, { minLength: 1, maxLength: 8 }), (all) => {
        const furniture = learnFurniture(all);
        for (const { body } of all) {
          let last = 0;
          for (const { start, end } of furnitureIn(body, furniture)) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            last = end;
          }
          expect(last).toBeLessThanOrEqual(body.length);
        }
      }),
    );
  });
});
