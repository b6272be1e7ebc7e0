/** From the bytes of a page to its characters, and what kind of page they are. */
import { isAscii, isUtf8 } from 'node:buffer';
import { getBOMEncoding, normalizeEncoding, TextDecoder } from '@exodus/bytes/encoding.js';

/** The declaration of a charset stands within the first kilobyte by the HTML standard; pages in the wild are later with it. */
const DECLARATION_BYTES_MAX = 8192;
const SNIFF_BYTES = 1024;
/** A declared charset is believed while at most this share of what is not ASCII decodes to a replacement character. */
const REPLACEMENT_SHARE_MAX = 0.02;
/** A cut-off page may end inside a UTF-8 sequence of up to four bytes. */
const UTF8_TAIL_BYTES_MAX = 3;
const UTF16_LOOK_BYTES = 8;
/** The characters of a piece, two bytes each at most, are well under the 128 KiB from which V8 gives a string pages of its own. */
const PIECE_BYTES = 32_768;
const UTF8_MARK_BYTES = 3;
const ESCAPE = 0x1b;
/** Share of control characters from which bytes are not text. */
const CONTROL_SHARE_MAX = 0.02;

export type PageKind = 'html' | 'text' | 'other';

/**
 * Decodes a page: byte order mark, or the look of UTF-16; then strict UTF-8, then the charset of the HTTP header, then the one that the page declares,
 * then windows-1252. Right to the byte by the tables of the WHATWG Encoding standard.
 * @param contentType value of the Content-Type header
 * @returns the characters, and the name of the charset in lower case
 */
export function decodePage(bytes: Uint8Array, contentType: string | null): { html: string; charset: string } {
  const { sure, text, declared } = lookAt(bytes, contentType);
  return sure === null ? firstThatFits(bytes, declared) : { html: decode(text, sure), charset: sure };
}

/**
 * The same page in pieces, each decoded when it is asked for. A page in another charset than UTF-8 is one piece.
 * @param contentType as above
 */
export function decodePieces(bytes: Uint8Array, contentType: string | null): Iterable<string> {
  const { sure, text, declared } = lookAt(bytes, contentType);
  if (sure === 'utf-8' && text.length > PIECE_BYTES && isUtf8(text)) return utf8Pieces(text);
  return [sure === null ? firstThatFits(bytes, declared).html : decode(text, sure)];
}

interface Look {
  /** The charset, null where one of the declared ones has to be found to fit. */
  sure: string | null;
  /** The bytes without those of a character that the end of the page cuts. */
  text: Uint8Array;
  declared: readonly string[];
}

function lookAt(bytes: Uint8Array, contentType: string | null): Look {
  const mark = getBOMEncoding(bytes) ?? utf16ByLook(bytes);
  if (mark !== null) return { sure: mark, text: bytes, declared: [] };
  const declared = [charsetOfHeader(contentType), ...charsetsOfMarkup(bytes)].filter((label) => label !== null);
  const stateful = declared.find((label) => isHiddenInAscii(label, bytes));
  if (stateful !== undefined) return { sure: stateful, text: bytes, declared };
  const strict = strictUtf8(bytes);
  if (strict !== null) return { sure: 'utf-8', text: strict, declared };
  return { sure: null, text: bytes, declared: declared.filter((label) => label !== REPLACEMENT) };
}

/** Decodes anew each time that it is gone through. */
const utf8Pieces = (text: Uint8Array): Iterable<string> => ({ [Symbol.iterator]: () => decodeInPieces(text) });

function* decodeInPieces(text: Uint8Array): Generator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const hasMark = getBOMEncoding(text) !== null;
  for (let from = hasMark ? UTF8_MARK_BYTES : 0; from < text.length; ) {
    let end = Math.min(text.length, from + PIECE_BYTES);
    // Not within a character.
    while (end < text.length && isContinuation(text[end])) end -= 1;
    yield decoder.decode(text.subarray(from, end));
    from = end;
  }
}

/**
 * Says whether a page is HTML, plain text, or neither. The content type decides where it is one that servers get right; the bytes
 * decide where it is missing, generic or XML.
 */
