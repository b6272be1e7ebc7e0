import { describe, expect, test } from 'vitest';
import { readStructuredData } from './structured-data.ts';

const read = (value: unknown) => readStructuredData([JSON.stringify(value)]);

describe('readStructuredData', () => {
  test('the article is found in graphs, lists and main entities', () => {
    const article = { '@type': ['NewsArticle'], headline: 'H' };
    for (const value of [
      article,
      [article],
      { '@graph': [{ '@type': 'WebSite' }, article] },
      { '@type': 'WebPage', mainEntity: article },
    ]) {
      expect(read(value)?.headline).toBe('H');
    }
    expect(read({ '@type': 'Recipe', name: 'Soup' })).toBeNull();
  });

  test('the best described of several is taken', () => {
    expect(
      readStructuredData([
        '{"@type":"Article","headline":"Poor"}',
        '{"@type":"http://schema.org/NewsArticle","headline":"Rich","datePublished":"2026-05-30"}',
      ]),
    ).toMatchObject({ headline: 'Rich', published: '2026-05-30' });
  });

  test('broken JSON is mended where sites break it, and passed over otherwise', () => {
    expect(readStructuredData(['<!-- {"@type":"NewsArticle","headline":"A\nB",} -->'])?.headline).toBe('A B');
    expect(readStructuredData(['{"@type":', 'null', '7', ''])).toBeNull();
  });

  test('of an article whose JSON stays broken the plain fields are read', () => {
    const broken =
      '{"@type":"NewsArticle","headline":"Tide \\u0026 wind","text":"a "quoted" word","datePublished":"2031-05-30","author":{"@type":"Person","name":"Ada Lind"}}';
    expect(readStructuredData([broken])).toMatchObject({
      headline: 'Tide & wind',
      published: '2031-05-30',
      authors: [{ name: 'Ada Lind', isOrganization: false }],
    });
    expect(readStructuredData(['{"@type":"Recipe","headline":"a "quoted" word"}'])).toBeNull();
  });

  test('names come as text, objects, lists and references', () => {
    const article = read({
      '@graph': [
        { '@id': '#ada', '@type': 'Person', name: 'Ada Lind' },
        {
          '@type': 'NewsArticle',
          author: ['Bo Ek', { '@id': '#ada' }, { '@type': 'Person', givenName: 'Cy', familyName: 'Holm' }],
        },
      ],
    });
    expect(article?.authors.map(({ name }) => name)).toEqual(['Bo Ek', 'Ada Lind', 'Cy Holm']);
  });

  test('references in a circle end', () => {
    expect(
      read({ '@graph': [{ '@id': '#a', author: { '@id': '#a' }, '@type': 'Article', headline: 'H' }] })?.authors,
    ).toEqual([]);
  });

  test('escaped text is plain text', () => {
    expect(read({ '@type': 'NewsArticle', headline: 'Q&amp;amp;A &lt;b&gt;bold&lt;/b&gt;' })?.headline).toBe(
      'Q&A bold',
    );
  });

  test('an organisation that is author and not publisher is who wrote it', () => {
    const article = read({
      '@type': 'NewsArticle',
      author: [
        { '@type': 'Person', name: 'Ada Lind' },
        { '@type': 'Organization', name: 'Reuters' },
      ],
      publisher: { '@type': 'Organization', name: 'Shore Post' },
      image: { '@type': 'ImageObject', url: 'https://a.example/i.jpg', creditText: 'AFP' },
    });
    expect(article?.credit).toMatchObject({ sourceOrganization: 'Reuters', photoCredits: ['AFP'] });
    expect(article?.image).toBe('https://a.example/i.jpg');
  });

  test.each([
    [false, false],
    ['False', false],
    ['http://schema.org/False', false],
    [true, true],
    ['true', true],
    [undefined, null],
  ])('isAccessibleForFree %s is read as %s', (value, isFree) => {
    expect(read({ '@type': 'NewsArticle', headline: 'H', isAccessibleForFree: value })?.isFree).toBe(isFree);
  });
});
