import type { FeedItem } from '@wirefold/store';
import { agencyLabel, linkable } from '@wirefold/web';
import { readable } from './xml.ts';

/** A page of a feed, before it is written in a format. Addresses are absolute. */
export interface Feed {
  title: string;
  /** The same stories as a page for readers. */
  homeUrl: string;
  /** This page of the feed, its first one, and the next one; null on the last. */
  selfUrl: string;
  firstUrl: string;
  nextUrl: string | null;
  items: FeedItem[];
  /** Where this service was asked for: `http://host:port`. */
  address: string;
}

/** Ids are the same under whatever name the service is reached: story ids are random, and no two stores give the same. */
const TAG = 'tag:wirefold.invalid,2026';
/** What a feed without a story says of its last change. */
const NEVER = '1970-01-01T00:00:00.000Z';

export function itemId({ id }: Pick<FeedItem, 'id'>): string {
  return `${TAG}:story/${encodeURIComponent(id)}`;
}

/** An id for the source of an item, which must have one. */
export function sourceId({ canonical }: Pick<FeedItem, 'canonical'>): string {
  return `${TAG}:source/${encodeURIComponent(canonical.source.key.replace(/\p{Surrogate}/gu, '\ufffd'))}`;
}

export function itemTitle({ title }: Pick<FeedItem, 'title'>): string {
  const shown = readable(title).trim();
  return shown === '' ? 'Untitled' : shown;
}

/** The story's page here: the one address that stays while copies come and go. */
export function itemUrl({ address }: Pick<Feed, 'address'>, { id }: Pick<FeedItem, 'id'>): string {
  return `${address}/stories/${encodeURIComponent(id)}`;
}

/** When the story last said something else; never before it was there. */
export function itemUpdated({ createdAt, editedAt }: Pick<FeedItem, 'createdAt' | 'editedAt'>): string {
  return editedAt > createdAt ? editedAt : createdAt;
}

export function feedUpdated({ items }: Pick<Feed, 'items'>): string {
  return items.map(itemUpdated).sort().at(-1) ?? NEVER;
}

/** Who wrote it, as far as is known: the byline, else the agency, else the outlet. */
export function itemAuthor({ canonical, origins }: Pick<FeedItem, 'canonical' | 'origins'>): string {
  const agency = origins.find(({ isAgency }) => isAgency)?.name;
  const names = [canonical.byline, agency, canonical.source.name, canonical.source.key];
  return names.map((name) => readable(name ?? '').trim()).find((name) => name !== '') ?? 'Unknown';
}

/** `Paper`, or `Paper (AP text)` where an agency wrote it. */
export function outletName({ canonical, origins }: Pick<FeedItem, 'canonical' | 'origins'>): string {
  const { name, key } = canonical.source;
  const agency = agencyLabel(origins);
  const outlet = name.trim() === '' ? key : name;
  return agency === null ? outlet : `${outlet} (${agency} text)`;
}

/** The site of the canonical, where that has an address that may be followed. */
export function siteUrl({ canonical }: Pick<FeedItem, 'canonical'>): string | null {
  const url = linkable(canonical.url);
  return url === null ? null : `${new URL(url).origin}/`;
}

const LANGUAGES = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** A language as `xml:lang` takes it; null where it is not known, or none that there is. */
export function languageOf({ canonical }: Pick<FeedItem, 'canonical'>): string | null {
  const { language } = canonical;
  return language !== null && /^[a-z]{2,3}$/.test(language) && LANGUAGES.of(language) !== undefined ? language : null;
}

/** The opening; null where there is none, because readers are warned of blank ones. */
export function itemSummary({ lead }: Pick<FeedItem, 'lead'>): string | null {
  return readable(lead).trim() === '' ? null : lead;
}
