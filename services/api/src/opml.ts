/** Lists of feeds as OPML, which every reader of feeds writes and takes. */
import { Parser } from 'htmlparser2';

/** A feed of a list. Titles are as they were written. */
export interface Outline {
  url: string;
  title: string | null;
  homeUrl: string | null;
}

/**
 * The feeds of an OPML document, however deep their outlines stand in others; null for what is none. Linear, and no entity of a DTD is
 * expanded. Stops at one more than `feedsMax`.
 */
export function readOpml(xml: string, feedsMax: number): Outline[] | null {
  const outlines: Outline[] = [];
  let isOpml = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === 'opml') isOpml = true;
        const { xmlurl: url, text, title, htmlurl: homeUrl } = attributes;
        if (name !== 'outline' || !url || outlines.length > feedsMax) return;
        outlines.push({ url: url.trim(), title: title || text || null, homeUrl: homeUrl || null });
      },
    },
    { xmlMode: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.end(xml);
  return isOpml ? outlines : null;
}

/** The beginning of an OPML document, to be followed by outlines and `OPML_END`. */
export function opmlStart(at: Date): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
<head><title>Feeds of Wirefold</title><dateCreated>${at.toUTCString()}</dateCreated></head>
<body>
`;
}

export const OPML_END = '</body>\n</opml>\n';

export function opmlOutline({ url, title, homeUrl }: Outline): string {
  const name = escapeXml(title ?? url);
  const home = homeUrl === null ? '' : ` htmlUrl="${escapeXml(homeUrl)}"`;
  return `<outline type="rss" text="${name}" title="${name}" xmlUrl="${escapeXml(url)}"${home}/>\n`;
}

/** XML takes neither control characters nor halves of surrogate pairs, escaped or not. */
function escapeXml(text: string): string {
  return text
    .replace(/[\p{Surrogate}\uFFFE\uFFFF]|(?![\t\n\r])\p{Cc}/gu, '')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
