/** What the scanner has to know about HTML elements. */

const set = (names: string): ReadonlySet<string> => new Set(names.split(' '));

export const VOID_TAGS = set(
  'area base basefont bgsound br col command embed frame hr img input keygen link meta param source track wbr',
);

/** Their content reaches the scanner as one piece of text that is not markup. */
export const RAW_TAGS = set('script style textarea title iframe noembed noframes xmp');

/** Their content is not text of the page. */
export const SILENT_TAGS = set('noscript template svg math select datalist canvas object audio video');

/** They begin a new block of text, and end one. */
export const BLOCK_TAGS = set(
  'address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure footer ' +
    'form h1 h2 h3 h4 h5 h6 header hgroup hr html iframe li main menu nav object ol option p picture pre section select summary ' +
    'table tbody td tfoot th thead tr ul video audio canvas amp-img',
);

/** They end an open paragraph. */
export const PARAGRAPH_ENDERS = set(
  'address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header hgroup hr main menu nav ol p pre section table ul',
);

export const HEADINGS = set('h1 h2 h3 h4 h5 h6');

const LIST_SCOPE = set('ul ol menu dl dir table td th');
const CELL_SCOPE = set('td th table');

/** An opening tag ends the nearest open one of these names, unless an element of the scope stands between. */
export const IMPLIED_ENDS: ReadonlyMap<string, { ends: readonly string[]; scope: ReadonlySet<string> }> = new Map([
  ['li', { ends: ['li'], scope: LIST_SCOPE }],
  ['dd', { ends: ['dd', 'dt'], scope: LIST_SCOPE }],
  ['dt', { ends: ['dd', 'dt'], scope: LIST_SCOPE }],
  ['tr', { ends: ['tr'], scope: set('table') }],
  ['td', { ends: ['td', 'th'], scope: set('tr table') }],
  ['th', { ends: ['td', 'th'], scope: set('tr table') }],
  ['option', { ends: ['option'], scope: set('select') }],
  ['a', { ends: ['a'], scope: CELL_SCOPE }],
]);

const PARAGRAPH_SCOPE = set('button table td th caption object');

const NO_SCOPE: ReadonlySet<string> = new Set();

/** A closing tag does not reach through these. */
export function scopeOfEnd(tag: string): ReadonlySet<string> {
  if (tag === 'p') return PARAGRAPH_SCOPE;
  if (tag === 'div' || tag === 'section' || tag === 'article' || tag === 'aside') return CELL_SCOPE;
  // What was silent must not stay so for a paragraph that was left open inside.
  return BLOCK_TAGS.has(tag) || SILENT_TAGS.has(tag) ? NO_SCOPE : BLOCK_TAGS;
}

export { PARAGRAPH_SCOPE };
