import { Parser } from 'htmlparser2';
import { ATOM, all, parseXml, type XmlNode } from './feed-rules.ts';

/**
 * Rules of the W3C Feed Validation Service (validator.w3.org/feed/docs) beyond those of the specifications, as far as they concern what we
 * send: warnings of it, too. Written anew from its documentation; for JSON Feed the same in the words of that.
 */

/** A feed as it was answered, at the URL that was asked for. */
export interface AnsweredFeed {
  url: string;
  contentType: string;
  text: string;
}

const ABSOLUTE = /^(?:https?:\/\/[^/\s]|tag:|urn:)/;
/** Elements of HTML that a feed's text may be made of. */
const HTML_TAGS = new Set('a p ul li h3 blockquote'.split(' '));
const HTML_ATTRIBUTES = new Set(['href']);
const REGISTERED_RELS = new Set('self alternate first next via related'.split(' '));
const LANGUAGES = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
const EARLIEST_MS = Date.parse('1990-01-01T00:00:00Z');
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const XML_CHARSET = /;\s*charset=utf-8\s*$/i;

type Check = (fits: boolean, problem: string) => void;

function collect(look: (check: Check) => void): string[] {
  const problems: string[] = [];
  look((fits, problem) => {
    if (!fits) problems.push(problem);
  });
  return problems;
}

/** The text of an item as a browser reads it: balanced, of few elements, and without anything relative or dangerous. */
function checkHtml(html: string, check: Check): void {
  const open: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      open.push(name);
      check(HTML_TAGS.has(name), `an element ${name} in the text`);
      for (const [attribute, value] of Object.entries(attributes)) {
        check(HTML_ATTRIBUTES.has(attribute), `an attribute ${attribute} in the text`);
        if (attribute === 'href') check(/^https?:\/\/[^/\s]/.test(value), 'a relative reference in the text');
      }
    },
    onclosetag(name, isImplied) {
      check(open.pop() === name && !isImplied, `an element ${name} that is not closed`);
    },
  });
  parser.end(html);
}

function checkTime(text: string, check: Check): void {
  const at = Date.parse(text);
  check(at >= EARLIEST_MS && at <= Date.now() + 86_400_000, `an implausible time ${text}`);
  const [, day] = /^(\w{3}), /.exec(text) ?? [];
  if (day !== undefined) check(DAYS[new Date(at).getUTCDay()] === day, `another day of the week in ${text}`);
}

function checkLanguage(language: string | undefined, check: Check): void {
  if (language !== undefined) check(LANGUAGES.of(language) !== undefined, `an unknown language ${language}`);
}

/** Elements of which an item or a feed has one at most. */
function checkOnce(node: XmlNode, names: string[], check: Check): void {
  for (const name of names) check(all(node, name).length <= 1, `more than one ${name}`);
}

/** Whether two URLs are one, in whatever order their parameters stand. */
function isSame(a: string | undefined, b: string): boolean {
  const [one, other] = [a ?? '', b].map((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    url?.searchParams.sort();
    return url?.href;
  });
  return one !== undefined && one === other;
}

function checkSelf(links: XmlNode[], url: string, check: Check): void {
  const selves = links.filter(({ attributes }) => attributes.rel === 'self');
  check(selves.length === 1, 'not one link to itself');
  for (const { attributes } of selves) check(isSame(attributes.href, url), 'its own link is not where it was found');
  for (const { attributes } of links) {
    check(REGISTERED_RELS.has(attributes.rel ?? 'alternate'), `a link ${attributes.rel} that is not registered`);
    check(ABSOLUTE.test(attributes.href ?? ''), 'a relative link');
  }
}

