import { SaxesParser } from 'saxes';

/** An element as a namespace-aware parser sees it; `name` is `uri local`, the uri left out where there is none. */
export interface XmlNode {
  name: string;
  attributes: Record<string, string>;
  children: XmlNode[];
  text: string;
}

export const ATOM = 'http://www.w3.org/2005/Atom';
const atom = (name: string) => `${ATOM} ${name}`;
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const RFC_822 = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;
const LINK = /^https?:\/\/[^/]/;

/** Parses strictly: throws for what is not well-formed, with an unknown prefix or with a character that XML cannot hold. */
export function parseXml(text: string): XmlNode {
  const parser = new SaxesParser({ xmlns: true });
  const root: XmlNode = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ uri, local, attributes }) => {
    const own = Object.fromEntries(Object.values(attributes).map(({ name, value }) => [name, value]));
    const node = { name: uri === '' ? local : `${uri} ${local}`, attributes: own, children: [], text: '' };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', (part) => {
    const node = open.at(-1);
    if (node !== undefined) node.text += part;
  });
  parser.write(text).close();
  return root.children[0] as XmlNode;
}

export const all = (node: XmlNode, name: string) => node.children.filter((child) => child.name === name);

/** What RFC 4287 and RFC 5005 ask of a feed document and this one does not do. */
export function atomProblems(text: string): string[] {
  const feed = parseXml(text);
  const problems = feed.name === atom('feed') ? [] : ['the root is no feed'];
  const check = (fits: boolean, problem: string) => {
    if (!fits) problems.push(problem);
  };
  const one = (node: XmlNode, name: string) => {
    check(all(node, atom(name)).length === 1, `${node.name} has not exactly one ${name}`);
    return all(node, atom(name))[0]?.text ?? '';
  };
  const links = (node: XmlNode, rel: string) =>
    all(node, atom('link')).filter(({ attributes }) => (attributes.rel ?? 'alternate') === rel);
  const entries = all(feed, atom('entry'));
  for (const node of [feed, ...entries]) {
    check(URL.canParse(one(node, 'id')), 'an id is no absolute IRI');
    check(RFC_3339.test(one(node, 'updated')), 'a time is not of RFC 3339');
    check(one(node, 'title').trim() !== '', 'a title is empty');
    check(all(node, atom('author')).length > 0, 'an author is missing');
    for (const author of all(node, atom('author'))) check(one(author, 'name').trim() !== '', 'an author has no name');
    check(links(node, 'alternate').length === 1, 'not one alternate link');
    for (const { attributes } of all(node, atom('link'))) check(LINK.test(attributes.href ?? ''), 'a link is not http');
  }
  for (const entry of entries) {
    check(RFC_3339.test(one(entry, 'published')), 'a time is not of RFC 3339');
    check(all(entry, atom('content'))[0]?.attributes.type === 'html', 'the content is not html');
    check(all(entry, atom('source')).length <= 1, 'more than one source');
  }
  for (const rel of ['self', 'first']) check(links(feed, rel).length === 1, `not one link ${rel}`);
  check(links(feed, 'next').length <= 1, 'more than one next');
  const ids = entries.map((entry) => one(entry, 'id'));
  check(new Set(ids).size === ids.length, 'two entries have one id');
  return problems;
}

/** What RSS 2.0 and the RSS Best Practices Profile ask and this document does not do. */
export function rssProblems(text: string): string[] {
  const rss = parseXml(text);
  const problems = rss.name === 'rss' && rss.attributes.version === '2.0' ? [] : ['the root is not RSS 2.0'];
  const check = (fits: boolean, problem: string) => {
    if (!fits) problems.push(problem);
  };
  const [channel, ...others] = all(rss, 'channel');
  if (channel === undefined || others.length > 0) return [...problems, 'not one channel'];
  const one = (node: XmlNode, name: string) => {
    check(all(node, name).length === 1, `${node.name} has not exactly one ${name}`);
    return all(node, name)[0]?.text ?? '';
  };
  for (const name of ['title', 'description']) check(one(channel, name) !== '', `the channel has no ${name}`);
  check(LINK.test(one(channel, 'link')), 'a link is not http');
  const items = all(channel, 'item');
  // A feed without items says nothing of when it changed.
  if (items.length > 0) check(RFC_822.test(one(channel, 'lastBuildDate')), 'a time is not of RFC 822');
  for (const item of items) {
    check(one(item, 'title').trim() !== '', 'a title is empty');
    check(LINK.test(one(item, 'link')), 'a link is not http');
    check(RFC_822.test(one(item, 'pubDate')), 'a time is not of RFC 822');
    one(item, 'description');
    check(all(item, 'guid')[0]?.attributes.isPermaLink === 'false', 'a guid counts as a link');
    for (const source of all(item, 'source')) check(LINK.test(source.attributes.url ?? ''), 'a source has no url');
  }
  const ids = items.map((item) => one(item, 'guid'));
  check(new Set(ids).size === ids.length, 'two items have one guid');
  return problems;
}

interface JsonItem {
  [key: string]: unknown;
  id?: unknown;
}

/** What JSON Feed 1.1 asks and this document does not do. */
export function jsonFeedProblems(text: string): string[] {
  const feed = JSON.parse(text) as { [key: string]: unknown; items: JsonItem[] };
  const problems: string[] = [];
  const check = (fits: boolean, problem: string) => {
    if (!fits) problems.push(problem);
  };
  const isLink = (value: unknown) => value === undefined || (typeof value === 'string' && LINK.test(value));
  check(feed.version === 'https://jsonfeed.org/version/1.1', 'another version');
  check(typeof feed.title === 'string' && feed.title !== '', 'no title');
  for (const name of ['home_page_url', 'feed_url', 'next_url']) check(isLink(feed[name]), `${name} is not http`);
  for (const item of feed.items) {
    check(typeof item.id === 'string' && item.id !== '', 'an id is no string');
    check(typeof item.content_html === 'string', 'an item has no content');
    for (const name of ['url', 'external_url', 'image']) check(isLink(item[name]), `${name} is not http`);
    for (const name of ['date_published', 'date_modified']) check(RFC_3339.test(String(item[name])), `${name} is bad`);
    check(Array.isArray(item.authors) && item.authors.every(({ name }) => typeof name === 'string'), 'authors are bad');
    const own = Object.keys(item).filter((key) => key.startsWith('_'));
    check(
      own.every((key) => typeof item[key] === 'object'),
      'an extension is no object',
    );
  }
  check(new Set(feed.items.map(({ id }) => id)).size === feed.items.length, 'two items have one id');
  return problems;
}
