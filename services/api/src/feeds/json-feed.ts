import type { FeedItem } from '@wirefold/store';
import { linkable } from '@wirefold/web';
import { contentOf } from './content.ts';
import {
  type Feed,
  itemAuthor,
  itemId,
  itemSummary,
  itemTitle,
  itemUpdated,
  itemUrl,
  languageOf,
  outletName,
} from './feed.ts';
import { readable } from './xml.ts';

/** JSON Feed 1.1; `_wirefold` has what only we know. */
export function renderJsonFeed(feed: Feed): string {
  const page = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.homeUrl,
    feed_url: feed.selfUrl,
    ...(feed.nextUrl !== null && { next_url: feed.nextUrl }),
    authors: [{ name: 'Wirefold' }],
    items: feed.items.map((item) => entry(feed, item)),
  };
  return JSON.stringify(page, (_key, value: unknown) => (typeof value === 'string' ? readable(value) : value));
}

function entry(feed: Feed, item: FeedItem) {
  const external = linkable(item.canonical.url);
  const image = linkable(item.canonical.image);
  const language = languageOf(item);
  const summary = itemSummary(item);
  return {
    id: itemId(item),
    url: itemUrl(feed, item),
    ...(external !== null && { external_url: external }),
    title: itemTitle(item),
    ...(summary !== null && { summary }),
    content_html: contentOf(feed, item),
    ...(image !== null && { image }),
    date_published: item.createdAt,
    date_modified: itemUpdated(item),
    authors: [{ name: itemAuthor(item) }],
    ...(language !== null && { language }),
    _wirefold: {
      story: item.id,
      outlet: outletName(item),
      copies: item.copies,
      outlets: item.outlets,
      origins: item.origins.map(({ name, isAgency }) => ({ name, is_agency: isAgency })),
      mirrors: item.mirrorList.map(({ url, title, source }) => ({ url: linkable(url), title, outlet: source.name })),
    },
  };
}
