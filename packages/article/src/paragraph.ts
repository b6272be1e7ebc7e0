/** What the paragraphs of a body are: headings, items, quotes, cells. Told by the elements in which they stood on the page. */
import type { Paragraph, ParagraphForm } from './article.ts';
import { HEADINGS } from './markup.ts';
import type { Block, PageNode } from './scanned.ts';

/** What of a block says what it is. */
export type FormedBlock = Pick<Block, 'text' | 'node' | 'breaks'>;

/** Between two paragraphs of a body. */
export const PARAGRAPH_GAP = '\n\n';
/** A longer text is no article: what is left of it is one paragraph, so that the list of them stays small beside the text. */
export const PARAGRAPHS_MAX = 20_000;
/** An element that holds a larger share of the body is how the site lays it out, and no quote, item or cell of it. */
const LAYOUT_SHARE = 0.6;
const LIST_DEPTH_MAX = 6;
/** Line breaks that a body keeps: the rest are spaces. Few texts have fifty, poems some hundreds. */
const BREAKS_KEPT_MAX = 5000;

const LISTS: ReadonlySet<string> = new Set(['ul', 'ol', 'menu', 'dir']);
/** What stands outside of these is not of the article's own structure. */
const ROOTS: ReadonlySet<string> = new Set(['article', 'main']);
const GAPS = /\n{2,}/g;

/**
 * The paragraphs of a body, all of them and in order: it divides them, so that they always fit.
 * @param known what is known of some of them; what is no paragraph of this body, to the offset, does not count
 */
export function paragraphsIn(body: string, known: readonly Paragraph[] = []): Paragraph[] {
  const byStart = new Map(known.map((paragraph) => [paragraph.start, paragraph]));
  const paragraphs: Paragraph[] = [];
  const push = (start: number, end: number): void => {
    if (body.slice(start, end).trim() === '') return;
    const found = byStart.get(start);
    paragraphs.push(found?.end === end ? found : { kind: 'paragraph', start, end });
  };
  let start = 0;
  for (const gap of body.matchAll(GAPS)) {
    if (paragraphs.length === PARAGRAPHS_MAX - 1) break;
    push(start, gap.index);
    start = gap.index + gap[0].length;
  }
  push(start, body.length);
  return paragraphs;
}

/**
 * The paragraphs of a body that was joined from blocks.
 * @param body their texts with an empty line between them, perhaps cut at its end
 */
export function paragraphsOfBlocks(body: string, blocks: readonly FormedBlock[]): Paragraph[] {
  const formOf = formReader(blocks);
  const known: Paragraph[] = [];
  let start = 0;
  let breaksLeft = BREAKS_KEPT_MAX;
  for (const block of blocks) {
    if (start >= body.length) break;
    const end = Math.min(start + block.text.length, body.length);
    const from = start;
    const breaks = block.breaks
      .slice(0, breaksLeft)
      .map((offset) => from + offset)
      .filter((offset) => offset < end);
    breaksLeft -= breaks.length;
    known.push({ ...formOf(block.node), start, end, ...(breaks.length > 0 && { breaks }) });
    start = end + PARAGRAPH_GAP.length;
  }
  return paragraphsIn(body, known);
}

/** Gives the form of each block, asked in order: it counts tables and rows, and knows which items have begun. */
function formReader(blocks: readonly FormedBlock[]): (node: PageNode) => ParagraphForm {
  const isLayout = layoutReader(blocks);
  const cellOf = cellReader();
  const begun = new Set<PageNode>();
  const itemOf = (item: PageNode): ParagraphForm => {
    const isContinued = begun.has(item);
    begun.add(item);
    return { kind: 'item', ...listAround(item, isLayout), number: item.ordinal, isContinued };
  };
  const formBy = (node: PageNode): ParagraphForm | null => {
    if (HEADINGS.has(node.tag)) return { kind: 'heading', level: Number(node.tag.slice(1)) };
    if (node.tag === 'pre') return { kind: 'preformatted' };
    if (isLayout(node)) return null;
    if (node.tag === 'li') return itemOf(node);
    if (node.tag === 'td' || node.tag === 'th') return cellOf(node);
    return FORMS.get(node.tag) ?? null;
  };
  return (from) => {
    for (let node: PageNode | null = from; node !== null && !ROOTS.has(node.tag); node = node.parent) {
      const form = formBy(node);
      if (form !== null) return form;
    }
    return { kind: 'paragraph' };
  };
}

const FORMS: ReadonlyMap<string, ParagraphForm> = new Map<string, ParagraphForm>([
  ['blockquote', { kind: 'quote' }],
  ['q', { kind: 'quote' }],
  ['figcaption', { kind: 'caption' }],
  ['caption', { kind: 'caption' }],
  ['dt', { kind: 'term' }],
  ['dd', { kind: 'definition' }],
]);

/** Whether an element holds so much of the body that it says nothing about its parts. */
function layoutReader(blocks: readonly FormedBlock[]): (node: PageNode) => boolean {
  const held = new Map<PageNode, number>();
  let total = 0;
  for (const { node: from, text } of blocks) {
    total += text.length;
    for (let node: PageNode | null = from; node !== null; node = node.parent) {
      held.set(node, (held.get(node) ?? 0) + text.length);
    }
  }
  return (node) => (held.get(node) ?? 0) > total * LAYOUT_SHARE;
}

/** How deep the list of an item lies in others, and whether it is numbered. */
function listAround(item: PageNode, isLayout: (node: PageNode) => boolean): { depth: number; isOrdered: boolean } {
  let depth = 0;
  let isOrdered = false;
  let inner = item;
  for (let node = item.parent; node !== null && !ROOTS.has(node.tag); node = node.parent) {
    if (node.tag === 'li') inner = node;
    if (!LISTS.has(node.tag) || isLayout(inner)) continue;
    if (depth === 0) isOrdered = node.tag === 'ol';
    depth += 1;
  }
  return { depth: Math.min(Math.max(depth, 1), LIST_DEPTH_MAX), isOrdered };
}

/** Counts tables and rows. A cell that holds several paragraphs, or stands alone in its row, is layout: then null. */
function cellReader(): (cell: PageNode) => ParagraphForm | null {
  const tables = new Map<PageNode, number>();
  const rows = new Map<PageNode, Map<PageNode, number>>();
  return (cell) => {
    const row = around(cell, 'tr');
    const table = around(cell, 'table');
    if (row === null || table === null || row.items < 2 || cell.last - cell.first !== 1) return null;
    const ofTable = rows.get(table) ?? new Map<PageNode, number>();
    rows.set(table, ofTable);
    return {
      kind: 'cell',
      table: countIn(tables, table),
      row: countIn(ofTable, row),
      column: cell.ordinal,
      isHeader: cell.tag === 'th',
    };
  };
}

function countIn(counts: Map<PageNode, number>, node: PageNode): number {
  const count = counts.get(node) ?? counts.size + 1;
  counts.set(node, count);
  return count;
}

function around(from: PageNode, tag: string): PageNode | null {
  let node = from.parent;
  while (node !== null && node.tag !== tag) node = node.parent;
  return node;
}

/** The lines of a paragraph, by offsets into the body: one, unless the page broke it. */
export function linesOf({ start, end, breaks = [] }: Paragraph): { start: number; end: number }[] {
  const ends = [...breaks, end];
  return ends.map((lineEnd, at) => ({ start: at === 0 ? start : (ends[at - 1] ?? start) + 1, end: lineEnd }));
}
