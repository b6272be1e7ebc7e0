/** Opening and closing of elements: which are implied, which are blocks, and what each says about the page. */
import {
  BLOCK_TAGS,
  HEADINGS,
  IMPLIED_ENDS,
  PARAGRAPH_ENDERS,
  PARAGRAPH_SCOPE,
  RAW_TAGS,
  SILENT_TAGS,
  scopeOfEnd,
  VOID_TAGS,
} from './markup.ts';
import { noteElement, noteRaw, noteVoid } from './notes.ts';
import { type Attributes, BLOCKS_MAX, CAPTURE_LINE, PageNode, type Scan } from './scanned.ts';
import { LINE_BREAK, tidyLines } from './tidy.ts';

/** Deeper elements count as part of the element at this depth; browsers stop at 512. */
const DEPTH_MAX = 200;
const LABEL_CHARS_MAX = 300;
const CAPTURE_CHARS_MAX = 200;
/** Two line breaks in a row end a paragraph. */
const PARAGRAPH_BREAKS = 2;

const top = (scan: Scan): PageNode => scan.stack[scan.stack.length - 1] ?? scan.page.root;

export function addText(scan: Scan, piece: string): void {
  if (scan.raw !== null) {
    scan.raw.text += piece;
    return;
  }
  const node = top(scan);
  const owner = node.isHidden || scan.textNode === null ? blockNode(node) : scan.textNode;
  // A hidden phrase inside a paragraph is not part of it; a hidden paragraph is kept apart.
  if (node.isHidden && !owner.isHidden) return;
  if (scan.textNode === null) {
    if (!/\S/.test(piece)) return;
    scan.textNode = owner;
  }
  if (scan.lineBreaks > 0 && /\S/.test(piece)) scan.lineBreaks = 0;
  scan.text += (scan.open.get('pre') ?? 0) > 0 ? piece.replaceAll('\n', LINE_BREAK) : piece;
  if (node.isLink) scan.linkChars += piece.trim().length;
  for (const capture of scan.openCaptures)
    if (capture.text.length < CAPTURE_CHARS_MAX) capture.text += piece.slice(0, CAPTURE_CHARS_MAX);
}

/** Elements part words, and blocks part lines: `<span>By</span><a>Jane Roe</a><div>Editor</div>`. */
function partCaptures({ openCaptures }: Scan, isBlock: boolean): void {
  for (const capture of openCaptures)
    if (capture.text !== '' && capture.text.length < CAPTURE_CHARS_MAX) capture.text += isBlock ? CAPTURE_LINE : ' ';
}

function blockNode(node: PageNode): PageNode {
  let found = node;
  while (found.parent !== null && !BLOCK_TAGS.has(found.tag)) found = found.parent;
  return found;
}

function endBlock(scan: Scan): void {
  const { textNode, page } = scan;
  if (textNode !== null) {
    const { text, breaks } = tidyLines(scan.text);
    const list = textNode.isHidden ? page.hiddenBlocks : page.blocks;
    if (text !== '' && list.length < BLOCKS_MAX) {
      const linkChars = Math.min(scan.linkChars, text.length);
      list.push({ text, node: textNode, linkChars, href: scan.href, breaks, index: list.length });
    }
  }
  scan.text = '';
  scan.textNode = null;
  scan.linkChars = 0;
  scan.href = null;
  scan.lineBreaks = 0;
}

/** Takes the opening tag of an element. */
export function openElement(scan: Scan, tag: string, attributes: Attributes, isSelfClosing: boolean): void {
  if (tag === 'br') {
    breakLine(scan);
    return;
  }
  if (RAW_TAGS.has(tag) && scan.foreignDepth === 0) {
    scan.raw = { tag, attributes, text: '' };
    return;
  }
  endImplied(scan, tag);
  const isBlock = BLOCK_TAGS.has(tag);
  if (isBlock) endBlock(scan);
  partCaptures(scan, isBlock);
  const parent = top(scan);
  if (VOID_TAGS.has(tag)) {
    noteVoid(scan.page, tag, attributes, parent);
    return;
  }
  if (tag === 'html' || tag === 'body' || tag === 'head') {
    openDocument(scan, tag, attributes);
    return;
  }
  // Custom elements and foreign ones may close themselves; for others browsers ignore the slash.
  if (isSelfClosing && (scan.foreignDepth > 0 || tag.includes('-') || tag === 'svg')) return;
  if (scan.stack.length >= DEPTH_MAX) {
    count(scan.tooDeep, tag, 1);
    return;
  }
  const node = newNode(scan, tag, attributes, parent);
  scan.stack.push(node);
  count(scan.open, tag, 1);
  if (tag === 'svg' || tag === 'math') scan.foreignDepth += 1;
  if (tag === 'a' && scan.href === null) scan.href = attributes.get('href') ?? null;
  noteElement(scan, node, attributes);
}

function openDocument(scan: Scan, tag: string, attributes: Attributes): void {
  const language = attributes.get('lang') ?? '';
  if (scan.page.htmlLanguage === '') scan.page.htmlLanguage = language;
  if (tag === 'body') scan.page.root.label = labelOf(attributes);
}

function newNode({ page, isAllShown }: Scan, tag: string, attributes: Attributes, parent: PageNode): PageNode {
  const node = new PageNode(tag, parent);
  node.label = labelOf(attributes);
  node.isHidden = parent.isHidden || SILENT_TAGS.has(tag) || (!isAllShown && hides(attributes));
  node.isLink = parent.isLink || tag === 'a' || tag === 'button';
  node.first = page.blocks.length;
  node.last = node.first;
  if (COUNTED_TAGS.has(tag)) node.ordinal = ordinalOf(tag, attributes, parent);
  if (tag === 'ol') node.items = numberOf(attributes.get('start'), 1) - 1;
  return node;
}

