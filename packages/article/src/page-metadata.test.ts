import { describe, expect, test } from 'vitest';
import type { Metadata } from './article.ts';
import { readPage } from './read-page.ts';

const TEXT = Array.from(
  { length: 6 },
  (_, at) =>
    `<p>The lighthouse keeper wrote on night ${at} that the lamp was lit, and that no ship had passed the cape.</p>`,
).join('');

function metadataOf(head: string, body = ''): Metadata | undefined {
  const html = `<html><head>${head}</head><body><article><h1>A quiet week at the lighthouse</h1>${body}${TEXT}</article></body></html>`;
  const reading = readPage({ html, url: 'https://cape.example/news/lamp', seenAt: '2026-03-01T12:00:00Z' });
  if (!reading.ok) throw new Error(reading.reason);
  return reading.article.metadata;
}

const script = (value: unknown): string => `<script type="application/ld+json">${JSON.stringify(value)}</script>`;

describe('metadata of a page', () => {
  test('comes from JSON-LD, through references of a graph', () => {
    const found = metadataOf(
      `${script({
        '@graph': [
          { '@type': 'Person', '@id': '#ada', name: 'Ada Quill' },
          {
            '@type': 'NewsArticle',
            headline: 'A quiet week at the lighthouse',
            author: [{ '@id': '#ada' }, { '@type': 'Person', name: 'Ben Tide' }],
            datePublished: '2026-02-20T08:00:00Z',
            dateModified: '2026-02-21T09:30:00Z',
            articleSection: ['Coast', 'News'],
            keywords: ['sea', { '@type': 'DefinedTerm', name: 'lamps' }, 'Sea'],
            publisher: { name: 'Cape Courier' },
          },
        ],
      })}<link rel="canonical" href="/news/lamp"><link rel="amphtml" href="/amp/lamp">`,
    );
    expect(found).toEqual({
      authors: ['Ada Quill', 'Ben Tide'],
      authorsFrom: 'structured-data',
      modified: { at: '2026-02-21T09:30:00.000Z', uncertaintyMs: 0, evidence: '2026-02-21T09:30:00Z' },
      section: 'Coast',
      keywords: ['Sea', 'lamps'],
      siteName: 'Cape Courier',
      canonicalUrl: 'https://cape.example/news/lamp',
      ampUrl: 'https://cape.example/amp/lamp',
    });
  });

  test('comes from the head where there is no JSON-LD', () => {
    const found = metadataOf(
      `<meta name="author" content="Ada Quill"><meta property="article:modified_time" content="2026-02-21T09:30:00Z">
       <meta property="article:section" content="Coast"><meta name="keywords" content="sea, lamps,,sea">`,
    );
    expect(found).toMatchObject({ authorsFrom: 'head', section: 'Coast', keywords: ['sea', 'lamps'] });
    expect(found?.modified?.at).toBe('2026-02-21T09:30:00.000Z');
  });

  test('comes from microdata and from the text where nothing else says it', () => {
    const marked = metadataOf(
      '',
      '<span itemprop="author">Ada Quill</span><meta itemprop="dateModified" content="2026-02-21T09:30:00Z">',
    );
    expect(marked).toMatchObject({ authors: ['Ada Quill'], authorsFrom: 'markup' });
    expect(marked?.modified?.at).toBe('2026-02-21T09:30:00.000Z');
    expect(metadataOf('', '<p>By Ada Quill</p>')).toMatchObject({ authors: ['Ada Quill'], authorsFrom: 'text' });
  });

  test('has no change before the publication, and no AMP page that is not of the web', () => {
    const found = metadataOf(
      `<meta property="article:published_time" content="2026-02-20T08:00:00Z">
       <meta property="article:modified_time" content="2019-01-01T00:00:00Z"><link rel="amphtml" href="javascript:void(0)">`,
    );
    expect(found).toMatchObject({ modified: null, ampUrl: null, keywords: [], section: null });
  });

  test('keeps a bounded number of keywords', () => {
    const many = Array.from({ length: 5000 }, (_, at) => `word${at}`).join(',');
    expect(metadataOf(`<meta name="keywords" content="${many}">`)?.keywords.length).toBe(40);
  });
});
