import { scanPage } from './scan.ts';
import { resolveUrl } from './url.ts';

/** Browsers write their note in front of the markup; SingleFile right after the first tag. */
const NOTE_CHARS = 4096;
const NOTES = [
  // Internet Explorer's "mark of the web": the number is that of the characters that follow. Chrome and Edge write it, too.
  /<!--\s{0,9}saved from url=\(\d{1,8}\)(\S{1,2048}?)\s{0,9}-->/i,
  /<!--\s{0,9}Page saved with SingleFile\s{1,9}url:\s{0,9}(\S{1,2048})\s/i,
];

/**
 * Where a page stood that somebody saved: by the note of the browser, or else by the page's own `rel=canonical`.
 * @returns an absolute http(s) URL, or null
 */
export function savedFrom(html: string): string | null {
  const start = html.slice(0, NOTE_CHARS);
  for (const note of NOTES) {
    const url = absolute(note.exec(start)?.[1]);
    if (url !== null) return url;
  }
  return absolute(scanPage(html).links.find(({ rel }) => rel === 'canonical')?.href);
}

function absolute(href: string | undefined): string | null {
  return href !== undefined && /^https?:/i.test(href.trim()) ? resolveUrl(href, href.trim()) : null;
}
