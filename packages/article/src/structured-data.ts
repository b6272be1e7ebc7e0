/** Reads what a page says about its article in JSON-LD. All of it is a claim: it is parsed within bounds and used as evidence. */
import type { StructuredCredit } from './credit.ts';
import { textOfMarkup } from './markup-text.ts';

/** Objects looked at in one page, and values in one list. */
const OBJECTS_MAX = 3000;
const LIST_MAX = 200;
const NAME_DEPTH_MAX = 4;
const NAME_CHARS_MAX = 200;

type Json = string | number | boolean | null | Json[] | JsonObject;
interface JsonObject {
  [key: string]: Json | undefined;
}

export interface StructuredAuthor {
  name: string;
  isOrganization: boolean;
}

/** The article that a page's JSON-LD describes. Texts are plain, dates as they were written. */
export interface StructuredArticle {
  headline: string | null;
  description: string | null;
  body: string | null;
  published: string | null;
  modified: string | null;
  section: string | null;
  keywords: string[];
  authors: StructuredAuthor[];
  publisher: string | null;
  image: string | null;
  language: string | null;
  isFree: boolean | null;
  credit: StructuredCredit;
}

/** What the scripts of a page describe, by the names of schema.org: `VideoObject`, `CollectionPage`. */
export function kindsOf(scripts: readonly string[]): ReadonlySet<string> {
  return new Set(objectsOf(scripts).flatMap(typesOf));
}

function objectsOf(scripts: readonly string[]): JsonObject[] {
  return scripts.flatMap((script) => flatten(parse(script))).slice(0, OBJECTS_MAX);
}

/** The best described article among the scripts of a page, or null. */
export function readStructuredData(scripts: readonly string[]): StructuredArticle | null {
  const objects = objectsOf(scripts);
  const article = bestArticle(objects);
  if (article === null) return null;
  const find = new Map(objects.flatMap((object) => idOf(object) ?? []));
  const names = (value: Json | undefined): string[] => namesOf(value, find, 0).map((named) => named.name);
  const free = article.isAccessibleForFree;
  return {
    headline: textOf(article.headline) ?? textOf(article.name),
    description: textOf(article.description),
    body: typeof article.articleBody === 'string' ? article.articleBody : null,
    published: textOf(article.datePublished) ?? textOf(article.dateCreated),
    modified: textOf(article.dateModified),
    section: textOf(article.articleSection),
    keywords: keywordsOf(article.keywords, names),
    authors: namesOf(article.author ?? article.creator, find, 0),
    publisher: names(article.publisher)[0] ?? null,
    image: imageOf(article.image ?? article.thumbnailUrl, find, 0),
    language: textOf(article.inLanguage),
    isFree: free === undefined || free === null ? null : !/^(?:false|0|no)$/i.test(String(free).replace(/^.*\//, '')),
    credit: creditOfArticle(article, names, find),
  };
}

/** One text with commas, or a list of texts and named terms. */
function keywordsOf(value: Json | undefined, names: (value: Json | undefined) => string[]): string[] {
  const one = textOf(value);
  return one !== null && !(Array.isArray(value) && value.length > 1) ? [one] : names(value);
}

function creditOfArticle(
  article: JsonObject,
  names: (value: Json | undefined) => string[],
  find: ReadonlyMap<string, JsonObject>,
): StructuredCredit {
  const authors = namesOf(article.author, find, 0);
  const publisher = names(article.publisher)[0];
  // An organisation named as author that is not the publisher has written the text, whoever else is named with it.
  const organization = authors.find(({ name, isOrganization }) => isOrganization && name !== publisher)?.name;
  const image = first(article.image);
  const imageCredit = isObject(image) ? [image.creditText, image.copyrightHolder, image.author] : [];
  return {
    sourceOrganization: names(article.sourceOrganization)[0] ?? organization ?? null,
    provider: names(article.provider)[0] ?? null,
    creditText: textOf(article.creditText),
    copyrightHolder: names(article.copyrightHolder)[0] ?? null,
    isBasedOn: urlOf(article.isBasedOn ?? article.isBasedOnUrl),
    dateline: textOf(article.dateline),
    photoCredits: imageCredit.flatMap((value) => names(value)).slice(0, 5),
  };
}

function parse(script: string): Json {
  const text = script
    .trim()
    .replace(/^(?:<!--|\/\/\s?<!\[CDATA\[|\/\*\s?<!\[CDATA\[\s?\*\/|<!\[CDATA\[)/, '')
    .replace(/(?:-->|\/\/\s?\]\]>|\/\*\s?\]\]>\s?\*\/|\]\]>)$/, '')
    .trim();
  // Sites break strings over lines, and leave a comma or semicolon too many.
  const attempts = [
    () => text,
    () => text.replace(/[\u0000-\u001f]+/g, ' ').replace(/;\s?$/, ''),
    () => text.replace(/[\u0000-\u001f]+/g, ' ').replace(/,\s?([}\]])/g, '$1'),
  ];
  for (const attempt of attempts) {
    try {
      return JSON.parse(attempt()) as Json;
    } catch {
      // Not JSON in this spelling.
    }
  }
  return salvage(text);
}

const SALVAGED_FIELDS =
  'headline datePublished dateModified dateCreated articleSection inLanguage isAccessibleForFree'.split(' ');
const SALVAGED_CHARS_MAX = 2000;
/** What a string of JSON is made of. */
const STRING = `"((?:[^"\\\\\\n]|\\\\.){1,${SALVAGED_CHARS_MAX}})"`;

