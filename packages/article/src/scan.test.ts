import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scanPage } from './scan.ts';

const texts = (html: string): string[] => scanPage(html).blocks.map((block) => block.text);

describe('scanPage', () => {
  test('blocks are never glued together', () => {
    expect(texts('<div>One<p>Two</p>Three<ul><li>Four<li>Five</ul></div><td>Six</td><td>Seven')).toEqual([
      'One',
      'Two',
      'Three',
      'Four',
      'Five',
      'Six',
      'Seven',
    ]);
  });

  test('phrases inside a paragraph stay in it', () => {
    expect(texts('<p>A <b>bold</b>, <a href="/x">linked</a> and<br>broken line</p>')).toEqual([
      'A bold, linked and broken line',
    ]);
  });

  test('two line breaks in a row end a paragraph', () => {
    expect(texts('<div>First one.<br><br>Second one.<br> <br>Third</div>')).toEqual([
      'First one.',
      'Second one.',
      'Third',
    ]);
  });

  test('entities are characters, once', () => {
    expect(texts('<p>Q&amp;A &mdash; caf&eacute; &#8220;x&#8221; &amp;lt;')).toEqual(['Q&A — café “x” &lt;']);
  });
});

describe('a page in pieces', () => {
  const html =
    '<!doctype html><html lang=nl><title>De brug &amp; de sluis</title><meta property="og:title" content="De brug &quot;B&quot;">' +
    '<script type="application/ld+json">{"headline":"De </b> brug"}</script><!-- een opmerking > --><body class="artikel kort">' +
    '<p>Eerste alinea met een <a href="/brug?a=1&amp;b=2" title=">">lange link</a> en caf&eacute;.<br>Tweede regel' +
    '<div style="display:none">later</div><ul><li>Een<li>Twee &#8212; drie</ul><textarea>nee</textarea><svg><title>x</title></svg><p>Slot';
  const read = (pieces: string | string[]) => {
    const { blocks, ...page } = scanPage(pieces);
    return {
      ...page,
      root: null,
      blocks: blocks.map(({ text, href, breaks, node }) => [text, href, breaks, node.label]),
    };
  };

  test.each([1, 2, 3, 5, 7, 11, 64])('of %i characters is the same page', (size) => {
    const pieces = html.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
    expect(read(pieces)).toEqual(read(html));
  });

  test('is cut where a whole page is', () => {
    const pieces = Array.from({ length: 9 }, () => `<p>${'x'.repeat(1e6 - 4)} `);
    expect(scanPage(pieces).blocks.map(({ text }) => text)).toEqual(
      scanPage(pieces.join('')).blocks.map(({ text }) => text),
    );
    expect(scanPage(pieces).blocks).toHaveLength(8);
  });
});

describe('what a page shows', () => {
  test('scripts, styles, templates and hidden text are not shown', () => {
    const html =
      '<script>a<p>b</script><style>p{}</style><noscript>n</noscript><template><p>t</template><p hidden>h</p>' +
      '<div style="display: none"><p>d</p></div><svg><title>s</title><text>v</text></svg><p>shown<span hidden> not</span></p>';
    expect(texts(html)).toEqual(['shown']);
  });

  test('text in a class by which style sheets hide is not shown, but where a wide screen shows it', () => {
    const html =
      '<p class="lead hidden">a</p><div class="is-hidden"><p>b</p></div><div class="hidden md:block"><p>c</p></div>' +
      '<p class="hidden-things">d</p>';
    expect(texts(html)).toEqual(['c', 'd']);
    expect(scanPage(html, true).blocks.map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('hidden paragraphs are kept apart, for pages that show nothing else', () => {
    expect(scanPage('<div style="display:none"><p>Later</p></div>').hiddenBlocks.map((block) => block.text)).toEqual([
      'Later',
    ]);
  });

  test('a link that is left open ends with its block', () => {
    const [first, second] = scanPage('<div><p><a href="/a">Linked</p></div><div><p>Not linked</p></div>').blocks;
    expect(first).toMatchObject({ text: 'Linked', linkChars: 6, href: '/a' });
    expect(second).toMatchObject({ text: 'Not linked', href: null });
  });

  test('an element that is closed by another one’s end does not swallow the rest', () => {
    expect(texts('<table><tr><td><div>In<td>Out</div></table><p>After')).toEqual(['In', 'Out', 'After']);
    expect(texts('<svg><title/><path/></svg><p>After')).toEqual(['After']);
  });
});

describe('what a page says about itself', () => {
  test('the head is read: metadata, links, structured data, language, base', () => {
    const page = scanPage(
      '<html lang=de><head><base href="/b/"><title>T &amp; S</title><meta property="OG:Title" content="O"><meta name=author content="A">' +
        '<link rel=canonical href="/c"><script type="application/ld+json">{"a":1}</script></head><body class=Page>',
    );
    expect(page).toMatchObject({
      title: 'T & S',
      htmlLanguage: 'de',
      baseHref: '/b/',
      metas: [
        { key: 'og:title', content: 'O' },
        { key: 'author', content: 'A' },
      ],
      links: [{ rel: 'canonical', href: '/c' }],
      structuredData: ['{"a":1}'],
    });
    expect(page.root.label).toBe('page');
  });

  test('authors and times are noted with their place', () => {
    const page = scanPage(
      '<h1>Head</h1><p>By <a rel="author" href="/x">Jo Doe</a></p><time datetime="2026-05-30T10:00Z" pubdate>May 30</time>',
    );
    expect(page.authors).toMatchObject([{ text: 'Jo Doe', trust: 5, block: 1 }]);
    expect(page.times).toMatchObject([{ value: '2026-05-30T10:00Z', isPublished: true, block: 2 }]);
  });

  test('any characters give blocks without markup, and never throw', () => {
    const pieces = fc.constantFrom(
      '<p>',
      '</p>',
      '<div class=x',
      '>',
      '</',
      'text',
      '<!--',
      '-->',
      '<script>',
      '&amp',
      '<a href="',
      '"',
      '<td>',
      '</b>',
      ' ',
      '\0',
      '<br>',
      '<svg/>',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 60 }), (parts) => {
        const page = scanPage(parts.join(''));
        for (const block of page.blocks) {
          expect(block.text).toBe(block.text.trim());
          expect(block.text).not.toBe('');
          expect(block.linkChars).toBeLessThanOrEqual(block.text.length);
        }
        expect(page.root.last).toBe(page.blocks.length);
      }),
    );
  });
});
