import type { FeedItem } from '@wirefold/store';
import { html, render } from '@wirefold/web';
import { contentOf } from './content.ts';
import {
  type Feed,
  feedUpdated,
  itemAuthor,
  itemId,
  itemSummary,
  itemTitle,
  itemUpdated,
  itemUrl,
  outletName,
  siteUrl,
} from './feed.ts';
import { document, element, type Xml } from './xml.ts';

const NAMESPACES = {
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
};

/** RSS 2.0, with what it lacks in the namespaces that readers know. */
export function renderRss(feed: Feed): string {
  const link = (rel: string, href: string) => element('atom:link', { rel, type: 'application/rss+xml', href });
  return document(
    element(
      'rss',
      { version: '2.0', ...NAMESPACES },
      element(
        'channel',
        {},
        element('title', {}, feed.title),
        element('link', {}, feed.homeUrl),
        element('description', {}, 'Each text once, with every copy of it.'),
        feed.items.length === 0 ? null : element('lastBuildDate', {}, rfc822(feedUpdated(feed))),
        element('generator', {}, 'Wirefold'),
        element('docs', {}, 'https://www.rssboard.org/rss-specification'),
        link('self', feed.selfUrl),
        link('first', feed.firstUrl),
        feed.nextUrl === null ? null : link('next', feed.nextUrl),
        ...feed.items.map((item) => entry(feed, item)),
      ),
    ),
  );
}

function entry(feed: Feed, item: FeedItem): Xml {
  const site = siteUrl(item);
  return element(
    'item',
    {},
    element('title', {}, itemTitle(item)),
    element('link', {}, itemUrl(feed, item)),
    element('guid', { isPermaLink: 'false' }, itemId(item)),
    element('pubDate', {}, rfc822(item.createdAt)),
    element('atom:updated', {}, itemUpdated(item)),
    element('dc:creator', {}, itemAuthor(item)),
    site === null ? null : element('source', { url: site }, outletName(item)),
    // A description is HTML.
    element('description', {}, render(html`${itemSummary(item) ?? itemTitle(item)}`)),
    element('content:encoded', {}, contentOf(feed, item)),
  );
}

/** `Wed, 11 Mar 2026 07:00:00 GMT`. */
function rfc822(iso: string): string {
  return new Date(iso).toUTCString();
}