/** The plain fields of an article whose JSON is broken somewhere else; of several articles the first. */
function salvage(text: string): Json {
  const type = /"@type"\s{0,20}:\s{0,20}\[?\s{0,20}"(\w{0,40}Article|BlogPosting|LiveBlogPosting|Report)"/.exec(text);
  if (type === null) return null;
  const found: JsonObject = { '@type': type[1] ?? '' };
  for (const field of SALVAGED_FIELDS) {
    const value = new RegExp(`"${field}"\\s{0,20}:\\s{0,20}${STRING}`).exec(text)?.[1];
    if (value !== undefined) found[field] = unescapeString(value);
  }
  const authors = /"author"\s{0,20}:/.exec(text);
  const after = authors === null ? '' : text.slice(authors.index, authors.index + SALVAGED_CHARS_MAX);
  const name = new RegExp(`"name"\\s{0,20}:\\s{0,20}${STRING}`).exec(after)?.[1];
  if (name !== undefined)
    found.author = {
      '@type': /"Organization"/.test(after.slice(0, 120)) ? 'Organization' : 'Person',
      name: unescapeString(name),
    };
  return found;
}

function unescapeString(value: string): string {
  try {
    return String(JSON.parse(`"${value}"`));
  } catch {
    return value;
  }
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const first = (value: Json | undefined): Json | undefined => (Array.isArray(value) ? value[0] : value);

/** All objects that may be the article: top level, lists, graphs, and main entities. */
function flatten(root: Json): JsonObject[] {
  const found: JsonObject[] = [];
  const waiting: (Json | undefined)[] = [root];
  for (let at = 0; at < waiting.length && at < OBJECTS_MAX; at += 1) {
    const value = waiting[at];
    if (Array.isArray(value)) waiting.push(...value.slice(0, LIST_MAX));
    if (!isObject(value)) continue;
    found.push(value);
    waiting.push(value['@graph'], value.mainEntity);
    if (isObject(value.mainEntityOfPage)) waiting.push(value.mainEntityOfPage);
  }
  return found;
}

function typesOf(object: JsonObject): string[] {
  return [object['@type']].flat().map((type) => String(type ?? '').replace(/^.*[/#:]/, ''));
}

function bestArticle(objects: readonly JsonObject[]): JsonObject | null {
  let best: JsonObject | null = null;
  let bestScore = 0;
  for (const object of objects) {
    const type = Math.max(...typesOf(object).map(typeScore));
    if (type === 0) continue;
    const score =
      type + (object.headline || object.name ? 1 : 0) + (object.datePublished ? 1 : 0) + (object.articleBody ? 0.5 : 0);
    if (score > bestScore) {
      best = object;
      bestScore = score;
    }
  }
  return best;
}

function typeScore(type: string): number {
  if (type.endsWith('NewsArticle')) return 10;
  if (/^(?:Article|BlogPosting|LiveBlogPosting|Report)$/.test(type)) return 9;
  return /^(?:TechArticle|ScholarlyArticle|SocialMediaPosting|Review)$/.test(type) ? 6 : 0;
}

function idOf(object: JsonObject): [[string, JsonObject]] | null {
  const id = object['@id'];
  return typeof id === 'string' && Object.keys(object).length > 1 ? [[id, object]] : null;
}

function textOf(value: Json | undefined): string | null {
  const one = first(value);
  const text = typeof one === 'number' ? String(one) : typeof one === 'string' ? textOfMarkup(one.slice(0, 2000)) : '';
  return text === '' ? null : text;
}

/** Names of people and organisations, which come as text, as objects, as lists of both, or as references into the graph. */
function namesOf(value: Json | undefined, find: ReadonlyMap<string, JsonObject>, depth: number): StructuredAuthor[] {
  if (depth > NAME_DEPTH_MAX || value === undefined || value === null) return [];
  if (typeof value === 'string') {
    const name = textOfMarkup(value.slice(0, NAME_CHARS_MAX));
    return name === '' ? [] : [{ name, isOrganization: false }];
  }
  if (Array.isArray(value)) return value.slice(0, LIST_MAX).flatMap((item) => namesOf(item, find, depth + 1));
  if (!isObject(value)) return [];
  const isOrganization = typesOf(value).some((type) => /Organization|NewsMedia|Corporation/.test(type));
  const known = value.name ?? joinName(value);
  if (known !== undefined) {
    return namesOf(known, find, depth + 1).map((named) => ({ ...named, isOrganization }));
  }
  const id = value['@id'];
  const referred = typeof id === 'string' ? find.get(id) : undefined;
  return referred === undefined || referred === value ? [] : namesOf(referred, find, depth + 1);
}

function joinName(value: JsonObject): string | undefined {
  const name = [value.givenName, value.familyName].filter((part) => typeof part === 'string').join(' ');
  return name === '' ? undefined : name;
}

function imageOf(value: Json | undefined, find: ReadonlyMap<string, JsonObject>, depth: number): string | null {
  const one = first(value);
  if (depth > NAME_DEPTH_MAX || one === undefined || one === null) return null;
  if (typeof one === 'string') return one.trim() || null;
  if (Array.isArray(one)) return imageOf(one[0], find, depth + 1);
  if (!isObject(one)) return null;
  const direct = one.url ?? one.contentUrl;
  if (direct !== undefined) return imageOf(direct, find, depth + 1);
  const id = one['@id'];
  const referred = typeof id === 'string' ? find.get(id) : undefined;
  return referred === undefined || referred === one ? null : imageOf(referred, find, depth + 1);
}

function urlOf(value: Json | undefined): string | null {
  const one = first(value);
  if (typeof one === 'string') return one.trim() || null;
  const url = isObject(one) ? (one.url ?? one['@id']) : undefined;
  return typeof url === 'string' ? url.trim() || null : null;
}
