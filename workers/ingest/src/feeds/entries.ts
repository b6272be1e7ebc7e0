/** From the entries of a document to the articles that they submit. Pure. */
import { articleIdOfUrl, canonicalUrl, parsePublished } from '@wirefold/article';
import type { FeedEntry, ReadFeed, Submission } from '@wirefold/store';
import type { DocumentEntry } from './document.ts';

export interface EntryContext {
  /** The URL of the feed, which relative links start from. */
  base: string;
  /** When it was read, ISO 8601. */
  seenAt: string;
  /** Entries bring their whole text. */
  isFullText: boolean;
}

/** One for each article; of several entries of one article the one that changed last. Entries without an address are left out. */
export function entriesOf(entries: readonly DocumentEntry[], context: EntryContext): ReadFeed['entries'] {
  const byId = new Map<string, ReadFeed['entries'][number]>();
  for (const written of entries) {
    const read = entryOf(written, context);
    if (read === null) continue;
    const known = byId.get(read.submission.id);
    if (known === undefined || (read.entry.updated ?? '') > (known.entry.updated ?? ''))
      byId.set(read.submission.id, read);
  }
  return [...byId.values()];
}

/** The absolute http(s) URL of a link, or null. */
export function absoluteUrl(link: string | null, base: string): string | null {
  if (link === null || !URL.canParse(link, base)) return null;
  const url = new URL(link, base);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
}

function entryOf(written: DocumentEntry, context: EntryContext): ReadFeed['entries'][number] | null {
  const url = absoluteUrl(written.url, context.base);
  const canonical = url === null ? null : canonicalUrl(url);
  if (url === null || !canonical?.ok) return null;
  const published = parsePublished(written.published ?? '', context.seenAt);
  const changed = parsePublished(written.updated ?? '', context.seenAt) ?? published;
  const entry: FeedEntry = {
    guid: written.guid,
    url,
    title: written.title,
    published,
    updated: changed === null ? null : new Date(changed.at).toISOString(),
    source: written.source && { ...written.source, url: absoluteUrl(written.source.url, context.base) },
  };
  const pushed =
    context.isFullText && written.content !== null && written.content.trim() !== ''
      ? ({ kind: 'html', html: pageOf(written, published?.at ?? null) } as const)
      : null;
  const submission: Submission = {
    id: articleIdOfUrl(canonical.url),
    url,
    canonicalUrl: canonical.url,
    pushed,
    partOf: null,
  };
  return { entry, submission };
}

/** An entry with its whole text as a page: what the feed says of it stands where a page says it. */
function pageOf({ title, content }: DocumentEntry, publishedAt: string | null): string {
  const heading = escapeHtml(title ?? '');
  const time =
    publishedAt === null ? '' : `<meta property="article:published_time" content="${escapeHtml(publishedAt)}">`;
  return `<!doctype html><html><head><meta charset="utf-8"><title>${heading}</title>${time}</head>
<body><article><h1>${heading}</h1>
${content}
</article></body></html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
