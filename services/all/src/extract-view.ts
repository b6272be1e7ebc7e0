import {
  type Article,
  type CellParagraph,
  columnsOf,
  type ExplainedBlock,
  type ListSection,
  linesOf,
  type PageExplanation,
  type Paragraph,
  type Reading,
  type Section,
  sectionsOf,
} from '@wirefold/article';
import wrapAnsi from 'wrap-ansi';
import { addressLines } from './extract-addresses.ts';
import { tame } from './tame.ts';

/** Columns of a terminal. */
const WIDTH = 80;
const EXCERPT_CHARS = 60;

/** How a piece of a body is set: as a person reads it in a terminal, or as Markdown. */
interface Style {
  paragraph(text: string, indent: string): string;
  heading(text: string, level: number): string;
  quote: string;
  preformatted(lines: string[]): string;
  bullet: string;
  table(rows: CellParagraph[][], words: (paragraph: Paragraph) => string): string;
  words(text: string): string;
  lineEnd: string;
}

const wrap = (text: string, indent: string): string =>
  text
    .split('\n')
    .flatMap((line) => wrapAnsi(line, WIDTH - indent.length, { hard: true }).split('\n'))
    .map((line) => `${indent}${line}`)
    .join('\n');

const underlined = (text: string, mark: string): string => {
  const lines = wrap(text, '').split('\n');
  return `${lines.join('\n')}\n${mark.repeat(Math.min(Math.max(...lines.map((line) => line.length)), WIDTH))}`;
};

const TERMINAL: Style = {
  paragraph: wrap,
  heading: (text) => underlined(text, '-'),
  quote: '  | ',
  preformatted: (lines) => lines.map((line) => `    ${line}`).join('\n'),
  bullet: '•',
  table: (rows, words) => rows.map((row) => row.map((cell) => words(cell)).join(' | ')).join('\n'),
  words: (text) => text,
  lineEnd: '\n',
};

const MARKDOWN: Style = {
  paragraph: (text, indent) =>
    text
      .split('\n')
      .map((line) => `${indent}${line}`)
      .join('\n'),
  heading: (text, level) => `${'#'.repeat(Math.min(level + 1, 6))} ${text}`,
  quote: '> ',
  preformatted: (lines) => lines.map((line) => `    ${line}`).join('\n'),
  bullet: '-',
  table: markdownTable,
  // What Markdown, or the HTML in it, would read as markup.
  words: (text) => text.replace(/[\\`*_{}[\]<>#|~&]/g, '\\$&').replace(/^(\s*(?:\d{1,9}(?=[.)])|(?=[-+=])))/gm, '$1\\'),
  lineEnd: '  \n',
};

/** More columns than a table of a text has are read in their order alone. */
const COLUMNS_SET_MAX = 30;

function markdownTable(rows: CellParagraph[][], words: (paragraph: Paragraph) => string): string {
  const isSet = columnsOf(rows) <= COLUMNS_SET_MAX;
  const width = isSet ? columnsOf(rows) : Math.max(...rows.map((row) => row.length));
  const lines = rows.map((row) => {
    const cells = Array<string>(width).fill('');
    row.forEach((cell, at) => {
      cells[isSet ? cell.column - 1 : at] = words(cell).replaceAll('\n', ' ');
    });
    return `| ${cells.join(' | ')} |`;
  });
  lines.splice(1, 0, `|${' --- |'.repeat(width)}`);
  return lines.join('\n');
}

function bodyIn({ body, paragraphs }: Article, style: Style): string {
  const lines = (paragraph: Paragraph): string[] =>
    linesOf(paragraph).map(({ start, end }) => style.words(tame(body.slice(start, end))));
  const words = (paragraph: Paragraph): string => lines(paragraph).join(style.lineEnd);
  const list = ({ isOrdered, items }: ListSection, indent: string): string =>
    items
      .map(({ number, parts }) => {
        const mark = `${isOrdered ? `${number}.` : style.bullet} `;
        const inner = indent + ' '.repeat(mark.length);
        const [first = '', ...more] = parts.map((part) =>
          part.kind === 'list' ? list(part, inner) : style.paragraph(words(part), inner),
        );
        return [`${indent}${mark}${first.slice(inner.length)}`, ...more].join('\n');
      })
      .join('\n');
  const show = (section: Section): string => {
    if (section.kind === 'heading') return style.heading(words(section).replaceAll('\n', ' '), section.level);
    if (section.kind === 'list') return list(section, style === TERMINAL ? '  ' : '');
    if (section.kind === 'table') return style.table(section.rows, words);
    if (section.kind !== 'run') return style.paragraph(words(section), '');
    if (section.of === 'preformatted')
      return style.preformatted(
        section.paragraphs.flatMap((each) => linesOf(each).map((l) => tame(body.slice(l.start, l.end)))),
      );
    if (section.of === 'quote')
      return section.paragraphs.map((each) => style.paragraph(words(each), style.quote)).join(`\n${style.quote}\n`);
    return section.paragraphs
      .map((each) => style.paragraph(words(each), each.kind === 'definition' && style === TERMINAL ? '    ' : ''))
      .join(style === TERMINAL ? '\n' : '\n\n');
  };
  return sectionsOf(paragraphs).map(show).join('\n\n');
}

/** Who, when, where: as far as it is known. */
function aboutOf({ byline, published, source, url }: Article): string {
  const time = published === null ? null : `${published.uncertaintyMs > 0 ? 'about ' : ''}${published.at}`;
  return tame([byline, time, source.name, url].filter((part) => part !== null && part !== '').join(' · '));
}

/** An article as a person reads it in a terminal; or why the page is none. */
export function textView(reading: Reading, name: string): string {
  if (!reading.ok) return `${tame(name)}: not an article: ${reading.reason}, ${tame(reading.detail)}\n`;
  const { article } = reading;
  const about = [aboutOf(article), ...addressLines(article).map(tame)].map((line) => wrap(line, '')).join('\n');
  return `${underlined(tame(article.title), '=')}\n${about}\n\n${bodyIn(article, TERMINAL)}\n`;
}

/** The same as Markdown. */
export function markdownView(reading: Reading, name: string): string {
  if (!reading.ok) return `${MARKDOWN.words(tame(name))}: not an article: ${reading.reason}\n`;
  const { article } = reading;
  const about = [aboutOf(article), ...addressLines(article).map(tame)].map(MARKDOWN.words).join(MARKDOWN.lineEnd);
  const head = `# ${MARKDOWN.words(tame(article.title))}\n\n${about}`;
  return `${head}\n\n${bodyIn(article, MARKDOWN)}\n`;
}

/** A table of the blocks of a page: kept or dropped, why, and how likely it is the article’s own text. */
export function blocksView({ blocks, origin }: PageExplanation): string {
  const kept = blocks.filter(({ isKept }) => isKept).length;
  const rows = blocks.map(({ isKept, likelihood, words, reason, detail, text }: ExplainedBlock) => {
    const why = detail === null ? reason : `${reason}: ${detail}`;
    const excerpt = text.length > EXCERPT_CHARS ? `${text.slice(0, EXCERPT_CHARS - 1)}…` : text;
    return `${isKept ? '+' : ' '} ${likelihood.toFixed(3)} ${String(words).padStart(5)}  ${why.padEnd(34)}  ${tame(excerpt)}`;
  });
  const head = `${blocks.length} blocks, ${kept} kept; the body is from: ${origin}`;
  return `${[head, '  likely words  why                                 text', ...rows].join('\n')}\n`;
}
