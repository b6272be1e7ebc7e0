/** What the scanner gives, and what it carries on its way. */

/** Longer pages are cut: the largest article page of the development data has 5.2 million characters, nearly all of them script. */
export const PAGE_CHARS_MAX = 8_000_000;
export const BLOCKS_MAX = 6000;

/**
 * An element of the page, as far as a block needs it, from its opening to its closing. A class and no literal: V8 counts which literals
 * outlive a collection, and after one large page it would make all later elements long-lived, with the text that they hold.
 */
export class PageNode {
  tag: string;
  parent: PageNode | null;
  depth: number;
  /** Class, id, role and test names in lower case: what the site calls this part of the page. */
  label = '';
  isHidden = false;
  isLink = false;
  /** First block inside, and the one after the last. */
  first = 0;
  last = 0;
  /** For an item of a list or a cell of a row: its number there, as the page counts. */
  ordinal = 0;
  /** The number of the last item or cell inside. */
  items = 0;

  constructor(tag: string, parent: PageNode | null) {
    this.tag = tag;
    this.parent = parent;
    this.depth = parent === null ? 0 : parent.depth + 1;
  }
}

export interface Block {
  text: string;
  node: PageNode;
  /** Characters of the text that stand in links. */
  linkChars: number;
  /** Target of the first link inside. */
  href: string | null;
  /** Offsets of the spaces in the text that stand for line breaks. */
  breaks: readonly number[];
  index: number;
}

/** Stands in a captured text where a block begins or ends. */
export const CAPTURE_LINE = '\u2028';

/** Text that the markup calls an author. A larger `trust` is a more certain mark. */
export interface AuthorCapture {
  text: string;
  node: PageNode;
  trust: number;
  block: number;
}

/** A property of microdata or RDFa that is the text of its element. */
export interface PropertyCapture {
  name: string;
  place: 'microdata' | 'rdfa';
  text: string;
  node: PageNode;
  block: number;
}

export interface TimeCapture {
  value: string;
  node: PageNode;
  block: number;
  /** The property or element that holds it: `datePublished`, `time`. */
  field: string;
  place: 'microdata' | 'rdfa' | 'markup';
  isPublished: boolean;
  isModified: boolean;
}

export interface ImageCapture {
  src: string;
  node: PageNode;
  block: number;
}

export interface ScannedPage {
  blocks: Block[];
  /** Text that the page hides at first, for pages that show nothing without their scripts. */
  hiddenBlocks: Block[];
  root: PageNode;
  title: string;
  htmlLanguage: string;
  baseHref: string;
  /** Keys in lower case, in page order. */
  metas: { key: string; content: string }[];
  links: { rel: string; href: string }[];
  structuredData: string[];
  authors: AuthorCapture[];
  properties: PropertyCapture[];
  times: TimeCapture[];
  images: ImageCapture[];
  /** Addresses of scripts of a bot wall, when there are any. */
  challenge: string | null;
}

export type Attributes = Map<string, string>;

/** What the scanner carries through the page. */
export interface Scan {
  page: ScannedPage;
  stack: PageNode[];
  /** How many elements of a name are open, and how many were too deep to be opened. */
  open: Map<string, number>;
  tooDeep: Map<string, number>;
  /** Captures that take the text of an open element. */
  openCaptures: (AuthorCapture | PropertyCapture)[];
  text: string;
  textNode: PageNode | null;
  linkChars: number;
  href: string | null;
  lineBreaks: number;
  raw: { tag: string; attributes: Attributes; text: string } | null;
  foreignDepth: number;
  /** What the page hides counts as shown. */
  isAllShown: boolean;
}

export function newScan(isAllShown = false): Scan {
  const root = new PageNode('#root', null);
  const page: ScannedPage = {
    blocks: [],
    hiddenBlocks: [],
    root,
    title: '',
    htmlLanguage: '',
    baseHref: '',
    metas: [],
    links: [],
    structuredData: [],
    authors: [],
    properties: [],
    times: [],
    images: [],
    challenge: null,
  };
  return {
    page,
    stack: [root],
    open: new Map(),
    tooDeep: new Map(),
    openCaptures: [],
    text: '',
    textNode: null,
    linkChars: 0,
    href: null,
    lineBreaks: 0,
    raw: null,
    foreignDepth: 0,
    isAllShown,
  };
}
