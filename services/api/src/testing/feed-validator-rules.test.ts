import { describe, expect, test } from 'vitest';
import { type AnsweredFeed, atomWarnings, jsonFeedWarnings, rssWarnings } from './feed-validator-rules.ts';

const URL = 'https://news.example/feed';
const AT = '2026-03-11T07:00:00.000Z';

const ATOM_TEXT = `<feed xmlns="http://www.w3.org/2005/Atom"><updated>${AT}</updated><link rel="self" href="${URL}"/>
<entry xml:lang="en"><id>tag:a.example,2026:1</id><title>Ferry</title><updated>${AT}</updated><published>${AT}</published>
<link rel="alternate" href="https://news.example/1"/><summary>It left.</summary><content type="html">&lt;p&gt;It left.&lt;/p&gt;</content></entry></feed>`;
const RSS_TEXT = `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<lastBuildDate>Wed, 11 Mar 2026 07:00:00 GMT</lastBuildDate><atom:link rel="self" href="${URL}"/><item><title>Ferry</title>
<guid isPermaLink="false">1</guid><pubDate>Wed, 11 Mar 2026 07:00:00 GMT</pubDate><description>It left.</description><content:encoded>&lt;p&gt;It left.&lt;/p&gt;</content:encoded></item></channel></rss>`;
const JSON_TEXT = JSON.stringify({
  feed_url: URL,
  items: [
    { content_html: '<p>It left.</p>', date_published: AT, date_modified: AT, language: 'en', summary: 'It left.' },
  ],
});

const answer = (contentType: string, text: string): AnsweredFeed => ({ url: URL, contentType, text });
const atom = (text: string) => atomWarnings(answer('application/atom+xml; charset=utf-8', text));
const rss = (text: string) => rssWarnings(answer('application/rss+xml; charset=utf-8', text));
const json = (text: string) => jsonFeedWarnings(answer('application/feed+json; charset=utf-8', text));

/** What is replaced by what, and a part of what is said then. */
type Fault = [from: string, to: string, said: string];

const ATOM_FAULTS: Fault[] = [
  [`href="${URL}"`, 'href="/feed"', 'relative link'],
  ['rel="self"', 'rel="me"', 'not registered'],
  ['<title>Ferry', '<title> ', 'blank title'],
  ['<summary>It left.', '<summary>', 'blank summary'],
  ['xml:lang="en"', 'xml:lang="xx"', 'unknown language xx'],
  [`<updated>${AT}</updated><link`, '<updated>2026-03-10T07:00:00.000Z</updated><link', 'older than an entry'],
  [`<published>${AT}`, '<published>2026-03-12T07:00:00.000Z', 'changed before it was published'],
  ['&lt;p&gt;It', '&lt;p style="x"&gt;It', 'attribute style'],
  ['&lt;p&gt;It', '&lt;script&gt;&lt;/script&gt;&lt;p&gt;It', 'element script'],
  ['&lt;p&gt;It', '&lt;p&gt;&lt;a href="/1"&gt;1&lt;/a&gt;It', 'relative reference'],
  ['left.&lt;/p&gt;', 'left.', 'not closed'],
];
const RSS_FAULTS: Fault[] = [
  ['<lastBuildDate>Wed, 11 Mar 2026', '<lastBuildDate>Thu, 01 Jan 1970', 'implausible time'],
  ['<pubDate>Wed,', '<pubDate>Mon,', 'another day of the week'],
  [' isPermaLink="false"', '', 'guid that is no link'],
  ['<guid', '<author>Ada Ferry</author><guid', 'without an address'],
  ['<guid', '<title>Again</title><guid', 'more than one title'],
  ['rel="self"', 'rel="first"', 'not one link to itself'],
  ['<description>It left.</description>', '', 'before the description'],
];
const JSON_FAULTS: Fault[] = [
  [`"feed_url":"${URL}"`, '"feed_url":"https://other.example/"', 'not where it was found'],
  ['"items"', `"next_url":"${URL}","items"`, 'its own next page'],
  ['"summary":"It left."', '"summary":" "', 'blank summary'],
  ['"language":"en"', '"language":"qq"', 'unknown language'],
  [`"date_modified":"${AT}"`, '"date_modified":"2026-03-10T00:00:00Z"', 'changed before'],
];

describe('the rules find', () => {
  test('nothing in feeds that keep them', () => {
    expect([atom(ATOM_TEXT), rss(RSS_TEXT), json(JSON_TEXT)]).toEqual([[], [], []]);
  });

  test.each([
    ...ATOM_FAULTS.map((fault) => ['Atom', atom, ATOM_TEXT, fault] as const),
    ...RSS_FAULTS.map((fault) => ['RSS', rss, RSS_TEXT, fault] as const),
    ...JSON_FAULTS.map((fault) => ['JSON Feed', json, JSON_TEXT, fault] as const),
  ])('a fault of %s', (_name, rules, text, [from, to, said]) => {
    expect(text).toContain(from);
    expect(rules(text.replace(from, to))).toEqual(expect.arrayContaining([expect.stringContaining(said)]));
  });

  test('another content type', () => {
    expect(atomWarnings(answer('text/html', ATOM_TEXT))).toContain('another content type');
  });
});
