import { createHash } from 'node:crypto';
import { endianness } from 'node:os';
import type { Furniture } from '@wirefold/dedup';

const UNSTORABLE = /\p{Cs}|\0/gu;
/** The same as JSON escapes; an escaped backslash before `u` matches too, which only costs time. */
const UNSTORABLE_ESCAPE = /\\u(?:0000|d[89a-f])/;

/** Postgres stores neither NUL nor half of a surrogate pair: each becomes U+FFFD. */
export function storable(text: string): string {
  return text.replace(UNSTORABLE, '�');
}

/** JSON that Postgres takes as jsonb. */
export function toJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (!UNSTORABLE_ESCAPE.test(json)) return json;
  return JSON.stringify(value, (_key, each: unknown) => (typeof each === 'string' ? storable(each) : each));
}

/** Short digest of a JSON value, to see whether it changed. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);
}

const isLittleEndian = endianness() === 'LE';

/** The numbers as little-endian bytes, without a copy where the machine is little-endian itself. */
export function toBytes(numbers: Uint32Array): Buffer {
  const bytes = Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  return isLittleEndian ? bytes : Buffer.from(bytes).swap32();
}

/** A copy, because the bytes of a row are part of a larger buffer and may not be aligned. */
export function fromBytes(bytes: Buffer): Uint32Array {
  const copy = new Uint8Array(bytes);
  if (!isLittleEndian) Buffer.from(copy.buffer).swap32();
  return new Uint32Array(copy.buffer);
}

/** Numbers before the hashes of learned furniture: version, articles, lines. */
const FURNITURE_HEADER = 3;

/** Version, number of articles, number of lines, then the lines and the shingles: 32 bits each, little-endian. */
export function furnitureToBytes({ version, articles, lines, shingles }: Furniture): Buffer {
  const numbers = new Uint32Array(FURNITURE_HEADER + lines.length + shingles.length);
  numbers.set([version, articles, lines.length]);
  numbers.set(lines, FURNITURE_HEADER);
  numbers.set(shingles, FURNITURE_HEADER + lines.length);
  return toBytes(numbers);
}

export function furnitureFromBytes(bytes: Buffer): Furniture {
  const numbers = fromBytes(bytes);
  const [version = 0, articles = 0, lines = 0] = numbers;
  return {
    version,
    articles,
    lines: numbers.slice(FURNITURE_HEADER, FURNITURE_HEADER + lines),
    shingles: numbers.slice(FURNITURE_HEADER + lines),
  };
}
