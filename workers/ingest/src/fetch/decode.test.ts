import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeBody, encodingOf } from './decode.ts';

const PAGE = Buffer.from(`<p>${'The council met on Tuesday evening. '.repeat(400)}</p>`);
const BYTES_MAX = 4_000_000;

async function textOf(bytes: Uint8Array, encoding: string | null): Promise<string> {
  const decoded = await decodeBody(bytes, encoding, BYTES_MAX);
  return decoded.ok ? Buffer.from(decoded.bytes).toString() : decoded.reason;
}

describe('encodingOf', () => {
  it.each([
    [null, null],
    ['', null],
    ['identity', null],
    ['GZIP', 'gzip'],
    [' br ', 'br'],
    ['deflate', 'deflate'],
    ['identity, gzip', 'gzip'],
  ])('reads %s as %s', (header, name) => expect(encodingOf(header)).toEqual({ ok: true, name }));

  it.each(['gzip, gzip', 'br, gzip', 'zstd', 'compress', 'gzip;q=1'])('refuses %s', (header) => {
    expect(encodingOf(header)).toMatchObject({ ok: false, reason: 'bad-encoding' });
  });
});

describe('decodeBody', () => {
  it.each([
    ['gzip', gzipSync(PAGE)],
    ['x-gzip', gzipSync(PAGE)],
    ['br', brotliCompressSync(PAGE)],
    ['deflate', deflateSync(PAGE)],
    ['deflate', deflateRawSync(PAGE)],
    [null, PAGE],
  ])('gives back what %s encoded', async (encoding, bytes) => expect(await textOf(bytes, encoding)).toBe(String(PAGE)));

  it.each([
    ['gzip', gzipSync(PAGE)],
    ['br', brotliCompressSync(PAGE)],
    ['deflate', deflateSync(PAGE)],
    ['deflate', deflateRawSync(PAGE)],
  ])('reports a truncated %s stream at every cut', async (encoding, bytes) => {
    for (let end = 1; end < bytes.length; end += 7) {
      expect(await textOf(bytes.subarray(0, end), encoding)).toBe('bad-encoding');
    }
  });

  it.each(['gzip', 'br', 'deflate'])('reports what is not %s at all', async (encoding) => {
    expect(await textOf(PAGE, encoding)).toBe('bad-encoding');
  });

  it('takes an empty body for empty, whatever encoding it announces', async () => {
    expect(await textOf(new Uint8Array(), 'gzip')).toBe('');
  });

  it('stops at the limit of decoded bytes', async () => {
    const bytes = gzipSync(Buffer.from(Array.from({ length: 200_000 }, (_, i) => i % 251)));
    expect(await decodeBody(bytes, 'gzip', 200_000)).toMatchObject({ ok: true });
    expect(await decodeBody(bytes, 'gzip', 199_999)).toMatchObject({ ok: false, reason: 'body-too-large' });
    expect(await decodeBody(PAGE, null, PAGE.length - 1)).toMatchObject({ ok: false, reason: 'body-too-large' });
  });

  it('stops at a hundredfold expansion, although the limit of decoded bytes allows more', async () => {
    const bomb = gzipSync(Buffer.alloc(3_000_000, 'A'));
    expect(bomb.length * 100).toBeLessThan(3_000_000);
    expect(await textOf(bomb, 'gzip')).toBe('body-too-large');
  });

  it('lets a short page expand as it likes', async () => {
    const page = Buffer.alloc(500_000, 'A');
    expect(await textOf(gzipSync(page), 'gzip')).toBe(String(page));
  });
});
