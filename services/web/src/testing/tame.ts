const TAGS = new Set(
  'html head meta title link body a header p nav ul li main footer h1 h2 h3 h4 h5 h6 blockquote br span time form label input button div section article ol details summary aside strong br q table caption thead tbody tr th td dl dt dd pre code textarea select option del ins svg line circle figure figcaption polyline fieldset legend'.split(
    ' ',
  ),
);
const ATTRIBUTES = new Set(
  'lang charset name content rel href as type crossorigin class id aria-label aria-current aria-labelledby aria-hidden tabindex action method formmethod formaction role for value maxlength placeholder autocapitalize spellcheck min required open dir datetime title scope colspan aria-describedby selected aria-live data-list data-newest width height focusable x1 x2 y1 y2 cx cy r rows data-live data-chart data-stage viewbox preserveaspectratio points'.split(
    ' ',
  ),
);
const URL_ATTRIBUTES = new Set(['href', 'action', 'formaction']);
const ATTRIBUTE = /\s+([a-z-]+[12]?)(?:="([^"<>]*)")?/y;

/** The one script of every page; any other is a stranger. */
export const SCRIPT = '<script type="module" src="/assets/reader.js"></script>';

/** The script of the monitor; any other is a stranger. */
export const MONITOR_SCRIPT = '<script type="module" src="/assets/monitor.js"></script>';

/**
 * What in a page is not of our own making: a tag, an attribute or a kind of link that no template writes. Reads strictly, so that
 * whatever a browser might take for markup is either one of ours or found.
 */
export function strangersIn(page: string): string[] {
  const strangers: string[] = [];
  for (const part of page
    .replace(/^<!doctype html>/, '')
    .replace(MONITOR_SCRIPT, '')
    .replace(SCRIPT, '')
    .split('<')
    .slice(1)) {
    const tag = /^\/?([a-z0-9]+)/.exec(part);
    const end = part.indexOf('>');
    if (tag?.[1] === undefined || end < 0 || !TAGS.has(tag[1])) strangers.push(`<${part.slice(0, 60)}`);
    else strangers.push(...strangersInTag(part.slice(tag[0].length, end)));
  }
  return strangers;
}

function strangersInTag(attributes: string): string[] {
  const strangers: string[] = [];
  ATTRIBUTE.lastIndex = 0;
  let at = 0;
  for (let found = ATTRIBUTE.exec(attributes); found !== null; found = ATTRIBUTE.exec(attributes)) {
    at = ATTRIBUTE.lastIndex;
    const [, name = '', value = ''] = found;
    if (!ATTRIBUTES.has(name)) strangers.push(`${name}="${value}"`);
    if (URL_ATTRIBUTES.has(name) && !/^(?:\/(?![/\\])|#|https?:\/\/[^\s"'<>]+$)/.test(value))
      strangers.push(`${name}="${value}"`);
  }
  if (attributes.slice(at).trim() !== '') strangers.push(`in a tag: ${attributes.slice(at, at + 60)}`);
  return strangers;
}
