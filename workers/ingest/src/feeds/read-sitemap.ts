/** Sitemaps and their indexes (sitemaps.org), with the elements that Google names for news. */
import { Parser } from 'htmlparser2';
import {
  CHILDREN_MAX,
  type DocumentEntry,
  type FeedDocument,
  LINE_CHARS_MAX,
  lineOf,
  newest,
  titleOf,
} from './document.ts';

/** Of a longer sitemap the rest is not looked at: by the protocol a file holds 50,000 URLs. */
const URLS_MAX = 50_000;

type Fields = Record<string, string>;

/** The texts that are read in one `url` or `sitemap` element, by the local names of their elements. */
const FIELDS = new Set(['loc', 'lastmod', 'title', 'publication_date', 'name', 'language']);

/** One record for each element named `record`; each holds the first text of each field. Linear, and no entity of a DTD is expanded. */
function recordsOf(xml: string, record: string, recordsMax: number): Fields[] {
  const records: Fields[] = [];
  let current: Fields | null = null;
  let field: string | null = null;
  const parser = new Parser(
    {
      onopentagname(name) {
        const local = localName(name);
        if (local === record) current = {};
        else field = current !== null && FIELDS.has(local) && !(local in current) && !isPicture(name) ? local : null;
        if (current !== null && local === 'news') current.news = 'yes';
      },
      ontext(text) {
        if (current === null || field === null) return;
        current[field] = ((current[field] ?? '') + text).slice(0, 2 * LINE_CHARS_MAX);
      },
      onclosetag(name) {
        field = null;
        if (localName(name) !== record || current === null) return;
        if (records.length < recordsMax) records.push(current);
        current = null;
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return records;
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1).toLowerCase();

/** Pictures and videos have locations and titles, too. */
const isPicture = (name: string) => /^(?:image|video):/i.test(name);

/** The entries of a sitemap that are news; null where none is: what is left are the pages of a site, and any of them may be old. */
export function readSitemap(xml: string): FeedDocument | null {
  const news = recordsOf(xml, 'url', URLS_MAX).filter((record) => record.news === 'yes' && record.loc !== undefined);
  if (news.length === 0) return null;
  return {
    kind: 'sitemap',
    title: lineOf(news[0]?.name),
    description: null,
    homeUrl: null,
    language: lineOf(news[0]?.language),
    updated: null,
    ttlMinutes: null,
    skipHours: [],
    skipDays: [],
    entries: newest(news.map(entryOf)),
  };
}

function entryOf({ loc, lastmod, title, publication_date, name }: Fields): DocumentEntry {
  const source = lineOf(name);
  return {
    guid: null,
    url: lineOf(loc),
    title: titleOf(title),
    summary: null,
    content: null,
    published: lineOf(publication_date),
    updated: lineOf(lastmod),
    source: source === null ? null : { name: source, url: null },
  };
}

export function readSitemapIndex(xml: string): { url: string; updated: string | null }[] {
  return recordsOf(xml, 'sitemap', CHILDREN_MAX).flatMap(({ loc, lastmod }) => {
    const url = lineOf(loc);
    return url === null ? [] : [{ url, updated: lineOf(lastmod) }];
  });
}
