import { gzipSync } from 'node:zlib';

/** A record as a crawler writes it. */
export interface RecordInput {
  type?: string;
  url?: string;
  date?: string;
  /** Further header lines. */
  lines?: string[];
  block: Buffer;
}

export function warcRecord({ type = 'response', url, date = '2026-03-11T12:00:00Z', lines = [], block }: RecordInput) {
  const head = [
    'WARC/1.1',
    `WARC-Type: ${type}`,
    ...(url === undefined ? [] : [`WARC-Target-URI: ${url}`]),
    `WARC-Date: ${date}`,
    ...lines,
    `Content-Length: ${block.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), block, Buffer.from('\r\n\r\n')]);
}

/** An HTTP answer as it came over the wire. */
export function answer(body: string | Buffer, headers: string[] = ['Content-Type: text/html'], status = '200 OK') {
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${headers.join('\r\n')}\r\n\r\n`), Buffer.from(body)]);
}

export function chunked(body: Buffer, bytes = 50): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at < body.length; at += bytes) {
    const piece = body.subarray(at, at + bytes);
    pieces.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n'));
  }
  return Buffer.concat([...pieces, Buffer.from('0\r\n\r\n')]);
}

/** One member for each record, as the standard asks for. */
export const gzipMembers = (records: Buffer[]): Buffer => Buffer.concat(records.map((record) => gzipSync(record)));
