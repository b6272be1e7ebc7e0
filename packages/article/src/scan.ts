/**
 * Reads the markup of a page in one pass, into blocks of text that know where they stood. There is no tree and no recursion: an element
 * knows its parent, and lives only while a block or a capture needs it. Time is linear in the page and memory is bounded, whatever
 * the markup.
 */
import { Tokenizer } from 'htmlparser2';
import { addText, closeElement, closePage, openElement } from './elements.ts';
import { type Attributes, newScan, PAGE_CHARS_MAX, type Scan, type ScannedPage } from './scanned.ts';

const ATTRIBUTE_CHARS_MAX = 2048;
/** Longer names of elements and attributes are none that mean anything here. */
const TAG_CHARS_MAX = 40;
const ATTRIBUTE_NAME_CHARS_MAX = 20;

/** Scans a page. Never throws, whatever the markup. */
export function scanPage(html: string): ScannedPage {
  const source = html.length > PAGE_CHARS_MAX ? html.slice(0, PAGE_CHARS_MAX) : html;
  const scan = newScan();
  const tokens = new Tokenizer({}, tokenHandler(scan, source));
  tokens.write(source);
  tokens.end();
  closePage(scan);
  return scan.page;
}

const KEPT_ATTRIBUTES: ReadonlySet<string> = new Set(
  (
    'class id role itemprop href src rel name property content datetime type style hidden aria-hidden lang data-testid ' +
    'data-component data-src srcset pubdate http-equiv data-qa data-type start value colspan'
  ).split(' '),
);

function tokenHandler(scan: Scan, source: string): ConstructorParameters<typeof Tokenizer>[1] {
  let tag = '';
  let attributes: Attributes = new Map();
  let name = '';
  let value = '';
  const addValue = (piece: string): void => {
    if (name !== '' && value.length < ATTRIBUTE_CHARS_MAX) value += piece;
  };
  const opened = (isSelfClosing: boolean): void => openElement(scan, tag, attributes, isSelfClosing);
  return {
    ontext: (start, end) => addText(scan, source.slice(start, end)),
    ontextentity: (code) => addText(scan, String.fromCodePoint(code)),
    onopentagname: (start, end) => {
      tag = source.slice(start, Math.min(end, start + TAG_CHARS_MAX)).toLowerCase();
      attributes = new Map();
    },
    onattribname: (start, end) => {
      const lower = end - start > ATTRIBUTE_NAME_CHARS_MAX ? '' : source.slice(start, end).toLowerCase();
      name = KEPT_ATTRIBUTES.has(lower) && !attributes.has(lower) ? lower : '';
      value = '';
    },
    onattribdata: (start, end) => addValue(source.slice(start, Math.min(end, start + ATTRIBUTE_CHARS_MAX))),
    onattribentity: (code) => addValue(String.fromCodePoint(code)),
    onattribend: () => {
      if (name !== '') attributes.set(name, value);
    },
    onopentagend: () => opened(false),
    onselfclosingtag: () => opened(true),
    onclosetag: (start, end) =>
      closeElement(scan, source.slice(start, Math.min(end, start + TAG_CHARS_MAX)).toLowerCase()),
    isInForeignContext: () => scan.foreignDepth > 0,
    oncdata: () => {},
    oncomment: () => {},
    ondeclaration: () => {},
    onprocessinginstruction: () => {},
    onend: () => {},
  };
}
