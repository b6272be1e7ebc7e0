/** What a decoded answer is: a feed, a sitemap, a page with links to feeds, or none of them. Runs in a thread: it may take for ever. */
import { Parser } from 'htmlparser2';
import type { ReadDocument } from './document.ts';
import { feedLinksOf } from './page-links.ts';
import { readJsonFeed } from './read-json-feed.ts';
import { readSitemap, readSitemapIndex } from './read-sitemap.ts';
import { readXmlFeed } from './read-xml-feed.ts';

const PIECE_CHARS = 4_096;
/** A cause in the words of a parser; the rest of it would be the feed's own text. */
const DETAIL_CHARS_MAX = 200;

const PAGE_ROOTS = new Set(['html', 'head', 'body', 'title', 'meta', 'link', 'div', 'script', 'main', 'p']);

export interface ReadOptions {
  /** Keep the full texts of entries. */
  withContent: boolean;
}

/** Never throws; takes time and memory as its text asks for. */
export function readDocument(text: string, { withContent }: ReadOptions): ReadDocument {
  try {
    if (/^\uFEFF?\s*\{/.test(text)) {
      const json = readJsonFeed(text, withContent);
      return json.ok ? { kind: 'feed', feed: json.feed } : { kind: 'none', why: 'other', detail: json.detail };
    }
    return readMarkup(text, withContent);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { kind: 'none', why: 'unreadable', detail: detail.slice(0, DETAIL_CHARS_MAX) };
  }
}

function readMarkup(text: string, withContent: boolean): ReadDocument {
  const root = rootOf(text);
  if (root === 'rss' || root === 'rdf' || root === 'feed') {
    return { kind: 'feed', feed: readXmlFeed(text, withContent) };
  }
  if (root === 'sitemapindex') return { kind: 'index', children: readSitemapIndex(text) };
  if (root === 'urlset') {
    const feed = readSitemap(text);
    if (feed !== null) return { kind: 'feed', feed };
    return { kind: 'none', why: 'other', detail: 'a sitemap of which no entry is marked as news' };
  }
  if (root !== null && PAGE_ROOTS.has(root)) return { kind: 'page', ...feedLinksOf(text) };
  return {
    kind: 'none',
    why: 'other',
    detail: root === null ? 'no markup and no JSON' : 'the markup of something else',
  };
}

/** The local name of the first element, without looking further than that. */
function rootOf(text: string): string | null {
  let root: string | null = null;
  const parser = new Parser(
    {
      onopentagname(name) {
        root ??= name.slice(name.indexOf(':') + 1).toLowerCase();
      },
    },
    { xmlMode: true },
  );
  for (let start = 0; start < text.length && root === null; start += PIECE_CHARS) {
    parser.write(text.slice(start, start + PIECE_CHARS));
  }
  return root;
}
