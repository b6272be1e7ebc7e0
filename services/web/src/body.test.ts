import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bodyParagraphs, piecesOf } from './body.ts';
import { render } from './html.ts';

const span = fc.record({ start: fc.nat(40), end: fc.nat(40), rule: fc.constantFrom('a', 'b') });

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

test('boilerplate is marked where it stands, across paragraphs too', () => {
  const body = 'The ferry stops.\n\nSign up!\n\n\nNow <b>.';
  const page = render(bodyParagraphs(body, [{ start: 18, end: body.length, rule: 'newsletter-pitch' }]));
  const marked = (text: string) =>
    `<p><span class="boilerplate" title="Boilerplate: newsletter-pitch"><span class="hidden">(boilerplate) </span>${text}</span></p>\n`;
  expect(page).toBe(`<p>The ferry stops.</p>\n${marked('Sign up!')}${marked('Now &lt;b&gt;.')}`);
});

test('an empty body has no paragraphs', () => {
  expect(render(bodyParagraphs(' \n\n ', []))).toBe('');
});
