import { describe, expect, test } from 'vitest';
import { readPage } from './read-page.ts';

const MAIN = [
  'The town of Lindesnar lit its new lighthouse for the first time on Friday, and ships answered with their horns.',
  'The lamp is visible for twenty miles and costs no more to run than a kettle, the engineer who built it said.',
  'The old tower becomes a museum, where children may climb to the gallery on the first Sunday of each month.',
];
const PROSE =
  'A storm pushed the sea over the wall at the cape on Sunday, and people of the lower streets carried their chairs to the church. ' +
  'Fishermen tied boats to lampposts, and the keeper counted gusts of eighty miles an hour before the instrument broke in his hands.';

interface CardParts {
  outlet: string;
  ago: string;
  href: string;
  title: string;
  text?: string;
}

const card = ({ outlet, ago, href, title, text = PROSE }: CardParts): string =>
  `<div class="card"><span>${outlet}</span><div class="when">${ago}</div><h3><a href="${href}">${title}</a></h3><p>${text}</p></div>`;

const CARDS: CardParts[] = [
  {
    outlet: 'Coast Herald',
    ago: '2 hours ago',
    href: 'https://coastherald.example/storm',
    title: 'Storm surge at the cape',
  },
  {
    outlet: 'Bay Chronicle',
    ago: '3 hours ago',
    href: 'https://baychronicle.example/surge',
    title: 'Sea comes over the wall',
  },
];

function read(cards: readonly CardParts[]) {
  const html = `<title>Lindesnar lights its lamp</title><h1>Lindesnar lights its lamp</h1><article>${MAIN.map((text) => `<p>${text}</p>`).join('')}</article><section><h2>Elsewhere</h2>${cards.map(card).join('')}</section>`;
  const reading = readPage({ html, url: 'https://gather.example/a', seenAt: '2026-05-31T12:00:00Z' });
  if (!reading.ok) throw new Error(reading.reason);
  return reading;
}

describe('cards of an aggregator', () => {
  test('are articles of their outlets, with a time resolved against the page’s', () => {
    const { cards, article } = read(CARDS);
    expect(cards).toMatchObject([
      {
        url: 'https://coastherald.example/storm',
        source: 'Coast Herald',
        title: 'Storm surge at the cape',
        text: PROSE,
      },
      {
        url: 'https://baychronicle.example/surge',
        source: 'Bay Chronicle',
        title: 'Sea comes over the wall',
        text: PROSE,
      },
    ]);
    expect(cards[0]?.published).toMatchObject({ at: '2026-05-31T10:00:00.000Z', evidence: '2 hours ago' });
    expect(cards[0]?.published?.uncertaintyMs).toBeGreaterThan(0);
    expect(article.body).toBe(MAIN.join('\n\n'));
  });

  test('one card alone is not enough', () => {
    expect(read(CARDS.slice(0, 1)).cards).toEqual([]);
  });

  test('teasers, links within the site, and items without a time are no cards', () => {
    expect(read(CARDS.map((parts) => ({ ...parts, text: 'A storm pushed the sea over the wall.' }))).cards).toEqual([]);
    expect(read(CARDS.map((parts) => ({ ...parts, href: '/more' }))).cards).toEqual([]);
    expect(read(CARDS.map((parts) => ({ ...parts, ago: 'Weather' }))).cards).toEqual([]);
  });

  test('two dated items among many of their shape are a list and no cards', () => {
    const others = Array.from({ length: 6 }, (_, i) => ({ ...CARDS[0], ago: `Place ${i}` }) as CardParts);
    expect(read([...CARDS, ...others]).cards).toEqual([]);
  });

  test.each([
    ['list items', (cards: string[]) => `<ul>${cards.map((one) => `<li class="item">${one}</li>`).join('')}</ul>`],
    [
      'rows of a table',
      (cards: string[]) => `<table>${cards.map((one) => `<tr><td>${one}</td></tr>`).join('')}</table>`,
    ],
    [
      'articles with ids of their own',
      (cards: string[]) => cards.map((one, at) => `<article id="entry-${at}">${one}</article>`).join(''),
    ],
    [
      'odd and even boxes',
      (cards: string[]) => cards.map((one, at) => `<div class="box ${at % 2 ? 'odd' : 'even'}">${one}</div>`).join(''),
    ],
  ])('are found as %s', (_, list) => {
    const html = `<title>Lindesnar lights its lamp</title><h1>Lindesnar lights its lamp</h1><div>${MAIN.map((text) => `<p>${text}</p>`).join('')}</div><section>${list(CARDS.map(card))}</section>`;
    const reading = readPage({ html, url: 'https://aggregator.example/lamp', seenAt: '2026-05-30T18:00:00Z' });
    expect(reading.ok && reading.cards.map(({ source, title }) => [source, title])).toEqual(
      CARDS.map(({ outlet, title }) => [outlet, title]),
    );
    expect(reading.ok && reading.article.body).toBe(MAIN.join('\n\n'));
  });
});
