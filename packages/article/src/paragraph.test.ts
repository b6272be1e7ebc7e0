import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Paragraph } from './article.ts';
import { linesOf, PARAGRAPHS_MAX, paragraphsIn, paragraphsOfBlocks } from './paragraph.ts';
import { readPage } from './read-page.ts';
import { readText } from './read-text.ts';
import { scanPage } from './scan.ts';

const PROSE =
  'The harbour council of Ostervik voted on Tuesday to rebuild the north pier, which a winter storm had broken in two places, and to pay for it from the port dues of the next three years.';

/** The paragraphs of markup all of which is body, with their text. */
function formsIn(html: string): (Partial<Paragraph> & { text: string })[] {
  const { blocks } = scanPage(html);
  const body = blocks.map(({ text }) => text).join('\n\n');
  return paragraphsOfBlocks(body, blocks).map(({ start, end, ...form }) => ({ ...form, text: body.slice(start, end) }));
}

describe('the forms of paragraphs', () => {
  test('headings carry their level, paragraphs nothing', () => {
    expect(formsIn(`<h2>Tides</h2><p>${PROSE}</p><h4><span>Boats</span></h4>`)).toEqual([
      { kind: 'heading', level: 2, text: 'Tides' },
      { kind: 'paragraph', text: PROSE },
      { kind: 'heading', level: 4, text: 'Boats' },
    ]);
  });

  test('items carry the depth, the kind and the number of their list', () => {
    const forms = formsIn(
      `<p>${PROSE}</p><ol start="3"><li>Ropes<li><p>Nets</p><p>of hemp</p><ul><li>old</li></ul></li><li value="9">Oars</ol>`,
    );
    const item = { kind: 'item', depth: 1, isOrdered: true, isContinued: false };
    expect(forms.slice(1)).toEqual([
      { ...item, number: 3, text: 'Ropes' },
      { ...item, number: 4, text: 'Nets' },
      { ...item, number: 4, isContinued: true, text: 'of hemp' },
      { ...item, depth: 2, isOrdered: false, number: 1, text: 'old' },
      { ...item, number: 9, text: 'Oars' },
    ]);
  });

  test('cells carry their row and the column that they begin in, empty and wide cells counted', () => {
    const table = '<table><tr><th>Pier<th colspan=2>Depth<th>Ships<tr><td>East<td><td>4 m<td>12</table>';
    const forms = formsIn(`<p>${PROSE}</p>${table}<p>${PROSE}</p>${table}`);
    const cell = (table: number, row: number, column: number, isHeader: boolean, text: string) => ({
      kind: 'cell',
      table,
      row,
      column,
      isHeader,
      text,
    });
    const cells = (table: number) => [
      cell(table, 1, 1, true, 'Pier'),
      cell(table, 1, 2, true, 'Depth'),
      cell(table, 1, 4, true, 'Ships'),
      cell(table, 2, 1, false, 'East'),
      cell(table, 2, 3, false, '4 m'),
      cell(table, 2, 4, false, '12'),
    ];
    expect(forms.filter(({ kind }) => kind === 'cell')).toEqual([...cells(1), ...cells(2)]);
  });

  test('quotes, captions, terms and definitions are told by their elements', () => {
    const html = `<p>${PROSE}</p><blockquote><p>We stay.</p></blockquote><figcaption>The pier</figcaption><dl><dt>Ebb<dd>falling water</dl>`;
    expect(formsIn(html).map(({ kind }) => kind)).toEqual(['paragraph', 'quote', 'caption', 'term', 'definition']);
  });

  test('an element that holds most of the body is layout: a cell, an item, a quote of the whole article', () => {
    const whole = `<p>${PROSE}</p><p>${PROSE}</p>`;
    for (const [open, close] of [
      ['<table><tr><td>', '<td></table>'],
      ['<ul><li>', '</ul>'],
      ['<blockquote>', '</blockquote>'],
    ]) {
      expect(formsIn(`${open}${whole}${close}`).map(({ kind }) => kind)).toEqual(['paragraph', 'paragraph']);
    }
  });

  test('what stands around an article element is not of its structure', () => {
    const html = `<p>${PROSE}</p><ul><li><article><p>A short one.</p></article></li></ul>`;
    expect(formsIn(html).map(({ kind }) => kind)).toEqual(['paragraph', 'paragraph']);
  });
});

