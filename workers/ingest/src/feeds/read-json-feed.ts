/** JSON Feed, versions 1.0 and 1.1 (jsonfeed.org). */
import { z } from 'zod';
import { type DocumentEntry, type FeedDocument, lineOf, newest, titleOf } from './document.ts';

// A value of another type than the standard's is as good as none; only the frame has to be right.
const text = z.string().nullish().catch(null);

const itemSchema = z.object({
  // Version 1.0 lets a reader take numbers.
  id: z
    .union([z.string(), z.number().transform(String)])
    .nullish()
    .catch(null),
  url: text,
  external_url: text,
  title: text,
  summary: text,
  content_html: text,
  content_text: text,
  date_published: text,
  date_modified: text,
});

const feedSchema = z.object({
  version: z
    .string()
    .regex(/^https?:\/\/(?:www\.)?jsonfeed\.org\/version\/1(?:\.\d)?\/?$/, 'is not that of a JSON Feed'),
  title: text,
  description: text,
  home_page_url: text,
  language: text,
  items: z.array(itemSchema.nullable().catch(null)),
});

export type JsonReading = { ok: true; feed: FeedDocument } | { ok: false; detail: string };

export function readJsonFeed(json: string, withContent: boolean): JsonReading {
  let value: unknown;
  try {
    value = JSON.parse(json.startsWith('\uFEFF') ? json.slice(1) : json);
  } catch {
    return { ok: false, detail: 'it is not JSON' };
  }
  const parsed = feedSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { ok: false, detail: `${issue?.path.join('.') || 'it'}: ${issue?.message}` };
  }
  const { title, description, home_page_url, language, items } = parsed.data;
  return {
    ok: true,
    feed: {
      kind: 'json',
      title: titleOf(title),
      description: lineOf(description),
      homeUrl: lineOf(home_page_url),
      language: lineOf(language),
      updated: null,
      ttlMinutes: null,
      skipHours: [],
      skipDays: [],
      entries: newest(items.flatMap((item) => (item === null ? [] : [entryOf(item, withContent)]))),
    },
  };
}

function entryOf(item: z.infer<typeof itemSchema>, withContent: boolean): DocumentEntry {
  return {
    guid: lineOf(item.id),
    // `external_url` is what a link blog writes about; the entry itself is at `url`.
    url: lineOf(item.url) ?? lineOf(item.external_url),
    title: titleOf(item.title),
    summary: lineOf(item.summary),
    content: withContent ? (item.content_html ?? paragraphsOf(item.content_text)) : null,
    published: lineOf(item.date_published),
    updated: lineOf(item.date_modified),
    source: null,
  };
}

function paragraphsOf(text: string | null | undefined): string | null {
  if (!text) return null;
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return escaped
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph}</p>`)
    .join('\n');
}
