import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { type Failed, failed } from './result.ts';

/** Pages compress by 3 to 20 times; a bomb by 1,000 and more. */
const EXPANSION_MAX = 100;

/** Below this many decoded bytes no expansion harms anybody, and short repetitive pages expand a lot. */
const EXPANSION_FREE_BYTES = 1_048_576;

type Decoder = (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>;

const inflateZlib: Decoder = promisify(inflate);
const inflateBare: Decoder = promisify(inflateRaw);
const gunzipWhole: Decoder = promisify(gunzip);

const DECODERS = new Map<string, Decoder>([
  ['gzip', gunzipWhole],
  ['x-gzip', gunzipWhole],
  ['br', promisify(brotliDecompress)],
  // Half of the servers that say `deflate` send it without the zlib header that RFC 9110 asks for.
  ['deflate', (bytes, options) => (isZlib(bytes) ? inflateZlib : inflateBare)(bytes, options)],
]);

/** What a request offers: `Accept-Encoding`. Never zstd: where Node has it (22.23), a truncated stream is given back as if it were whole. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

export type Encoding = { ok: true; name: string | null } | Failed;

/** Reads `Content-Encoding`, null for none. More than one encoding in a row is refused: no server needs it and bombs do. */
export function encodingOf(header: string | null): Encoding {
  const names = (header ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  const [name] = names;
  if (name === undefined) return { ok: true, name: null };
  if (names.length > 1) return failed('bad-encoding', 'more than one content encoding');
  if (!DECODERS.has(name)) return failed('bad-encoding', 'a content encoding that was not asked for');
  return { ok: true, name };
}

/**
 * Undoes one content encoding. Stops at `bytesMax` decoded bytes, or at a hundredfold expansion, whatever comes first; a stream that
 * ends before its end mark is an error.
 */
export async function decodeBody(
  bytes: Uint8Array,
  encoding: string | null,
  bytesMax: number,
): Promise<{ ok: true; bytes: Uint8Array } | Failed> {
  const decoder = encoding === null ? undefined : DECODERS.get(encoding);
  const limit = Math.min(bytesMax, Math.max(EXPANSION_FREE_BYTES, bytes.length * EXPANSION_MAX));
  if (decoder === undefined) return bytes.length > bytesMax ? tooLarge(bytesMax) : { ok: true, bytes };
  // Some servers announce an encoding for an answer without a body.
  if (bytes.length === 0) return { ok: true, bytes };
  try {
    const decoded: Promise<Uint8Array> = decoder(bytes, { maxOutputLength: limit });
    return { ok: true, bytes: await decoded };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(limit);
    // zlib's own codes begin with Z_, brotli's with ERR_; a truncated stream of either is Z_BUF_ERROR.
    if (typeof code === 'string') return failed('bad-encoding', `${encoding}: ${code}`);
    throw error;
  }
}

function tooLarge(limitBytes: number): Failed {
  return failed('body-too-large', `more than ${limitBytes} bytes decoded`);
}

/** Whether deflated data starts with a zlib header: method 8, and a check value that divides by 31. */
function isZlib([first = 0, second = 0]: Uint8Array): boolean {
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}
