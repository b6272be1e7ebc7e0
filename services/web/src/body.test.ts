import type { Paragraph, ParagraphForm } from '@wirefold/article';
import { paragraphsIn } from '@wirefold/article';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bodyText, piecesOf } from './body.ts';
import { render } from './html.ts';

const span = fc.record({ start: fc.nat(40), end: fc.nat(40), rule: fc.constantFrom('a', 'b') });

/** A body of one paragraph for each form, called as given. */
function printed(texts: [string, ParagraphForm][], boilerplate: Parameters<typeof bodyText>[0]['boilerplate'] = []) {
  let start = 0;
  const paragraphs = texts.map(([text, form]): Paragraph => {
    const paragraph = { ...form, start, end: start + text.length };
    start += text.length + 2;
    return paragraph;
  });
  return { body: texts.map(([text]) => text).join('\n\n'), paragraphs, boilerplate };
}

const shown = (texts: [string, ParagraphForm][], top: 2 | 3 = 2) => render(bodyText(printed(texts), top)).trim();
const item = (number: number, more: object = {}): ParagraphForm => ({
  kind: 'item',
  depth: 1,
  isOrdered: false,
  number,
  isContinued: false,
  ...more,
});

test('pieces give back the whole text, whatever the spans', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.array(span, { maxLength: 5 }), (body, spans) => {
      const pieces = piecesOf(body, 0, body.length, spans);
      expect(pieces.map(({ text }) => text).join('')).toBe(body);
      const inSpan =
        [...body].length === body.length &&
        body.split('').map((_, at) => spans.some(({ start, end }) => start <= at && at < end));
      if (inSpan) expect(pieces.flatMap(({ text, rule }) => Array(text.length).fill(rule !== null))).toEqual(inSpan);
    }),
  );
});

describe('boilerplate', () => {
  const marked = (text: string) =>
    `<span class="boilerplate" title="Boilerplate: newsletter-pitch"><span class="hidden">(boilerplate) </span>${text}</span>`;

  test('is marked where it stands, across paragraphs too', () => {
    const body = 'The ferry stops.\n\nSign up!\n\n\nNow <b>.';
    const boilerplate = [{ start: 18, end: body.length, rule: 'newsletter-pitch' }];
    const page = render(bodyText({ body, paragraphs: paragraphsIn(body), boilerplate }, 2));
    expect(page).toBe(`<p>The ferry stops.</p>\n<p>${marked('Sign up!')}</p>\n<p>${marked('Now &lt;b&gt;.')}</p>\n`);
  });

  test('is marked in an item and in a line, and cuts neither', () => {
    const { body, paragraphs } = printed([
      ['Bring boots. Sign up! Bring bread.', item(1)],
      ['One line. Sign up!', { kind: 'quote' }],
    ]);
    const quote = { ...(paragraphs[1] as Paragraph), breaks: [45] };
    const boilerplate = [
      { start: 13, end: 21, rule: 'newsletter-pitch' },
      { start: 46, end: 54, rule: 'newsletter-pitch' },
    ];
    const page = render(bodyText({ body, paragraphs: [paragraphs[0] as Paragraph, quote], boilerplate }, 2));
    expect(page).toContain(`<ul><li>Bring boots. ${marked('Sign up!')} Bring bread.</li></ul>`);
    expect(page).toContain(`<blockquote><p>One line.<br>${marked('Sign up!')}</p></blockquote>`);
  });
});

describe('the structure', () => {
  test('headings go one level at a time, below the page’s own', () => {
    const texts: [string, ParagraphForm][] = [
      ['A', { kind: 'heading', level: 4 }],
      ['B', { kind: 'heading', level: 2 }],
      ['C', { kind: 'heading', level: 6 }],
    ];
    expect(shown(texts)).toBe('<h2>A</h2>\n<h2>B</h2>\n<h3>C</h3>');
    expect(shown(texts, 3)).toBe('<h3>A</h3>\n<h3>B</h3>\n<h4>C</h4>');
  });

  test('items make lists in lists, as the page numbers them', () => {
    expect(
      shown([
        ['A', item(4, { isOrdered: true })],
        ['more', item(4, { isOrdered: true, isContinued: true })],
        ['inner', item(1, { depth: 2 })],
        ['B', item(5, { isOrdered: true })],
        ['other', item(1)],
      ]),
    ).toBe(
      '<ol><li value="4"><p>A</p><p>more</p><ul><li>inner</li></ul></li><li value="5">B</li></ol>\n<ul><li>other</li></ul>',
    );
  });

  test('cells stand in their rows and columns, in a table that the keyboard reaches', () => {
    const cell = (row: number, column: number, isHeader = false): ParagraphForm => ({
      kind: 'cell',
      table: 1,
      row,
      column,
      isHeader,
    });
    expect(
      shown([
        ['Pier', cell(1, 1, true)],
        ['Depth', cell(1, 3, true)],
        ['East', cell(2, 1, true)],
        ['4 m', cell(2, 3)],
      ]),
    ).toBe(
      '<div class="wide" role="region" aria-label="Table 1 of the text" tabindex="0"><table><tbody>' +
        '<tr><th scope="col">Pier</th><td colspan="1"></td><th scope="col">Depth</th></tr>' +
        '<tr><th scope="row">East</th><td colspan="1"></td><td>4 m</td></tr></tbody></table></div>',
    );
  });

  test('quotes, preformatted lines, captions and definitions have their own elements', () => {
    expect(
      shown([
        ['said', { kind: 'quote' }],
        ['a  b', { kind: 'preformatted' }],
        ['pier', { kind: 'caption' }],
        ['tide', { kind: 'term' }],
        ['water', { kind: 'definition' }],
      ]),
    ).toBe(
      '<blockquote><p>said</p></blockquote>\n<pre>a  b</pre>\n<p class="caption">pier</p>\n<dl><dt>tide</dt><dd>water</dd></dl>',
    );
  });
});

test('an empty body has no paragraphs', () => {
  expect(render(bodyText({ body: ' \n\n ', paragraphs: paragraphsIn(' \n\n '), boilerplate: [] }, 2))).toBe('');
});
