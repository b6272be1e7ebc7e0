import {
  type BoilerplateSpan,
  type CellParagraph,
  type ListSection,
  linesOf,
  type Paragraph,
  type Section,
  sectionsOf,
} from '@wirefold/article';
import { type Fill, type Html, html } from './html.ts';

/** A run of text that is either the article's own or, where it has a rule, the site's. */
interface Piece {
  text: string;
  rule: string | null;
}

/** A body as it was printed: what each paragraph is, and what of it is the site's. */
export interface PrintedBody {
  body: string;
  paragraphs: readonly Paragraph[];
  boilerplate: readonly BoilerplateSpan[];
}

/** How far a heading may stand below the one before it, so that nobody who goes by headings misses a level. */
const LEVEL_STEP_MAX = 1;
const LEVEL_MAX = 6;

/**
 * A body with its headings, lists, quotes and tables, the site's own text marked and dimmed; nothing of it is left out.
 * @param top level of its highest headings: one below the heading of the page that it stands under
 */
export function bodyText(printed: PrintedBody, top: 2 | 3): Html {
  const levelOf = levelReader(printed.paragraphs, top);
  let tables = 0;
  const show = (section: Section): Html => {
    if (section.kind === 'heading') return headingOf(levelOf(section.level), wordsOf(section, printed));
    if (section.kind === 'table') return tableOf(section.rows, printed, ++tables);
    if (section.kind === 'list') return listOf(section, printed);
    if (section.kind === 'run') return runOf(section, printed);
    const words = wordsOf(section, printed);
    return section.kind === 'caption' ? html`<p class="caption">${words}</p>` : html`<p>${words}</p>`;
  };
  return html`${sectionsOf(printed.paragraphs).map((section) => html`${show(section)}\n`)}`;
}

/** The levels of a body's headings from `top` on, without gaps. */
function levelReader(paragraphs: readonly Paragraph[], top: number): (level: number) => number {
  const used = new Set(paragraphs.flatMap((paragraph) => (paragraph.kind === 'heading' ? [paragraph.level] : [])));
  const ranks = [...used].sort();
  let last = top - 1;
  return (level) => {
    last = Math.min(top + ranks.indexOf(level), last + LEVEL_STEP_MAX, LEVEL_MAX);
    return last;
  };
}

function headingOf(level: number, words: Fill): Html {
  if (level === 2) return html`<h2>${words}</h2>`;
  if (level === 3) return html`<h3>${words}</h3>`;
  if (level === 4) return html`<h4>${words}</h4>`;
  return level === 5 ? html`<h5>${words}</h5>` : html`<h6>${words}</h6>`;
}

function runOf({ of, paragraphs }: Extract<Section, { kind: 'run' }>, printed: PrintedBody): Html {
  if (of === 'quote') {
    return html`<blockquote>${paragraphs.map((paragraph) => html`<p>${wordsOf(paragraph, printed)}</p>`)}</blockquote>`;
  }
  if (of === 'preformatted') {
    const texts = paragraphs.map((paragraph, at) => [at > 0 && '\n\n', wordsOf(paragraph, printed, '\n')]);
    return html`<pre>${texts}</pre>`;
  }
  return html`<dl>${paragraphs.map((paragraph) => {
    const words = wordsOf(paragraph, printed);
    return paragraph.kind === 'term' ? html`<dt>${words}</dt>` : html`<dd>${words}</dd>`;
  })}</dl>`;
}

function listOf({ isOrdered, items }: ListSection, printed: PrintedBody): Html {
  const partOf = (part: Paragraph | ListSection, isAlone: boolean): Fill => {
    if (part.kind === 'list') return listOf(part, printed);
    const words = wordsOf(part, printed);
    return isAlone ? words : html`<p>${words}</p>`;
  };
  const entries = items.map(({ number, parts }) => {
    const isAlone = parts.filter(({ kind }) => kind !== 'list').length === 1;
    const content = parts.map((part) => partOf(part, isAlone));
    return isOrdered ? html`<li value="${number}">${content}</li>` : html`<li>${content}</li>`;
  });
  return isOrdered ? html`<ol>${entries}</ol>` : html`<ul>${entries}</ul>`;
}

/** A table may be wider than the screen: it scrolls by itself, and the keyboard reaches it. */
function tableOf(rows: readonly CellParagraph[][], printed: PrintedBody, number: number): Html {
  const cellOf = (cell: CellParagraph, isHead: boolean): Html => {
    const words = wordsOf(cell, printed);
    if (!cell.isHeader) return html`<td>${words}</td>`;
    return isHead ? html`<th scope="col">${words}</th>` : html`<th scope="row">${words}</th>`;
  };
  const rowOf = (row: readonly CellParagraph[]): Html => {
    const isHead = row.every(({ isHeader }) => isHeader);
    const cells = row.map((cell, at) => {
      const gap = cell.column - (row[at - 1]?.column ?? 0) - 1;
      return html`${gap > 0 && html`<td colspan="${gap}"></td>`}${cellOf(cell, isHead)}`;
    });
    return html`<tr>${cells}</tr>`;
  };
  return html`<div class="wide" role="region" aria-label="Table ${number} of the text" tabindex="0"><table><tbody>${rows.map(rowOf)}</tbody></table></div>`;
}

/** The text of a paragraph, its lines as the page broke them. */
function wordsOf(paragraph: Paragraph, { body, boilerplate }: PrintedBody, lineEnd: Fill = html`<br>`): Fill {
  return linesOf(paragraph).map(({ start, end }, at) => [
    at > 0 && lineEnd,
    piecesOf(body, start, end, boilerplate).map(pieceOf),
  ]);
}

function pieceOf({ text, rule }: Piece): Fill {
  if (rule === null) return text;
  return html`<span class="boilerplate" title="Boilerplate: ${rule}"><span class="hidden">(boilerplate) </span>${text}</span>`;
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
