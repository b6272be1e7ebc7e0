import { type Card, readText } from '@wirefold/article';
import { describe, expect, it } from 'vitest';
import { completed, isIncomplete, readPushed, submissionsOf } from './reading.ts';

const card = (fields: Partial<Card>): Card => ({
  url: null,
  source: 'Harbour Post',
  title: 'Ferry stops for the winter',
  text: 'The ferry stops on Friday.',
  published: null,
  ...fields,
});

describe('readPushed', () => {
  const text =
    '<p>The council of Varholm met on Tuesday evening and agreed to mend the sea wall before the winter.</p>';
  const publishedOf = (fetched?: string) => {
    const claim = {
      articleId: 'a',
      token: 1,
      attempt: 1,
      url: 'https://post.test/wall',
      fetchUrl: null,
      moves: 0,
      canonicalUrl: 'https://post.test/wall',
      pushed: {
        kind: 'html' as const,
        html: `<article><h1>Sea wall</h1><time>2 hours ago</time>${text.repeat(6)}</article>`,
        ...(fetched !== undefined && { fetched }),
      },
      receivedAt: '2026-03-12T12:00:00.000Z',
      lastReason: null,
      isRead: false,
      fetched: null,
    };
    const read = readPushed(claim, (_, work) => work());
    return read?.ok ? read.article.published?.at : read;
  };

  it('takes the times of a page from when it was fetched, or else from when it was pushed', () => {
    expect(publishedOf('2026-03-11T12:00:00.000Z')).toBe('2026-03-11T10:00:00.000Z');
    expect(publishedOf()).toBe('2026-03-12T10:00:00.000Z');
  });

  it('believes no fetch after the push', () => {
    expect(publishedOf('2027-01-01T00:00:00.000Z')).toBe('2026-03-12T10:00:00.000Z');
  });
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

describe('what a page does not say', () => {
  const entry = {
    guid: null,
    url: 'https://post.test/ferry',
    title: 'Ferry stops',
    published: { at: '2026-11-16T08:00:00.000Z', uncertaintyMs: 0, evidence: '2026-11-16T08:00:00Z' },
    updated: null,
    source: null,
  };
  const silent = { ...entry, title: null, published: null };

  function readingOf(title: string | null, published: string | null) {
    const text = 'The ferry stops on Friday, because the ice came early, and starts again when it is gone in April.';
    const seenAt = '2026-11-17T10:00:00Z';
    const read = readText({
      title,
      text,
      source: null,
      url: 'https://post.test/ferry',
      published,
      seenAt,
      isCard: true,
    });
    if (!read.ok) throw new Error(read.reason);
    return { ...read, article: { ...read.article, title: title ?? '' } };
  }

  it('is taken from a feed that says it, and the evidence of a time names the feed', () => {
    const read = readingOf(null, null);
    expect(isIncomplete(read)).toBe(true);
    expect(completed(read, [silent, entry])).toMatchObject({
      article: {
        title: 'Ferry stops',
        published: { at: '2026-11-16T08:00:00.000Z', evidence: 'feed: 2026-11-16T08:00:00Z' },
      },
    });
    expect(completed(read, [silent])).toMatchObject({ article: { title: '', published: null } });
  });

  it('is all that is taken from a feed', () => {
    const read = readingOf('Its own title', '2026-11-15T06:00:00Z');
    expect(isIncomplete(read)).toBe(false);
    expect(completed(read, [entry])).toEqual(read);
  });
});
