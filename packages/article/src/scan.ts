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

/**
 * The characters of a page: whole, or in pieces one after the other. A page that is decoded piece by piece never is one long string,
 * which would outlive its reading until the collector looks through the whole heap.
 */
export type Markup = string | Iterable<string>;

/**
 * Scans a page. Never throws, whatever the markup.
 * @param isAllShown take what the page hides as if it were shown
 */
export function scanPage(html: Markup, isAllShown = false): ScannedPage {
  const scan = newScan(isAllShown);
  const source = pieceReader();
  const tokens = new Tokenizer({}, tokenHandler(scan, source.slice));
  let room = PAGE_CHARS_MAX;
  for (const piece of typeof html === 'string' ? [html] : html) {
    const cut = piece.length > room ? piece.slice(0, room) : piece;
    source.add(cut);
    tokens.write(cut);
    room -= cut.length;
    if (room === 0) break;
  }
  tokens.end();
  closePage(scan);
  return scan.page;
}

/** Characters by their place in the page, of which earlier ones are asked for first. */
type Slice = (start: number, end: number) => string;

/** Holds the pieces that a token may still reach back to. */
function pieceReader(): { add: (piece: string) => void; slice: Slice } {
  const pieces: string[] = [];
  let head = '';
  let offset = 0;
  const sliceAcross: Slice = (start, end) => {
    while (pieces.length > 1 && start >= offset + head.length) {
      offset += head.length;
      pieces.shift();
      head = pieces[0] as string;
    }
    let text = '';
    let from = offset;
    for (const piece of pieces) {
      if (from >= end) break;
      const part = piece.slice(Math.max(0, start - from), end - from);
      text = text === '' ? part : text + part;
      from += piece.length;
    }
    return text;
  };
  return {
    add: (piece) => {
      if (pieces.push(piece) === 1) head = piece;
    },
    // Nearly all tokens lie in the first piece, and there are hundreds of thousands of them.
    slice: (start, end) =>
      end <= offset + head.length ? head.slice(start - offset, end - offset) : sliceAcross(start, end),
  };
}

const KEPT_ATTRIBUTES: ReadonlySet<string> = new Set(
  (
    'class id role itemprop href src rel name property content datetime type style hidden aria-hidden lang data-testid ' +
    'data-component data-src srcset pubdate http-equiv data-qa data-type start value colspan'
  ).split(' '),
);

function tokenHandler(scan: Scan, slice: Slice): ConstructorParameters<typeof Tokenizer>[1] {
  let tag = '';
  let attributes: Attributes = new Map();
  let name = '';
  let value = '';
  const addValue = (piece: string): void => {
    if (name !== '' && value.length < ATTRIBUTE_CHARS_MAX) value += piece;
  };
  const opened = (isSelfClosing: boolean): void => openElement(scan, tag, attributes, isSelfClosing);
  return {
    ontext: (start, end) => addText(scan, slice(start, end)),
    ontextentity: (code) => addText(scan, String.fromCodePoint(code)),
    onopentagname: (start, end) => {
      tag = slice(start, Math.min(end, start + TAG_CHARS_MAX)).toLowerCase();
      attributes = new Map();
    },
    onattribname: (start, end) => {
      const lower = end - start > ATTRIBUTE_NAME_CHARS_MAX ? '' : slice(start, end).toLowerCase();
      name = KEPT_ATTRIBUTES.has(lower) && !attributes.has(lower) ? lower : '';
      value = '';
    },
    onattribdata: (start, end) => addValue(slice(start, Math.min(end, start + ATTRIBUTE_CHARS_MAX))),
    onattribentity: (code) => addValue(String.fromCodePoint(code)),
    onattribend: () => {
      if (name !== '') attributes.set(name, value);
    },
    onopentagend: () => opened(false),
    onselfclosingtag: () => opened(true),
    onclosetag: (start, end) => closeElement(scan, slice(start, Math.min(end, start + TAG_CHARS_MAX)).toLowerCase()),
    isInForeignContext: () => scan.foreignDepth > 0,
    oncdata: () => {},
    oncomment: () => {},
    ondeclaration: () => {},
    onprocessinginstruction: () => {},
    onend: () => {},
  };
}
