import { describe, expect, it } from 'vitest';
import { isAgencySource, sourceOf } from './source.ts';

const ap = { id: 'ap', name: 'Associated Press' };

describe('sourceOf', () => {
  it.each([
    [{ url: 'https://www.post.example.co.uk/a', name: null }, 'example.co.uk', 'example.co.uk'],
    [{ url: 'https://www.example.com/a', name: ' The  Example ' }, 'example.com', 'The Example'],
    [{ url: 'https://jane.blogspot.com/a', name: null }, 'jane.blogspot.com', 'jane.blogspot.com'],
    [{ url: 'https://apnews.com/article/a', name: null }, 'apnews.com', 'Associated Press'],
    [{ url: 'http://localhost:8080/a', name: null }, 'localhost', 'localhost'],
    [{ url: 'http://127.0.0.1/a', name: null }, '127.0.0.1', '127.0.0.1'],
    [{ url: null, name: 'The  Example Post' }, 'the example post', 'The Example Post'],
    [{ url: null, name: 'www.Example.com' }, 'example.com', 'example.com'],
    [{ url: null, name: 'https://apnews.com/' }, 'apnews.com', 'Associated Press'],
    [{ url: null, name: 'No.1' }, 'no.1', 'No.1'],
    [{ url: null, name: '  ' }, 'unknown', 'unknown'],
    [{ url: null, name: null }, 'unknown', 'unknown'],
  ])('%o has the key %s and the name %s', (input, key, name) => {
    expect(sourceOf(input)).toEqual({ key, name });
  });
});

describe('isAgencySource', () => {
  it('knows the agency by its site and by its names', () => {
    expect(isAgencySource(sourceOf({ url: 'https://apnews.com/a', name: null }), ap)).toBe(true);
    expect(isAgencySource(sourceOf({ url: null, name: 'The Associated Press' }), ap)).toBe(true);
    expect(isAgencySource(sourceOf({ url: null, name: 'AP' }), ap)).toBe(true);
    expect(isAgencySource(sourceOf({ url: null, name: 'apnews.com' }), ap)).toBe(true);
  });

  it('is not taken in by another agency, an outlet, or a name on another site', () => {
    expect(isAgencySource(sourceOf({ url: null, name: 'Australian Associated Press' }), ap)).toBe(false);
    expect(isAgencySource(sourceOf({ url: null, name: 'Example Post' }), ap)).toBe(false);
    expect(isAgencySource(sourceOf({ url: 'https://example.com/a', name: 'Associated Press' }), ap)).toBe(false);
    expect(isAgencySource(sourceOf({ url: 'https://www.reuters.com/a', name: 'AP' }), ap)).toBe(false);
  });
});
