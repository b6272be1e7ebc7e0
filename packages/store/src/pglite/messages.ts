/** What has to be known of Postgres wire messages (protocol 3.0): a type byte, then a length that counts itself, then the body. */

const QUERY = 0x51;
const PARSE = 0x50;
const BIND = 0x42;
const DESCRIBE = 0x44;
const CLOSE = 0x43;
const STATEMENT = 0x53;
const READY_FOR_QUERY = 0x5a;
const NOTIFICATION = 0x41;
export const TERMINATE = 0x58;
/** The status byte of ReadyForQuery outside a transaction. */
export const IDLE = 0x49;

function message(type: number | string, body: Buffer): Buffer {
  const framed = Buffer.alloc(5 + body.length);
  framed[0] = typeof type === 'string' ? type.charCodeAt(0) : type;
  framed.writeInt32BE(body.length + 4, 1);
  body.copy(framed, 5);
  return framed;
}

const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const parameter = (name: string, value: string) => message('S', Buffer.from(`${name}\0${value}\0`));

/** What a server answers to a startup message when it trusts the client. */
export const WELCOME = Buffer.concat([
  message('R', uint32(0)),
  parameter('server_version', '18.0'),
  parameter('client_encoding', 'UTF8'),
  parameter('integer_datetimes', 'on'),
  parameter('standard_conforming_strings', 'on'),
  message('K', Buffer.concat([uint32(1), uint32(1)])),
  message('Z', Buffer.from([IDLE])),
]);

export function simpleQuery(sql: string): Buffer {
  return message(QUERY, Buffer.from(`${sql}\0`));
}

function* framesOf(bytes: Buffer): Generator<{ type: number; start: number; end: number }> {
  let start = 0;
  while (start + 5 <= bytes.length) {
    const end = start + 1 + bytes.readInt32BE(start + 1);
    yield { type: bytes[start] ?? 0, start, end };
    start = end;
  }
}

interface Reply {
  /** Transaction status of the last ReadyForQuery; null where the answer has none, because the client has not sent Sync. */
  status: number | null;
  /** NotificationResponse messages, which every connection gets. */
  notifications: Buffer;
  /** All other messages, in order. */
  answer: Buffer;
}

export function readReply(bytes: Buffer): Reply {
  let status: number | null = null;
  const notifications: Buffer[] = [];
  const rest: Buffer[] = [];
  let kept = 0;
  for (const { type, start, end } of framesOf(bytes)) {
    if (type === READY_FOR_QUERY) status = bytes[start + 5] ?? null;
    if (type !== NOTIFICATION) continue;
    notifications.push(bytes.subarray(start, end));
    rest.push(bytes.subarray(kept, start));
    kept = end;
  }
  if (notifications.length === 0) return { status, notifications: Buffer.alloc(0), answer: bytes };
  rest.push(bytes.subarray(kept));
  return { status, notifications: Buffer.concat(notifications), answer: Buffer.concat(rest) };
}

/** Where the name of a prepared statement starts in a message, or null where there is none or it is the unnamed one. */
function statementNameAt(bytes: Buffer, type: number, start: number): number | null {
  let at = start + 5;
  if (type === BIND) at = bytes.indexOf(0, at) + 1;
  else if (type === DESCRIBE || type === CLOSE) {
    if (bytes[at] !== STATEMENT) return null;
    at += 1;
  } else if (type !== PARSE) return null;
  return bytes[at] === 0 ? null : at;
}

/**
 * Puts `prefix` before the name of every prepared statement. All connections share one session, in which the same name on two
 * connections would be one statement.
 */
export function prefixStatementNames(bytes: Buffer, prefix: Buffer): Buffer {
  const parts: Buffer[] = [];
  let copied = 0;
  for (const { type, start, end } of framesOf(bytes)) {
    const at = statementNameAt(bytes, type, start);
    if (at === null) continue;
    parts.push(
      bytes.subarray(copied, start + 1),
      uint32(end - start - 1 + prefix.length),
      bytes.subarray(start + 5, at),
      prefix,
      bytes.subarray(at, end),
    );
    copied = end;
  }
  if (parts.length === 0) return bytes;
  parts.push(bytes.subarray(copied));
  return Buffer.concat(parts);
}