describe('lines', () => {
  const linesIn = (html: string): string[][] => {
    const { blocks } = scanPage(html);
    const body = blocks.map(({ text }) => text).join('\n\n');
    return paragraphsOfBlocks(body, blocks).map((paragraph) =>
      linesOf(paragraph).map(({ start, end }) => body.slice(start, end)),
    );
  };

  test('a preformatted text keeps its lines, and a verse its breaks', () => {
    expect(
      linesIn('<p>First.</p><pre>WIND  northwest\n\n  20 knots\nSEA 3 ft</pre><p>One<br>two <br/>\nthree</p>'),
    ).toEqual([['First.'], ['WIND northwest', '20 knots', 'SEA 3 ft'], ['One', 'two', 'three']]);
  });

  test('line ends of the source are no lines', () => {
    expect(linesIn('<p>One\ntwo\r\nthree</p>')).toEqual([['One two three']]);
  });
});

describe('paragraphs and the body', () => {
  test('paragraphs are the body, whatever is said of them', () => {
    const known = fc.array(fc.record({ kind: fc.constant('quote' as const), start: fc.nat(30), end: fc.nat(30) }), {
      maxLength: 6,
    });
    const body = fc.array(fc.constantFrom('a', ' ', '\n', '\n\n'), { maxLength: 25 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(body, known, (text, forms) => {
        const paragraphs = paragraphsIn(text, forms);
        const texts = paragraphs.map(({ start, end }) => text.slice(start, end));
        expect(texts).toEqual(text.split(/\n{2,}/).filter((part) => part.trim() !== ''));
      }),
    );
  });

  test('a text of more paragraphs than an article has ends in a long one', () => {
    const body = 'a\n\n'.repeat(PARAGRAPHS_MAX + 9);
    const paragraphs = paragraphsIn(body);
    expect(paragraphs).toHaveLength(PARAGRAPHS_MAX);
    expect(paragraphs.at(-1)?.end).toBe(body.length);
  });

  test('a form counts where it is exactly a paragraph', () => {
    const forms: Paragraph[] = [
      { kind: 'quote', start: 0, end: 3 },
      { kind: 'quote', start: 5, end: 7 },
    ];
    expect(paragraphsIn('One\n\nTwo', forms).map(({ kind }) => kind)).toEqual(['quote', 'paragraph']);
  });

  test('a pushed text has ordinary paragraphs', () => {
    const reading = readText({
      title: 'Pier',
      text: `${PROSE}\n\n- ${PROSE}\n\n- ${PROSE}`,
      source: null,
      url: null,
      published: null,
      seenAt: '2026-05-30T18:00:00Z',
      isCard: false,
    });
    expect(reading.ok && reading.article.paragraphs.map(({ kind }) => kind)).toEqual(Array(3).fill('paragraph'));
  });

  test('a body from structured data has the forms that its markup gives', () => {
    const articleBody = `<p>${PROSE}</p><h2>Why now</h2><ul><li>${PROSE}</li><li>${PROSE}</li></ul>`.repeat(2);
    const data = JSON.stringify({ '@type': 'NewsArticle', articleBody });
    const reading = readPage({
      html: `<script type="application/ld+json">${data}</script><p>A short teaser that says little of what was decided.</p>`,
      url: 'https://shorepost.example/pier',
      seenAt: '2026-05-30T18:00:00Z',
    });
    const kinds = ['paragraph', 'heading', 'item', 'item'];
    expect(reading.ok && reading.article.paragraphs.map(({ kind }) => kind)).toEqual([...kinds, ...kinds]);
  });
});
