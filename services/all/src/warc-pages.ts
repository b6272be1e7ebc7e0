import { canonicalUrl, decodePage, pageKind, URL_CHARS_MAX } from '@wirefold/article';
import { decodeBody, encodingOf } from '@wirefold/ingest';
import { AsyncIterReader } from 'warcio';
import { parseHeader, type WarcRecord, warcRecords } from './warc-records.ts';

/** A page in an archive, as it came over the wire, and unpacked. */
const PAGE_BYTES_MAX = 32 * 2 ** 20;

/** What a record of an archive is to a reader of pages. Requests and notes of the crawler are nothing. */
export type ArchivedPage =
  /** `fetchedAt` is the record's own time, ISO 8601; null where it says none. */
  | { kind: 'page'; url: string; html: string; fetchedAt: string | null }
  /** An answer that is no page, by a word to count it by; `problem` names it where that is worth it. */
  | { kind: 'passed'; word: string; problem: string | null }
  | { kind: 'problem'; problem: string };

/**
 * The pages of an archive: HTML that was answered with success, or kept as a resource. Memory holds one record.
 * @param name what the archive is called, in front of what is said of its records; may be empty
 */
export async function* archivedPages(input: AsyncIterable<Buffer>, name: string): AsyncGenerator<ArchivedPage> {
  const isWanted = async (record: WarcRecord) => (await contentOf(record)).kind === 'content' && isInBounds(record);
  for await (const reading of warcRecords(input, isWanted)) {
    if (reading.kind === 'broken') {
      yield { kind: 'problem', problem: `${name}record at byte ${reading.at}: ${reading.problem}` };
      continue;
    }
    const { record } = reading;
    const target = targetOf(record.headers).slice(0, URL_CHARS_MAX);
    const of = `${name}record ${record.number} at byte ${record.at}, ${target}`;
    const content = await contentOf(record);
    if (content.kind === 'passed' && content.word !== null) {
      const isFailure = /^status [45]/.test(content.word);
      yield { kind: 'passed', word: content.word, problem: isFailure ? `${of}: ${content.word}` : null };
    } else if (content.kind === 'problem') yield { kind: 'problem', problem: `${of}: ${content.problem}` };
    else if (content.kind === 'content') yield await pageOf(record, content, of);
  }
}

/** What is known of a record from its headers. */
type Content =
  | { kind: 'content'; url: string; body: Buffer; headers: Headers; isHttp: boolean }
  /** `word` is null for what is no answer at all. */
  | { kind: 'passed'; word: string | null }
  | { kind: 'problem'; problem: string };

async function contentOf({ headers, block, length }: WarcRecord): Promise<Content> {
  const type = headers.get('warc-type');
  if (type === 'revisit') return { kind: 'passed', word: 'revisit' };
  if (type !== 'response' && type !== 'resource') return { kind: 'passed', word: null };
  const target = targetOf(headers);
  if (!/^https?:/i.test(target)) return NO_PAGE;
  const canonical = canonicalUrl(target);
  if (!canonical.ok) return { kind: 'problem', problem: `its address is not taken: ${canonical.problem}` };
  const url = target;
  const isHttp = type === 'response';
  if (!isHttp) return contentOfType({ kind: 'content', url, body: block, headers, isHttp });
  const end = headerEndIn(block);
  const http = end === null ? null : await parseHeader(block.subarray(0, end.start));
  if (end === null || http === null) return { kind: 'problem', problem: 'its HTTP header has no end' };
  const { status } = http;
  // 206 is a part of a page.
  if (status < 200 || status > 299 || status === 206) return { kind: 'passed', word: `status ${status}` };
  if (!Number.isInteger(status)) return { kind: 'problem', problem: 'it has no HTTP status' };
  if (length === end.bodyStart) return NO_PAGE;
  return contentOfType({ kind: 'content', url, body: block.subarray(end.bodyStart), headers: http.headers, isHttp });
}

