import type { Card } from '@wirefold/article';
import { describe, expect, it } from 'vitest';
import { submissionsOf } from './reading.ts';

const card = (fields: Partial<Card>): Card => ({
  url: null,
  source: 'Harbour Post',
  title: 'Ferry stops for the winter',
  text: 'The ferry stops on Friday.',
  published: null,
  ...fields,
});

describe('submissionsOf', () => {
  it('makes each card an article of its own, by its URL where it has one and by its text where not', () => {
    const [byUrl, byText] = submissionsOf([card({ url: 'https://post.test/ferry?utm_source=x' }), card({})], 'aPage');
    expect(byUrl).toMatchObject({ url: 'https://post.test/ferry?utm_source=x', partOf: 'aPage' });
    expect(byUrl?.canonicalUrl).not.toContain('utm_source');
    expect(byText).toMatchObject({ url: null, canonicalUrl: null, partOf: 'aPage' });
    expect(byText?.pushed).toEqual({
      kind: 'text',
      title: 'Ferry stops for the winter',
      text: 'The ferry stops on Friday.',
      source: 'Harbour Post',
      published: null,
      isCard: true,
    });
    expect(byUrl?.id).not.toBe(byText?.id);
  });

  it('takes a card by its text where its URL is not one for articles', () => {
    expect(submissionsOf([card({ url: 'javascript:open(1)' })], 'aPage')).toEqual(submissionsOf([card({})], 'aPage'));
  });

  it('submits a card that stands twice on the page once, and never the page itself', () => {
    const [once, ...more] = submissionsOf([card({}), card({})], 'aPage');
    expect(more).toEqual([]);
    expect(submissionsOf([card({})], once?.id ?? '')).toEqual([]);
  });
});
