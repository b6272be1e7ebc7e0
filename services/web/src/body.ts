import type { BoilerplateSpan } from '@wirefold/article';
import { type Html, html } from './html.ts';

/** A run of text that is either the article's own or, where it has a rule, the site's. */
interface Piece {
  text: string;
  rule: string | null;
}

/** The paragraphs of a body, with the site's own text marked and dimmed; nothing of it is left out. */
export function bodyParagraphs(body: string, boilerplate: readonly BoilerplateSpan[]): Html {
  return html`${paragraphsOf(body).map(
    ({ start, end }) => html`<p>${piecesOf(body, start, end, boilerplate).map(pieceOf)}</p>\n`,
  )}`;
}

function pieceOf({ text, rule }: Piece): Fill {
  if (rule === null) return text;
  return html`<span class="boilerplate" title="Boilerplate: ${rule}"><span class="hidden">(boilerplate) </span>${text}</span>`;
}

type Fill = Html | string;

function paragraphsOf(body: string): { start: number; end: number }[] {
  const paragraphs: { start: number; end: number }[] = [];
  let start = 0;
  for (const gap of body.matchAll(/\n{2,}/g)) {
    paragraphs.push({ start, end: gap.index });
    start = gap.index + gap[0].length;
  }
  paragraphs.push({ start, end: body.length });
  return paragraphs.filter(({ start: from, end }) => body.slice(from, end).trim() !== '');
}

/** Cuts `body` from `start` to `end` at the edges of the spans; spans may overlap or stand in any order. */
export function piecesOf(body: string, start: number, end: number, spans: readonly BoilerplateSpan[]): Piece[] {
  const pieces: Piece[] = [];
  let at = start;
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const from = Math.max(span.start, at);
    const to = Math.min(span.end, end);
    if (from >= to) continue;
    if (from > at) pieces.push({ text: body.slice(at, from), rule: null });
    pieces.push({ text: body.slice(from, to), rule: span.rule });
    at = to;
  }
  if (at < end) pieces.push({ text: body.slice(at, end), rule: null });
  return pieces;
}
