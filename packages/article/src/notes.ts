/** What single elements say about the page: metadata, structured data, authors, times, images, the marks of a bot wall. */
import type { Attributes, PageNode, Scan, ScannedPage } from './scanned.ts';
import { tidy } from './tidy.ts';

const META_TAGS_MAX = 500;
const STRUCTURED_DATA_CHARS_MAX = 2_000_000;
const STRUCTURED_DATA_SCRIPTS_MAX = 50;
const AUTHORS_MAX = 60;
const TIMES_MAX = 200;
const PROPERTIES_MAX = 60;
const IMAGES_MAX = 200;
const TITLE_CHARS_MAX = 1000;

export function noteVoid(page: ScannedPage, tag: string, attributes: Attributes, parent: PageNode): void {
  if (tag === 'meta') {
    noteMeta(page, attributes, parent);
    return;
  }
  const href = attributes.get('href') ?? '';
  if (tag === 'link' && href !== '' && page.links.length < META_TAGS_MAX) {
    const rel = (attributes.get('rel') ?? '').toLowerCase();
    if (rel === 'canonical' || rel === 'amphtml' || rel === 'image_src') page.links.push({ rel, href });
  }
  if (tag === 'base' && page.baseHref === '') page.baseHref = href;
  if (tag === 'img' && page.images.length < IMAGES_MAX) {
    const src = attributes.get('data-src') ?? attributes.get('src') ?? '';
    if (src !== '' && !src.startsWith('data:')) page.images.push({ src, node: parent, block: page.blocks.length });
  }
}

function noteMeta(page: ScannedPage, attributes: Attributes, parent: PageNode): void {
  const content = attributes.get('content')?.trim() ?? '';
  const key = ['property', 'name', 'itemprop', 'http-equiv'].map((name) => attributes.get(name)).find(Boolean);
  if (content === '' || key === undefined || page.metas.length >= META_TAGS_MAX) return;
  page.metas.push({ key: key.trim().toLowerCase(), content });
  noteTime(page, parent, attributes);
}

/** Raw elements: a title, structured data, or a script. */
export function noteRaw(page: ScannedPage, raw: { tag: string; attributes: Attributes; text: string }): void {
  if (raw.tag === 'title') {
    if (page.title === '') page.title = tidy(raw.text.slice(0, TITLE_CHARS_MAX));
    return;
  }
  if (raw.tag !== 'script') return;
  const src = raw.attributes.get('src') ?? '';
  if (page.challenge === null) page.challenge = CHALLENGE_SCRIPT.exec(src)?.[0] ?? null;
  const isStructured = /ld\+json/i.test(raw.attributes.get('type') ?? '');
  if (isStructured && raw.text.length <= STRUCTURED_DATA_CHARS_MAX) {
    if (page.structuredData.length < STRUCTURED_DATA_SCRIPTS_MAX) page.structuredData.push(raw.text);
  }
}

/** Scripts that only a bot wall loads; that a page uses a service which also sells bot walls says nothing. */
const CHALLENGE_SCRIPT =
  /\/cdn-cgi\/challenge-platform\/h\/[a-z]\/orchestrate|captcha-delivery\.com\/c\.js|_Incapsula_Resource|\/px\/captcha|awswaf\.com\/[^"]{1,80}\/challenge\.js/;

export function noteElement(scan: Scan, node: PageNode, attributes: Attributes): void {
  if (attributes.size === 0) return;
  noteTime(scan.page, node, attributes);
  if (node.isHidden) return;
  noteProperty(scan, node, attributes);
  if (scan.page.authors.length >= AUTHORS_MAX) return;
  const trust = authorTrust(node, attributes, outerTrust(scan));
  if (trust === 0) return;
  const author = { text: '', node, trust, block: scan.page.blocks.length };
  scan.page.authors.push(author);
  scan.openCaptures.push(author);
}

function outerTrust({ openCaptures }: Scan): number {
  for (let at = openCaptures.length - 1; at >= 0; at -= 1) {
    const capture = openCaptures[at];
    if (capture !== undefined && 'trust' in capture) return capture.trust;
  }
  return 0;
}

const PROPERTY = /^(?:schema:|dc:|dcterms:|og:)?(headline|articlesection|keywords|datepublished|datemodified)$/;

/** Properties of microdata, and of RDFa outside the head, whose value is what the element shows. */
function noteProperty(scan: Scan, node: PageNode, attributes: Attributes): void {
  const itemprop = attributes.get('itemprop');
  const property = itemprop ?? attributes.get('property');
  if (property === undefined || attributes.has('content') || scan.page.properties.length >= PROPERTIES_MAX) return;
  const name = PROPERTY.exec(property.trim().toLowerCase())?.[1];
  if (name === undefined) return;
  const place = itemprop === undefined ? ('rdfa' as const) : ('microdata' as const);
  const capture = { name, place, text: '', node, block: scan.page.blocks.length };
  scan.page.properties.push(capture);
  scan.openCaptures.push(capture);
}

function noteTime(page: ScannedPage, node: PageNode, attributes: Attributes): void {
  const property = node.tag === 'meta' ? undefined : attributes.get('property');
  const itemprop = attributes.get('itemprop') ?? property ?? '';
  const isTime = node.tag === 'time' && attributes.has('datetime');
  if (!isTime && !/date/i.test(itemprop)) return;
  const value = attributes.get('datetime') ?? attributes.get('content') ?? '';
  if (value === '' || page.times.length >= TIMES_MAX) return;
  const isPublished = attributes.has('pubdate') || /published|created/i.test(itemprop) || /publish/.test(node.label);
  const isModified = /modified|updated/i.test(`${itemprop} ${node.label}`);
  const place = itemprop === '' ? 'markup' : property === itemprop ? 'rdfa' : 'microdata';
  const field = itemprop === '' ? 'time' : itemprop.slice(0, 60);
  page.times.push({ value, node, block: page.blocks.length, field, place, isPublished, isModified });
}

const AUTHOR_NAME_LABEL =
  /(?:^|[^a-z])(?:author|byline)[-_ ]{0,2}(?:name|link|url)|(?:name|link)[-_ ]{0,2}author|fn author|(?:^|\s)fn(?:\s|$)/;
const NO_AUTHOR_LABEL = /bio|avatar|box|about|related|social|image|photo|follow|comment|authority/;
const AUTHOR_HREF =
  /\/(?:authors?|autor|autoren|autore|autores|auteurs?|staff|profile|people|by|contributors?|reporters?|journalists?)\/./i;

/** How surely an element names an author: 0 not at all, 6 a name inside an author's microdata. */
function authorTrust(node: PageNode, attributes: Attributes, outer: number): number {
  if (/(?:^|\s)author(?:\s|$)/i.test(attributes.get('rel') ?? '')) return 5;
  const itemprop = attributes.get('itemprop') ?? attributes.get('property') ?? '';
  if (/(?:^|\s)(?:schema:|dc:)?(?:author|creator)(?:\s|$)/i.test(itemprop)) return 3;
  if ((itemprop === 'name' || itemprop === 'schema:name') && outer === 3) return 6;
  const { label, tag } = node;
  if (label.includes('author') || label.includes('byline') || label.includes('by-line')) {
    if (AUTHOR_NAME_LABEL.test(label)) return 4;
    if (!NO_AUTHOR_LABEL.test(label)) return tag === 'a' ? 4 : 2;
  }
  if (tag === 'a' && AUTHOR_HREF.test(attributes.get('href') ?? '')) return outer > 0 ? 4.5 : 3.5;
  return 0;
}
