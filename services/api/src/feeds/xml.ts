/** XML that was made by `element`: the only thing that enters a document as it is. */
export interface Xml {
  readonly xml: string;
}

/** What XML 1.0 cannot hold at all, and the control characters that it advises against. */
const FORBIDDEN = /[^\t\n\u{20}-\u{7e}\u{85}\u{a0}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text that every reader can take: without control characters, and with U+FFFD for half of a surrogate pair. */
export function readable(text: string): string {
  return text.replace(LONE_SURROGATE, '\ufffd').replace(/\r\n?/g, '\n').replace(FORBIDDEN, '');
}

function escapeXml(text: string): string {
  return readable(text).replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

/** Tabs and line feeds as references, or a parser would take them for spaces. */
function attribute([name, value]: [string, string | null]): string {
  if (value === null) return '';
  return ` ${name}="${escapeXml(value).replace(/[\t\n]/g, (space) => `&#${space.charCodeAt(0)};`)}"`;
}

/** An element. Names are ours; attributes that are null are left out, and so are children; text is escaped. */
export function element(
  name: string,
  attributes: Record<string, string | null>,
  ...children: (Xml | string | null)[]
): Xml {
  const start = `${name}${Object.entries(attributes).map(attribute).join('')}`;
  const inside = children
    .filter((child) => child !== null)
    .map((child) => (typeof child === 'string' ? escapeXml(child) : child.xml))
    .join('');
  return { xml: inside === '' ? `<${start}/>` : `<${start}>${inside}</${name}>` };
}

/** A whole document. */
export function document(root: Xml): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${root.xml}\n`;
}
