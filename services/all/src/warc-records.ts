import { AsyncIterReader, type StatusAndHeaders, StatusAndHeadersParser } from 'warcio';
import { openWarcSource, type WarcSource } from './warc-source.ts';

/** A header has a kilobyte or two; what is longer is none. */
const HEADER_BYTES_MAX = 64 * 2 ** 10;
/** What of a block is looked at to say whether the rest is wanted: an HTTP header ends in there. */
const LOOK_BYTES_MAX = 64 * 2 ** 10;
const ZSTD_MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** A record of an archive, or the beginning of one. */
export interface WarcRecord {
  /** Counts from 1. */
  number: number;
  /** The byte of the archive where it begins; in gzip, where the member does in which it begins. */
  at: number;
  headers: Headers;
  /** Bytes of its block, as its header says. */
  length: number;
  /** The block, or its beginning where no more was wanted. */
  block: Buffer;
}

export type WarcReading = { kind: 'record'; record: WarcRecord } | { kind: 'broken'; at: number; problem: string };

type Line = NonNullable<Awaited<ReturnType<WarcSource['readLine']>>>;

/**
 * The records of an archive (WARC 1.1, ISO 28500) in order. One is given when all of it was read and its end was where its header
 * says; one that is broken or cut off is told, and reading goes on where the next begins.
 * @param isWanted whether to keep the whole block, seen the beginning of it; the rest is passed over
 */
export async function* warcRecords(
  input: AsyncIterable<Buffer>,
  isWanted: (start: WarcRecord) => Promise<boolean>,
): AsyncGenerator<WarcReading> {
  const source = await openWarcSource(input);
  const unreadable = problemOfStart(source.start);
  if (unreadable !== null) return yield { kind: 'broken', at: 0, problem: unreadable };
  let number = 0;
  let line = await nextLine(source);
  while (line !== null) {
    const { at } = line;
    const read = await readRecord(source, line, number + 1, isWanted);
    if (read.ok || read.isRecord) number += 1;
    const end = read.ok ? await readEnd(source) : null;
    if (read.ok && end?.ok === true && !source.isBroken()) {
      yield { kind: 'record', record: read.record };
      line = end.next ?? (await nextLine(source));
      continue;
    }
    const problem = read.ok ? WRONG_LENGTH : read.problem;
    yield { kind: 'broken', at, problem: source.isBroken() ? BROKEN_GZIP : problem };
    line = await seekRecord(source, at);
    if (line === null) return;
  }
  const cutOffAt = source.cutOffAt();
  if (cutOffAt !== null) yield { kind: 'broken', at: cutOffAt, problem: CUT_OFF };
}

const CUT_OFF = 'it is cut off';
const BROKEN_GZIP = 'it cannot be unpacked';
const WRONG_LENGTH = 'its length is not the one in its header';

function problemOfStart(start: Buffer): string | null {
  if (start.length === 0) return 'the file is empty';
  if (start.subarray(0, ZSTD_MAGIC.length).equals(ZSTD_MAGIC))
    return 'it is packed with zstd; unpack it first: zstd -dc FILE | wirefold … --warc -';
  return null;
}

/** The next line that is not empty. */
async function nextLine(source: WarcSource): Promise<Line | null> {
  for (;;) {
    const line = await source.readLine(HEADER_BYTES_MAX);
    if (line === null || source.isBroken() || !isEmpty(line.line)) return line;
  }
}

type RecordReading = { ok: true; record: WarcRecord } | { ok: false; isRecord: boolean; problem: string };

async function readRecord(
  source: WarcSource,
  first: Line,
  number: number,
  isWanted: (start: WarcRecord) => Promise<boolean>,
): Promise<RecordReading> {
  if (!isRecordLine(first.line)) return { ok: false, isRecord: false, problem: 'no WARC record begins here' };
  const headers = await readHeaders(source, first.line);
  if (headers === null) return { ok: false, isRecord: true, problem: 'its header has no end' };
  const length = lengthOf(headers.get('content-length'));
  if (length === null) return { ok: false, isRecord: true, problem: 'it says no length' };
  const start = length === 0 ? Buffer.alloc(0) : await source.read(Math.min(length, LOOK_BYTES_MAX));
  const record: WarcRecord = { number, at: first.at, headers, length, block: Buffer.from(start) };
  const left = length - start.length;
  if (start.length < Math.min(length, LOOK_BYTES_MAX)) return { ok: false, isRecord: true, problem: CUT_OFF };
  if (left === 0) return { ok: true, record };
  const rest = (await isWanted(record)) ? await source.read(left) : null;
  if ((rest?.length ?? (await source.skip(left))) < left) return { ok: false, isRecord: true, problem: CUT_OFF };
  return { ok: true, record: rest === null ? record : { ...record, block: Buffer.concat([start, rest]) } };
}

/** Reads the two empty lines after a block. Some writers leave them out, and begin the next record. */
async function readEnd(source: WarcSource): Promise<{ ok: true; next: Line | null } | { ok: false }> {
  for (let count = 0; count < 2; count += 1) {
    const line = await source.readLine(HEADER_BYTES_MAX);
    if (line === null) return { ok: true, next: null };
    if (isRecordLine(line.line)) return { ok: true, next: line };
    if (!isEmpty(line.line)) return { ok: false };
  }
  return { ok: true, next: null };
}

/** The first line of the next record; null where there is none. */
async function seekRecord(source: WarcSource, after: number): Promise<Line | null> {
  let from = after;
  for (;;) {
    if (source.isBroken() && !(await source.seekMember(from))) return null;
    const line = await source.readLine(HEADER_BYTES_MAX);
    if (line === null) return null;
    from = line.at;
    if (!source.isBroken() && isRecordLine(line.line)) return line;
  }
}

/** All header lines after the first, until an empty one; null where there is none in time. */
async function readHeaders(source: WarcSource, first: Uint8Array): Promise<Headers | null> {
  const lines = [first];
  let bytes = first.length;
  for (;;) {
    const read = await source.readLine(HEADER_BYTES_MAX);
    if (read === null || source.isBroken()) return null;
    if (isEmpty(read.line)) return (await parseHeader(Buffer.concat(lines)))?.headers ?? null;
    bytes += read.line.length;
    if (bytes > HEADER_BYTES_MAX) return null;
    lines.push(read.line);
  }
}

/** A status line and header lines, as WARC and HTTP have them. */
export async function parseHeader(lines: Uint8Array): Promise<{ status: number; headers: Headers } | null> {
  // Given whole and with its end: warcio loses the end of a header where a chunk begins with it.
  const whole = Buffer.concat([lines, Buffer.from('\r\n\r\n')]);
  const parsed: StatusAndHeaders | null = await new StatusAndHeadersParser().parse(new AsyncIterReader([whole], null), {
    headersClass: Headers,
  });
  if (parsed === null || !(parsed.headers instanceof Headers)) return null;
  return { status: Number(parsed.statusCode), headers: parsed.headers };
}

function isEmpty(line: Uint8Array): boolean {
  return line.every((byte) => byte === 0x0a || byte === 0x0d);
}

/** `WARC/1.1` and its like. */
function isRecordLine(line: Uint8Array): boolean {
  return /^WARC\/\d\.\d{1,2}\s*$/.test(Buffer.from(line.subarray(0, 20)).toString('latin1'));
}

function lengthOf(value: string | null): number | null {
  return value !== null && /^\d{1,15}$/.test(value) ? Number(value) : null;
}
