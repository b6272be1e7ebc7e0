import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { html, linkable, render } from './html.ts';
import { strangersIn } from './testing/tame.ts';

describe('the tag html', () => {
  test('escapes what stands between tags and in attributes, and nothing of its own', () => {
    const evil = `<script>alert("1" & '2')</script>`;
    expect(render(html`<p title="${evil}">${evil}</p>`)).toBe(
      '<p title="&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;">&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;</p>',
    );
  });

  test('nests, joins lists, and leaves out what is empty', () => {
    const items = ['a<b', 7, null, undefined, false as const, html`<strong>x</strong>`];
    expect(render(html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>${[]}`)).toBe(
      '<ul><li>a&lt;b</li><li>7</li><li></li><li></li><li></li><li><strong>x</strong></li></ul>',
    );
  });

  test('encodes a value that is one part of a URL', () => {
    expect(render(html`<a href="/stories/${'../?x=1&y"#'}">x</a>`)).toBe(
      '<a href="/stories/..%2F%3Fx%3D1%26y%22%23">x</a>',
    );
    expect(render(html`<a href="/a/${'\ud800'}/b/${'<'}">x</a>`)).toBe('<a href="/a/%EF%BF%BD/b/%3C">x</a>');
  });

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    '//evil.example',
    '/\\evil.example',
    ' javascript:x',
    'vbscript:x',
    'file:///etc',
    '',
  ])('links nowhere instead of to %j', (url) => expect(render(html`<a href="${url}">x</a>`)).toBe('<a href="#">x</a>'));

  test('links to its own paths and to http and https', () => {
    for (const url of ['/', '/stories/x?y=1', '#main', 'https://example.com/a?b=c', 'http://example.com/']) {
      expect(render(html`<a href="${url}">x</a>`)).toBe(`<a href="${url}">x</a>`);
    }
  });

  test('refuses places that cannot be made safe', () => {
    expect(() => html`<script>${'x'}</script>`).toThrow('no script');
    expect(() => html`<style>${'x'}</style>`).toThrow('no style');
    expect(() => html`<p onclick="${'x'}">`).toThrow('no script');
    expect(() => html`<p style="${'x'}">`).toThrow('no style');
    expect(() => html`<p class=${'x'}>`).toThrow('quoted attribute');
    expect(() => html`<p ${'x'}>`).toThrow('quoted attribute');
    expect(() => html`<p title="${html`<b>x</b>`}">`).toThrow('does not stand in an attribute');
  });

  test('lets no text become markup', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"', "'", '<', '>', '&', '`', '<a', '"><p', '-->'),
    );
    fc.assert(
      fc.property(text, text, (a, b) => {
        const page = render(html`<p title="${a}"><a href="${b}">${a}</a><a href="/x/${a}">${b}</a></p>`);
        expect(strangersIn(page)).toEqual([]);
        expect(page.split('<')).toHaveLength(7);
      }),
      { numRuns: 1_000 },
    );
  });
});

test('only http and https can be linked to', () => {
  expect(linkable('https://example.com/ä')).toBe('https://example.com/%C3%A4');
  for (const url of [null, '', 'example.com', 'ftp://example.com', 'javascript:alert(1)', 'java\nscript:alert(1)']) {
    expect(linkable(url)).toBeNull();
  }
});

test('the reader of pages finds what is not ours', () => {
  expect(strangersIn('<!doctype html><p class="x">a &lt; b</p>')).toEqual([]);
  for (const page of [
    '<script>',
    '<p onclick="x">',
    '<a href="javascript:x">',
    '<a href="//x">',
    '<img src=x>',
    '<p class=x>',
    '<p',
    '< p>',
  ]) {
    expect(strangersIn(page), page).not.toEqual([]);
  }
});