const COUNTED_TAGS: ReadonlySet<string> = new Set(['li', 'td', 'th']);
/** No list or row that a person reads is longer; browsers draw no cell over more columns. */
const COLUMNS_MAX = 1000;
const ORDINAL_DIGITS_MAX = 6;

/** Counts an item or a cell in its parent: items as numbered by the page, cells by the column that they begin in. */
function ordinalOf(tag: string, attributes: Attributes, parent: PageNode): number {
  const next = parent.items + 1;
  if (tag === 'li') {
    parent.items = numberOf(attributes.get('value'), next);
    return parent.items;
  }
  const columns = Math.min(Math.max(numberOf(attributes.get('colspan'), 1), 1), COLUMNS_MAX);
  parent.items = next + columns - 1;
  return next;
}

function numberOf(value: string | undefined, otherwise: number): number {
  const digits = value?.trim() ?? '';
  return digits.length <= ORDINAL_DIGITS_MAX && /^-?\d+$/.test(digits) ? Number(digits) : otherwise;
}

/** What style sheets in wide use call an element that is not shown; with a name beside it by which wide screens show it again. */
const HIDING_CLASS = /(?:^|\s)(?:is-)?hidden(?:\s|$)/;
const SHOWING_CLASS = /(?:^|\s)[\w-]{1,20}:/;

function hides(attributes: Attributes): boolean {
  if (attributes.size === 0) return false;
  if (attributes.has('hidden') && attributes.get('hidden') !== 'until-found') return true;
  const names = attributes.get('class');
  if (names?.includes('hidden') && HIDING_CLASS.test(names) && !SHOWING_CLASS.test(names)) return true;
  const style = attributes.get('style');
  return style !== undefined && /display\s?:\s?none|visibility\s?:\s?hidden/i.test(style);
}

const LABEL_ATTRIBUTES = ['class', 'id', 'role', 'itemprop', 'data-testid', 'data-component', 'data-qa', 'data-type'];

function labelOf(attributes: Attributes): string {
  if (attributes.size === 0) return '';
  let label = '';
  for (const name of LABEL_ATTRIBUTES) {
    const value = attributes.get(name);
    if (value !== undefined && value !== '') label += ` ${value}`;
  }
  return label.slice(1, LABEL_CHARS_MAX).toLowerCase();
}

function breakLine(scan: Scan): void {
  if (scan.textNode === null) return;
  scan.text += LINE_BREAK;
  scan.lineBreaks += 1;
  if (scan.lineBreaks >= PARAGRAPH_BREAKS) endBlock(scan);
}

/** Ends what an opening tag ends by the rules of HTML: paragraphs, list items, cells, headings, links. */
function endImplied(scan: Scan, tag: string): void {
  if (PARAGRAPH_ENDERS.has(tag)) closeNearest(scan, ['p'], PARAGRAPH_SCOPE);
  if (HEADINGS.has(tag) && HEADINGS.has(top(scan).tag)) closeTop(scan);
  const rule = IMPLIED_ENDS.get(tag);
  if (rule !== undefined) closeNearest(scan, rule.ends, rule.scope);
}

/** Closes up to the nearest open element of a name, unless one of the scope stands in the way. */
function closeNearest(scan: Scan, tags: readonly string[], scope: ReadonlySet<string>): boolean {
  if (!tags.some((tag) => (scan.open.get(tag) ?? 0) > 0)) return false;
  for (let at = scan.stack.length - 1; at > 0; at -= 1) {
    const tag = scan.stack[at]?.tag ?? '';
    if (tags.includes(tag)) {
      while (scan.stack.length > at) closeTop(scan);
      return true;
    }
    if (scope.has(tag)) return false;
  }
  return false;
}

/** Takes the closing tag of an element. */
export function closeElement(scan: Scan, tag: string): void {
  if (scan.raw !== null) {
    // Only its own closing tag ends raw text: the tokenizer gives no other.
    noteRaw(scan.page, scan.raw);
    scan.raw = null;
    return;
  }
  if (tag === 'br') {
    breakLine(scan);
    return;
  }
  if (tag === 'body' || tag === 'html') return;
  const unopened = scan.tooDeep.get(tag) ?? 0;
  if (unopened > 0) {
    if (BLOCK_TAGS.has(tag)) endBlock(scan);
    count(scan.tooDeep, tag, -1);
    return;
  }
  const isClosed = closeNearest(scan, [tag], scopeOfEnd(tag));
  if (!isClosed && tag === 'a') closeNearest(scan, [tag], PARAGRAPH_SCOPE);
  if (!isClosed && tag === 'p') endBlock(scan);
}

function closeTop(scan: Scan): void {
  const node = scan.stack.pop();
  if (node === undefined) return;
  const isBlock = BLOCK_TAGS.has(node.tag);
  if (isBlock) endBlock(scan);
  if (isBlock) partCaptures(scan, isBlock);
  count(scan.open, node.tag, -1);
  if (node.tag === 'svg' || node.tag === 'math') scan.foreignDepth -= 1;
  node.last = scan.page.blocks.length;
  while (scan.openCaptures.at(-1)?.node === node) scan.openCaptures.pop();
}

/** Ends the page: what is open is closed, what was begun is kept. */
export function closePage(scan: Scan): void {
  if (scan.raw !== null) noteRaw(scan.page, scan.raw);
  while (scan.stack.length > 1) closeTop(scan);
  endBlock(scan);
  scan.page.root.last = scan.page.blocks.length;
}

function count(counts: Map<string, number>, tag: string, change: number): void {
  counts.set(tag, (counts.get(tag) ?? 0) + change);
}
