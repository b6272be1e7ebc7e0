/** What robots.txt says to us: RFC 9309, read as Google's published matcher reads it where that leaves room. Pure. */
import type { RobotsRule, RobotsRules } from '@wirefold/store';

/** The name under which a site may address us; the first word of the User-Agent. */
const ROBOTS_AGENT = 'wirefold';

/** Bytes of a robots.txt that are read; RFC 9309 asks for 500 KiB at least. */
export const ROBOTS_BYTES_MAX = 524_288;

/** Characters of a line that are read: eight URLs of the length that browsers once took. */
const LINE_CHARS_MAX = 16_663;

/** A delay of more than a day is no delay but a mistake. */
const CRAWL_DELAY_MAX_MS = 86_400_000;

type Field = 'agent' | 'allow' | 'disallow' | 'delay' | null;

/** Beginnings of the names of fields, in the spellings that sites use; those of Google's parser. */
const FIELDS: [names: string[], field: Field][] = [
  [['user-agent', 'useragent', 'user agent'], 'agent'],
  [['disallow', 'dissallow', 'dissalow', 'disalow', 'diasllow', 'disallaw'], 'disallow'],
  [['allow'], 'allow'],
  [['crawl-delay'], 'delay'],
];

/** The rules of the groups that name `agent` (lower case); where none does, those of the groups for all. */
export function readRobots(text: string, agent = ROBOTS_AGENT): RobotsRules {
  const own: RobotsRules = { rules: [], crawlDelayMs: null };
  const general: RobotsRules = { rules: [], crawlDelayMs: null };
  const group = { isOwn: false, isGeneral: false, hasRules: false };
  let isNamed = false;
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)) {
    const { field, value } = fieldOf(line);
    if (field === 'agent') {
      if (group.hasRules) Object.assign(group, { isOwn: false, isGeneral: false, hasRules: false });
      if (/^\*(?:\s|$)/.test(value)) group.isGeneral = true;
      else if ((/^[a-z_-]*/i.exec(value)?.[0] ?? '').toLowerCase() === agent) {
        group.isOwn = true;
        isNamed = true;
      }
    } else if (field !== null && (group.isOwn || group.isGeneral)) {
      const target = group.isOwn ? own : general;
      if (field === 'delay') target.crawlDelayMs ??= delayOf(value);
      else target.rules.push(...rulesOf(field === 'allow', value));
    }
    // A delay between two names does not end the group: the RFC knows no such field.
    if (field === 'allow' || field === 'disallow') group.hasRules = true;
  }
  return isNamed ? own : general;
}

/** Whether the longest rule that matches allows the URL; of two as long, one that allows wins. */
export function robotsAllow({ rules }: RobotsRules, url: string): boolean {
  const path = pathOf(url);
  let allowed = 0;
  let forbidden = 0;
  for (const { allows, pattern } of rules) {
    const best = allows ? allowed : forbidden;
    if (pattern.length <= best || !matches(path, pattern)) continue;
    if (allows) allowed = pattern.length;
    else forbidden = pattern.length;
  }
  return allowed >= forbidden;
}

function fieldOf(whole: string): { field: Field; value: string } {
  const line = (whole.slice(0, LINE_CHARS_MAX).split('#', 1)[0] ?? '').trim();
  const colon = line.indexOf(':');
  // Without a colon, two words and no more are a field and its value.
  const words = colon < 0 ? line.split(/\s+/) : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  const [name = '', value = ''] = words;
  if (words.length !== 2) return { field: null, value: '' };
  const lower = name.toLowerCase();
  return { field: FIELDS.find(([names]) => names.some((each) => lower.startsWith(each)))?.[1] ?? null, value };
}

/** A rule that allows an index page allows its folder's address, too. */
function rulesOf(allows: boolean, value: string): RobotsRule[] {
  const pattern = encoded(value);
  if (pattern === '') return [];
  const slash = pattern.lastIndexOf('/');
  const isIndex = allows && slash >= 0 && pattern.startsWith('/index.htm', slash);
  return [{ allows, pattern }, ...(isIndex ? [{ allows, pattern: `${pattern.slice(0, slash + 1)}$` }] : [])];
}

function delayOf(value: string): number | null {
  if (!/^\d{1,9}(?:\.\d{1,9})?$/.test(value)) return null;
  return Math.min(Math.round(Number(value) * 1_000), CRAWL_DELAY_MAX_MS);
}

/** Octets above ASCII percent-encoded, and the digits of all that are in upper case; as URLs come. */
function encoded(pattern: string): string {
  return pattern
    .replace(/%[0-9a-f]{2}/gi, (octet) => octet.toUpperCase())
    .replace(/[^\u0000-\u007f]+/g, (run) => encodeURIComponent(run.replace(/\p{Surrogate}/gu, '\ufffd')));
}

/** Path and query as they stand in the URL: nothing is decoded, and what is not encoded matches no encoded pattern. */
function pathOf(url: string): string {
  const scheme = url.indexOf('//');
  const rest = (scheme < 0 ? url : url.slice(scheme + 2)).split('#', 1)[0] ?? '';
  const start = rest.search(/[/?;]/);
  if (start < 0) return '/';
  return rest[start] === '/' ? rest.slice(start) : `/${rest.slice(start)}`;
}

/**
 * From the start of the path, each piece between two `*` at the first place where it fits: if any choice of places fits, this one
 * does, so no place is tried twice.
 */
function matches(path: string, whole: string): boolean {
  const isAnchored = whole.endsWith('$');
  const pieces = (isAnchored ? whole.slice(0, -1) : whole).split('*');
  const [first = '', ...others] = pieces;
  if (!path.startsWith(first)) return false;
  const last = isAnchored ? others.pop() : undefined;
  if (isAnchored && last === undefined) return path.length === first.length;
  let at = first.length;
  for (const piece of others) {
    const found = path.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return last === undefined || (path.length - last.length >= at && path.endsWith(last));
}
