import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadCursor, decodeCursor, encodeCursor } from './cursor.ts';
import { digestOf, fromBytes, furnitureFromBytes, furnitureToBytes, storable, toBytes, toJson } from './encoding.ts';

describe('bytes of numbers', () => {
  it('come back as they were, wherever they lie in their buffer', () => {
    fc.assert(
      fc.property(fc.uint32Array(), fc.nat(3), (numbers, offset) => {
        const shifted = Buffer.concat([Buffer.alloc(offset), toBytes(numbers)]).subarray(offset);
        expect(fromBytes(shifted)).toEqual(numbers);
      }),
    );
  });

  it('are little-endian', () => {
    expect([...toBytes(Uint32Array.of(1, 0x01020304))]).toEqual([1, 0, 0, 0, 4, 3, 2, 1]);
  });
});

it('learned furniture comes back as it was', () => {
  fc.assert(
    fc.property(fc.uint32Array(), fc.uint32Array(), fc.nat(), (lines, shingles, articles) => {
      const furniture = { version: 3, articles, lines, shingles };
      expect(furnitureFromBytes(furnitureToBytes(furniture))).toEqual(furniture);
    }),
  );
});

describe('JSON for Postgres', () => {
  it('has neither NUL nor half of a surrogate pair, and is the same otherwise', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('\0', '\ud800', '\udfff', '\\u0000', '😀'),
        (text, part) => {
          const back = JSON.parse(toJson({ each: [text + part] })).each[0];
          expect(back).toBe(storable(text + part));
          expect(back).toHaveLength((text + part).length);
          expect(back).not.toMatch(/\0|\p{Cs}/u);
        },
      ),
    );
  });

  it('differs in its digest when the value differs', () => {
    expect(digestOf([1, 'a'])).toBe(digestOf([1, 'a']));
    expect(digestOf([1, 'a'])).not.toBe(digestOf([1, 'b']));
  });
});

describe('cursor', () => {
  it('comes back as it was', () => {
    const position = { createdAt: '2026-01-02T03:04:05.678Z', id: 'ümlaut' };
    expect(decodeCursor(encodeCursor(position))).toEqual(position);
  });

  it('is refused in a clear way, whatever else it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => decodeCursor(text)).toThrow(BadCursor);
        expect(() => decodeCursor(Buffer.from(JSON.stringify([text, text])).toString('base64url'))).toThrow(BadCursor);
      }),
    );
  });
});
