import { describe, expect, test } from 'vitest';
import { decodePage, decodePieces, pageKind } from './page.ts';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'utf8')] : part)));

describe('decodePage', () => {
  test('a byte order mark wins over every declaration', () => {
    const page = bytes([0xef, 0xbb, 0xbf], '<meta charset=windows-1251>é');
    expect(decodePage(page, 'text/html; charset=iso-8859-1')).toEqual({
      html: '<meta charset=windows-1251>é',
      charset: 'utf-8',
    });
    expect(decodePage(Uint8Array.from([0xff, 0xfe, 0x41, 0, 0x42, 0]), null)).toEqual({
      html: 'AB',
      charset: 'utf-16le',
    });
  });

  test('valid UTF-8 wins over a header that says otherwise', () => {
    expect(decodePage(bytes('<p>naïve “quotes”'), 'text/html; charset=ISO-8859-1')).toEqual({
      html: '<p>naïve “quotes”',
      charset: 'utf-8',
    });
  });

  test('all 27 bytes that windows-1252 has of its own come out as the standard says', () => {
    const own = Array.from({ length: 32 }, (_, i) => 0x80 + i).filter(
      (byte) => ![0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte),
    );
    const { html, charset } = decodePage(Uint8Array.from([0x41, ...own]), 'text/html; charset=latin1');
    expect(charset).toBe('windows-1252');
    expect(html).toBe('A€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ');
  });

  test('the header wins over the page, and the page over the fallback', () => {
    const cyrillic = bytes('<meta charset="koi8-r"><p>', [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]);
    expect(decodePage(cyrillic, 'text/html;charset="windows-1251"').html).toContain('Привет');
    expect(decodePage(cyrillic, 'text/html').charset).toBe('koi8-r');
    expect(decodePage(bytes('<p>caf', [0xe9], ' au lait'), null)).toEqual({
      html: '<p>café au lait',
      charset: 'windows-1252',
    });
  });

  test('an unknown or unusable label is passed over', () => {
    const page = bytes('<meta http-equiv=content-type content="text/html; charset=windows-1250">', [0xb9]);
    expect(decodePage(page, 'text/html; charset=klingon').charset).toBe('windows-1250');
    expect(decodePage(page, 'text/html; charset=iso-2022-kr').charset).toBe('windows-1250');
  });
});

