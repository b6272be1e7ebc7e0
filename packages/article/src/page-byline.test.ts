import { describe, expect, test } from 'vitest';
import type { Article } from './article.ts';
import { readPage } from './read-page.ts';

const TEXT = Array.from(
  { length: 6 },
  (_, at) =>
    `<p>The harbour council met on day ${at} to hear how the new ferry pier would be paid for, and who would run it.</p>`,
).join('');

function readOf(head: string, byline: string): Article {
  const html = `<html><head><meta property="og:site_name" content="Harbour Gazette">${head}</head><body><article>
    <h1>Council hears plans for the ferry pier</h1>${byline}${TEXT}</article></body></html>`;
  const reading = readPage({ html, url: 'https://harbour-gazette.example/pier', seenAt: '2026-03-01T12:00:00Z' });
  if (!reading.ok) throw new Error(reading.reason);
  return reading.article;
}

const bylineOf = (head: string, byline: string): string | null => readOf(head, byline).byline;

const structured = (author: unknown): string =>
  `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline: 'Council hears plans for the ferry pier', author })}</script>`;
const SITE = structured({ '@type': 'Person', name: ', The Harbour Gazette' });

describe('the site named where a person belongs', () => {
  test('yields to a person who is marked as the author', () => {
    expect(bylineOf(SITE, '<a rel="author" href="/by/ada">Ada Quill</a>')).toBe('Ada Quill');
  });
  test('stays where only a mark or initials are found', () => {
    expect(bylineOf(SITE, '<span class="author">red</span>')).toBe('The Harbour Gazette');
  });
  test('stays where nobody else is named', () => {
    expect(bylineOf(SITE, '')).toBe('The Harbour Gazette');
  });
});

describe('what stands beside a name is no further author', () => {
  test.each([
    ['picture credits in the metadata', 'Ada Quill,(Image: Harbour Photos),(Image: Pier Press)'],
    ['initials in brackets', 'Ada Quill (aqu.)'],
    ['an office after a comma', 'Ada Quill, Senior Staff Writer'],
    ['an office without a comma', 'Ada Quill Staff Writer'],
    ['an outlet after a bar', 'Ada Quill | Pier Radio'],
    ['a degree', 'Ada Quill, PhD'],
    ['who helped', 'Ada Quill with contributions from Ben Tide'],
    ['a "by" that was glued to it', 'ByAda Quill'],
  ])('%s', (_, author) => {
    expect(bylineOf(`<meta name="author" content="${author}">`, '')).toBe('Ada Quill');
  });
  test('an agency is an author beside a person', () => {
    expect(bylineOf(structured([{ name: 'Ada Quill' }, { name: 'AP' }]), '')).toBe('Ada Quill, AP');
  });
});

test('how long a text takes to read is not its age', () => {
  expect(readOf('', '<p class="date">5 min read</p>').published).toBeNull();
  expect(readOf('', '<p class="date">5 min</p>').published).toBeNull();
  expect(readOf('', '<p class="date">5 minutes ago</p>').published?.at).toBe('2026-03-01T11:55:00.000Z');
});
