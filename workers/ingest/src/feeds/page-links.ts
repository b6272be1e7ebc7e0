/** The feeds that a page names in its head. */
import { Parser } from 'htmlparser2';
import { type FeedLink, LINKS_MAX, lineOf } from './document.ts';

const FEED_TYPES = new Set([
  'application/rss+xml',
  'application/atom+xml',
  'application/feed+json',
  'application/json',
  'application/rdf+xml',
  'text/xml',
  'application/xml',
]);

/** `link rel=alternate` with the type of a feed, in the order of the page; feeds of comments last. */
export function feedLinksOf(html: string): { links: FeedLink[]; baseHref: string | null } {
  const links: FeedLink[] = [];
  let baseHref: string | null = null;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'base') baseHref ??= lineOf(attributes.href);
      if (name !== 'link' || links.length === LINKS_MAX) return;
      const rels = (attributes.rel ?? '').toLowerCase().split(/\s+/);
      const type = (attributes.type ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
      const isFeed = (rels.includes('alternate') && FEED_TYPES.has(type)) || rels.includes('feed');
      const url = lineOf(attributes.href);
      // WordPress names the addresses of its programs by the type application/json.
      if (isFeed && url !== null && !/\/wp-json\/|\/oembed/i.test(url)) {
        links.push({ url, title: lineOf(attributes.title) });
      }
    },
  });
  parser.end(html);
  const isComments = ({ url, title }: FeedLink) => /comment|kommentar|commentaire/i.test(`${url} ${title ?? ''}`);
  return { links: [...links.filter((link) => !isComments(link)), ...links.filter(isComments)], baseHref };
}