export function pageKind(contentType: string | null, bytes: Uint8Array): PageKind {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const start = startOf(bytes);
  if (start === null) return 'other';
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html';
  const sniffed = sniff(start);
  if (type === 'text/plain') return sniffed;
  const isOpen = type === '' || type === 'application/octet-stream' || type === 'unknown/unknown' || type === '*/*';
  if (isOpen) return sniffed;
  if (type === 'text/xml' || type === 'application/xml') return sniffed === 'html' ? 'html' : 'other';
  return 'other';
}

/** Charsets that nobody decodes any more (iso-2022-kr, hz-gb-2312): by the standard such a page is one replacement character. */
const REPLACEMENT = 'replacement';

function decode(bytes: Uint8Array, label: string): string {
  if (label === REPLACEMENT) return '\uFFFD';
  return new TextDecoder(label).decode(bytes);
}

/** The bytes that are UTF-8 throughout, or null. */
function strictUtf8(bytes: Uint8Array): Uint8Array | null {
  if (isUtf8(bytes)) return bytes;
  // A sequence that the end of the page cuts may be dropped: a lead byte, then fewer continuation bytes than it asks for.
  let lead = bytes.length - 1;
  while (lead > bytes.length - UTF8_TAIL_BYTES_MAX && isContinuation(bytes[lead])) lead -= 1;
  if ((bytes[lead] ?? 0) < 0xc2) return null;
  const rest = bytes.subarray(0, lead);
  // In a page that is ASCII otherwise, a last byte above it is more often a letter of another charset.
  return isUtf8(rest) && !isAscii(rest) ? rest : null;
}

const isContinuation = (byte: number | undefined): boolean => ((byte ?? 0) & 0xc0) === 0x80;

function firstThatFits(bytes: Uint8Array, declared: readonly string[]): { html: string; charset: string } {
  let best = { html: '', charset: '', share: Number.POSITIVE_INFINITY };
  for (const charset of new Set(declared)) {
    const html = decode(bytes, charset);
    const share = replacementShare(html);
    if (share <= REPLACEMENT_SHARE_MAX) return { html, charset };
    if (share < best.share) best = { html, charset, share };
  }
  // A page that says UTF-8 and is broken in places reads better with marks in those places than as windows-1252 throughout.
  if (best.share < 0.5) return { html: best.html, charset: best.charset };
  return { html: decode(bytes, 'windows-1252'), charset: 'windows-1252' };
}

function replacementShare(text: string): number {
  let foreign = 0;
  let replaced = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    foreign += 1;
    if (unit === 0xfffd) replaced += 1;
  }
  return foreign === 0 ? 0 : replaced / foreign;
}

/** UTF-16 whose byte order mark was lost: it begins with ASCII characters, each beside a zero. */
function utf16ByLook(bytes: Uint8Array): string | null {
  const start = [...bytes.subarray(0, UTF16_LOOK_BYTES)];
  if (start.length < UTF16_LOOK_BYTES) return null;
  const isText = (byte: number) => (byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10 || byte === 13;
  const looks = (zeros: number) => start.every((byte, at) => (at % 2 === zeros ? byte === 0 : isText(byte)));
  if (looks(1)) return 'utf-16le';
  return looks(0) ? 'utf-16be' : null;
}

/** A declared charset whose bytes also pass for UTF-8: escape sequences in ASCII, or UTF-16 without a byte order mark. */
function isHiddenInAscii(label: string, bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, DECLARATION_BYTES_MAX);
  if (label === 'iso-2022-jp') return bytes.includes(ESCAPE);
  if (label === REPLACEMENT) return bytes.includes(ESCAPE) || ascii(head).includes('~{');
  return (label === 'utf-16le' || label === 'utf-16be') && head.includes(0);
}

function knownLabel(label: string | undefined): string | null {
  const name = normalizeEncoding((label ?? '').trim());
  return name === 'x-user-defined' ? null : name;
}

