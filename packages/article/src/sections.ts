/** The paragraphs of a body put together for showing: lists with their items, tables with their rows, quotes, definitions. */
import type { Paragraph } from './article.ts';

type Kind = Paragraph['kind'];
type Of<K extends Kind> = Extract<Paragraph, { kind: K }>;

export type CellParagraph = Of<'cell'>;

export interface ListSection {
  kind: 'list';
  isOrdered: boolean;
  items: ListItem[];
}

export interface ListItem {
  /** As the page counts. */
  number: number;
  parts: (Paragraph | ListSection)[];
}

/** One piece of a body as it is shown. A run holds the paragraphs of one quote, one preformatted text or one list of definitions. */
export type Section =
  | Of<'heading' | 'paragraph' | 'caption'>
  | { kind: 'run'; of: 'quote' | 'preformatted' | 'definitions'; paragraphs: Paragraph[] }
  | { kind: 'table'; rows: CellParagraph[][] }
  | ListSection;

/** Puts paragraphs together, in their order. */
export function sectionsOf(paragraphs: readonly Paragraph[]): Section[] {
  const sections: Section[] = [];
  let at = 0;
  while (at < paragraphs.length) {
    const first = paragraphs[at] as Paragraph;
    const run = runFrom(paragraphs, at);
    at += run.length;
    sections.push(sectionOf(first, run));
  }
  return sections;
}

function sectionOf(first: Paragraph, run: Paragraph[]): Section {
  switch (first.kind) {
    case 'heading':
    case 'paragraph':
    case 'caption':
      return first;
    case 'item':
      return listOf(run as Of<'item'>[]);
    case 'cell':
      return { kind: 'table', rows: rowsOf(run as CellParagraph[]) };
    case 'quote':
    case 'preformatted':
      return { kind: 'run', of: first.kind, paragraphs: run };
    default:
      return { kind: 'run', of: 'definitions', paragraphs: run };
  }
}

const RUN_OF: Record<Kind, string | null> = {
  heading: null,
  paragraph: null,
  caption: null,
  item: 'item',
  cell: 'cell',
  quote: 'quote',
  preformatted: 'preformatted',
  term: 'definitions',
  definition: 'definitions',
};

/** The paragraphs from one on that are shown together with it. */
function runFrom(paragraphs: readonly Paragraph[], from: number): Paragraph[] {
  const run: Paragraph[] = [];
  for (let at = from; at < paragraphs.length; at += 1) {
    const next = paragraphs[at] as Paragraph;
    const last = run.at(-1);
    if (last !== undefined && !isTogether(last, next)) break;
    run.push(next);
  }
  return run;
}

function isTogether(a: Paragraph, b: Paragraph): boolean {
  if (RUN_OF[a.kind] === null || RUN_OF[a.kind] !== RUN_OF[b.kind]) return false;
  if (a.kind === 'cell' && b.kind === 'cell') return a.table === b.table;
  return !(a.kind === 'item' && b.kind === 'item' && startsAnother(a, b));
}

/** Two lists that follow one another without a word between them: the count begins again, or the kind changes, at the same depth. */
function startsAnother(a: Of<'item'>, b: Of<'item'>): boolean {
  if (a.depth !== b.depth || b.isContinued) return false;
  return a.isOrdered !== b.isOrdered || (!a.isContinued && b.number <= a.number);
}

interface OpenList {
  depth: number;
  list: ListSection;
}

function listOf(items: readonly Of<'item'>[]): ListSection {
  const newList = (item: Of<'item'> | undefined): ListSection => ({
    kind: 'list',
    isOrdered: item?.isOrdered ?? false,
    items: [],
  });
  const root: OpenList = { depth: items[0]?.depth ?? 1, list: newList(items[0]) };
  const open = [root];
  for (const item of items) {
    while (open.length > 1 && (open.at(-1)?.depth ?? 0) > item.depth) open.pop();
    let { list, depth } = open.at(-1) ?? root;
    const outer = list.items.at(-1);
    if (item.depth > depth && outer !== undefined) {
      list = newList(item);
      depth = item.depth;
      outer.parts.push(list);
      open.push({ depth, list });
    }
    const last = list.items.at(-1);
    if (item.isContinued && last !== undefined) last.parts.push(item);
    else list.items.push({ number: item.number, parts: [item] });
  }
  return root.list;
}

function rowsOf(cells: readonly CellParagraph[]): CellParagraph[][] {
  const rows: CellParagraph[][] = [];
  for (const cell of cells) {
    const row = rows.at(-1);
    if (row?.[0]?.row === cell.row) row.push(cell);
    else rows.push([cell]);
  }
  return rows;
}

/** How many columns a table has. */
export function columnsOf(rows: readonly CellParagraph[][]): number {
  return rows.reduce((most, row) => Math.max(most, row.at(-1)?.column ?? 0), 0);
}