const NO_PAGE: Content = { kind: 'passed', word: 'no page' };

/** Media types that may be those of a page; what is none by its type is not read any further. */
const MAY_BE_PAGE =
  /^\s*(?:text\/(?:html|plain|xml)|application\/(?:xhtml\+xml|xml|octet-stream)|unknown\/unknown|\*\/\*)?\s*(?:;|$)/i;

function contentOfType(content: Content & { kind: 'content' }): Content {
  return MAY_BE_PAGE.test(content.headers.get('content-type') ?? '') ? content : NO_PAGE;
}

function isInBounds({ length }: WarcRecord): boolean {
  return length <= PAGE_BYTES_MAX;
}

async function pageOf(record: WarcRecord, content: Content & { kind: 'content' }, of: string): Promise<ArchivedPage> {
  const problem = (what: string): ArchivedPage => ({ kind: 'problem', problem: `${of}: ${what}` });
  const { url, headers, isHttp } = content;
  const contentType = headers.get('content-type');
  if (!isInBounds(record)) return problem(`it is larger than ${PAGE_BYTES_MAX} bytes, and no page is`);
  const cut = record.headers.get('warc-truncated');
  if (cut !== null) return problem(`it was cut off by who recorded it (${cut})`);
  const decoded = isHttp ? await bodyOf(content) : { ok: true as const, bytes: content.body };
  if (!decoded.ok) return problem(`${decoded.reason}: ${decoded.detail}`);
  if (pageKind(contentType, decoded.bytes) !== 'html') return { kind: 'passed', word: 'no page', problem: null };
  const { html } = decodePage(decoded.bytes, contentType);
  return { kind: 'page', url, html, fetchedAt: timeOf(record.headers.get('warc-date')) };
}

/** The body of an answer without its transfer and content encodings. */
async function bodyOf({ body, headers }: Content & { kind: 'content' }) {
  const whole = await dechunked(body, headers.get('transfer-encoding'));
  if (whole === null) return { ok: false as const, reason: 'connection-failed', detail: 'its last chunks are missing' };
  const encoding = encodingOf(headers.get('content-encoding'));
  const decoded = encoding.ok ? await decodeBody(whole, encoding.name, PAGE_BYTES_MAX) : encoding;
  // Some crawlers keep the headers as they came, and the body unpacked.
  return decoded.ok || pageKind(null, whole) !== 'html' ? decoded : { ok: true as const, bytes: whole };
}

/** Null where chunks are missing. What is not chunked, whatever its header says, is given as it is. */
async function dechunked(body: Buffer, transferEncoding: string | null): Promise<Uint8Array | null> {
  if (!/\bchunked\b/i.test(transferEncoding ?? '')) return body;
  const reader = new AsyncIterReader([body], null, true);
  const whole = await reader.readFully();
  // warcio gives back what it began with where the first chunk is not whole.
  const isBare = whole.length === body.length && /^[0-9a-f]{1,8}[ \t]*(?:;[^\r\n]{0,200})?\r\n/i.test(startOf(body));
  return reader.errored || isBare ? null : whole;
}

function startOf(bytes: Buffer): string {
  return bytes.toString('latin1', 0, 256);
}

/** Where the header of an answer ends and its body begins. Servers that end lines with a bare line feed are recorded as they are. */
function headerEndIn(block: Buffer): { start: number; bodyStart: number } | null {
  const ends = ['\r\n\r\n', '\n\n'].flatMap((end) => {
    const start = block.indexOf(end, 0, 'latin1');
    return start < 0 ? [] : [{ start, bodyStart: start + end.length }];
  });
  return ends.sort((a, b) => a.start - b.start)[0] ?? null;
}

/** The address of what was recorded. Wget writes it in angle brackets. */
function targetOf(headers: Headers): string {
  return headers.get('warc-target-uri')?.replace(/^<(.*)>$/, '$1') ?? '';
}

function timeOf(date: string | null): string | null {
  const time = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
