import { AsyncIterReader } from 'warcio';

/** Deflated members are sought by their first bytes (RFC 1952): two of magic, the only method there is, no reserved flag. */
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b, 0x08]);
const GZIP_RESERVED_FLAGS = 0xe0;
/** How many bytes tell that a member begins. */
const MEMBER_START_BYTES = 4;

/** Stands for the line that should be where nothing more can be unpacked. */
const UNREADABLE = Buffer.from('\uFFFD');

/** The bytes of an archive, as they come or unpacked, and where in the archive they stand. */
export interface WarcSource {
  /** Its first bytes, at least four where it has as many. */
  start: Buffer;
  /** A line with its end, at most `bytesMax` of it, and the byte of the archive where it began; null at the end. */
  readLine(bytesMax: number): Promise<{ line: Uint8Array; at: number } | null>;
  /** The next bytes: fewer than asked for only at the end. */
  read(bytes: number): Promise<Uint8Array>;
  /** The same without keeping them; how many there were. */
  skip(bytes: number): Promise<number>;
  /** Whether what is read now is no longer unpacked, since the gzip member is broken. */
  isBroken(): boolean;
  /** At the end of the archive: the byte where the gzip member begins that has no end; null where all have. */
  cutOffAt(): number | null;
  /** Goes on at the next gzip member that begins after a byte of the archive; false where there is none. */
  seekMember(after: number): Promise<boolean>;
}

/**
 * Opens an archive, plain or gzip (told by its first bytes), also with a member for each record. Only what is being read is in memory.
 * A gzip member may begin anywhere in a record: members are one stream.
 */
export async function openWarcSource(input: AsyncIterable<Buffer>): Promise<WarcSource> {
  const chunks = rereadable(input);
  const start = await chunks.peek(MEMBER_START_BYTES);
  const isGzip = GZIP_MAGIC.subarray(0, 2).every((byte, at) => start[at] === byte);
  let base = 0;
  let reader = new AsyncIterReader(chunks, isGzip ? 'gzip' : null);
  const isBroken = () => isGzip && reader.compressed === null;
  return {
    start,
    async readLine(bytesMax) {
      // warcio counts a member when it is unpacked to its end, which may be in the middle of this line.
      const at = base + reader.getRawOffset();
      const line = await reader.readlineRaw(bytesMax);
      return line === null && !isBroken() ? null : { line: line ?? UNREADABLE, at };
    },
    read: (bytes) => reader.readSize(bytes),
    skip: (bytes) => reader.skipSize(bytes),
    isBroken,
    cutOffAt() {
      const end = base + reader.getRawOffset();
      return isGzip && !isBroken() && end < chunks.position() ? end : null;
    },
    async seekMember(after) {
      const found = await chunks.seek(after + 1);
      if (found === null) return false;
      base = found;
      reader = new AsyncIterReader(chunks, 'gzip');
      return true;
    },
  };
}

interface Rereadable extends AsyncIterable<Buffer> {
  /** Bytes that were handed out, from the start of the archive. */
  position(): number;
  /** The beginning, which is handed out again: fewer than so many bytes only where there are no more. */
  peek(bytes: number): Promise<Buffer>;
  /** Hands out from the next start of a member at or after a byte. Of what was handed out only the last two chunks are looked at. */
  seek(from: number): Promise<number | null>;
}

function rereadable(input: AsyncIterable<Buffer>): Rereadable {
  const chunks = input[Symbol.asyncIterator]();
  let ahead: Buffer | null = null;
  // warcio notices a broken member in the chunk that it has, or when it has asked for one more.
  let recent: Buffer[] = [];
  let position = 0;
  const next = async (): Promise<Buffer | null> => {
    const chunk = ahead ?? (await chunks.next()).value ?? null;
    ahead = null;
    if (chunk === null) return null;
    position += chunk.length;
    recent = [...recent.slice(-1), chunk];
    return chunk;
  };
  return {
    position: () => position,
    async peek(bytes) {
      let start: Buffer = Buffer.alloc(0);
      while (start.length < bytes) {
        const more = await chunks.next();
        if (more.done) break;
        start = Buffer.concat([start, more.value]);
      }
      ahead = start;
      return start;
    },
    async seek(from) {
      let window = Buffer.concat(recent);
      for (;;) {
        const startsAt = position - window.length;
        const found = memberIn(window, Math.max(0, from - startsAt));
        if (found >= 0) {
          ahead = window.subarray(found);
          recent = [];
          position = startsAt + found;
          return position;
        }
        const more = await next();
        if (more === null) return null;
        window = Buffer.concat([window.subarray(-(MEMBER_START_BYTES - 1)), more]);
      }
    },
    [Symbol.asyncIterator]: () => ({
      async next() {
        const value = await next();
        return value === null ? { done: true, value: undefined } : { done: false, value };
      },
    }),
  };
}

function memberIn(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(GZIP_MAGIC, from); at >= 0; at = bytes.indexOf(GZIP_MAGIC, at + 1)) {
    const flags = bytes[at + GZIP_MAGIC.length];
    if (flags !== undefined && (flags & GZIP_RESERVED_FLAGS) === 0) return at;
  }
  return -1;
}
