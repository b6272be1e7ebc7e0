import { describe, expect, it } from 'vitest';
import { articleIdOfText, articleIdOfUrl } from './article-id.ts';

describe('article ids', () => {
  it('are a letter and 24 hex digits', () => {
    expect(articleIdOfUrl('https://example.com/a')).toMatch(/^a[0-9a-f]{24}$/);
    expect(articleIdOfText({ source: null, title: null, text: '' })).toMatch(/^a[0-9a-f]{24}$/);
  });

  it('do not change between releases, for the store keeps them', () => {
    expect(articleIdOfUrl('https://example.com/a')).toMatchInlineSnapshot(`"ac27209506b4a2867d0aaab5f"`);
    expect(articleIdOfText({ source: 'Example Post', title: 'A title', text: 'A text.' })).toMatchInlineSnapshot(
      `"a8f10abb3fc6ff3bb7784edc9"`,
    );
  });

  it('do not depend on white space, composition, or the case of the source', () => {
    const one = articleIdOfText({ source: 'Example Post', title: 'Café opens', text: 'One.\n\nTwo.' });
    const other = articleIdOfText({ source: ' EXAMPLE  post', title: 'Cafe\u0301  opens ', text: ' One.\r\nTwo. ' });
    expect(other).toBe(one);
  });

  it('tell apart source, title and text, wherever the words stand', () => {
    const ids = [
      articleIdOfText({ source: 'a', title: 'b', text: 'c' }),
      articleIdOfText({ source: 'a b', title: null, text: 'c' }),
      articleIdOfText({ source: 'a', title: null, text: 'b c' }),
      articleIdOfText({ source: 'a', title: 'b', text: 'C' }),
      articleIdOfText({ source: null, title: null, text: 'https://example.com/' }),
      articleIdOfUrl('https://example.com/'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});