describe('decodePieces', () => {
  test.each([
    ['letters of one to four bytes', bytes('<p>aé€😀'.repeat(9000))],
    ['a byte order mark', bytes([0xef, 0xbb, 0xbf], 'é'.repeat(40_000), '\ufeff', 'é'.repeat(40_000))],
    ['a mark where a piece begins', bytes('x'.repeat(32_768), '\ufeffy'.repeat(9000))],
    ['a last letter that is cut', bytes('é'.repeat(40_000), [0xe2, 0x82])],
    ['another charset', bytes('<meta charset=koi8-r>', [0xf0, 0xd2, 0xc9], ' '.repeat(40_000))],
    ['nothing', bytes()],
  ])('gives the characters of decodePage: %s', (_, page) => {
    const pieces = [...decodePieces(page, null)];
    expect(pieces.join('')).toBe(decodePage(page, null).html);
    expect(Math.max(0, ...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(page.length);
  });

  test('cuts a long page in UTF-8', () => {
    const lengths = [...decodePieces(bytes('é'.repeat(100_000)), null)].map((piece) => piece.length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(32_768);
    expect(lengths.length).toBeGreaterThan(6);
  });
});

describe('what a page says of its charset', () => {
  test.each([
    ['a comment', '<!-- <meta charset="koi8-r"> -->'],
    ['a comment that does not end', '<meta charset=windows-1251><!-- <meta charset="koi8-r">'],
    ['another meta', '<meta name="description" content="On charset=koi8-r">'],
    ['a link', '<a href="?charset=koi8-r">'],
    ['a meta that is too far below', `${' '.repeat(9000)}<meta charset=koi8-r>`],
  ])('a charset that stands in %s is none', (_, start) => {
    const page = bytes(
      `<html>${start}<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>`,
      [0xcf, 0xf0],
    );
    expect(decodePage(page, null).charset).toBe(start.length > 9000 ? 'windows-1252' : 'windows-1251');
  });

  test.each([
    ['charset', '<meta charset=windows-1251>'],
    ['charset with quotes and spaces', `<META  CHARSET = ' windows-1251 '/>`],
    ['http-equiv', '<meta http-equiv="content-type" content="text/html;charset=cp1251">'],
    ['http-equiv behind its content', '<meta content=\'text/html; charset = "x-cp1251"\' http-equiv=Content-Type>'],
    [
      'an XML declaration in front of another meta',
      '<?xml version="1.0" encoding="windows-1251"?><meta charset=koi8-r>',
    ],
    ['a meta without http-equiv', '<meta name="x" content="text/html; charset=windows-1251">'],
    ['one behind 1,024 bytes', `${' '.repeat(3000)}<meta charset=windows-1251>`],
    ['one behind an unknown label', '<meta charset="utf8mb4"><meta charset="windows-1251">'],
    ['one behind x-user-defined', '<meta charset="x-user-defined"><meta charset="windows-1251">'],
  ])('a page declares its charset by %s', (_, start) => {
    expect(decodePage(bytes(start, [0xcf, 0xf0, 0xe8]), 'text/html; charset=x-user-defined')).toMatchObject({
      html: `${start}При`,
      charset: 'windows-1251',
    });
  });

  test('UTF-16 without its byte order mark is known by its look, and believed of a header where it fits', () => {
    const page = '<!DOCTYPE html><p>Слово';
    const little = Buffer.from(page, 'utf16le');
    const big = Buffer.from(little).swap16();
    for (const [wide, charset] of [
      [little, 'utf-16le'],
      [big, 'utf-16be'],
    ] as const) {
      expect(decodePage(wide, null)).toEqual({ html: page, charset });
      expect(pageKind('text/html', wide)).toBe('html');
      expect(pageKind(null, wide)).toBe('html');
    }
    expect(decodePage(Buffer.from('Слово, и ещё', 'utf16le'), 'text/html; charset=utf-16le').html).toBe('Слово, и ещё');
    expect(decodePage(bytes('<meta charset=utf-16><p>naïve'), 'text/html; charset=utf-16').charset).toBe('utf-8');
  });

  test.each([
    ['iso-2022-kr', bytes([0x1b], '$)C<p>', [0x0e], '1[1[', [0x0f])],
    ['iso-2022-cn', bytes('<p>', [0x1b], '$)A', [0x0e], '=;;;', [0x0f])],
    ['hz-gb-2312', bytes('<p>~{<:Ky2;S{~}')],
  ])('a page in %s, which nobody decodes, is no letters at all', (label, page) => {
    expect(decodePage(page, `text/html; charset=${label}`)).toEqual({ html: '\uFFFD', charset: 'replacement' });
    expect(decodePage(bytes('<p>plain'), `text/html; charset=${label}`).html).toBe('<p>plain');
  });
});

describe('bytes that disagree with what is said', () => {
  test('a header that the bytes contradict gives way to the page', () => {
    const polish = bytes('<meta charset="iso-8859-2"><p>', [0xb1, 0xe6, 0xea, 0xb3], ' i ', [0xf1, 0xf3, 0xb6, 0xbc]);
    expect(decodePage(polish, 'text/html; charset=utf-8').html).toContain('ąćęł i ńóśź');
  });

  test('a UTF-8 page that is cut inside a character stays UTF-8', () => {
    expect(decodePage(bytes('<p>café ', [0xe2, 0x82]), null)).toEqual({ html: '<p>café ', charset: 'utf-8' });
  });

  test('a Japanese page in escape sequences is read by its declaration', () => {
    const page = bytes('<meta charset=iso-2022-jp>', [0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42]);
    expect(decodePage(page, null).html).toContain('日本');
  });

  test('an XML declaration counts', () => {
    const page = bytes('<?xml version="1.0" encoding="iso-8859-7"?><html>', [0xc5, 0xeb, 0xeb]);
    expect(decodePage(page, 'application/xhtml+xml').html).toContain('Ελλ');
  });
});

describe('pageKind', () => {
  const html = bytes('<!-- made by hand -->\n<!DOCTYPE html><html><p>Hi');

  test('HTML and XHTML are HTML by their type', () => {
    expect(pageKind('text/html; charset=utf-8', bytes('just words'))).toBe('html');
    expect(pageKind('application/xhtml+xml', html)).toBe('html');
  });

  test('a PDF is no page, even when the server calls it HTML', () => {
    expect(pageKind('application/pdf', bytes('%PDF-1.7'))).toBe('other');
    expect(pageKind('text/html', bytes('%PDF-1.7\n', [0, 1, 2]))).toBe('other');
  });

  test('pictures, feeds and data are no pages', () => {
    expect(pageKind('image/png', bytes([0x89], 'PNG'))).toBe('other');
    expect(pageKind('application/json', bytes('{}'))).toBe('other');
    expect(pageKind('text/xml', bytes('<?xml version="1.0"?><rss version="2.0">'))).toBe('other');
  });

  test('without a type, or with a generic one, the bytes decide', () => {
    for (const type of [null, '', 'application/octet-stream']) {
      expect(pageKind(type, html)).toBe('html');
      expect(pageKind(type, bytes('SEOUL, May 30 - A report.\n\nIt goes on.'))).toBe('text');
      expect(pageKind(type, bytes([0, 1, 2, 3, 0, 0, 7]))).toBe('other');
    }
  });

  test('plain text is text, unless it is a page', () => {
    expect(pageKind('text/plain', bytes('Two words'))).toBe('text');
    expect(pageKind('text/plain', html)).toBe('html');
  });

  test('XHTML that is served as XML is a page', () => {
    expect(pageKind('text/xml', bytes('<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">'))).toBe(
      'html',
    );
  });
});