export function atomWarnings({ url, contentType, text }: AnsweredFeed): string[] {
  return collect((check) => {
    check(/^application\/atom\+xml/.test(contentType) && XML_CHARSET.test(contentType), 'another content type');
    const feed = parseXml(text);
    const named = (node: XmlNode, name: string) => all(node, `${ATOM} ${name}`);
    checkSelf(named(feed, 'link'), url, check);
    const entries = named(feed, 'entry');
    const newest = entries.flatMap((entry) => named(entry, 'updated').map((time) => time.text)).sort();
    if (newest.length > 0) check(named(feed, 'updated')[0]?.text === newest.at(-1), 'it is older than an entry');
    for (const entry of entries) {
      for (const { attributes } of named(entry, 'link')) check(ABSOLUTE.test(attributes.href ?? ''), 'a relative link');
      for (const name of ['summary', 'title', 'content'])
        for (const each of named(entry, name)) check(each.text.trim() !== '', `a blank ${name}`);
      const once = ['id', 'title', 'updated', 'published', 'summary', 'content'];
      checkOnce(
        entry,
        once.map((name) => `${ATOM} ${name}`),
        check,
      );
      for (const name of ['updated', 'published']) for (const time of named(entry, name)) checkTime(time.text, check);
      const [published, updated] = [named(entry, 'published')[0]?.text, named(entry, 'updated')[0]?.text];
      check((published ?? '') <= (updated ?? ''), 'an entry was changed before it was published');
      checkLanguage(entry.attributes['xml:lang'], check);
      for (const content of named(entry, 'content')) checkHtml(content.text, check);
    }
  });
}

const CONTENT = 'http://purl.org/rss/1.0/modules/content/ encoded';

export function rssWarnings({ url, contentType, text }: AnsweredFeed): string[] {
  return collect((check) => {
    check(/^application\/rss\+xml/.test(contentType) && XML_CHARSET.test(contentType), 'another content type');
    const [channel] = all(parseXml(text), 'channel');
    if (channel === undefined) return check(false, 'no channel');
    checkSelf(all(channel, `${ATOM} link`), url, check);
    for (const name of ['lastBuildDate', 'pubDate']) for (const time of all(channel, name)) checkTime(time.text, check);
    checkOnce(channel, ['title', 'link', 'description', 'lastBuildDate', 'ttl', 'language', 'image'], check);
    for (const item of all(channel, 'item')) {
      checkOnce(item, ['title', 'link', 'description', 'guid', 'pubDate', 'source', 'author'], check);
      for (const time of all(item, 'pubDate')) checkTime(time.text, check);
      for (const author of all(item, 'author'))
        check(/^\S+@\S+\.\S+/.test(author.text), 'an author without an address');
      for (const guid of all(item, 'guid'))
        check(guid.attributes.isPermaLink === 'false' || /^https?:/.test(guid.text), 'a guid that is no link');
      const names = item.children.map(({ name }) => name);
      const [described, whole] = [names.indexOf('description'), names.indexOf(CONTENT)];
      check(whole < 0 || (described >= 0 && described < whole), 'the whole text stands before the description');
      for (const each of all(item, 'description')) check(each.text.trim() !== '', 'a blank description');
      for (const name of ['description', CONTENT]) for (const html of all(item, name)) checkHtml(html.text, check);
    }
  });
}

interface JsonItem {
  content_html: string;
  date_published: string;
  date_modified: string;
  language?: string;
  summary?: string;
}

export function jsonFeedWarnings({ url, contentType, text }: AnsweredFeed): string[] {
  return collect((check) => {
    check(/^application\/feed\+json/.test(contentType), 'another content type');
    const feed = JSON.parse(text) as { feed_url?: string; next_url?: string; items: JsonItem[] };
    check(isSame(feed.feed_url, url), 'its own link is not where it was found');
    check(feed.next_url !== url, 'it is its own next page');
    for (const { content_html, date_published, date_modified, language, summary } of feed.items) {
      checkHtml(content_html, check);
      for (const time of [date_published, date_modified]) checkTime(time, check);
      check(date_published <= date_modified, 'an item was changed before it was published');
      checkLanguage(language, check);
      check(summary === undefined || summary.trim() !== '', 'a blank summary');
    }
  });
}
