import type { FeedItem } from '@wirefold/store';
import { linkable } from '@wirefold/web';
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
  languageOf,
  outletName,
  siteUrl,
  sourceId,
} from './feed.ts';
import { document, element, type Xml } from './xml.ts';

/** Atom (RFC 4287), with paging (RFC 5005). */
export function renderAtom(feed: Feed): string {
  const link = (rel: string, href: string, type = 'application/atom+xml') => element('link', { rel, type, href });
  return document(
    element(
      'feed',
      { xmlns: 'http://www.w3.org/2005/Atom' },
      element('id', {}, feed.firstUrl),
      element('title', {}, feed.title),
      element('updated', {}, feedUpdated(feed)),
      element('author', {}, element('name', {}, 'Wirefold')),
      element('generator', {}, 'Wirefold'),
      link('self', feed.selfUrl),
      link('alternate', feed.homeUrl, 'text/html'),
      link('first', feed.firstUrl),
      feed.nextUrl === null ? null : link('next', feed.nextUrl),
      ...feed.items.map((item) => entry(feed, item)),
    ),
  );
}

function entry(feed: Feed, item: FeedItem): Xml {
  const via = linkable(item.canonical.url);
  const summary = itemSummary(item);
  return element(
    'entry',
    { 'xml:lang': languageOf(item) },
    element('id', {}, itemId(item)),
    element('title', {}, itemTitle(item)),
    element('updated', {}, itemUpdated(item)),
    element('published', {}, item.createdAt),
    element('author', {}, element('name', {}, itemAuthor(item))),
    source(item),
    element('link', { rel: 'alternate', type: 'text/html', href: itemUrl(feed, item) }),
    via === null ? null : element('link', { rel: 'via', href: via, title: outletName(item) }),
    ...item.mirrorList.map(({ url, title }) => {
      const href = linkable(url);
      return href === null ? null : element('link', { rel: 'related', href, title });
    }),
    summary === null ? null : element('summary', {}, summary),
    element('content', { type: 'html' }, contentOf(feed, item)),
  );
}

function source(item: FeedItem): Xml {
  const site = siteUrl(item);
  return element(
    'source',
    {},
    element('id', {}, sourceId(item)),
    element('title', {}, outletName(item)),
    element('updated', {}, itemUpdated(item)),
    site === null ? null : element('link', { rel: 'alternate', type: 'text/html', href: site }),
  );
}
