/** RSS and Atom, through the parser of @rowanmanning/feed-parser; what it does not give is read from its elements. */
import { parseFeed } from '@rowanmanning/feed-parser';
import { type DocumentEntry, type FeedDocument, lineOf, newest, titleOf } from './document.ts';

type Feed = ReturnType<typeof parseFeed>;
type Item = Feed['items'][number];
type Element = Item['element'];

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
/** As many as there are hours in a day; more is nonsense. */
const SKIPPED_MAX = 24;
const PUBLISHED = ['pubdate', 'published', 'issued', 'date', 'created'];
const UPDATED = ['updated', 'modified'];

/** Throws on what is no RSS and no Atom. `withContent` keeps the full texts. */
export function readXmlFeed(xml: string, withContent: boolean): FeedDocument {
  const feed = parseFeed(xml);
  const { element } = feed;
  const isAtom = feed.meta.type === 'atom';
  return {
    kind: isAtom ? 'atom' : 'rss',
    title: titleOf(unpacked(element, ['title'], feed.title)),
    description: lineOf(unpacked(element, ['subtitle', 'tagline'], feed.description)),
    homeUrl: lineOf(feed.url),
    language: lineOf(feed.language),
    updated: textOf(element, [...UPDATED, 'lastbuilddate', ...PUBLISHED]),
    ttlMinutes: minutesOf(textOf(element, ['ttl'])),
    skipHours: skippedIn(element, 'skiphours', 'hour')
      .filter((hour) => /^\d{1,2}$/.test(hour) && Number(hour) <= 24)
      .map((hour) => Number(hour) % 24),
    skipDays: skippedIn(element, 'skipdays', 'day')
      .map((day) => DAYS.indexOf(day.toLowerCase()))
      .filter((day) => day >= 0),
    entries: newest(feed.items.map((item) => entryOf(item, withContent))),
  };
}

function entryOf(item: Item, withContent: boolean): DocumentEntry {
  const { element } = item;
  const guid = lineOf(item.id);
  return {
    guid,
    url: lineOf(item.url) ?? permalinkOf(element, guid),
    title: titleOf(unpacked(element, ['title'], item.title)),
    summary: lineOf(unpacked(element, ['summary'], item.description)),
    content: withContent ? contentOf(item) : null,
    published: textOf(element, PUBLISHED),
    updated: textOf(element, UPDATED),
    source: sourceOf(element),
  };
}

/** RSS also has whole texts in elements that predate `content:encoded`. */
function contentOf({ element, content }: Item): string | null {
  const body = element.findElementWithName('body');
  return unpacked(element, ['content'], content) ?? body?.innerHtml ?? textOf(element, ['fullitem']);
}

/**
 * A text of Atom may be packed in base64: by its `mode` (0.3), or because its type is no text (RFC 4287 4.1.3.3). `plain` is what the
 * parser made of any other.
 */
function unpacked(element: Element, names: string[], plain: string | null): string | null {
  const packed = names.map((name) => element.findElementWithName(name)).find((found) => found !== null);
  if (!packed || !isPacked(packed)) return plain;
  return Buffer.from(packed.textContent, 'base64').toString('utf8');
}

function isPacked(element: Element): boolean {
  const type = element.getAttribute('type')?.toLowerCase() ?? '';
  const mode = element.getAttribute('mode')?.toLowerCase();
  if (mode !== null && mode !== undefined) return mode === 'base64';
  return type.includes('/') && !/^text\/|[+/]xml$|^application\/xhtml/.test(type);
}

/** The first of these children that says anything. */
function textOf(element: Element, names: string[]): string | null {
  for (const name of names) {
    const text = lineOf(element.findElementWithName(name)?.textContentNormalized);
    if (text !== null) return text;
  }
  return null;
}

/** A `guid` of RSS is the entry's address unless it says that it is not. */
function permalinkOf(element: Element, guid: string | null): string | null {
  const isPermalink = element.findElementWithName('guid')?.getAttribute('ispermalink')?.toLowerCase() !== 'false';
  return guid !== null && isPermalink && /^https?:\/\//i.test(guid) ? guid : null;
}

/** RSS writes the name in the element and the feed's URL in an attribute; Atom puts a small feed there. */
function sourceOf(element: Element): DocumentEntry['source'] {
  const source = element.findElementWithName('source');
  if (source === null) return null;
  const title = source.findElementWithName('title');
  const links = source.findElementsWithName('link');
  const link = links.find((each) => (each.getAttribute('rel') ?? 'alternate') === 'alternate') ?? links[0];
  const name = titleOf(unpacked(source, ['title'], (title ?? source).textContentNormalized));
  const url = lineOf(source.getAttribute('url') ?? link?.getAttributeAsUrl('href'));
  return name === null && url === null ? null : { name, url };
}

function minutesOf(text: string | null): number | null {
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : null;
}

function skippedIn(element: Element, list: string, name: string): string[] {
  const skipped = element.findElementWithName(list)?.findElementsWithName(name) ?? [];
  return skipped.slice(0, SKIPPED_MAX).flatMap((each) => lineOf(each.textContentNormalized) ?? []);
}