function charsetOfHeader(contentType: string | null): string | null {
  return knownLabel(/charset\s{0,9}=\s{0,9}["']?([^\s"';,]{1,40})/i.exec((contentType ?? '').slice(0, 300))?.[1]);
}

function charsetsOfMarkup(bytes: Uint8Array): (string | null)[] {
  const head = withoutComments(ascii(bytes.subarray(0, DECLARATION_BYTES_MAX)));
  const xml = /^\s*<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([^"']{1,40})["']/i.exec(head)?.[1];
  const labels = [xml];
  for (const [, attributes = ''] of head.matchAll(/<meta[\s/]([^>]{0,400})/gi)) labels.push(charsetOfMeta(attributes));
  // A declaration that could be read as ASCII is not UTF-16, whatever it says (HTML standard, prescan).
  return labels.map((label) => knownLabel(label)).map((name) => (name?.startsWith('utf-16') ? 'utf-8' : name));
}

/** `charset`, or the one of a content type, mostly in a `http-equiv`; other metas may talk about charsets. */
function charsetOfMeta(text: string): string | undefined {
  const attributes = new Map<string, string>();
  for (const [, name = '', ...values] of text.matchAll(
    /([a-z-]{1,40})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi,
  )) {
    const key = name.toLowerCase();
    if (!attributes.has(key)) attributes.set(key, values.find((value) => value !== undefined) ?? '');
  }
  const charset = attributes.get('charset');
  if (charset !== undefined) return charset;
  const content = attributes.get('content') ?? '';
  const isType =
    attributes.get('http-equiv')?.trim().toLowerCase() === 'content-type' || /^\s{0,9}text\/html\b/i.test(content);
  if (!isType) return undefined;
  return /charset\s{0,9}=\s{0,9}["']?\s{0,9}([^\s"';,]{1,40})/i.exec(content)?.[1];
}

function withoutComments(text: string): string {
  let kept = '';
  let from = 0;
  for (let at = text.indexOf('<!--'); at >= 0; at = text.indexOf('<!--', from)) {
    kept += text.slice(from, at);
    const end = text.indexOf('-->', at + 2);
    if (end < 0) return kept;
    from = end + 3;
  }
  return kept + text.slice(from);
}

/** Each byte as one character. */
function ascii(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

const HTML_START =
  /^(?:<!doctype\s+html|<(?:html|head|body|title|script|style|meta|link|div|p|h1|table|article|section|iframe|a|br|b)[\s>/])/;

/** The first characters in lower case, or null for bytes that are no text. */
function startOf(bytes: Uint8Array): string | null {
  const head = bytes.subarray(0, SNIFF_BYTES);
  const mark = getBOMEncoding(bytes) ?? utf16ByLook(bytes);
  const text = mark === null ? ascii(head) : decode(head, mark);
  return isBinary(text) ? null : text.toLowerCase();
}

function sniff(text: string): PageKind {
  const start = skipProlog(text);
  if (HTML_START.test(start)) return 'html';
  return /^<(?:\?xml|rss|feed|rdf:rdf|svg|urlset|sitemapindex)[\s>]/.test(start) ? 'other' : 'text';
}

function isBinary(text: string): boolean {
  if (/^(?:%PDF-|PK\u0003\u0004|GIF8|\u0089PNG|\u00ff\u00d8\u00ff|RIFF|\u001f\u008b|wOF)/.test(text)) return true;
  let controls = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    // Escape begins the sequences of ISO-2022-JP.
    if (unit < 32 && unit !== 9 && unit !== 10 && unit !== 12 && unit !== 13 && unit !== 27) controls += 1;
  }
  return controls > text.length * CONTROL_SHARE_MAX;
}

/** What comes after the white space, comments and XML declaration that may stand before the first tag. */
function skipProlog(text: string): string {
  let rest = text.trimStart();
  for (let i = 0; i < 10; i += 1) {
    const end = rest.startsWith('<!--')
      ? rest.indexOf('-->') + 3
      : /^<\?xml[\s]/.test(rest)
        ? rest.indexOf('?>') + 2
        : 0;
    if (end < 4) break;
    rest = rest.slice(end).trimStart();
  }
  return rest;
}
